/* bud-memory-plans.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-memory-store-private.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-store-words.h"

/* The strings of a kept row are its own. */
static void
row_free (gpointer data)
{
  BudPlanRow *row = data;

  g_free ((char *) row->customer);
  g_free ((char *) row->detail);
  g_free (row);
}

static BudPlanRow *
row_copy (const BudPlanRow *row)
{
  BudPlanRow *copy = g_memdup2 (row, sizeof *row);

  copy->customer = g_strdup (row->customer);
  copy->detail = g_strdup (row->detail);

  return copy;
}

static GPtrArray *
find_rows (BudMemoryStore *self,
           const char     *plan)
{
  return plan != NULL ? g_hash_table_lookup (self->plans, plan) : NULL;
}

gboolean
_bud_memory_add_plan_rows (BudStore          *store,
                           BudPlan           *plan,
                           const BudPlanRow  *rows,
                           gsize              n_rows,
                           GError           **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  const char *id = bud_item_get_id (BUD_ITEM (plan));
  GPtrArray *kept = find_rows (self, id);

  if (kept == NULL)
    {
      kept = g_ptr_array_new_with_free_func (row_free);
      g_hash_table_insert (self->plans, g_strdup (id), kept);
    }

  for (gsize i = 0; i < n_rows; i++)
    {
      BudPlanRow *row = row_copy (&rows[i]);

      row->seq = kept->len + 1;
      g_ptr_array_add (kept, row);
    }

  return TRUE;
}

/* Copies, because the callback may change what is kept. */
static GPtrArray *
filter_rows (GPtrArray          *kept,
             const BudRowFilter *filter)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      const BudPlanRow *row = g_ptr_array_index (kept, i);

      if (row->seq <= filter->after ||
          (filter->outcome >= 0 && (int) row->outcome != filter->outcome) ||
          (filter->reason >= 0 && (int) row->reason != filter->reason))
        continue;

      g_ptr_array_add (rows, row_copy (row));
      if (filter->limit > 0 && rows->len == filter->limit)
        break;
    }

  return rows;
}

typedef struct
{
  BudSelection *selection;
  BudMemorySnapshot *snapshot;
  GHashTable *ledger; /* (nullable) */
  const char **values;
  gboolean *matches;
} Customers;

static gboolean
read_customer (Customers       *customers,
               const char      *id,
               BudCustomerRow  *customer,
               gboolean        *is_there,
               GError         **error)
{
  const BudMemoryRow *row = g_hash_table_lookup (customers->snapshot->by_id, id);
  const BudMemoryDelivery *delivery = NULL;
  gboolean any;

  *is_there = row != NULL;
  if (row == NULL)
    return TRUE;

  if (!bud_memory_snapshot_match (customers->snapshot, row, customers->selection,
                                  customers->matches, &any, error))
    return FALSE;

  bud_memory_snapshot_values (customers->snapshot, row, customers->selection, customers->values);
  if (customers->ledger != NULL)
    delivery = g_hash_table_lookup (customers->ledger, id);

  customer->id = row->id;
  customer->values = customers->values;
  customer->n_values = bud_selection_get_fields (customers->selection)->len;
  customer->matches = customers->matches;
  customer->ledger_key = delivery != NULL ? delivery->key : NULL;
  customer->ledger_payload = delivery != NULL ? delivery->payload : NULL;

  return TRUE;
}

