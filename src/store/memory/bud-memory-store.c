/* bud-memory-store.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sodium.h>

#include "bud-export.h"
#include "bud-item-json.h"
#include "bud-memory-intake.h"
#include "bud-memory-store-private.h"
#include "bud-origin.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-store-private.h"
#include "bud-store-words.h"
#include "bud-text.h"

G_DEFINE_FINAL_TYPE (BudMemoryStore, bud_memory_store, BUD_TYPE_STORE)

static void
intent_free (gpointer data)
{
  BudMemoryIntent *intent = data;

  g_free (intent->run);
  g_free (intent);
}

static void
bud_memory_store_finalize (GObject *object)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (object);

  g_hash_table_unref (self->items);
  g_hash_table_unref (self->plans);
  g_hash_table_unref (self->opt_outs);
  g_hash_table_unref (self->ledgers);
  g_ptr_array_unref (self->intents);
  bud_memory_customers_unref (self->customers);

  G_OBJECT_CLASS (bud_memory_store_parent_class)->finalize (object);
}

static char *
item_key (const char *kind,
          const char *id)
{
  return g_strconcat (kind, "/", id, NULL);
}

static GPtrArray *
bud_memory_store_list (BudStore  *store,
                       GType      type,
                       GError   **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *prefix = item_key (bud_item_type_kind (type), "");
  GHashTableIter iter;
  const char *key;
  const char *body;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &body))
    {
      BudItem *item;

      if (!g_str_has_prefix (key, prefix))
        continue;
      if ((item = bud_item_from_json (type, body, error)) == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }

  return g_steal_pointer (&items);
}

static gboolean
check_name (BudMemoryStore  *self,
            BudItem         *item,
            GError         **error)
{
  const char *name = bud_item_get_name (item);
  g_autofree char *folded = name != NULL ? bud_text_fold (name) : NULL;
  g_autoptr(GPtrArray) items = NULL;

  items = bud_memory_store_list (BUD_STORE (self), G_OBJECT_TYPE (item), error);
  if (items == NULL)
    return FALSE;

  for (guint i = 0; i < items->len && name != NULL; i++)
    {
      BudItem *other = g_ptr_array_index (items, i);
      const char *other_name = bud_item_get_name (other);
      g_autofree char *other_folded = other_name != NULL ? bud_text_fold (other_name) : NULL;

      if (g_strcmp0 (folded, other_folded) == 0 &&
          !g_str_equal (bud_item_get_id (item), bud_item_get_id (other)))
        {
          bud_store_set_taken_error (error, bud_item_get_kind (item), name);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
_bud_memory_write_item (BudMemoryStore  *self,
                        BudItem         *item,
                        GError         **error)
{
  g_autofree char *key = item_key (bud_item_get_kind (item), bud_item_get_id (item));
  char *body;

  if (!check_name (self, item, error))
    return FALSE;

  body = bud_item_to_json (item, g_hash_table_lookup (self->items, key), error);
  if (body == NULL)
    return FALSE;

  g_hash_table_replace (self->items, g_steal_pointer (&key), body);

  return TRUE;
}

static gboolean
bud_memory_store_save (BudStore  *store,
                       BudItem   *item,
                       GError   **error)
{
  return _bud_memory_write_item (BUD_MEMORY_STORE (store), item, error);
}

static gboolean
bud_memory_store_save_numbered (BudStore  *store,
                                BudItem   *item,
                                GError   **error)
{
  return _bud_store_take_number (store, item, error) && bud_memory_store_save (store, item, error);
}

static void
remove_intents (BudMemoryStore *self,
                const char     *run)
{
  for (guint i = self->intents->len; i > 0; i--)
    {
      const BudMemoryIntent *intent = g_ptr_array_index (self->intents, i - 1);

      if (g_str_equal (intent->run, run))
        g_ptr_array_remove_index (self->intents, i - 1);
    }
}

static gboolean
bud_memory_store_remove (BudStore  *store,
                         BudItem   *item,
                         GError   **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  const char *id = bud_item_get_id (item);
  g_autofree char *key = item_key (bud_item_get_kind (item), id);

  g_hash_table_remove (self->items, key);
  if (BUD_IS_PLAN (item))
    g_hash_table_remove (self->plans, id);
  else if (BUD_IS_EXPORT (item))
    g_hash_table_remove (self->ledgers, id);
  else if (BUD_IS_RUN (item))
    remove_intents (self, id);

  return TRUE;
}

static gboolean
bud_memory_store_get_secret (BudStore  *store,
                             guint8     secret[BUD_SECRET_SIZE],
                             GError   **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);

  if (!self->has_secret)
    randombytes_buf (self->secret, sizeof self->secret);
  self->has_secret = TRUE;
  memcpy (secret, self->secret, sizeof self->secret);

  return TRUE;
}

/* What is only in memory cannot be damaged on a disk. */
static gboolean
bud_memory_store_check (BudStore      *store,
                        GPtrArray     *problems,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GPtrArray *
bud_memory_store_list_fields (BudStore  *store,
                              GError   **error)
{
  g_autoptr(BudMemorySnapshot) snapshot = NULL;

  snapshot = bud_memory_customers_get (BUD_MEMORY_STORE (store)->customers);

  return g_ptr_array_ref (snapshot->fields);
}

static gint64
bud_memory_store_get_generation (BudStore  *store,
                                 GError   **error)
{
  g_autoptr(BudMemorySnapshot) snapshot = NULL;

  snapshot = bud_memory_customers_get (BUD_MEMORY_STORE (store)->customers);

  return snapshot->generation;
}

static BudIntake *
bud_memory_store_begin_intake (BudStore   *store,
                               BudOrigin  *origin,
                               GPtrArray  *fields,
                               GError    **error)
{
  return bud_memory_intake_new (BUD_MEMORY_STORE (store)->customers,
                                bud_item_get_id (BUD_ITEM (origin)), fields, error);
}

static gboolean
bud_memory_store_remove_customers (BudStore   *store,
                                   BudOrigin  *origin,
                                   GError    **error)
{
  bud_memory_customers_replace (BUD_MEMORY_STORE (store)->customers,
                                bud_item_get_id (BUD_ITEM (origin)), NULL, NULL);

  return TRUE;
}

static gint64
bud_memory_store_count_customers (BudStore      *store,
                                  BudSelection  *selection,
                                  GCancellable  *cancellable,
                                  GError       **error)
{
  g_autoptr(BudMemorySnapshot) snapshot = NULL;
  g_autofree gboolean *matches = NULL;
  gint64 count = 0;

  snapshot = bud_memory_customers_get (BUD_MEMORY_STORE (store)->customers);
  if (!bud_memory_snapshot_check (snapshot, selection, error))
    return -1;

  matches = g_new0 (gboolean, bud_selection_get_rules (selection)->len);
  for (guint i = 0; i < snapshot->rows->len; i++)
    {
      gboolean any;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !bud_memory_snapshot_match (snapshot, g_ptr_array_index (snapshot->rows, i), selection,
                                      matches, &any, error))
        return -1;
      count += any;
    }

  return count;
}

