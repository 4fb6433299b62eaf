/* test-faults.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "audience-check.h"

/* Requests and answers go wrong, and the audience still ends as planned. */

/* What goes wrong, for two posts surely and for others by chance; and what stands after its colon:
 * seconds to stall or in Retry-After, bytes a second to drip. */
typedef struct
{
  const char *kind;
  const char *argument;
  int chance; /* in per cent */
} Fault;

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *faults = g_strdup_printf ("seed=%d,%s@3-4%s~POST,%s%%%d%s~POST",
                                             g_test_rand_int_range (1, 999), fault->kind,
                                             fault->argument, fault->kind, fault->chance,
                                             fault->argument);
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (TRUE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (1100);
  g_autoptr(BudRun) run = NULL;
  g_autoptr(BudRun) idle_run = NULL;

  workspace_load (workspace, people);
  sandbox_set_faults (sandbox, faults);
  run = workspace_run_well (workspace);

  g_assert_cmpint (sandbox_get_strikes (sandbox, fault->kind), >=, 2);
  audience_assert_equal (sandbox, people);
  g_assert_cmpint (sandbox_get_count (sandbox, "rewritten_different"), ==, 0);
  g_assert_cmpint (sandbox_get_count (sandbox, "most_at_once"), <=, 9);
  g_assert_cmpint (bud_run_get_rejected (run), ==, 0);

  sandbox_set_faults (sandbox, "");
  idle_run = workspace_run_well (workspace);
  g_assert_cmpint (bud_run_get_calls (idle_run), ==, 0);
}

/* An answer that does not come in time is asked for again. */
static void
test_time_out (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (FALSE, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (20);
  g_autoptr(BudRunJob) job = workspace_new_job (workspace);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = NULL;
  GAsyncResult *slot = NULL;

  workspace_load (workspace, people);
  sandbox_set_faults (sandbox, "stall@1:3~POST");
  bud_run_job_set_patience (job, 1000, 2, 20);
  bud_run_job_run_async (job, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  run = bud_run_job_run_finish (job, result, &error);

  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED);
  audience_assert_equal (sandbox, people);
}

int
main (int   argc,
      char *argv[])
{
  static const Fault faults[] = {
    { "429", "", 25 }, { "429", ":0", 25 }, { "429-bare", "", 25 }, { "403-bare", "", 25 },
    { "500", "", 25 }, { "503-html", "", 25 }, { "reset", "", 25 }, { "lost", "", 25 },
    { "truncate", "", 25 }, { "html", "", 25 }, { "empty", "", 25 }, { "drip", ":2000000", 0 },
    { "stall", ":1", 0 },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/", faults[i].kind, faults[i].argument, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }

  g_test_add_func ("/faults/time-out", test_time_out);

  return g_test_run ();
}
