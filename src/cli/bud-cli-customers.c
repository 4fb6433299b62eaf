/* bud-cli-customers.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-cli.h"
#include "bud-cli-list.h"
#include "bud-cli-output.h"
#include "bud-cli-progress.h"
#include "bud-enums.h"
#include "bud-error.h"
#include "bud-selection.h"
#include "bud-sources.h"
#include "bud-text.h"

/* Import */

static char *import_source;
static char *import_key;
static char *import_encoding;
static char *import_delimiter;
static char *import_rejects;
static char **import_types;

static const GOptionEntry import_options[] = {
  { "source", 's', 0, G_OPTION_ARG_STRING, &import_source,
    N_("Name of the source (the file’s name)"), N_("NAME") },
  { "key", 'k', 0, G_OPTION_ARG_STRING, &import_key,
    N_("Field that identifies a customer"), N_("FIELD") },
  { "encoding", 0, 0, G_OPTION_ARG_STRING, &import_encoding,
    N_("Encoding of the file (found out)"), N_("NAME") },
  { "delimiter", 0, 0, G_OPTION_ARG_STRING, &import_delimiter,
    N_("What parts the fields (found out): , ; | or tab"), N_("CHARACTER") },
  { "type", 't', 0, G_OPTION_ARG_STRING_ARRAY, &import_types,
    N_("Type of a field: text, integer, decimal, date or boolean"), N_("FIELD=TYPE") },
  { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &import_rejects,
    N_("File for the rows that cannot be used"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  BudContext *context;
  const char *path;
  BudOrigin *origin; /* (owned) (nullable) */
} Preparation;

static gboolean
check_types (GError **error)
{
  for (char **type = import_types; type != NULL && *type != NULL; type++)
    {
      const char *equals = strrchr (*type, '=');

      if (equals != NULL && equals != *type &&
          bud_enum_parse (BUD_TYPE_FIELD_TYPE, equals + 1, -1) >= 0)
        continue;

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is no type of a field. Write FIELD=text, FIELD=integer, "
                     "FIELD=decimal, FIELD=date or FIELD=boolean."), *type);
      return FALSE;
    }

  return TRUE;
}

static gboolean
apply_options (BudOrigin  *origin,
               GError    **error)
{
  if (!check_types (error))
    return FALSE;

  if (import_key != NULL)
    g_object_set (origin, "key", import_key, NULL);
  if (import_types != NULL)
    g_object_set (origin, "types", import_types, NULL);

  /* A new file may be written otherwise than the last one was. */
  g_object_set (origin,
                "encoding", import_encoding,
                "delimiter", g_strcmp0 (import_delimiter, "tab") == 0 ? "\t" : import_delimiter,
                NULL);

  return TRUE;
}

/* Two files of one name in two folders are hardly the same customers. */
static gboolean
check_same_file (BudStore    *store,
                 const char  *name,
                 const char  *path,
                 GError     **error)
{
  g_autoptr(BudOrigin) origin = bud_store_find (store, BUD_TYPE_ORIGIN, name, NULL);
  g_autofree char *location = g_canonicalize_filename (path, NULL);

  if (origin == NULL || g_strcmp0 (bud_origin_get_location (origin), location) == 0)
    return TRUE;

  g_set_error (error, BUD_ERROR, BUD_ERROR_EXISTS,
               /* Translators: a source's name, and the path of the file it was read from */
               _("The source “%s” was read from “%s”. Its customers would be replaced: say so "
                 "with --source, or give this file another name with it."),
               name, bud_origin_get_location (origin));

  return FALSE;
}

static gboolean
prepare_import (BudStore      *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Preparation *self = data;
  g_autofree char *base = g_path_get_basename (self->path);

  if (import_source == NULL && !check_same_file (store, base, self->path, error))
    return FALSE;

  self->origin = bud_sources_prepare (self->context,
                                      import_source != NULL ? import_source : base, "csv",
                                      self->path, error);

  return self->origin != NULL && apply_options (self->origin, error);
}

static void
on_import_progress (BudImport *import,
                    double     fraction,
                    gpointer   progress)
{
  bud_cli_progress_show (progress, fraction, _("Importing…"));
}

static const BudCliColumn report_columns[] = {
  { "source", N_("Source") },
  { "customers", N_("Customers") },
  { "rejected", N_("Rejected rows") },
  { "rejects_file", N_("Rejected rows are in") },
  { "key", N_("Identified by") },
  { "encoding", N_("Encoding") },
  { "delimiter", N_("Delimiter") },
};

static void
print_reasons (BudImportReport *report)
{
  for (int reason = 0; reason < BUD_IMPORT_N_REASONS; reason++)
    {
      if (report->rejected[reason] > 0)
        g_print ("  %6" G_GINT64_FORMAT "  %s\n", report->rejected[reason],
                 bud_reject_reason_to_label (reason));
    }
}

static void
print_report (BudCli          *cli,
              BudOrigin       *origin,
              BudImportReport *report,
              const char      *rejects_path)
{
  gint64 rejected = bud_import_report_count_rejected (report);
  char delimiter[] = { report->delimiter, '\0' };
  BudCliOutput *output;

  output = bud_cli_output_new_details (cli->json, report_columns, G_N_ELEMENTS (report_columns));
  bud_cli_output_text (output, bud_item_get_name (BUD_ITEM (origin)));
  bud_cli_output_number (output, report->rows);
  bud_cli_output_number (output, rejected);
  bud_cli_output_text (output, rejected > 0 ? rejects_path : NULL);
  bud_cli_output_text (output, report->key);
  bud_cli_output_text (output, report->encoding);
  bud_cli_output_text (output, report->delimiter == '\t' ? "tab" : delimiter);
  bud_cli_output_free (output);

  if (!cli->json)
    print_reasons (report);
}