static gboolean
each_row (GPtrArray       *rows,
          Customers       *customers,
          BudPlanRowFunc   func,
          gpointer         data,
          GCancellable    *cancellable,
          GError         **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const BudPlanRow *row = g_ptr_array_index (rows, i);
      BudCustomerRow customer;
      gboolean is_there = FALSE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (customers->selection != NULL &&
          !read_customer (customers, row->customer, &customer, &is_there, error))
        return FALSE;
      if (!func (row, is_there ? &customer : NULL, data, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_bud_memory_each_plan_row (BudStore            *store,
                           BudPlan             *plan,
                           const BudRowFilter  *filter,
                           BudSelection        *selection,
                           BudPlanRowFunc       func,
                           gpointer             data,
                           GCancellable        *cancellable,
                           GError             **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  g_autoptr(BudMemorySnapshot) snapshot = bud_memory_customers_get (self->customers);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GHashTable) ledger = NULL;
  g_autofree const char **values = NULL;
  g_autofree gboolean *matches = NULL;
  Customers customers = { selection, snapshot, NULL, NULL, NULL };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (selection != NULL)
    {
      if (!bud_memory_snapshot_check (snapshot, selection, error))
        return FALSE;
      customers.ledger = ledger = _bud_memory_copy_ledger (self, selection);
      customers.values = values = g_new0 (const char *,
                                          bud_selection_get_fields (selection)->len);
      customers.matches = matches = g_new0 (gboolean, bud_selection_get_rules (selection)->len);
    }

  rows = filter_rows (find_rows (self, bud_item_get_id (BUD_ITEM (plan))), filter);

  return each_row (rows, &customers, func, data, cancellable, error);
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

  return (x->reason > y->reason) - (x->reason < y->reason);
}

static void
count_row (GArray           *tally,
           const BudPlanRow *row)
{
  BudTally line = { row->action, row->outcome, row->reason, 1 };

  for (guint i = 0; i < tally->len; i++)
    {
      BudTally *known = &g_array_index (tally, BudTally, i);

      if (compare_tallies (known, &line) == 0)
        {
          known->count++;
          return;
        }
    }

  g_array_append_val (tally, line);
}

GArray *
_bud_memory_tally (BudStore  *store,
                   BudPlan   *plan,
                   GError   **error)
{
  GPtrArray *rows = find_rows (BUD_MEMORY_STORE (store), bud_item_get_id (BUD_ITEM (plan)));
  GArray *tally = g_array_new (FALSE, TRUE, sizeof (BudTally));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    count_row (tally, g_ptr_array_index (rows, i));
  g_array_sort (tally, compare_tallies);

  return tally;
}

gboolean
_bud_memory_set_opt_outs (BudStore         *store,
                          const char       *audience,
                          const BudOptOut  *entries,
                          gsize             n_entries,
                          gboolean          append,
                          GError          **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  GHashTable *opt_outs = g_hash_table_lookup (self->opt_outs, audience);

  if (opt_outs == NULL || !append)
    {
      opt_outs = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                        (GDestroyNotify) g_bytes_unref, NULL);
      g_hash_table_replace (self->opt_outs, g_strdup (audience), opt_outs);
    }

  for (gsize i = 0; i < n_entries; i++)
    g_hash_table_replace (opt_outs, g_bytes_new (entries[i].key, BUD_HASH_SIZE),
                          GINT_TO_POINTER (entries[i].reason));

  return TRUE;
}

gboolean
_bud_memory_hold_opted_out (BudStore    *store,
                            BudPlan     *plan,
                            const char  *audience,
                            gint64      *n_held,
                            GError     **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  GPtrArray *rows = find_rows (self, bud_item_get_id (BUD_ITEM (plan)));
  GHashTable *opt_outs = g_hash_table_lookup (self->opt_outs, audience);

  *n_held = 0;
  for (guint i = 0; rows != NULL && opt_outs != NULL && i < rows->len; i++)
    {
      BudPlanRow *row = g_ptr_array_index (rows, i);
      g_autoptr(GBytes) key = g_bytes_new_static (row->key, BUD_HASH_SIZE);
      gpointer reason;

      if (row->outcome != BUD_OUTCOME_PENDING ||
          !g_hash_table_lookup_extended (opt_outs, key, NULL, &reason))
        continue;

      row->outcome = BUD_OUTCOME_HELD_BACK;
      row->reason = GPOINTER_TO_INT (reason);
      (*n_held)++;
    }

  return TRUE;
}

static gboolean
has_key (gpointer customer,
         gpointer delivery,
         gpointer key)
{
  return memcmp (((const BudMemoryDelivery *) delivery)->key, key, BUD_HASH_SIZE) == 0;
}

gboolean
_bud_memory_forget_displaced (BudStore  *store,
                              BudPlan   *plan,
                              GError   **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  GPtrArray *rows = find_rows (self, bud_item_get_id (BUD_ITEM (plan)));
  GHashTable *ledger = g_hash_table_lookup (self->ledgers, bud_plan_get_export (plan));

  for (guint i = 0; rows != NULL && ledger != NULL && i < rows->len; i++)
    {
      const BudPlanRow *row = g_ptr_array_index (rows, i);

      if (row->action == BUD_ACTION_ADD && row->outcome == BUD_OUTCOME_PENDING)
        g_hash_table_foreach_remove (ledger, has_key, (gpointer) row->key);
    }

  return TRUE;
}

static void
settle_intents (BudMemoryStore *self,
                const char     *run,
                gint64          first_seq,
                gint64          last_seq)
{
  for (guint i = self->intents->len; i > 0; i--)
    {
      const BudMemoryIntent *intent = g_ptr_array_index (self->intents, i - 1);

      if (g_str_equal (intent->run, run) && intent->first_seq <= first_seq &&
          intent->last_seq >= last_seq)
        g_ptr_array_remove_index (self->intents, i - 1);
    }
}

gboolean
_bud_memory_record_intent (BudStore  *store,
                           BudRun    *run,
                           gint64     first_seq,
                           gint64     last_seq,
                           GError   **error)
{
  BudMemoryIntent *intent = g_new0 (BudMemoryIntent, 1);

  intent->run = g_strdup (bud_item_get_id (BUD_ITEM (run)));
  intent->first_seq = first_seq;
  intent->last_seq = last_seq;
  g_ptr_array_add (BUD_MEMORY_STORE (store)->intents, intent);

  return TRUE;
}

static gboolean
check_rows (GPtrArray         *kept,
            const BudPlanRow  *rows,
            gsize              n_rows,
            GError           **error)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (kept == NULL || rows[i].seq < 1 || rows[i].seq > kept->len)
        {
          bud_store_set_row_error (error, rows[i].seq);
          return FALSE;
        }
    }

  return TRUE;
}

