/* bud-cli-exports.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-audiences.h"
#include "bud-cli.h"
#include "bud-cli-exports-run.h"
#include "bud-cli-list.h"
#include "bud-exports.h"
#include "bud-segment.h"

static char *name;
static char *connection_name;
static char *audience_name;
static char *email_field;
static char **merge_fields;
static char **segments;

#define SETTINGS \
  { "connection", 'c', 0, G_OPTION_ARG_STRING, &connection_name, \
    N_("The account to export to"), N_("CONNECTION") }, \
  { "audience", 'a', 0, G_OPTION_ARG_STRING, &audience_name, \
    N_("The audience, by id or name"), N_("AUDIENCE") }, \
  { "email", 'e', 0, G_OPTION_ARG_STRING, &email_field, \
    N_("The customer field that holds the e-mail address"), N_("FIELD") }, \
  { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &merge_fields, \
    N_("Deliver a customer field as a merge field; may be repeated"), N_("TAG=FIELD") }, \
  { "segment", 's', 0, G_OPTION_ARG_STRING_ARRAY, &segments, \
    N_("A segment to export; may be repeated"), N_("SEGMENT") }

static const GOptionEntry add_options[] = {
  SETTINGS,
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry edit_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Call it this"), N_("NAME") },
  SETTINGS,
  G_OPTION_ENTRY_NULL
};

/* Show */

typedef struct
{
  BudContext *context;
  BudExport *export;
  char *connection; /* (owned) (nullable) */
  GStrv segments;   /* (owned) */
} Details;

static char *
dup_name (BudStore   *store,
          GType       type,
          const char *id)
{
  g_autoptr(BudItem) item = id != NULL ? bud_store_find (store, type, id, NULL) : NULL;

  return g_strdup (item != NULL ? bud_item_get_name (item) : id);
}

static gboolean
collect_details (BudStore      *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Details *self = data;
  const char *const *ids = bud_export_get_segments (self->export);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  self->connection = dup_name (store, BUD_TYPE_CONNECTION,
                               bud_export_get_connection (self->export));
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *segment = dup_name (store, BUD_TYPE_SEGMENT, ids[i]);

      g_strv_builder_add (builder, segment);
    }
  self->segments = g_strv_builder_end (builder);

  return TRUE;
}

static const BudCliColumn show_columns[] = {
  { "name", N_("Export") },
  { "id", N_("Id") },
  { "connection", N_("Connection") },
  { "audience", N_("Audience") },
  { "audience_name", N_("Audience name") },
  { "email", N_("E-mail") },
  { "merge_fields", N_("Merge fields") },
  { "segments", N_("Segments") },
};

static int
show_export (BudCli    *cli,
             BudExport *export)
{
  Details details = { .context = cli->context, .export = export };
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, collect_details, &details, &error))
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_details (cli->json, show_columns, G_N_ELEMENTS (show_columns));
  bud_cli_output_text (output, bud_item_get_name (BUD_ITEM (export)));
  bud_cli_output_text (output, bud_item_get_id (BUD_ITEM (export)));
  bud_cli_output_text (output, details.connection);
  bud_cli_output_text (output, bud_export_get_audience (export));
  bud_cli_output_text (output, bud_export_get_audience_name (export));
  bud_cli_output_text (output, bud_export_get_email_field (export));
  bud_cli_output_list (output, bud_export_get_merge_fields (export));
  bud_cli_output_list (output, (const char *const *) details.segments);

  g_free (details.connection);
  g_strfreev (details.segments);

  return BUD_CLI_DONE;
}

static int
run_show (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudExport) export = bud_cli_find_item (cli, BUD_TYPE_EXPORT, arguments[0], &error);

  return export != NULL ? show_export (cli, export) : bud_cli_fail (cli, error);
}

/* List */

static const BudCliColumn list_columns[] = {
  { "name", N_("Export") },
  { "id", N_("Id") },
  { "audience", N_("Audience") },
  { "audience_name", N_("Audience name") },
  { "attached", N_("Has a connection") },
};

static void
print_export (BudCliOutput *output,
              gpointer      item)
{
  bud_cli_output_text (output, bud_item_get_name (item));
  bud_cli_output_text (output, bud_item_get_id (item));
  bud_cli_output_text (output, bud_export_get_audience (item));
  bud_cli_output_text (output, bud_export_get_audience_name (item));
  bud_cli_output_flag (output, bud_export_get_connection (item) != NULL);
}

static int
run_list (BudCli  *cli,
          char   **arguments)
{
  return bud_cli_list_items (cli, BUD_TYPE_EXPORT, list_columns, G_N_ELEMENTS (list_columns),
                             print_export);
}