static char *
dup_rejects_path (BudCli    *cli,
                  BudOrigin *origin)
{
  g_autofree char *name = NULL;

  if (import_rejects != NULL)
    return g_strdup (import_rejects);

  name = g_strdup_printf ("rejected-%s.csv", bud_item_get_id (BUD_ITEM (origin)));

  return bud_context_dup_path (cli->context, name);
}

static int
run_import (BudCli  *cli,
            char   **arguments)
{
  Preparation preparation = { .context = cli->context, .path = arguments[0] };
  g_autoptr(BudOrigin) origin = NULL;
  g_autoptr(BudCliProgress) progress = bud_cli_progress_new (cli->json);
  g_autoptr(BudImport) import = NULL;
  g_autoptr(BudImportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *rejects_path = NULL;
  GAsyncResult *slot = NULL;
  gboolean prepared = bud_cli_on_store (cli, prepare_import, &preparation, &error);

  origin = preparation.origin;
  if (!prepared)
    return bud_cli_fail (cli, error);

  rejects_path = dup_rejects_path (cli, origin);
  import = bud_sources_import (cli->context, origin, rejects_path);
  g_signal_connect (import, "progress", G_CALLBACK (on_import_progress), progress);
  bud_import_run_async (import, cli->cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);
  report = bud_import_run_finish (import, result, &error);
  g_clear_pointer (&progress, bud_cli_progress_free);

  if (report == NULL)
    return bud_cli_fail (cli, error);

  print_report (cli, origin, report, rejects_path);

  return BUD_CLI_DONE;
}

/* Count and list */

static char *filter_rule;
static gint64 filter_limit = 100;

static const GOptionEntry filter_options[] = {
  { "where", 0, 0, G_OPTION_ARG_STRING, &filter_rule,
    N_("Only customers who fit this rule"), N_("RULE") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &filter_limit,
    N_("At most so many; 0 for all (100)"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static int
run_list (BudCli  *cli,
          char   **arguments)
{
  return bud_cli_list_customers (cli, filter_rule, NULL, filter_limit);
}

static int
run_count (BudCli  *cli,
           char   **arguments)
{
  return bud_cli_count_customers (cli, filter_rule, NULL);
}

/* Fields */

typedef struct
{
  GPtrArray *fields; /* (owned) (nullable) */
} Fields;

static gboolean
list_fields (BudStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Fields *self = data;

  self->fields = bud_store_list_fields (store, error);

  return self->fields != NULL;
}

static const BudCliColumn field_columns[] = {
  { "name", N_("Field") },
  { "type", N_("Type") },
};

static int
run_fields (BudCli  *cli,
            char   **arguments)
{
  Fields data = { NULL };
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, list_fields, &data, &error))
    return bud_cli_fail (cli, error);

  fields = data.fields;
  output = bud_cli_output_new_table (cli->json, field_columns, G_N_ELEMENTS (field_columns));
  for (guint i = 0; i < fields->len; i++)
    {
      BudField *field = g_ptr_array_index (fields, i);
      BudFieldType type = bud_field_get_field_type (field);

      bud_cli_output_text (output, bud_field_get_name (field));
      bud_cli_output_choice (output, bud_enum_nick (BUD_TYPE_FIELD_TYPE, type),
                             bud_field_type_to_label (type));
    }

  return BUD_CLI_DONE;
}

/* Sources */

static const BudCliColumn source_columns[] = {
  { "name", N_("Source") },
  { "id", N_("Id") },
  { "type", N_("Type") },
  { "customers", N_("Customers") },
  { "rejected", N_("Rejected") },
  { "imported", N_("Imported") },
  { "location", N_("Read from") },
};

static void
print_source (BudCliOutput *output,
              gpointer      item)
{
  BudOrigin *origin = BUD_ORIGIN (item);

  bud_cli_output_text (output, bud_item_get_name (item));
  bud_cli_output_text (output, bud_item_get_id (item));
  bud_cli_output_text (output, bud_origin_get_type_name (origin));
  bud_cli_output_number (output, bud_origin_get_rows (origin));
  bud_cli_output_number (output, bud_origin_get_rejected (origin));
  bud_cli_output_time (output, bud_origin_get_imported_at (origin));
  bud_cli_output_text (output, bud_origin_get_location (origin));
}

static int
run_sources (BudCli  *cli,
             char   **arguments)
{
  return bud_cli_list_items (cli, BUD_TYPE_ORIGIN, source_columns,
                             G_N_ELEMENTS (source_columns), print_source);
}

static int
run_remove_source (BudCli  *cli,
                   char   **arguments)
{
  return bud_cli_apply (cli, bud_sources_remove, arguments[0]);
}

const BudCliCommand bud_cli_customers_commands[] = {
  { "customers", "import", N_("FILE"), 1, 1, N_("Read customers from a CSV file"), import_options,
    TRUE, run_import },
  { "customers", "count", "", 0, 0, N_("Count customers"), filter_options, TRUE, run_count },
  { "customers", "list", "", 0, 0, N_("List customers"), filter_options, TRUE, run_list },
  { "customers", "fields", "", 0, 0, N_("List the fields that customers have"), NULL, TRUE,
    run_fields },
  { "customers", "sources", "", 0, 0, N_("List where customers come from"), NULL, TRUE,
    run_sources },
  { "customers", "remove-source", N_("SOURCE"), 1, 1,
    N_("Remove a source and the customers it brought"), NULL, TRUE, run_remove_source },
  { NULL }
};
