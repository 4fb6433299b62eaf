/* bud-cli-rows.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "bud-cli-output.h"
#include "bud-cli-rows.h"
#include "bud-csv.h"
#include "bud-enums.h"
#include "bud-export.h"
#include "bud-labels.h"
#include "bud-plan.h"
#include "bud-selection.h"
#include "bud-text.h"

static const BudCliColumn columns[] = {
  { "customer_id", N_("Customer") },
  { "email", N_("E-mail") },
  { "action", N_("Planned") },
  { "result", N_("Result") },
  { "reason", N_("Reason") },
  { "detail", N_("In Mailchimp’s words") },
};

typedef struct
{
  BudContext *context;
  const char *plan_id;
  const char *export_id;
  const BudRowFilter *filter;
  BudCliOutput *output; /* (nullable): set when csv is not */
  FILE *csv;            /* (nullable) */
  GString *line;        /* (owned) */
} Rows;

static void
write_csv_row (Rows              *self,
               const char *const *values)
{
  g_string_truncate (self->line, 0);
  bud_csv_append_row (self->line, values, G_N_ELEMENTS (columns));
  fputs (self->line->str, self->csv);
}

/* Without the mark at the beginning, a spreadsheet does not take the text for UTF-8. */
static void
write_csv_header (Rows *self)
{
  const char *labels[G_N_ELEMENTS (columns)];

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    labels[i] = _(columns[i].label);

  fputs ("\uFEFF", self->csv);
  write_csv_row (self, labels);
}

static gboolean
print_row (const BudPlanRow      *row,
           const BudCustomerRow  *customer,
           gpointer               data,
           GError               **error)
{
  Rows *self = data;
  const char *address = customer != NULL && customer->n_values > 0 ? customer->values[0] : NULL;
  const char *values[] = {
    row->customer, address, bud_label_action (row->action), bud_label_outcome (row->outcome),
    bud_label_reason (row->reason), row->detail,
  };

  if (self->csv != NULL)
    {
      write_csv_row (self, values);
      return TRUE;
    }

  bud_cli_output_text (self->output, row->customer);
  bud_cli_output_text (self->output, address);
  bud_cli_output_choice (self->output, bud_enum_nick (BUD_TYPE_ACTION, row->action), values[2]);
  bud_cli_output_choice (self->output, bud_enum_nick (BUD_TYPE_OUTCOME, row->outcome), values[3]);
  bud_cli_output_choice (self->output, bud_enum_nick (BUD_TYPE_REASON, row->reason), values[4]);
  bud_cli_output_text (self->output, row->detail);

  return TRUE;
}

/* The address is read where it is now: the journal does not keep it. */
static BudSelection *
select_address (Rows      *self,
                BudStore  *store,
                GError   **error)
{
  g_autoptr(BudExport) export = NULL;
  g_autoptr(GPtrArray) fields = bud_store_list_fields (store, error);
  g_autoptr(GDateTime) now = bud_clock_now (bud_context_get_clock (self->context));
  BudSelection *selection;
  BudField *field = NULL;

  if (fields == NULL)
    return NULL;

  export = bud_store_find (store, BUD_TYPE_EXPORT, self->export_id, NULL);
  if (export != NULL)
    field = bud_field_find (fields, bud_export_get_email_field (export));

  selection = bud_selection_new (now);
  if (field != NULL)
    bud_selection_add_field (selection, field);

  return selection;
}

static gboolean
each_row (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Rows *self = data;
  g_autoptr(BudPlan) plan = bud_store_find (store, BUD_TYPE_PLAN, self->plan_id, error);
  g_autoptr(BudSelection) selection = plan != NULL ? select_address (self, store, error) : NULL;

  return selection != NULL &&
         bud_store_each_plan_row (store, plan, self->filter, selection, print_row, self,
                                  cancellable, error);
}

/**
 * bud_cli_print_rows:
 * @cli: the command's surroundings
 * @plan_id: (nullable): a plan; a run that failed early has none, and so no rows
 * @export_id: its export
 * @filter: (nullable): which rows
 * @csv: (nullable): where CSV goes; a table or JSON goes to the standard output stream instead
 *
 * Returns: the exit code
 */
int
bud_cli_print_rows (BudCli             *cli,
                    const char         *plan_id,
                    const char         *export_id,
                    const BudRowFilter *filter,
                    FILE               *csv)
{
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  Rows rows = { cli->context, plan_id, export_id, filter, NULL, csv, line };

  if (csv != NULL)
    write_csv_header (&rows);
  else
    output = bud_cli_output_new_table (cli->json, columns, G_N_ELEMENTS (columns));
  rows.output = output;

  if (plan_id != NULL && !bud_cli_on_store (cli, each_row, &rows, &error))
    return bud_cli_fail (cli, error);

  return BUD_CLI_DONE;
}

static int
fail_to_write (BudCli     *cli,
               const char *path,
               int         number)
{
  g_autoptr(GError) error = NULL;

  error = g_error_new (G_IO_ERROR, g_io_error_from_errno (number),
                       /* Translators: a file's path, and what the system says about it */
                       _("The file “%s” cannot be written: %s"), path, g_strerror (number));

  return bud_cli_fail (cli, error);
}

/**
 * bud_cli_save_rows:
 * @cli: the command's surroundings
 * @plan_id: a plan
 * @export_id: its export
 * @path: a file that will hold every row as CSV, for its owner alone
 *
 * Returns: the exit code
 */
int
bud_cli_save_rows (BudCli     *cli,
                   const char *plan_id,
                   const char *export_id,
                   const char *path)
{
  int descriptor = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  FILE *csv = descriptor >= 0 ? fdopen (descriptor, "w") : NULL;
  gboolean is_written;
  int exit;

  if (csv == NULL)
    return fail_to_write (cli, path, errno);

  exit = bud_cli_print_rows (cli, plan_id, export_id, NULL, csv);
  is_written = ferror (csv) == 0;
  is_written = fclose (csv) == 0 && is_written;

  return is_written || exit != BUD_CLI_DONE ? exit : fail_to_write (cli, path, errno);
}