/* NULL when no ledger is wanted, or the export has none. */
GHashTable *
_bud_memory_copy_ledger (BudMemoryStore *self,
                         BudSelection   *selection)
{
  const char *export_id = bud_selection_get_ledger (selection);
  GHashTable *ledger = NULL;
  GHashTable *copy;
  GHashTableIter iter;
  gpointer customer;
  gpointer delivery;

  if (export_id != NULL)
    ledger = g_hash_table_lookup (self->ledgers, export_id);
  if (ledger == NULL)
    return NULL;

  copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, ledger);
  while (g_hash_table_iter_next (&iter, &customer, &delivery))
    g_hash_table_insert (copy, g_strdup (customer),
                         g_memdup2 (delivery, sizeof (BudMemoryDelivery)));

  return copy;
}

static gboolean
each_row (BudMemoryStore     *self,
          BudMemorySnapshot  *snapshot,
          BudSelection       *selection,
          BudCustomerFunc     func,
          gpointer            data,
          GCancellable       *cancellable,
          GError            **error)
{
  GPtrArray *fields = bud_selection_get_fields (selection);
  GPtrArray *rules = bud_selection_get_rules (selection);
  g_autoptr(GHashTable) ledger = _bud_memory_copy_ledger (self, selection);
  g_autofree gboolean *matches = g_new0 (gboolean, rules->len);
  g_autofree const char **values = g_new0 (const char *, fields->len);
  gint64 n_left = bud_selection_get_limit (selection);

  for (guint i = 0; i < snapshot->rows->len; i++)
    {
      const BudMemoryRow *row = g_ptr_array_index (snapshot->rows, i);
      BudCustomerRow customer = { row->id, values, fields->len, matches, NULL, NULL };
      const BudMemoryDelivery *delivery = NULL;
      gboolean any;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !bud_memory_snapshot_match (snapshot, row, selection, matches, &any, error))
        return FALSE;
      if (!any || g_strcmp0 (row->id, bud_selection_get_after (selection)) <= 0)
        continue;

      bud_memory_snapshot_values (snapshot, row, selection, values);
      if (ledger != NULL)
        delivery = g_hash_table_lookup (ledger, row->id);
      customer.ledger_key = delivery != NULL ? delivery->key : NULL;
      customer.ledger_payload = delivery != NULL ? delivery->payload : NULL;
      if (!func (&customer, data, error))
        return FALSE;
      if (n_left > 0 && --n_left == 0)
        break;
    }

  return TRUE;
}

