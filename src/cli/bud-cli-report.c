/* bud-cli-report.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-cli-report.h"
#include "bud-enums.h"
#include "bud-labels.h"
#include "bud-text.h"

/* Reasons */

typedef struct
{
  const char *plan_id;
  GArray *tallies; /* (owned) (nullable) (element-type BudTally) */
} Tallying;

static gboolean
tally (BudStore      *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Tallying *self = data;
  g_autoptr(BudPlan) plan = bud_store_find (store, BUD_TYPE_PLAN, self->plan_id, error);

  if (plan == NULL)
    return FALSE;

  self->tallies = bud_store_tally (store, plan, error);

  return self->tallies != NULL;
}

static int
compare_tallies (gconstpointer a,
                 gconstpointer b)
{
  const BudTally *left = a;
  const BudTally *right = b;

  return left->outcome != right->outcome ? (int) left->outcome - (int) right->outcome
                                         : (int) left->reason - (int) right->reason;
}

/* Whether somebody was to be added or updated does not matter for why he was not. */
static GArray *
merge_tallies (GArray *tallies)
{
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (BudTally));

  g_array_sort (tallies, compare_tallies);
  for (guint i = 0; i < tallies->len; i++)
    {
      BudTally *line = &g_array_index (tallies, BudTally, i);
      BudTally *last = merged->len > 0 ? &g_array_index (merged, BudTally, merged->len - 1) : NULL;

      if (last != NULL && compare_tallies (last, line) == 0)
        last->count += line->count;
      else
        g_array_append_val (merged, *line);
    }

  return merged;
}

static const BudCliColumn reason_columns[] = {
  { "people", N_("People") },
  { "result", N_("Result") },
  { "reason", N_("Reason") },
};

static int
report_reasons (BudCli     *cli,
                const char *plan_id)
{
  Tallying tallying = { plan_id, NULL };
  g_autoptr(GArray) tallies = NULL;
  g_autoptr(GArray) lines = NULL;
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, tally, &tallying, &error))
    return bud_cli_fail (cli, error);

  tallies = tallying.tallies;
  lines = merge_tallies (tallies);
  if (lines->len > 0 && !cli->json)
    g_print ("\n");

  output = bud_cli_output_new_table (cli->json, reason_columns, G_N_ELEMENTS (reason_columns));
  for (guint i = 0; i < lines->len; i++)
    {
      BudTally *line = &g_array_index (lines, BudTally, i);

      bud_cli_output_number (output, line->count);
      bud_cli_output_choice (output, bud_enum_nick (BUD_TYPE_OUTCOME, line->outcome),
                             bud_label_outcome (line->outcome));
      bud_cli_output_choice (output, bud_enum_nick (BUD_TYPE_REASON, line->reason),
                             bud_label_reason (line->reason));
    }

  return BUD_CLI_DONE;
}

/* Plan */

static const BudCliColumn plan_columns[] = {
  { "plan", N_("Plan") },
  { "members", N_("People in the segments") },
  { "add", N_("To add") },
  { "update", N_("To update") },
  { "unchanged", N_("Unchanged") },
  { "held_back", N_("Held back") },
  { "calls", N_("Calls to Mailchimp, at most") },
};

/**
 * bud_cli_report_plan:
 * @cli: the command's surroundings
 * @plan: a stored plan
 *
 * Returns: the exit code
 */
int
bud_cli_report_plan (BudCli  *cli,
                     BudPlan *plan)
{
  BudCliOutput *output;

  output = bud_cli_output_new_details (cli->json, plan_columns, G_N_ELEMENTS (plan_columns));
  bud_cli_output_text (output, bud_item_get_name (BUD_ITEM (plan)));
  bud_cli_output_number (output, bud_plan_get_members (plan));
  bud_cli_output_number (output, bud_plan_get_adds (plan));
  bud_cli_output_number (output, bud_plan_get_updates (plan));
  bud_cli_output_number (output, bud_plan_get_unchanged (plan));
  bud_cli_output_number (output, bud_plan_get_held_back (plan));
  bud_cli_output_number (output, bud_plan_get_calls (plan));
  bud_cli_output_free (output);

  return report_reasons (cli, bud_item_get_id (BUD_ITEM (plan)));
}

