/* bud-cli-runs.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "bud-cli.h"
#include "bud-cli-list.h"
#include "bud-cli-report.h"
#include "bud-cli-rows.h"
#include "bud-enums.h"
#include "bud-exports.h"
#include "bud-labels.h"
#include "bud-text.h"

/* List and show */

static const BudCliColumn list_columns[] = {
  { "run", N_("Run") },
  { "state", N_("State") },
  { "started", N_("Started") },
  { "planned", N_("To send") },
  { "added", N_("Added") },
  { "updated", N_("Updated") },
  { "unchanged", N_("Unchanged") },
  { "held_back", N_("Held back") },
  { "rejected", N_("Rejected") },
};

static void
print_run (BudCliOutput *output,
           gpointer      item)
{
  BudRunState state = bud_run_get_state (item);

  bud_cli_output_text (output, bud_item_get_name (item));
  bud_cli_output_choice (output, bud_enum_nick (BUD_TYPE_RUN_STATE, state),
                         bud_label_run_state (state));
  bud_cli_output_time (output, bud_run_get_started_at (item));
  bud_cli_report_counts (output, item);
}

static int
run_list (BudCli  *cli,
          char   **arguments)
{
  return bud_cli_list_items (cli, BUD_TYPE_RUN, list_columns, G_N_ELEMENTS (list_columns),
                             print_run);
}

static int
run_show (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = bud_cli_find_item (cli, BUD_TYPE_RUN, arguments[0], &error);
  int exit;

  if (run == NULL)
    return bud_cli_fail (cli, error);

  /* To show a failed run is no failure. */
  exit = bud_cli_report_run (cli, run);

  return exit == BUD_CLI_NOT_PERMITTED ? exit : BUD_CLI_DONE;
}

/* Rows */

static char *wanted_outcome;
static char *wanted_reason;
static gboolean as_csv;

static const GOptionEntry rows_options[] = {
  { "result", 'r', 0, G_OPTION_ARG_STRING, &wanted_outcome,
    N_("Only pending, added, updated, held-back or rejected people"), N_("RESULT") },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &wanted_reason, N_("Only people with this reason"),
    N_("REASON") },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &as_csv, N_("Write CSV for a spreadsheet"), NULL },
  G_OPTION_ENTRY_NULL
};

static gboolean
parse_filter (BudRowFilter  *filter,
              GError       **error)
{
  filter->outcome = bud_enum_parse (BUD_TYPE_OUTCOME, wanted_outcome, -1);
  filter->reason = bud_enum_parse (BUD_TYPE_REASON, wanted_reason, -1);

  if (wanted_outcome != NULL && filter->outcome < 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("There is no result “%s”."), wanted_outcome);
  else if (wanted_reason != NULL && filter->reason < 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("There is no reason “%s”."), wanted_reason);
  else
    return TRUE;

  return FALSE;
}

static int
run_rows (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = bud_cli_find_item (cli, BUD_TYPE_RUN, arguments[0], &error);
  BudRowFilter filter = { 0 };

  if (run == NULL || !parse_filter (&filter, &error))
    return bud_cli_fail (cli, error);

  return bud_cli_print_rows (cli, bud_run_get_plan (run), bud_run_get_export (run), &filter,
                             as_csv ? stdout : NULL);
}

/* Cancel */

typedef struct
{
  BudContext *context;
  BudRun *run;
} Cancellation;

static gboolean
cancel (BudStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Cancellation *self = data;

  return bud_exports_stop_run (self->context, self->run, error);
}

static int
run_cancel (BudCli  *cli,
            char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = bud_cli_find_item (cli, BUD_TYPE_RUN, arguments[0], &error);
  Cancellation cancellation = { cli->context, run };

  if (run == NULL || !bud_cli_on_store (cli, cancel, &cancellation, &error))
    return bud_cli_fail (cli, error);

  return BUD_CLI_DONE;
}

const BudCliCommand bud_cli_runs_commands[] = {
  { "runs", "list", "", 0, 0, N_("List the runs"), NULL, TRUE, run_list },
  { "runs", "show", N_("RUN"), 1, 1, N_("Show what a run did"), NULL, TRUE, run_show },
  { "runs", "rows", N_("RUN"), 1, 1, N_("List what a run did to each person"), rows_options, TRUE,
    run_rows },
  { "runs", "cancel", N_("RUN"), 1, 1, N_("Ask a run to stop"), NULL, TRUE, run_cancel },
  { NULL }
};