static void
update_row (BudPlanRow       *kept,
            const BudPlanRow *result,
            GHashTable       *ledger)
{
  BudMemoryDelivery *delivery;

  kept->outcome = result->outcome;
  kept->reason = result->reason;
  g_free ((char *) kept->detail);
  kept->detail = g_strdup (result->detail);

  if (result->outcome != BUD_OUTCOME_ADDED && result->outcome != BUD_OUTCOME_UPDATED)
    return;

  delivery = g_new (BudMemoryDelivery, 1);
  memcpy (delivery->key, kept->key, BUD_HASH_SIZE);
  memcpy (delivery->payload, kept->payload, BUD_HASH_SIZE);
  g_hash_table_replace (ledger, g_strdup (kept->customer), delivery);
}

static GHashTable *
ensure_ledger (BudMemoryStore *self,
               const char     *export_id)
{
  GHashTable *ledger = g_hash_table_lookup (self->ledgers, export_id);

  if (ledger == NULL)
    {
      ledger = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->ledgers, g_strdup (export_id), ledger);
    }

  return ledger;
}

gboolean
_bud_memory_record_results (BudStore          *store,
                            BudRun            *run,
                            const BudPlanRow  *rows,
                            gsize              n_rows,
                            GError           **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  GPtrArray *kept = find_rows (self, bud_run_get_plan (run));
  gint64 lowest = G_MAXINT64;
  gint64 highest = 0;

  if (!check_rows (kept, rows, n_rows, error) ||
      !_bud_memory_write_item (self, BUD_ITEM (run), error))
    return FALSE;

  for (gsize i = 0; i < n_rows; i++)
    {
      update_row (g_ptr_array_index (kept, rows[i].seq - 1), &rows[i],
                  ensure_ledger (self, bud_run_get_export (run)));
      lowest = MIN (lowest, rows[i].seq);
      highest = MAX (highest, rows[i].seq);
    }
  if (n_rows > 0)
    settle_intents (self, bud_item_get_id (BUD_ITEM (run)), lowest, highest);

  return TRUE;
}
