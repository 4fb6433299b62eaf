/* bud-cli-list.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-cli-list.h"
#include "bud-segments.h"

/* Items */

typedef struct
{
  GType type;
  const char *name_or_id;
  GPtrArray *items; /* (owned) (nullable) */
  gpointer item;    /* (owned) (nullable) */
} Lookup;

static gboolean
list_items (BudStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Lookup *self = data;

  self->items = bud_store_list (store, self->type, error);

  return self->items != NULL;
}

static gboolean
find_item (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Lookup *self = data;

  self->item = bud_store_find (store, self->type, self->name_or_id, error);

  return self->item != NULL;
}

/**
 * bud_cli_list_items:
 * @cli: the command's surroundings
 * @type: a subclass of #BudItem
 * @columns: (array length=n_columns): what is said of each
 * @n_columns: length of @columns
 * @print: gives an item's cells
 *
 * Returns: the exit code
 */
int
bud_cli_list_items (BudCli             *cli,
                    GType               type,
                    const BudCliColumn *columns,
                    gsize               n_columns,
                    BudCliPrintFunc     print)
{
  Lookup lookup = { .type = type };
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, list_items, &lookup, &error))
    return bud_cli_fail (cli, error);

  items = lookup.items;
  output = bud_cli_output_new_table (cli->json, columns, n_columns);
  for (guint i = 0; i < items->len; i++)
    print (output, g_ptr_array_index (items, i));

  return BUD_CLI_DONE;
}

/**
 * bud_cli_find_item:
 * @cli: the command's surroundings
 * @type: a subclass of #BudItem
 * @name_or_id: which
 * @error: return location
 *
 * Returns: (transfer full): the item
 */
gpointer
bud_cli_find_item (BudCli      *cli,
                   GType        type,
                   const char  *name_or_id,
                   GError     **error)
{
  Lookup lookup = { .type = type, .name_or_id = name_or_id };

  bud_cli_on_store (cli, find_item, &lookup, error);

  return lookup.item;
}

/* Verbs */

typedef struct
{
  BudContext *context;
  BudCliVerb verb;
  const char *name_or_id;
} Application;

static gboolean
apply (BudStore      *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Application *self = data;

  return self->verb (self->context, self->name_or_id, error);
}

/**
 * bud_cli_apply:
 * @cli: the command's surroundings
 * @verb: what to do
 * @name_or_id: to what
 *
 * Returns: the exit code
 */
int
bud_cli_apply (BudCli     *cli,
               BudCliVerb  verb,
               const char *name_or_id)
{
  Application application = { cli->context, verb, name_or_id };
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, apply, &application, &error))
    return bud_cli_fail (cli, error);

  return BUD_CLI_DONE;
}

/* Customers */

typedef struct
{
  BudCli *cli;
  const char *rule;
  BudSegment *segment;
  gint64 limit;
  gint64 count;
  GArray *columns;      /* (owned) (element-type BudCliColumn) */
  BudCliOutput *output; /* (owned) */
} Listing;

static BudSelection *
select_customers (Listing  *self,
                  GError  **error)
{
  g_autoptr(BudSegment) ad_hoc = NULL;
  g_autoptr(GDateTime) now = NULL;

  if (self->segment != NULL)
    return bud_segments_select (self->cli->context, self->segment, error);

  if (self->rule != NULL)
    {
      ad_hoc = g_object_new (BUD_TYPE_SEGMENT, "rule", self->rule, NULL);
      return bud_segments_select (self->cli->context, ad_hoc, error);
    }

  now = bud_clock_now (bud_context_get_clock (self->cli->context));

  return bud_selection_new (now);
}

static gboolean
print_customer (const BudCustomerRow  *customer,
                gpointer               data,
                GError               **error)
{
  Listing *self = data;

  bud_cli_output_text (self->output, customer->id);
  for (gsize i = 0; i < customer->n_values; i++)
    bud_cli_output_text (self->output, customer->values[i]);

  return TRUE;
}

static void
add_column (Listing      *self,
            BudSelection *selection,
            BudField     *field)
{
  BudCliColumn column = { bud_field_get_name (field), bud_field_get_name (field) };

  bud_selection_add_field (selection, field);
  g_array_append_val (self->columns, column);
}

static gboolean
list_customers (BudStore      *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Listing *self = data;
  g_autoptr(BudSelection) selection = select_customers (self, error);
  g_autoptr(GPtrArray) fields = NULL;
  BudCliColumn id = { "customer_id", N_("Customer") };
  gboolean listed;

  if (selection == NULL || (fields = bud_store_list_fields (store, error)) == NULL)
    return FALSE;

  self->columns = g_array_new (FALSE, FALSE, sizeof (BudCliColumn));
  g_array_append_val (self->columns, id);
  for (guint i = 0; i < fields->len; i++)
    add_column (self, selection, g_ptr_array_index (fields, i));

  bud_selection_set_page (selection, NULL, self->limit);
  self->output = bud_cli_output_new_table (self->cli->json,
                                           (const BudCliColumn *) self->columns->data,
                                           self->columns->len);
  listed = bud_store_each_customer (store, selection, print_customer, self, cancellable, error);

  g_clear_pointer (&self->output, bud_cli_output_free);
  g_clear_pointer (&self->columns, g_array_unref);

  return listed;
}

/**
 * bud_cli_list_customers:
 * @cli: the command's surroundings
 * @rule: (nullable): only who fits this rule
 * @segment: (nullable): only members of this segment
 * @limit: at most so many; 0 for all
 *
 * Returns: the exit code
 */
int
bud_cli_list_customers (BudCli     *cli,
                        const char *rule,
                        BudSegment *segment,
                        gint64      limit)
{
  Listing listing = { .cli = cli, .rule = rule, .segment = segment, .limit = limit };
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, list_customers, &listing, &error))
    return bud_cli_fail (cli, error);

  return BUD_CLI_DONE;
}

static gboolean
count_customers (BudStore      *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Listing *self = data;
  g_autoptr(BudSelection) selection = select_customers (self, error);

  if (selection == NULL)
    return FALSE;

  self->count = bud_store_count_customers (store, selection, cancellable, error);

  return self->count >= 0;
}

static const BudCliColumn count_columns[] = {
  { "count", N_("Customers") },
};

/**
 * bud_cli_count_customers:
 * @cli: the command's surroundings
 * @rule: (nullable): only who fits this rule
 * @segment: (nullable): only members of this segment
 *
 * Returns: the exit code
 */
int
bud_cli_count_customers (BudCli     *cli,
                         const char *rule,
                         BudSegment *segment)
{
  Listing listing = { .cli = cli, .rule = rule, .segment = segment };
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, count_customers, &listing, &error))
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_details (cli->json, count_columns, G_N_ELEMENTS (count_columns));
  bud_cli_output_number (output, listing.count);

  return BUD_CLI_DONE;
}
