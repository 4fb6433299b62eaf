/* test-run.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "audience-check.h"
#include "bud-error.h"

/* Runs against the practice Mailchimp: what arrives, and what is not sent. */

#define ON_DISK GINT_TO_POINTER (TRUE)

static void
test_full (gconstpointer data)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (6000);
  g_autoptr(GHashTable) expected = audience_expect (people);
  g_autoptr(BudRun) run = NULL;

  workspace_load (workspace, people);
  run = workspace_run_well (workspace);

  audience_assert_equal (sandbox, people);
  g_assert_cmpint (bud_run_get_added (run), ==, g_hash_table_size (expected));
  g_assert_cmpint (bud_run_get_planned (run), ==, g_hash_table_size (expected));
  g_assert_cmpint (bud_run_get_updated (run) + bud_run_get_rejected (run), ==, 0);
  g_assert_cmpint (bud_run_get_held_back (run), ==, 0);
  g_assert_cmpint (bud_run_get_calls (run), ==,
                   sandbox_get_calls (sandbox, SANDBOX_UPSERTS) +
                   sandbox_get_calls (sandbox, "POST /lists/{list_id}/segments/{segment_id}"));
  g_assert_cmpint (sandbox_get_calls (sandbox, "POST /lists/{list_id}/segments"), ==, 2);
  g_assert_cmpint (sandbox_get_count (sandbox, "most_at_once"), <=, 9);
  g_assert_cmpint (sandbox_get_count (sandbox, "rewritten_same"), ==, 0);
}

static void
test_again (gconstpointer data)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (1500);
  gint64 n_members = 0;
  gint64 n_posts = 0;

  workspace_load (workspace, people);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(BudRun) run = workspace_run_well (workspace);

      if (i == 0)
        {
          n_members = bud_run_get_added (run);
          n_posts = sandbox_get_count (sandbox, "writes");
        }
      else
        {
          g_assert_cmpint (bud_run_get_unchanged (run), ==, n_members);
          g_assert_cmpint (bud_run_get_calls (run), ==, 0);
          g_assert_cmpint (sandbox_get_count (sandbox, "writes"), ==, n_posts);
        }
    }

  for (guint i = 1; i <= 50; i++)
    {
      Customer *person = g_ptr_array_index (people, i * 10 + 1);

      workspace_set_text (&person->first, "Changed");
    }
  workspace_load (workspace, people);

  {
    g_autoptr(BudRun) run = workspace_run_well (workspace);

    g_assert_cmpint (bud_run_get_updated (run), ==, 50);
    g_assert_cmpint (bud_run_get_unchanged (run), ==, n_members - 50);
    g_assert_cmpint (sandbox_get_count (sandbox, "writes"), ==, n_posts + 50);
  }

  audience_assert_equal (sandbox, people);
  g_assert_cmpint (sandbox_get_calls (sandbox, "POST /lists/{list_id}/segments"), ==, 2);
}

/* The window is full, and never fuller: the service answers slowly and allows ten at once. */
static void
test_window (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--latency=60 --limit=10");
  g_autoptr(Workspace) workspace = workspace_new (FALSE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (9000);
  g_autoptr(BudRun) run = NULL;

  workspace_load (workspace, people);
  run = workspace_run_well (workspace);

  audience_assert_equal (sandbox, people);
  g_assert_cmpint (sandbox_get_count (sandbox, "most_at_once"), >=, 5);
  g_assert_cmpint (sandbox_get_count (sandbox, "most_at_once"), <=, 9);
  g_assert_cmpint (sandbox_get_count (sandbox, "over_limit"), ==, 0);
}

static void
assert_failed (Workspace *workspace,
               Sandbox   *sandbox)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = workspace_run (workspace, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_FAILED);
  g_assert_nonnull (bud_run_get_message (run));
  g_assert_cmpstr (bud_run_get_message (run), !=, "");
  g_assert_cmpint (sandbox_get_count (sandbox, "writes"), ==, 0);
}

