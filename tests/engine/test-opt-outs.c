/* test-opt-outs.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "audience-check.h"
#include "bud-planner.h"

/* Nobody is ever resubscribed. */

/* Who was who before the run, with the actor that made it so. */
static const struct
{
  const char *status;
  const char *by;
  const char *reason;
} kinds[] = {
  { "archived", "admin", "archived" },
  { "archived", "member", "archived" },
  { "unsubscribed", "member", "unsubscribed" },
  { "unsubscribed", "admin", "unsubscribed" },
  { "cleaned", "api", "cleaned" },
};

static char *
address_of (guint i)
{
  return g_strdup_printf ("person%u@kunde.example", i);
}

static GHashTable *
opt_out (Sandbox *sandbox)
{
  GHashTable *opted_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      char *address = address_of (i + 1);

      sandbox_set_status (sandbox, address, kinds[i].status, kinds[i].by);
      g_hash_table_insert (opted_out, address, (gpointer) kinds[i].status);
    }

  return opted_out;
}

static void
assert_held_back (Workspace *workspace,
                  BudRun    *run)
{
  g_autofree char *rows = workspace_describe (workspace, bud_run_get_plan (run));

  g_assert_cmpint (bud_run_get_held_back (run), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *wanted = g_strdup_printf ("C%06u add held-back %s\n", i + 1,
                                                 kinds[i].reason);

      if (strstr (rows, wanted) == NULL)
        g_error ("No “%s” in:\n%s", wanted, rows);
    }
}

static void
test_before (gconstpointer data)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (40);
  g_autoptr(GHashTable) opted_out = opt_out (sandbox);
  Customer *shouting = g_ptr_array_index (people, 1);

  /* The address that is archived in small letters comes in capitals, with a space. */
  workspace_set_text (&shouting->email, " PERSON1@Kunde.Example");
  workspace_load (workspace, people);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr(BudRun) run = workspace_run_well (workspace);

      assert_held_back (workspace, run);
      g_assert_cmpint (bud_run_get_added (run), ==, i == 0 ? 33 : 0);
      audience_assert_safe (sandbox, people, opted_out);
    }
}

/* A rehearsed plan is older than the opt-out. */
static void
test_after_rehearsal (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (40);
  g_autoptr(GHashTable) opted_out = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudPlan) plan = NULL;
  g_autoptr(BudRun) run = NULL;

  workspace_load (workspace, people);
  plan = workspace_plan (workspace, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_plan_get_held_back (plan), ==, 0);
  opted_out = opt_out (sandbox);

  run = workspace_run (workspace, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED);
  assert_held_back (workspace, run);
  audience_assert_safe (sandbox, people, opted_out);
}

/* The reading comes in pages of a thousand, and all of them count. */
static void
test_many (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (1200);
  g_autoptr(GHashTable) opted_out = NULL;
  g_autoptr(BudRun) run = NULL;

  opted_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < 1100; i++)
    {
      char *address = address_of (i);

      sandbox_set_status (sandbox, address, "archived", "admin");
      g_hash_table_insert (opted_out, address, (char *) "archived");
    }

  workspace_load (workspace, people);
  run = workspace_run_well (workspace);

  g_assert_cmpint (sandbox_get_calls (sandbox, SANDBOX_READINGS), ==, 4);
  g_assert_cmpint (bud_run_get_added (run) + bud_run_get_held_back (run), ==,
                   1200 - 1200 / 20);
  audience_assert_safe (sandbox, people, opted_out);
}

/* Somebody else imports while the run sends: the new addresses were never compared with the
 * opt-outs, so they must wait for the next run. */

typedef struct
{
  Workspace *other;
  GPtrArray *people;
  gboolean done;
} Import;

static void
on_progress_cb (BudRunJob            *job,
                const BudRunProgress *progress,
                gpointer              user_data)
{
  Import *self = user_data;

  if (self->done || progress->phase != BUD_RUN_PHASE_SENDING)
    return;

  self->done = TRUE;
  workspace_load (self->other, self->people);
}

static GPtrArray *
make_moved_people (Sandbox    *sandbox,
                   GHashTable *opted_out,
                   guint       n_people)
{
  GPtrArray *people = workspace_make_people (n_people);

  for (guint i = n_people / 2; i < n_people; i++)
    {
      Customer *person = g_ptr_array_index (people, i);
      char *address = g_strdup_printf ("moved%u@kunde.example", i);

      workspace_set_text (&person->email, i % 2 == 0 ? address : "no address any more");
      if (i % 20 != 2)
        {
          g_free (address);
          continue;
        }

      sandbox_set_status (sandbox, address, "archived", "member");
      g_hash_table_insert (opted_out, address, (char *) "archived");
    }

  return people;
}

static void
test_import_meanwhile (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--latency=40");
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(Workspace) other = workspace_open (workspace->folder);
  g_autoptr(GPtrArray) people = workspace_make_people (12000);
  g_autoptr(GHashTable) opted_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) moved = make_moved_people (sandbox, opted_out, people->len);
  g_autoptr(BudRunJob) job = workspace_new_job (workspace);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = NULL;
  g_autoptr(BudRun) next_run = NULL;
  Import import = { other, moved, FALSE };
  GAsyncResult *slot = NULL;

  workspace_load (workspace, people);
  g_signal_connect (job, "progress", G_CALLBACK (on_progress_cb), &import);
  bud_run_job_run_async (job, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  run = bud_run_job_run_finish (job, result, &error);

  g_assert_no_error (error);
  g_assert_true (import.done);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_FAILED);
  g_assert_nonnull (strstr (bud_run_get_message (run), "run the export again"));
  g_assert_cmpint (bud_run_get_added (run), <, bud_run_get_planned (run));
  g_assert_cmpint (sandbox_get_count (sandbox, "resubscribed"), ==, 0);

  next_run = workspace_run_well (workspace);
  g_assert_cmpint (bud_run_get_added (next_run), >, 0);
  audience_assert_safe (sandbox, moved, opted_out);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/opt-outs/before/memory", NULL, test_before);
  g_test_add_data_func ("/opt-outs/before/disk", GINT_TO_POINTER (TRUE), test_before);
  g_test_add_func ("/opt-outs/after-rehearsal", test_after_rehearsal);
  g_test_add_func ("/opt-outs/many", test_many);
  g_test_add_func ("/opt-outs/import-meanwhile", test_import_meanwhile);

  return g_test_run ();
}
