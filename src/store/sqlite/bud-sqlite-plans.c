/* bud-sqlite-plans.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-customer-query.h"
#include "bud-plan.h"
#include "bud-sqlite-store-private.h"

/* Row n of a plan is at its number * 2^32 + n. */
#define SEQ_BITS 32
#define SEQ_MASK G_MAXUINT32

/* Gives "at" of the plan's row 0, or 0 when no row of it was ever added. */
gboolean
_bud_sqlite_find_plan (BudDatabase  *database,
                       const char   *plan,
                       gint64       *first,
                       GError      **error)
{
  BudStatement *statement;
  gboolean has_row;

  statement = bud_database_cached (database, "SELECT number FROM plan_number WHERE plan = ?",
                                   error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, plan);
  if (!bud_statement_step (statement, &has_row, error))
    return FALSE;

  *first = has_row ? bud_statement_get_int64 (statement, 0) << SEQ_BITS : 0;
  bud_statement_reset (statement);

  return TRUE;
}

static gboolean
ensure_plan (BudDatabase  *database,
             const char   *plan,
             gint64       *first,
             GError      **error)
{
  BudStatement *statement;

  if (!_bud_sqlite_find_plan (database, plan, first, error))
    return FALSE;
  if (*first != 0)
    return TRUE;

  statement = bud_database_cached (database, "INSERT INTO plan_number (plan) VALUES (?)", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, plan);

  return bud_statement_run (statement, error) &&
         _bud_sqlite_find_plan (database, plan, first, error);
}

