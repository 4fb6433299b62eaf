/* bud-customer-query.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-customer-query.h"
#include "bud-decimal.h"
#include "bud-rule-sql.h"
#include "bud-store-words.h"

typedef char Scratch[BUD_DECIMAL_SIZE];

struct _BudCustomerQuery
{
  BudSelection *selection; /* (owned) (nullable) */
  BudStatement *statement; /* (owned) */
  GString *sql;            /* (owned) */
  GPtrArray *params;       /* (owned) (element-type utf8): bound, so they live with the statement */
  const char **values;     /* of the present row */
  Scratch *decimals;       /* text of those that are decimals */
  gboolean *matches;
};

static BudCustomerQuery *
query_new (BudSelection *selection)
{
  BudCustomerQuery *self = g_new0 (BudCustomerQuery, 1);

  self->sql = g_string_new (NULL);
  self->params = g_ptr_array_new_with_free_func (g_free);
  if (selection == NULL)
    return self;

  self->selection = bud_selection_ref (selection);
  self->values = g_new0 (const char *, bud_selection_get_fields (selection)->len);
  self->decimals = g_new (Scratch, bud_selection_get_fields (selection)->len);
  self->matches = g_new0 (gboolean, bud_selection_get_rules (selection)->len);

  return self;
}

void
bud_customer_query_free (BudCustomerQuery *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->statement, bud_statement_free);
  g_clear_pointer (&self->selection, bud_selection_unref);
  g_string_free (self->sql, TRUE);
  g_ptr_array_unref (self->params);
  g_free (self->values);
  g_free (self->decimals);
  g_free (self->matches);
  g_free (self);
}

BudStatement *
bud_customer_query_get_statement (BudCustomerQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->statement;
}

static gboolean
has_column (const BudCatalogue *catalogue,
            const char         *column)
{
  for (guint i = 0; i < catalogue->fields->len; i++)
    {
      if (g_str_equal (bud_field_get_column (g_ptr_array_index (catalogue->fields, i)), column))
        return TRUE;
    }

  return FALSE;
}

/* The catalogue as the statement will see it, if the selection still fits it. */
static BudCatalogue *
load_catalogue (BudDatabase   *reader,
                BudSelection  *selection,
                GError       **error)
{
  g_autoptr(BudCatalogue) catalogue = bud_catalogue_load (reader, error);
  GPtrArray *fields = bud_selection_get_fields (selection);

  for (guint i = 0; catalogue != NULL && i < fields->len; i++)
    {
      if (!has_column (catalogue, bud_field_get_column (g_ptr_array_index (fields, i))))
        {
          bud_store_set_stale_error (error);
          return NULL;
        }
    }

  return g_steal_pointer (&catalogue);
}