static void
test_failures (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--api-key=practice");
  g_autoptr(Workspace) workspace = workspace_new (FALSE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (600);
  g_autoptr(BudAuthorizer) right_key = g_object_ref (workspace->authorizer);

  workspace_load (workspace, people);

  g_object_set (workspace->export, "audience", "nowhere", NULL);
  assert_failed (workspace, sandbox);
  g_object_set (workspace->export, "audience", SANDBOX_AUDIENCE, NULL);

  g_object_unref (workspace->authorizer);
  workspace->authorizer = bud_authorizer_new_bearer ("another");
  assert_failed (workspace, sandbox);
  g_assert_cmpint (sandbox_get_calls (sandbox, SANDBOX_UPSERTS), ==, 0);
  g_set_object (&workspace->authorizer, right_key);

  /* A workspace that failed is none the worse for it. */
  g_object_unref (workspace_run_well (workspace));
  audience_assert_equal (sandbox, people);
}

/* The second of the three readings of opt-outs fails for good. */
static void
test_reading_fails (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (100);

  workspace_load (workspace, people);
  sandbox_set_faults (sandbox, "500@2-~GET/members");
  assert_failed (workspace, sandbox);
  g_assert_cmpint (sandbox_get_calls (sandbox, SANDBOX_UPSERTS), ==, 0);
  g_assert_cmpint (sandbox_get_strikes (sandbox, "500"), >, 1);

  sandbox_set_faults (sandbox, "");
  g_object_unref (workspace_run_well (workspace));
  audience_assert_equal (sandbox, people);
}

static void
test_stale (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (700);
  g_autoptr(BudPlan) plan = NULL;
  g_autoptr(BudPlan) fresh_plan = NULL;
  g_autoptr(BudRun) refused = NULL;
  g_autoptr(BudRun) run = NULL;
  g_autoptr(BudRun) repeated = NULL;
  g_autoptr(GError) error = NULL;
  Customer *changed = g_ptr_array_index (people, 5);

  workspace_load (workspace, people);
  plan = workspace_plan (workspace, NULL, &error);
  g_assert_no_error (error);
  workspace_set_text (&changed->first, "New");
  workspace_load (workspace, people);

  refused = workspace_run (workspace, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (refused), ==, BUD_RUN_FAILED);
  g_assert_nonnull (strstr (bud_run_get_message (refused), "Rehearse again"));
  g_assert_cmpint (sandbox_get_count (sandbox, "writes"), ==, 0);

  fresh_plan = workspace_plan (workspace, NULL, &error);
  g_assert_no_error (error);
  run = workspace_run (workspace, fresh_plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED);
  g_assert_cmpstr (bud_run_get_plan (run), ==, bud_item_get_id (BUD_ITEM (fresh_plan)));
  audience_assert_equal (sandbox, people);

  /* A plan that has been run is spent. */
  repeated = workspace_run (workspace, fresh_plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (repeated), ==, BUD_RUN_FAILED);
}

static void
start_job (Workspace     *workspace,
           BudRunJob    **job,
           GAsyncResult **slot)
{
  *job = workspace_new_job (workspace);
  bud_run_job_run_async (*job, NULL, bud_await_ready, slot);
}

static void
test_busy (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--latency=20");
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (2000);
  guint n_busy = 0;
  BudRunJob *jobs[2];
  GAsyncResult *slots[2] = { NULL, NULL };

  workspace_load (workspace, people);
  for (guint i = 0; i < 2; i++)
    start_job (workspace, &jobs[i], &slots[i]);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GAsyncResult) result = bud_await (&slots[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(BudRun) run = bud_run_job_run_finish (jobs[i], result, &error);

      if (run == NULL)
        {
          g_assert_error (error, BUD_ERROR, BUD_ERROR_BUSY);
          n_busy++;
        }
      else
        g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED);
      g_object_unref (jobs[i]);
    }

  g_assert_cmpuint (n_busy, ==, 1);
  audience_assert_equal (sandbox, people);
  g_assert_cmpint (sandbox_get_count (sandbox, "rewritten_same"), ==, 0);
}

static void
test_interrupted (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (600);
  g_autofree char *holder = g_strdup_printf ("%s/4194304/1", g_get_host_name ());
  g_autoptr(BudRun) dead = NULL;

  dead = g_object_new (BUD_TYPE_RUN,
                       "name", "1",
                       "export", bud_item_get_id (BUD_ITEM (workspace->export)),
                       "holder", holder,
                       "state", "running",
                       "touched-at", bud_clock_unix (workspace->clock),
                       NULL);
  workspace_load (workspace, people);
  workspace_save (workspace, dead);

  {
    g_autoptr(BudRun) run = workspace_run_well (workspace);

    g_assert_cmpstr (bud_item_get_name (BUD_ITEM (run)), ==, "2");
  }
  audience_assert_equal (sandbox, people);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/run/full/memory", NULL, test_full);
  g_test_add_data_func ("/run/full/disk", ON_DISK, test_full);
  g_test_add_data_func ("/run/again/memory", NULL, test_again);
  g_test_add_data_func ("/run/again/disk", ON_DISK, test_again);
  g_test_add_func ("/run/window", test_window);
  g_test_add_func ("/run/failures", test_failures);
  g_test_add_func ("/run/reading-fails", test_reading_fails);
  g_test_add_func ("/run/stale", test_stale);
  g_test_add_func ("/run/busy", test_busy);
  g_test_add_func ("/run/interrupted", test_interrupted);

  return g_test_run ();
}