static gboolean
bud_memory_store_each_customer (BudStore         *store,
                                BudSelection     *selection,
                                BudCustomerFunc   func,
                                gpointer          data,
                                GCancellable     *cancellable,
                                GError          **error)
{
  BudMemoryStore *self = BUD_MEMORY_STORE (store);
  g_autoptr(BudMemorySnapshot) snapshot = bud_memory_customers_get (self->customers);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return bud_memory_snapshot_check (snapshot, selection, error) &&
         each_row (self, snapshot, selection, func, data, cancellable, error);
}

static void
bud_memory_store_class_init (BudMemoryStoreClass *klass)
{
  BudStoreClass *store_class = BUD_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bud_memory_store_finalize;

  store_class->list = bud_memory_store_list;
  store_class->save = bud_memory_store_save;
  store_class->save_numbered = bud_memory_store_save_numbered;
  store_class->remove = bud_memory_store_remove;
  store_class->get_secret = bud_memory_store_get_secret;
  store_class->check = bud_memory_store_check;
  store_class->list_fields = bud_memory_store_list_fields;
  store_class->get_generation = bud_memory_store_get_generation;
  store_class->begin_intake = bud_memory_store_begin_intake;
  store_class->remove_customers = bud_memory_store_remove_customers;
  store_class->count_customers = bud_memory_store_count_customers;
  store_class->each_customer = bud_memory_store_each_customer;
  store_class->add_plan_rows = _bud_memory_add_plan_rows;
  store_class->each_plan_row = _bud_memory_each_plan_row;
  store_class->tally = _bud_memory_tally;
  store_class->set_opt_outs = _bud_memory_set_opt_outs;
  store_class->hold_opted_out = _bud_memory_hold_opted_out;
  store_class->forget_displaced = _bud_memory_forget_displaced;
  store_class->record_intent = _bud_memory_record_intent;
  store_class->record_results = _bud_memory_record_results;
}

static void
bud_memory_store_init (BudMemoryStore *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->plans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  self->opt_outs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_hash_table_unref);
  self->ledgers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);
  self->intents = g_ptr_array_new_with_free_func (intent_free);
  self->customers = bud_memory_customers_new ();
}

/**
 * bud_memory_store_new:
 *
 * Returns: (transfer full): an empty workspace
 */
BudStore *
bud_memory_store_new (void)
{
  return g_object_new (BUD_TYPE_MEMORY_STORE, NULL);
}