/* Run */

static const BudCliColumn run_columns[] = {
  { "run", N_("Run") },
  { "state", N_("State") },
  { "message", N_("What happened") },
  { "by", N_("Started by") },
  { "started", N_("Started") },
  { "finished", N_("Finished") },
  { "planned", N_("To send") },
  { "added", N_("Added") },
  { "updated", N_("Updated") },
  { "unchanged", N_("Unchanged") },
  { "held_back", N_("Held back") },
  { "rejected", N_("Rejected") },
  { "calls", N_("Calls to Mailchimp") },
};

static int
state_exit_code (BudRunState state)
{
  switch (state)
    {
    case BUD_RUN_RUNNING:
    case BUD_RUN_COMPLETED:
      return BUD_CLI_DONE;
    case BUD_RUN_COMPLETED_WITH_ERRORS:
      return BUD_CLI_WITH_ERRORS;
    case BUD_RUN_STOPPED_BY_GUARD:
      return BUD_CLI_GUARD;
    case BUD_RUN_FAILED:
    case BUD_RUN_INTERRUPTED:
      return BUD_CLI_FAILED;
    case BUD_RUN_CANCELED:
      return BUD_CLI_CANCELLED;
    }

  g_return_val_if_reached (BUD_CLI_FAILED);
}

/**
 * bud_cli_report_counts:
 * @output: where six cells go
 * @run: a run
 *
 * Says how many people were to be sent, and were added, updated, unchanged, held back and rejected.
 */
void
bud_cli_report_counts (BudCliOutput *output,
                       BudRun       *run)
{
  bud_cli_output_number (output, bud_run_get_planned (run));
  bud_cli_output_number (output, bud_run_get_added (run));
  bud_cli_output_number (output, bud_run_get_updated (run));
  bud_cli_output_number (output, bud_run_get_unchanged (run));
  bud_cli_output_number (output, bud_run_get_held_back (run));
  bud_cli_output_number (output, bud_run_get_rejected (run));
}

static void
print_run (BudCli *cli,
           BudRun *run)
{
  BudRunState state = bud_run_get_state (run);
  BudCliOutput *output;

  output = bud_cli_output_new_details (cli->json, run_columns, G_N_ELEMENTS (run_columns));
  bud_cli_output_text (output, bud_item_get_name (BUD_ITEM (run)));
  bud_cli_output_choice (output, bud_enum_nick (BUD_TYPE_RUN_STATE, state),
                         bud_label_run_state (state));
  bud_cli_output_text (output, bud_run_get_message (run));
  bud_cli_output_text (output, bud_run_get_by (run));
  bud_cli_output_time (output, bud_run_get_started_at (run));
  bud_cli_output_time (output, bud_run_get_finished_at (run));
  bud_cli_report_counts (output, run);
  bud_cli_output_number (output, bud_run_get_calls (run));
  bud_cli_output_free (output);
}

/**
 * bud_cli_report_run:
 * @cli: the command's surroundings
 * @run: a run
 *
 * Returns: the exit code, which tells the run's state
 */
int
bud_cli_report_run (BudCli *cli,
                    BudRun *run)
{
  int exit = BUD_CLI_DONE;

  print_run (cli, run);

  /* After a cancelled run there is nobody left to stop: the report is for reading. */
  g_clear_object (&cli->cancellable);
  if (bud_run_get_plan (run) != NULL)
    exit = report_reasons (cli, bud_run_get_plan (run));

  return exit != BUD_CLI_DONE ? exit : state_exit_code (bud_run_get_state (run));
}
