/* bud-cli-exports-run.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "bud-cli-exports-run.h"
#include "bud-cli-progress.h"
#include "bud-cli-report.h"
#include "bud-cli-rows.h"
#include "bud-exports.h"

/* Rehearse */

static char *rows_path;

const GOptionEntry bud_cli_exports_rehearse_options[] = {
  { "rows", 'r', 0, G_OPTION_ARG_FILENAME, &rows_path,
    N_("Write what would become of each person to this file, as CSV"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  BudContext *context;
  const char *name_or_id;
  BudPlan *plan; /* (owned) (nullable) */
} Rehearsal;

static gboolean
rehearse (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Rehearsal *self = data;

  self->plan = bud_exports_rehearse (self->context, self->name_or_id, cancellable, error);

  return self->plan != NULL;
}

/**
 * bud_cli_exports_rehearse:
 * @cli: the command's surroundings
 * @arguments: an export
 *
 * Returns: the exit code
 */
int
bud_cli_exports_rehearse (BudCli  *cli,
                          char   **arguments)
{
  Rehearsal rehearsal = { cli->context, arguments[0], NULL };
  g_autoptr(BudPlan) plan = NULL;
  g_autoptr(GError) error = NULL;
  int exit;

  if (!bud_cli_on_store (cli, rehearse, &rehearsal, &error))
    return bud_cli_fail (cli, error);

  plan = rehearsal.plan;
  exit = bud_cli_report_plan (cli, plan);
  if (exit != BUD_CLI_DONE || rows_path == NULL)
    return exit;

  return bud_cli_save_rows (cli, bud_item_get_id (BUD_ITEM (plan)), bud_plan_get_export (plan),
                            rows_path);
}

/* Run */

static char *plan_number;

const GOptionEntry bud_cli_exports_run_options[] = {
  { "plan", 'p', 0, G_OPTION_ARG_STRING, &plan_number,
    N_("Execute this plan, if nothing has changed since it was made"), N_("PLAN") },
  G_OPTION_ENTRY_NULL
};

static char *
dup_sending_text (const BudRunProgress *progress)
{
  g_autofree char *left = NULL;

  if (progress->seconds_left < 0)
    /* Translators: numbers of people */
    return g_strdup_printf (_("Sending: %'" PRId64 " of %'" PRId64),
                            progress->done, progress->total);

  left = g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT,
                          progress->seconds_left / 60, progress->seconds_left % 60);

  /* Translators: numbers of people, people per second, and the time left as minutes:seconds */
  return g_strdup_printf (_("Sending: %'" PRId64 " of %'" PRId64
                            ", %'.0f a second, %s left"),
                          progress->done, progress->total, progress->rate, left);
}

static char *
dup_progress_text (const BudRunProgress *progress)
{
  switch (progress->phase)
    {
    case BUD_RUN_PHASE_PREPARING:
      return g_strdup (_("Preparing…"));
    case BUD_RUN_PHASE_READING_OPT_OUTS:
      /* Translators: a number of people */
      return g_strdup_printf (_("Reading who has opted out: %'" PRId64),
                              progress->done);
    case BUD_RUN_PHASE_PLANNING:
      return g_strdup (_("Planning…"));
    case BUD_RUN_PHASE_SENDING:
      return dup_sending_text (progress);
    case BUD_RUN_PHASE_DONE:
      return g_strdup (_("Done."));
    }

  g_return_val_if_reached (NULL);
}

static void
on_progress (BudRunJob            *job,
             const BudRunProgress *progress,
             gpointer              display)
{
  g_autofree char *text = dup_progress_text (progress);
  double fraction = -1;

  if (progress->phase == BUD_RUN_PHASE_SENDING && progress->total > 0)
    fraction = progress->done / (double) progress->total;

  bud_cli_progress_show (display, fraction, text);
}

static BudRunJob *
prepare (BudCli      *cli,
         const char  *name_or_id,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_exports_prepare_async (cli->context, name_or_id, plan_number, cli->cancellable,
                             bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_exports_prepare_finish (cli->context, result, error);
}

static BudRun *
carry_out (BudCli     *cli,
           BudRunJob  *job,
           GError    **error)
{
  g_autoptr(BudCliProgress) progress = bud_cli_progress_new (cli->json);
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_signal_connect (job, "progress", G_CALLBACK (on_progress), progress);
  bud_run_job_run_async (job, cli->cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);
  g_signal_handlers_disconnect_by_data (job, progress);

  return bud_run_job_run_finish (job, result, error);
}

/**
 * bud_cli_exports_run:
 * @cli: the command's surroundings
 * @arguments: an export
 *
 * Returns: the exit code, which tells the run's state
 */
int
bud_cli_exports_run (BudCli  *cli,
                     char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRunJob) job = prepare (cli, arguments[0], &error);
  g_autoptr(BudRun) run = job != NULL ? carry_out (cli, job, &error) : NULL;

  return run != NULL ? bud_cli_report_run (cli, run) : bud_cli_fail (cli, error);
}