/* Add and edit */

static gboolean
verify (BudCli         *cli,
        BudExport      *export,
        BudConnection  *connection,
        GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_audiences_verify_async (cli->context, export, connection, cli->cancellable,
                              bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_audiences_verify_finish (cli->context, result, error);
}

static void
apply_settings (BudExport *export)
{
  if (name != NULL)
    g_object_set (export, "name", name, NULL);
  if (connection_name != NULL)
    g_object_set (export, "connection", connection_name, NULL);
  if (audience_name != NULL)
    g_object_set (export, "audience", audience_name, NULL);
  if (email_field != NULL)
    g_object_set (export, "email-field", email_field, NULL);
  if (merge_fields != NULL)
    g_object_set (export, "merge-fields", merge_fields, NULL);
  if (segments != NULL)
    g_object_set (export, "segments", segments, NULL);
}

typedef struct
{
  BudContext *context;
  BudExport *export;
} Saving;

static gboolean
save (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Saving *self = data;

  return bud_exports_save (self->context, self->export, error);
}

static int
save_export (BudCli    *cli,
             BudExport *export)
{
  Saving saving = { cli->context, export };
  g_autoptr(BudConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  apply_settings (export);
  if (bud_export_get_connection (export) == NULL || bud_export_get_audience (export) == NULL)
    return bud_cli_usage (cli, _("Say which --connection and which --audience it exports to."));

  connection = bud_cli_find_item (cli, BUD_TYPE_CONNECTION, bud_export_get_connection (export),
                                  &error);
  if (connection == NULL ||
      !verify (cli, export, connection, &error) ||
      !bud_cli_on_store (cli, save, &saving, &error))
    return bud_cli_fail (cli, error);

  return show_export (cli, export);
}

static int
run_add (BudCli  *cli,
         char   **arguments)
{
  g_autoptr(BudExport) export = g_object_new (BUD_TYPE_EXPORT, "name", arguments[0], NULL);

  return save_export (cli, export);
}

static int
run_edit (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudExport) export = bud_cli_find_item (cli, BUD_TYPE_EXPORT, arguments[0], &error);

  return export != NULL ? save_export (cli, export) : bud_cli_fail (cli, error);
}

/* Duplicate, detach, remove */

typedef struct
{
  BudContext *context;
  char **arguments;
} Duplication;

static gboolean
duplicate (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Duplication *self = data;
  g_autoptr(BudExport) copy = NULL;

  copy = bud_exports_duplicate (self->context, self->arguments[0], self->arguments[1], error);

  return copy != NULL;
}

static int
run_duplicate (BudCli  *cli,
               char   **arguments)
{
  Duplication duplication = { cli->context, arguments };
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, duplicate, &duplication, &error))
    return bud_cli_fail (cli, error);

  return run_show (cli, arguments + 1);
}

static int
run_detach (BudCli  *cli,
            char   **arguments)
{
  return bud_cli_apply (cli, bud_exports_detach, arguments[0]);
}

static int
run_remove (BudCli  *cli,
            char   **arguments)
{
  return bud_cli_apply (cli, bud_exports_remove, arguments[0]);
}

const BudCliCommand bud_cli_exports_commands[] = {
  { "exports", "add", N_("NAME"), 1, 1, N_("Make an export"), add_options, TRUE, run_add },
  { "exports", "edit", N_("EXPORT"), 1, 1, N_("Change an export"), edit_options, TRUE, run_edit },
  { "exports", "list", "", 0, 0, N_("List the exports"), NULL, TRUE, run_list },
  { "exports", "show", N_("EXPORT"), 1, 1, N_("Show an export"), NULL, TRUE, run_show },
  { "exports", "duplicate", N_("EXPORT NAME"), 2, 2, N_("Make a copy of an export"), NULL, TRUE,
    run_duplicate },
  { "exports", "detach", N_("EXPORT"), 1, 1, N_("Take the connection away from an export"), NULL,
    TRUE, run_detach },
  { "exports", "remove", N_("EXPORT"), 1, 1, N_("Remove an export; what it delivered stays"), NULL,
    TRUE, run_remove },
  { "exports", "rehearse", N_("EXPORT"), 1, 1, N_("Plan a run without sending anything"),
    bud_cli_exports_rehearse_options, TRUE, bud_cli_exports_rehearse },
  { "exports", "run", N_("EXPORT"), 1, 1, N_("Run an export"), bud_cli_exports_run_options, TRUE,
    bud_cli_exports_run },
  { NULL }
};