static gboolean
find_last_row (BudDatabase  *database,
               gint64        first,
               gint64       *last,
               GError      **error)
{
  BudStatement *statement;
  gboolean has_row;

  statement = bud_database_cached (database,
                                   "SELECT at FROM plan_row WHERE at BETWEEN ? AND ? "
                                   "ORDER BY at DESC LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_int64 (statement, 1, first);
  bud_statement_bind_int64 (statement, 2, first | SEQ_MASK);
  if (!bud_statement_step (statement, &has_row, error))
    return FALSE;

  *last = has_row ? bud_statement_get_int64 (statement, 0) : first;
  bud_statement_reset (statement);

  return TRUE;
}

gboolean
_bud_sqlite_remove_plan_rows (BudDatabase  *database,
                              const char   *plan,
                              GError      **error)
{
  g_autofree char *sql = NULL;
  gint64 first;

  if (!_bud_sqlite_find_plan (database, plan, &first, error))
    return FALSE;
  if (first == 0)
    return TRUE;

  sql = g_strdup_printf ("DELETE FROM plan_row WHERE at BETWEEN %" G_GINT64_FORMAT
                         " AND %" G_GINT64_FORMAT ";"
                         "DELETE FROM plan_number WHERE number = %" G_GINT64_FORMAT,
                         first, first | SEQ_MASK, first >> SEQ_BITS);

  return bud_database_exec (database, sql, error);
}

static gboolean
sweep_plans (BudDatabase  *database,
             gpointer      data,
             GError      **error)
{
  g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BudStatement) statement = NULL;
  gboolean has_row = TRUE;

  statement = bud_database_prepare (database,
                                    "SELECT plan FROM plan_number WHERE plan NOT IN "
                                    "(SELECT id FROM item WHERE kind = 'plan')", error);
  if (statement == NULL)
    return FALSE;

  while (has_row)
    {
      if (!bud_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (plans, g_strdup (bud_statement_get_text (statement, 0)));
    }

  for (guint i = 0; i < plans->len; i++)
    {
      if (!_bud_sqlite_remove_plan_rows (database, g_ptr_array_index (plans, i), error))
        return FALSE;
    }

  return TRUE;
}

/* Takes away the rows of plans that were never finished, with nobody else in the folder. */
gboolean
_bud_sqlite_sweep_plans (BudDatabase  *database,
                         GError      **error)
{
  return bud_database_transaction (database, sweep_plans, NULL, error);
}

typedef struct
{
  const char *plan;
  const BudPlanRow *rows;
  gsize n_rows;
} NewRows;

static gboolean
insert_row (BudStatement      *statement,
            gint64             at,
            const BudPlanRow  *row,
            GError           **error)
{
  bud_statement_bind_int64 (statement, 1, at);
  bud_statement_bind_text (statement, 2, row->customer);
  bud_statement_bind_int64 (statement, 3, row->action);
  bud_statement_bind_int64 (statement, 4, row->outcome);
  bud_statement_bind_int64 (statement, 5, row->reason);
  bud_statement_bind_text (statement, 6, row->detail);
  bud_statement_bind_blob (statement, 7, row->key, BUD_HASH_SIZE);
  bud_statement_bind_blob (statement, 8, row->payload, BUD_HASH_SIZE);

  return bud_statement_run (statement, error);
}

static gboolean
insert_rows (BudDatabase  *database,
             gpointer      data,
             GError      **error)
{
  const NewRows *new_rows = data;
  BudStatement *statement;
  gint64 first;
  gint64 last;

  if (!ensure_plan (database, new_rows->plan, &first, error) ||
      !find_last_row (database, first, &last, error))
    return FALSE;

  statement = bud_database_cached (database,
                                   "INSERT INTO plan_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  for (gsize i = 0; i < new_rows->n_rows; i++)
    {
      if (!insert_row (statement, last + 1 + i, &new_rows->rows[i], error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_bud_sqlite_add_plan_rows (BudStore          *store,
                           BudPlan           *plan,
                           const BudPlanRow  *rows,
                           gsize              n_rows,
                           GError           **error)
{
  NewRows new_rows = { bud_item_get_id (BUD_ITEM (plan)), rows, n_rows };

  return bud_database_transaction (BUD_SQLITE_STORE (store)->writer, insert_rows, &new_rows,
                                   error);
}

static void
read_hash (BudStatement *statement,
           int           column,
           guint8       *out)
{
  const guint8 *hash = bud_statement_get_blob (statement, column, BUD_HASH_SIZE);

  if (hash != NULL)
    memcpy (out, hash, BUD_HASH_SIZE);
  else
    memset (out, 0, BUD_HASH_SIZE);
}

static void
read_row (BudStatement *statement,
          BudPlanRow   *row)
{
  row->seq = bud_statement_get_int64 (statement, 0) & SEQ_MASK;
  row->customer = bud_statement_get_text (statement, 1);
  row->action = bud_statement_get_int64 (statement, 2);
  row->outcome = bud_statement_get_int64 (statement, 3);
  row->reason = bud_statement_get_int64 (statement, 4);
  row->detail = bud_statement_get_text (statement, 5);
  read_hash (statement, 6, row->key);
  read_hash (statement, 7, row->payload);
}

typedef struct
{
  gint64 first;
  const BudRowFilter *filter;
  BudSelection *selection;
  BudPlanRowFunc func;
  gpointer data;
  GCancellable *cancellable;
} Reading;

static gboolean
each_row (BudSqliteStore  *self,
          const Reading   *reading,
          GError         **error)
{
  g_autoptr(BudCustomerQuery) query = NULL;
  BudStatement *statement;
  gboolean has_row;

  query = bud_customer_query_new_plan_rows (self->reader, reading->first, reading->filter,
                                            reading->selection, error);
  if (query == NULL)
    return FALSE;

  statement = bud_customer_query_get_statement (query);
  for (;;)
    {
      BudPlanRow row;
      BudCustomerRow customer;
      gboolean is_there;

      if (g_cancellable_set_error_if_cancelled (reading->cancellable, error) ||
          !bud_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      read_row (statement, &row);
      is_there = reading->selection != NULL && !bud_statement_is_null (statement, 8);
      if (is_there)
        bud_customer_query_read (query, 8, 9, &customer);
      if (!reading->func (&row, is_there ? &customer : NULL, reading->data, error))
        return FALSE;
    }
}

gboolean
_bud_sqlite_each_plan_row (BudStore            *store,
                           BudPlan             *plan,
                           const BudRowFilter  *filter,
                           BudSelection        *selection,
                           BudPlanRowFunc       func,
                           gpointer             data,
                           GCancellable        *cancellable,
                           GError             **error)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);
  Reading reading = { 0, filter, selection, func, data, cancellable };
  GCancellable *previous;
  gboolean done = FALSE;

  previous = bud_database_set_cancellable (self->reader, cancellable);
  if (_bud_sqlite_begin_reading (self, error))
    {
      done = _bud_sqlite_find_plan (self->reader, bud_item_get_id (BUD_ITEM (plan)),
                                    &reading.first, error) &&
             each_row (self, &reading, error);
      _bud_sqlite_end_reading (self);
    }
  bud_database_set_cancellable (self->reader, previous);

  return done;
}

static int
compare_tallies (gconstpointer a,
                 gconstpointer b)
{
  const BudTally *x = a;
  const BudTally *y = b;

  if (x->action != y->action)
    return x->action < y->action ? -1 : 1;
  if (x->outcome != y->outcome)
    return x->outcome < y->outcome ? -1 : 1;

  return x->reason < y->reason ? -1 : x->reason > y->reason;
}

/* There are some dozens of lines at most, and nearly every row counts in the first ones. */
static void
count_row (GArray   *tally,
           BudTally  row)
{
  for (guint i = 0; i < tally->len; i++)
    {
      BudTally *line = &g_array_index (tally, BudTally, i);

      if (compare_tallies (line, &row) == 0)
        {
          line->count++;
          return;
        }
    }

  g_array_append_val (tally, row);
}

/* SQLite would sort all the rows to group them. */
GArray *
_bud_sqlite_tally (BudStore  *store,
                   BudPlan   *plan,
                   GError   **error)
{
  BudDatabase *database = BUD_SQLITE_STORE (store)->writer;
  g_autoptr(GArray) tally = g_array_new (FALSE, TRUE, sizeof (BudTally));
  g_autoptr(BudStatement) statement = NULL;
  gboolean has_row = TRUE;
  gint64 first;

  statement = bud_database_prepare (database,
                                    "SELECT action, outcome, reason FROM plan_row "
                                    "WHERE at BETWEEN ? AND ?", error);
  if (statement == NULL ||
      !_bud_sqlite_find_plan (database, bud_item_get_id (BUD_ITEM (plan)), &first, error))
    return NULL;

  bud_statement_bind_int64 (statement, 1, first);
  bud_statement_bind_int64 (statement, 2, first | SEQ_MASK);
  while (has_row)
    {
      if (!bud_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        count_row (tally, (BudTally) { bud_statement_get_int64 (statement, 0),
                                       bud_statement_get_int64 (statement, 1),
                                       bud_statement_get_int64 (statement, 2), 1 });
    }
  g_array_sort (tally, compare_tallies);

  return g_steal_pointer (&tally);
}

typedef struct
{
  const char *audience;
  const BudOptOut *entries;
  gsize n_entries;
  gboolean append;
} OptOuts;

static gboolean
clear_opt_outs (BudDatabase  *database,
                const char   *audience,
                GError      **error)
{
  BudStatement *statement;

  statement = bud_database_cached (database, "DELETE FROM opt_out WHERE audience = ?", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, audience);

  return bud_statement_run (statement, error);
}

static gboolean
write_opt_outs (BudDatabase  *database,
                gpointer      data,
                GError      **error)
{
  const OptOuts *opt_outs = data;
  BudStatement *statement;

  if (!opt_outs->append && !clear_opt_outs (database, opt_outs->audience, error))
    return FALSE;

  statement = bud_database_cached (database, "INSERT OR REPLACE INTO opt_out VALUES (?, ?, ?)",
                                   error);
  if (statement == NULL)
    return FALSE;

  for (gsize i = 0; i < opt_outs->n_entries; i++)
    {
      bud_statement_bind_text (statement, 1, opt_outs->audience);
      bud_statement_bind_blob (statement, 2, opt_outs->entries[i].key, BUD_HASH_SIZE);
      bud_statement_bind_int64 (statement, 3, opt_outs->entries[i].reason);
      if (!bud_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_bud_sqlite_set_opt_outs (BudStore         *store,
                          const char       *audience,
                          const BudOptOut  *entries,
                          gsize             n_entries,
                          gboolean          append,
                          GError          **error)
{
  OptOuts opt_outs = { audience, entries, n_entries, append };

  return bud_database_transaction (BUD_SQLITE_STORE (store)->writer, write_opt_outs, &opt_outs,
                                   error);
}

gboolean
_bud_sqlite_hold_opted_out (BudStore    *store,
                            BudPlan     *plan,
                            const char  *audience,
                            gint64      *n_held,
                            GError     **error)
{
  BudDatabase *database = BUD_SQLITE_STORE (store)->writer;
  BudStatement *statement;
  gint64 first;

  if (!_bud_sqlite_find_plan (database, bud_item_get_id (BUD_ITEM (plan)), &first, error))
    return FALSE;

  statement = bud_database_cached (database,
                                   "UPDATE plan_row SET outcome = ?1, reason = "
                                   "(SELECT reason FROM opt_out AS o"
                                   " WHERE o.audience = ?2 AND o.key = plan_row.key) "
                                   "WHERE at BETWEEN ?3 AND ?4 AND outcome = ?5 AND EXISTS "
                                   "(SELECT 1 FROM opt_out AS o"
                                   " WHERE o.audience = ?2 AND o.key = plan_row.key)", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_int64 (statement, 1, BUD_OUTCOME_HELD_BACK);
  bud_statement_bind_text (statement, 2, audience);
  bud_statement_bind_int64 (statement, 3, first);
  bud_statement_bind_int64 (statement, 4, first | SEQ_MASK);
  bud_statement_bind_int64 (statement, 5, BUD_OUTCOME_PENDING);
  if (!bud_statement_run (statement, error))
    return FALSE;

  *n_held = bud_database_get_changes (database);

  return TRUE;
}

gboolean
_bud_sqlite_forget_displaced (BudStore  *store,
                              BudPlan   *plan,
                              GError   **error)
{
  BudDatabase *database = BUD_SQLITE_STORE (store)->writer;
  BudStatement *statement;
  gint64 first;

  if (!_bud_sqlite_find_plan (database, bud_item_get_id (BUD_ITEM (plan)), &first, error))
    return FALSE;

  statement = bud_database_cached (database,
                                   "DELETE FROM ledger WHERE export = ?1 AND key IN "
                                   "(SELECT key FROM plan_row WHERE at BETWEEN ?2 AND ?3 "
                                   "AND action = ?4 AND outcome = ?5)", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_plan_get_export (plan));
  bud_statement_bind_int64 (statement, 2, first);
  bud_statement_bind_int64 (statement, 3, first | SEQ_MASK);
  bud_statement_bind_int64 (statement, 4, BUD_ACTION_ADD);
  bud_statement_bind_int64 (statement, 5, BUD_OUTCOME_PENDING);

  return bud_statement_run (statement, error);
}
