/* test-stops.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "audience-check.h"
#include "bud-stop-wish.h"

/* A run that stops in its middle, of its own accord or not: what was answered is recorded, and
 * the next run sends the rest. */

#define N_PEOPLE 9000

typedef struct
{
  GCancellable *cancellable; /* (nullable): otherwise a wish is put beside the run */
  Workspace *other;
  gboolean done;
} Stopper;

static gboolean
wish (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(BudRun) run = bud_store_find (store, BUD_TYPE_RUN, "1", error);
  g_autoptr(BudStopWish) item = NULL;

  if (run == NULL)
    return FALSE;

  item = g_object_new (BUD_TYPE_STOP_WISH, "name", bud_item_get_id (BUD_ITEM (run)), NULL);

  return bud_store_save (store, BUD_ITEM (item), error);
}

static gboolean
count_wishes (BudStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GPtrArray) wishes = bud_store_list (store, BUD_TYPE_STOP_WISH, error);

  if (wishes != NULL)
    *(guint *) data = wishes->len;

  return wishes != NULL;
}

static void
on_progress_cb (BudRunJob            *job,
                const BudRunProgress *progress,
                gpointer              user_data)
{
  Stopper *self = user_data;

  if (self->done || progress->phase != BUD_RUN_PHASE_SENDING || progress->done < 1000)
    return;

  self->done = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    workspace_do (self->other, wish, NULL);
}

static void
test_stop (gconstpointer data)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--latency=30");
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(Workspace) other = workspace_open (workspace->folder);
  g_autoptr(GPtrArray) people = workspace_make_people (N_PEOPLE);
  g_autoptr(GCancellable) cancellable = data != NULL ? g_cancellable_new () : NULL;
  g_autoptr(BudRunJob) job = workspace_new_job (workspace);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = NULL;
  g_autoptr(BudRun) next_run = NULL;
  Stopper stopper = { cancellable, other, FALSE };
  GAsyncResult *slot = NULL;
  guint n_wishes;

  workspace_load (workspace, people);
  g_signal_connect (job, "progress", G_CALLBACK (on_progress_cb), &stopper);
  bud_run_job_run_async (job, cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);
  run = bud_run_job_run_finish (job, result, &error);

  g_assert_no_error (error);
  g_assert_true (stopper.done);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_CANCELED);
  g_assert_cmpint (bud_run_get_added (run), >=, 1000);
  g_assert_cmpint (bud_run_get_added (run), <, bud_run_get_planned (run));
  workspace_do (workspace, count_wishes, &n_wishes);
  g_assert_cmpuint (n_wishes, ==, 0);

  next_run = workspace_run_well (workspace);
  g_assert_cmpint (bud_run_get_unchanged (next_run), ==, bud_run_get_added (run));
  g_assert_cmpint (bud_run_get_planned (next_run), ==,
                   bud_run_get_planned (run) - bud_run_get_added (run));
  audience_assert_equal (sandbox, people);
  if (data == NULL)
    g_assert_cmpint (sandbox_get_count (sandbox, "rewritten_same"), ==, 0);
}

static void
test_cancelled_before (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (FALSE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (20);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = NULL;

  workspace_load (workspace, people);
  g_cancellable_cancel (cancellable);
  run = workspace_run (workspace, NULL, cancellable, &error);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (run);
  g_assert_cmpint (sandbox_get_count (sandbox, "requests"), ==, 0);
}

/* A program that runs the export dies without a word, again and again: each time somewhat later,
 * between any two of its steps. */

static void
wait_for_writes (Sandbox     *sandbox,
                 GSubprocess *process,
                 gint64       n_writes)
{
  gint64 enough = sandbox_get_count (sandbox, "writes") + n_writes;

  while (g_subprocess_get_identifier (process) != NULL &&
         sandbox_get_count (sandbox, "writes") < enough)
    g_usleep (500);

  g_usleep (g_test_rand_int_range (0, 30000));
}

static gboolean
run_helper (Sandbox    *sandbox,
            const char *folder,
            gint64      n_writes)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "engine", "run-helper", NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, folder, NULL);
  g_assert_no_error (error);
  wait_for_writes (sandbox, process, n_writes);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);

  if (g_subprocess_get_if_exited (process))
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);

  return g_subprocess_get_if_exited (process);
}

static gboolean
count_interrupted (BudStore      *store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(GPtrArray) runs = bud_store_list (store, BUD_TYPE_RUN, error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      BudRunState state = bud_run_get_state (g_ptr_array_index (runs, i));

      g_assert_cmpint (state, !=, BUD_RUN_RUNNING);
      *(guint *) data += state == BUD_RUN_INTERRUPTED;
    }

  return runs != NULL;
}

static void
assert_archived (Sandbox *sandbox)
{
  g_autoptr(GHashTable) members = sandbox_read_members (sandbox);
  SandboxMember *member = g_hash_table_lookup (members, "person1@kunde.example");

  g_assert_cmpstr (member->status, ==, "archived");
}

static void
test_killed (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--latency=25");
  g_autoptr(GPtrArray) people = workspace_make_people (N_PEOPLE);
  g_autoptr(GHashTable) opted_out = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *folder = NULL;
  guint n_interrupted = 0;

  sandbox_set_status (sandbox, "person1@kunde.example", "archived", "member");
  g_hash_table_insert (opted_out, (gpointer) "person1@kunde.example", (gpointer) "archived");
  {
    g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));

    workspace_load (workspace, people);
    folder = g_strdup (workspace->folder);
  }

  for (int i = 0; i < 6; i++)
    {
      if (run_helper (sandbox, folder, i * 1200 + g_test_rand_int_range (0, 1200)))
        break;
    }

  {
    g_autoptr(Workspace) workspace = workspace_open (folder);
    g_autoptr(BudRun) run = workspace_run_well (workspace);
    g_autoptr(BudRun) idle_run = workspace_run_well (workspace);

    g_assert_cmpint (bud_run_get_calls (idle_run), ==, 0);
    g_assert_cmpint (bud_run_get_unchanged (run), >, 0);
    workspace_do (workspace, count_interrupted, &n_interrupted);
    g_test_message ("%u runs were interrupted, the last sent %" G_GINT64_FORMAT, n_interrupted,
                    bud_run_get_added (run) + bud_run_get_updated (run));
  }

  g_assert_cmpuint (n_interrupted, >, 0);
  audience_assert_safe (sandbox, people, opted_out);
  assert_archived (sandbox);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/stops/cancelled", GINT_TO_POINTER (TRUE), test_stop);
  g_test_add_data_func ("/stops/wished", NULL, test_stop);
  g_test_add_func ("/stops/cancelled-before", test_cancelled_before);
  g_test_add_func ("/stops/killed", test_killed);

  return g_test_run ();
}
