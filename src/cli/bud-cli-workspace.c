/* bud-cli-workspace.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-cli.h"
#include "bud-cli-output.h"
#include "bud-connection.h"
#include "bud-export.h"
#include "bud-run.h"
#include "bud-segment.h"
#include "bud-selection.h"

typedef struct
{
  BudContext *context;
  gint64 customers;
  guint n_segments;
  guint n_connections;
  guint n_exports;
  guint n_runs;
} Info;

static gboolean
count_items (BudStore  *store,
             GType      type,
             guint     *count,
             GError   **error)
{
  g_autoptr(GPtrArray) items = bud_store_list (store, type, error);

  if (items == NULL)
    return FALSE;

  *count = items->len;

  return TRUE;
}

static gboolean
collect_info (BudStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Info *info = data;
  g_autoptr(GDateTime) now = bud_clock_now (bud_context_get_clock (info->context));
  g_autoptr(BudSelection) everybody = bud_selection_new (now);

  info->customers = bud_store_count_customers (store, everybody, cancellable, error);

  return info->customers >= 0 &&
         count_items (store, BUD_TYPE_SEGMENT, &info->n_segments, error) &&
         count_items (store, BUD_TYPE_CONNECTION, &info->n_connections, error) &&
         count_items (store, BUD_TYPE_EXPORT, &info->n_exports, error) &&
         count_items (store, BUD_TYPE_RUN, &info->n_runs, error);
}

static const BudCliColumn info_columns[] = {
  { "folder", N_("Folder") },
  { "id", N_("Id") },
  { "created", N_("Created") },
  { "user", N_("Signed in as") },
  { "customers", N_("Customers") },
  { "segments", N_("Segments") },
  { "connections", N_("Connections") },
  { "exports", N_("Exports") },
  { "runs", N_("Runs") },
};

static int
run_info (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;
  BudWorkspace *workspace = bud_context_get_workspace (cli->context);
  Info info = { .context = cli->context };

  if (!bud_cli_on_store (cli, collect_info, &info, &error))
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_details (cli->json, info_columns, G_N_ELEMENTS (info_columns));
  bud_cli_output_text (output, bud_context_get_folder (cli->context));
  bud_cli_output_text (output, bud_item_get_id (BUD_ITEM (workspace)));
  bud_cli_output_time (output, bud_workspace_get_created_at (workspace));
  bud_cli_output_text (output, bud_context_get_user (cli->context));
  bud_cli_output_number (output, info.customers);
  bud_cli_output_number (output, info.n_segments);
  bud_cli_output_number (output, info.n_connections);
  bud_cli_output_number (output, info.n_exports);
  bud_cli_output_number (output, info.n_runs);

  return BUD_CLI_DONE;
}

static int
run_init (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;

  if (!bud_cli_open (cli, TRUE, &error))
    return bud_cli_fail (cli, error);

  return run_info (cli, arguments);
}

static gboolean
check (BudStore      *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return bud_store_check (store, data, cancellable, error);
}

static const BudCliColumn check_columns[] = {
  { "problem", N_("Problem") },
};

static int
run_check (BudCli  *cli,
           char   **arguments)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, check, problems, &error))
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_table (cli->json, check_columns, G_N_ELEMENTS (check_columns));
  for (guint i = 0; i < problems->len; i++)
    bud_cli_output_text (output, g_ptr_array_index (problems, i));

  if (problems->len == 0 && !cli->json)
    g_print ("%s\n", _("The workspace is sound."));

  return problems->len == 0 ? BUD_CLI_DONE : BUD_CLI_FAILED;
}

const BudCliCommand bud_cli_workspace_commands[] = {
  { "workspace", "init", "", 0, 0, N_("Make a new workspace"), NULL, FALSE, run_init },
  { "workspace", "info", "", 0, 0, N_("Say what is in the workspace"), NULL, TRUE, run_info },
  { "workspace", "check", "", 0, 0, N_("Look for damage in the workspace’s files"), NULL, TRUE,
    run_check },
  { NULL }
};