static gboolean
prepare (BudCustomerQuery  *self,
         BudDatabase       *reader,
         GError           **error)
{
  g_autoptr(GError) local_error = NULL;

  self->statement = bud_database_prepare (reader, self->sql->str, &local_error);
  if (self->statement == NULL)
    {
      /* A rule keeps its fields to itself, so a column that it lacks shows only here. */
      if (strstr (local_error->message, "no such column") != NULL)
        bud_store_set_stale_error (error);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  for (guint i = 0; i < self->params->len; i++)
    bud_statement_bind_text (self->statement, i + 1, g_ptr_array_index (self->params, i));

  return TRUE;
}

static void
append_rule (BudCustomerQuery *self,
             guint             i)
{
  GPtrArray *rules = bud_selection_get_rules (self->selection);

  bud_rule_append_sql (g_ptr_array_index (rules, i), bud_selection_get_now (self->selection),
                       self->sql, self->params);
}

/* Everybody, with a column "m0", "m1" … for each rule. */
static void
append_matched_profile (BudCustomerQuery   *self,
                        const BudCatalogue *catalogue,
                        gboolean            with_values)
{
  GPtrArray *fields = bud_selection_get_fields (self->selection);
  GPtrArray *rules = bud_selection_get_rules (self->selection);

  g_string_append (self->sql, "(SELECT id");
  for (guint i = 0; i < rules->len; i++)
    {
      g_string_append (self->sql, ", ");
      append_rule (self, i);
      g_string_append_printf (self->sql, " AS m%u", i);
    }
  for (guint i = 0; i < fields->len && with_values; i++)
    g_string_append_printf (self->sql, ", %s AS v%u",
                            bud_field_get_column (g_ptr_array_index (fields, i)), i);
  g_string_append (self->sql, " FROM (");
  bud_catalogue_append_profile (catalogue, self->sql);
  g_string_append (self->sql, ")) AS x");
}

static void
append_any_match (BudCustomerQuery *self)
{
  guint n_rules = bud_selection_get_rules (self->selection)->len;

  g_string_append (self->sql, n_rules > 0 ? " WHERE (m0" : " WHERE (1");
  for (guint i = 1; i < n_rules; i++)
    g_string_append_printf (self->sql, " OR m%u", i);
  g_string_append_c (self->sql, ')');
}

static void
append_ledger (BudCustomerQuery *self,
               const char       *customer)
{
  const char *export_id = bud_selection_get_ledger (self->selection);

  if (export_id == NULL)
    return;

  g_string_append_printf (self->sql,
                          " LEFT JOIN ledger AS l ON l.export = ? AND l.customer = %s", customer);
  g_ptr_array_add (self->params, g_strdup (export_id));
}

/**
 * bud_customer_query_new_count:
 * @reader: a connection to both files, in a transaction
 * @selection: whom to count
 * @error: return location for %BUD_ERROR_STALE or a #BudStoreError
 *
 * Returns: (transfer full): a query of one number
 */
BudCustomerQuery *
bud_customer_query_new_count (BudDatabase   *reader,
                              BudSelection  *selection,
                              GError       **error)
{
  g_autoptr(BudCatalogue) catalogue = load_catalogue (reader, selection, error);
  g_autoptr(BudCustomerQuery) self = NULL;

  if (catalogue == NULL)
    return NULL;

  self = query_new (selection);
  g_string_append (self->sql, "SELECT count(*) FROM ");
  append_matched_profile (self, catalogue, FALSE);
  append_any_match (self);

  return prepare (self, reader, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bud_customer_query_new_each:
 * @reader: a connection to both files, in a transaction
 * @selection: who and what
 * @error: return location for %BUD_ERROR_STALE or a #BudStoreError
 *
 * Returns: (transfer full): a query of the id, and then what bud_customer_query_read() reads
 */
BudCustomerQuery *
bud_customer_query_new_each (BudDatabase   *reader,
                             BudSelection  *selection,
                             GError       **error)
{
  g_autoptr(BudCatalogue) catalogue = load_catalogue (reader, selection, error);
  g_autoptr(BudCustomerQuery) self = NULL;
  guint n_rules = bud_selection_get_rules (selection)->len;

  if (catalogue == NULL)
    return NULL;

  self = query_new (selection);
  g_string_append (self->sql, "SELECT x.id");
  for (guint i = 0; i < bud_selection_get_fields (selection)->len; i++)
    g_string_append_printf (self->sql, ", x.v%u", i);
  /* Of a single rule everybody in the result is known to fit it. */
  for (guint i = 0; i < n_rules; i++)
    g_string_append_printf (self->sql, n_rules > 1 ? ", x.m%u" : ", 1 AS m%u", i);
  if (bud_selection_get_ledger (selection) != NULL)
    g_string_append (self->sql, ", l.key, l.payload");

  g_string_append (self->sql, " FROM ");
  append_matched_profile (self, catalogue, TRUE);
  append_ledger (self, "x.id");
  append_any_match (self);
  if (bud_selection_get_after (selection) != NULL)
    {
      g_string_append (self->sql, " AND x.id > ?");
      g_ptr_array_add (self->params, g_strdup (bud_selection_get_after (selection)));
    }
  g_string_append (self->sql, " ORDER BY x.id");
  if (bud_selection_get_limit (selection) > 0)
    g_string_append_printf (self->sql, " LIMIT %" G_GINT64_FORMAT,
                            bud_selection_get_limit (selection));

  return prepare (self, reader, error) ? g_steal_pointer (&self) : NULL;
}

static void
append_filter (GString            *sql,
               gint64              plan_first,
               const BudRowFilter *filter)
{
  gint64 last = plan_first | G_MAXUINT32;

  g_string_append_printf (sql,
                          " WHERE r.at > %" G_GINT64_FORMAT " AND r.at <= %" G_GINT64_FORMAT,
                          plan_first + CLAMP (filter->after, 0, G_MAXUINT32), last);
  if (filter->outcome >= 0)
    g_string_append_printf (sql, " AND r.outcome = %d", filter->outcome);
  if (filter->reason >= 0)
    g_string_append_printf (sql, " AND r.reason = %d", filter->reason);
  g_string_append (sql, " ORDER BY r.at");
  if (filter->limit > 0)
    g_string_append_printf (sql, " LIMIT %" G_GINT64_FORMAT, filter->limit);
}

/* The rows with their customers: looked up in each source, in the order in which they are. */
static void
append_rows_with_profiles (BudCustomerQuery   *self,
                           const BudCatalogue *catalogue)
{
  GPtrArray *sources = catalogue->sources;

  g_string_append (self->sql, "(SELECT b.*, coalesce(NULL, NULL");
  for (guint s = 0; s < sources->len; s++)
    g_string_append_printf (self->sql, ", t%u.id", s);
  g_string_append (self->sql, ") AS found");
  bud_catalogue_append_values (catalogue, 0, self->sql);
  g_string_append (self->sql, " FROM plan_row AS b");
  for (guint s = 0; s < sources->len; s++)
    {
      const BudCatalogueSource *source = g_ptr_array_index (sources, s);

      g_string_append_printf (self->sql,
                              " LEFT JOIN rows_%" G_GINT64_FORMAT " AS t%u ON t%u.id = b.customer",
                              source->rows_table, s, s);
    }
  g_string_append (self->sql, ") AS r");
}

static void
append_joined_rows (BudCustomerQuery   *self,
                    const BudCatalogue *catalogue)
{
  GPtrArray *fields = bud_selection_get_fields (self->selection);

  g_string_append (self->sql, ", r.found");
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (self->sql, ", r.%s",
                            bud_field_get_column (g_ptr_array_index (fields, i)));
  for (guint i = 0; i < bud_selection_get_rules (self->selection)->len; i++)
    {
      g_string_append (self->sql, ", ");
      append_rule (self, i);
    }
  if (bud_selection_get_ledger (self->selection) != NULL)
    g_string_append (self->sql, ", l.key, l.payload");
  g_string_append (self->sql, " FROM ");
  append_rows_with_profiles (self, catalogue);
  append_ledger (self, "r.customer");
}

/**
 * bud_customer_query_new_plan_rows:
 * @reader: a connection to both files, in a transaction
 * @plan_first: "at" of the plan's row 0
 * @filter: which rows
 * @selection: (nullable): what of their customers
 * @error: return location for %BUD_ERROR_STALE or a #BudStoreError
 *
 * Returns: (transfer full): a query of the eight columns of plan_row, the customer's id or NULL,
 *   and then what bud_customer_query_read() reads
 */
BudCustomerQuery *
bud_customer_query_new_plan_rows (BudDatabase         *reader,
                                  gint64               plan_first,
                                  const BudRowFilter  *filter,
                                  BudSelection        *selection,
                                  GError             **error)
{
  g_autoptr(BudCatalogue) catalogue = NULL;
  g_autoptr(BudCustomerQuery) self = query_new (selection);

  g_string_append (self->sql, "SELECT r.at, r.customer, r.action, r.outcome, r.reason, r.detail, "
                              "r.key, r.payload");
  if (selection == NULL)
    g_string_append (self->sql, " FROM plan_row AS r");
  else if ((catalogue = load_catalogue (reader, selection, error)) != NULL)
    append_joined_rows (self, catalogue);
  else
    return NULL;
  append_filter (self->sql, plan_first, filter);

  return prepare (self, reader, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bud_customer_query_read:
 * @self: a query whose statement stands on a row
 * @id_column: where the customer's id is
 * @first_column: where the fields begin; rules and ledger follow
 * @row: (out): the customer, until the next step
 */
void
bud_customer_query_read (BudCustomerQuery *self,
                         int               id_column,
                         int               first_column,
                         BudCustomerRow   *row)
{
  guint n_rules = bud_selection_get_rules (self->selection)->len;
  int column = first_column;

  row->id = bud_statement_get_text (self->statement, id_column);
  row->values = self->values;
  row->n_values = bud_selection_get_fields (self->selection)->len;
  row->matches = self->matches;
  row->ledger_key = NULL;
  row->ledger_payload = NULL;

  for (guint i = 0; i < row->n_values; i++, column++)
    {
      if (bud_statement_is_double (self->statement, column))
        self->values[i] = bud_decimal_format (bud_statement_get_double (self->statement, column),
                                              self->decimals[i]);
      else
        self->values[i] = bud_statement_get_text (self->statement, column);
    }
  for (guint i = 0; i < n_rules; i++, column++)
    self->matches[i] = bud_statement_get_int64 (self->statement, column) != 0;
  if (bud_selection_get_ledger (self->selection) != NULL)
    {
      row->ledger_key = bud_statement_get_blob (self->statement, column, BUD_HASH_SIZE);
      row->ledger_payload = bud_statement_get_blob (self->statement, column + 1, BUD_HASH_SIZE);
    }
}
