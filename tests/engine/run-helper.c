/* run-helper.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "workspace-fixture.h"

/* Runs the export of the workspace in the folder that is named, for a test that kills it. */

int
main (int   argc,
      char *argv[])
{
  g_autoptr(Workspace) workspace = workspace_open (argv[1]);
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = workspace_run (workspace, NULL, NULL, &error);

  g_assert_no_error (error);

  return bud_run_get_state (run) == BUD_RUN_COMPLETED ? EXIT_SUCCESS : EXIT_FAILURE;
}
