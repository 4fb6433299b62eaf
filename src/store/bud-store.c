/* bud-store.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "bud-item-json.h"
#include "bud-store-private.h"
#include "bud-store-words.h"
#include "bud-store-worker.h"
#include "bud-store.h"
#include "bud-text.h"

/* The class itself: its thread, and the verbs about items. The verbs about customers, plans and
 * the journal are in bud-store-data.c. */
typedef struct
{
  BudStoreWorker *worker; /* (owned) */
} BudStorePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BudStore, bud_store, G_TYPE_OBJECT)

G_DEFINE_QUARK (bud-store-error-quark, bud_store_error)

typedef struct
{
  BudStoreFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
run_job (GTask *task)
{
  BudStore *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (job->func (self, job->data, g_task_get_cancellable (task), &error))
    {
      g_assert (error == NULL);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_assert (error != NULL);
      g_task_return_error (task, error);
    }
}

static void
close_store (gpointer owner)
{
  BudStore *self = owner;

  if (BUD_STORE_GET_CLASS (self)->close != NULL)
    BUD_STORE_GET_CLASS (self)->close (self);
}

static void
bud_store_constructed (GObject *object)
{
  BudStorePrivate *priv = bud_store_get_instance_private (BUD_STORE (object));

  G_OBJECT_CLASS (bud_store_parent_class)->constructed (object);

  priv->worker = bud_store_worker_new ("bud-store", run_job, close_store, object);
}

static void
bud_store_dispose (GObject *object)
{
  bud_store_close (BUD_STORE (object));

  G_OBJECT_CLASS (bud_store_parent_class)->dispose (object);
}

static void
bud_store_finalize (GObject *object)
{
  BudStorePrivate *priv = bud_store_get_instance_private (BUD_STORE (object));

  g_clear_pointer (&priv->worker, bud_store_worker_unref);

  G_OBJECT_CLASS (bud_store_parent_class)->finalize (object);
}

static void
bud_store_class_init (BudStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = bud_store_constructed;
  object_class->dispose = bud_store_dispose;
  object_class->finalize = bud_store_finalize;
}

static void
bud_store_init (BudStore *self)
{
}

/**
 * bud_store_run_async:
 * @self: a store
 * @priority: jobs with lower numbers go first, equals in the order in which they came
 * @func: what to do on the store's thread; it must not close the store
 * @data: for @func
 * @free_data: (nullable): frees @data once the job is over; on either thread, never before
 *   @callback has run unless the job was dropped
 * @cancellable: (nullable): given to @func; a job that is cancelled before its turn never runs
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Runs @func with the store's verbs at its disposal. What it has done stands even when
 * @cancellable is cancelled meanwhile: the result is always what @func returned.
 */
void
bud_store_run_async (BudStore            *self,
                     int                  priority,
                     BudStoreFunc         func,
                     gpointer             data,
                     GDestroyNotify       free_data,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  BudStorePrivate *priv = bud_store_get_instance_private (self);
  g_autoptr(GTask) task = NULL;
  Job *job;

  g_return_if_fail (BUD_IS_STORE (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->free_data = free_data;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_store_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);

  bud_store_worker_push (priv->worker, priority, g_steal_pointer (&task));
}

/**
 * bud_store_run_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for what the function gave, %G_IO_ERROR_CANCELLED when it never ran, or
 *   %G_IO_ERROR_CLOSED when the store was closed before
 *
 * Returns: what the function returned
 */
gboolean
bud_store_run_finish (BudStore      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, bud_store_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bud_store_is_on_thread:
 * @self: a store
 *
 * Returns: whether the caller is on the store's own thread, where the verbs may be called
 */
gboolean
bud_store_is_on_thread (BudStore *self)
{
  BudStorePrivate *priv = bud_store_get_instance_private (self);

  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);

  return bud_store_worker_is_current (priv->worker);
}

/**
 * bud_store_close:
 * @self: a store
 *
 * Waits for the job that runs, gives %G_IO_ERROR_CANCELLED to those that wait, and closes the
 * files. Jobs that come later fail with %G_IO_ERROR_CLOSED. Disposing of the store does the same.
 */
void
bud_store_close (BudStore *self)
{
  BudStorePrivate *priv = bud_store_get_instance_private (self);

  g_return_if_fail (BUD_IS_STORE (self));

  bud_store_worker_stop (priv->worker);
}

typedef struct
{
  char *key; /* (owned) */
  BudItem *item;
} SortEntry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const SortEntry *x = a;
  const SortEntry *y = b;
  int order = g_strcmp0 (x->key, y->key);

  return order != 0 ? order
                    : g_strcmp0 (bud_item_get_id (x->item), bud_item_get_id (y->item));
}

/* People's order: by their language's alphabet, and 2 before 10. */
static void
sort_items (GPtrArray *items)
{
  g_autofree SortEntry *entries = g_new (SortEntry, items->len);

  for (guint i = 0; i < items->len; i++)
    {
      BudItem *item = g_ptr_array_index (items, i);
      const char *name = bud_item_get_name (item);
      g_autofree char *folded = bud_text_fold (name != NULL ? name : "");

      entries[i].key = g_utf8_collate_key_for_filename (folded, -1);
      entries[i].item = item;
    }

  if (items->len > 0)
    qsort (entries, items->len, sizeof *entries, compare_entries);

  for (guint i = 0; i < items->len; i++)
    {
      g_ptr_array_index (items, i) = entries[i].item;
      g_free (entries[i].key);
    }
}

/**
 * bud_store_list:
 * @self: a store, on its thread
 * @type: a subclass of #BudItem
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full) (element-type BudItem): all items of @type, by name
 */
GPtrArray *
bud_store_list (BudStore  *self,
                GType      type,
                GError   **error)
{
  GPtrArray *items;

  g_return_val_if_fail (BUD_IS_STORE (self), NULL);
  g_return_val_if_fail (g_type_is_a (type, BUD_TYPE_ITEM), NULL);
  g_assert (bud_store_is_on_thread (self));

  items = BUD_STORE_GET_CLASS (self)->list (self, type, error);
  if (items != NULL)
    sort_items (items);

  return items;
}

static void
set_missing_error (GError      **error,
                   GType         type,
                   GPtrArray    *items,
                   const char   *wanted)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const char *name = bud_item_get_name (g_ptr_array_index (items, i));

      if (name != NULL)
        g_ptr_array_add (names, (gpointer) name);
    }

  bud_store_set_missing_error (error, bud_item_type_kind (type), wanted,
                               bud_text_nearest (wanted, (const char *const *) names->pdata,
                                                 names->len));
}

static BudItem *
find_by_name (GPtrArray   *items,
              const char  *wanted,
              guint       *n_found)
{
  g_autofree char *folded = bud_text_fold (wanted);
  BudItem *match = NULL;

  *n_found = 0;
  for (guint i = 0; i < items->len; i++)
    {
      BudItem *item = g_ptr_array_index (items, i);
      const char *name = bud_item_get_name (item);
      g_autofree char *candidate = bud_text_fold (name != NULL ? name : "");

      if (name != NULL && g_str_equal (candidate, folded))
        {
          match = item;
          (*n_found)++;
        }
    }

  return match;
}

/**
 * bud_store_find:
 * @self: a store, on its thread
 * @type: a subclass of #BudItem
 * @name_or_id: an id, or a name in upper or lower case
 * @error: return location for %BUD_ERROR_NOT_FOUND, %BUD_ERROR_AMBIGUOUS or a #BudStoreError
 *
 * Returns: (transfer full): the item
 */
gpointer
bud_store_find (BudStore    *self,
                GType        type,
                const char  *name_or_id,
                GError     **error)
{
  g_autoptr(GPtrArray) items = NULL;
  BudItem *match;
  guint n_found;

  g_return_val_if_fail (name_or_id != NULL, NULL);

  if ((items = bud_store_list (self, type, error)) == NULL)
    return NULL;

  for (guint i = 0; i < items->len; i++)
    {
      if (g_str_equal (bud_item_get_id (g_ptr_array_index (items, i)), name_or_id))
        return g_object_ref (g_ptr_array_index (items, i));
    }

  match = find_by_name (items, name_or_id, &n_found);
  if (n_found == 1)
    return g_object_ref (match);

  if (n_found > 1)
    bud_store_set_ambiguous_error (error, bud_item_type_kind (type), name_or_id);
  else
    set_missing_error (error, type, items, name_or_id);

  return NULL;
}

/**
 * bud_store_save:
 * @self: a store, on its thread
 * @item: an item, new or changed
 * @error: return location for %BUD_STORE_ERROR_CONSTRAINT when another item of its kind has its
 *   name, or another #BudStoreError
 *
 * Saving a plan makes its rows last; until then they go when the program ends.
 *
 * Returns: %TRUE when @item is kept
 */
gboolean
bud_store_save (BudStore  *self,
                BudItem   *item,
                GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_ITEM (item), FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->save (self, item, error);
}

/**
 * bud_store_remove:
 * @self: a store, on its thread
 * @item: an item
 * @error: return location for a #BudStoreError
 *
 * Takes @item away, and with it what belongs to it alone: the rows of a plan, the ledger of an
 * export, the intents of a run. An item that is not there is no error.
 *
 * Returns: %TRUE when @item is gone
 */
gboolean
bud_store_remove (BudStore  *self,
                  BudItem   *item,
                  GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_ITEM (item), FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->remove (self, item, error);
}

/**
 * _bud_store_take_number:
 * @self: a store, where nobody else can save until the caller has saved @item
 * @item: a plan or a run
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Names @item with the number after the highest.
 *
 * Returns: whether it has a name now
 */
gboolean
_bud_store_take_number (BudStore  *self,
                        BudItem   *item,
                        GError   **error)
{
  g_autoptr(GPtrArray) items = bud_store_list (self, G_OBJECT_TYPE (item), error);
  g_autofree char *next = NULL;
  guint64 highest = 0;

  if (items == NULL)
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const char *name = bud_item_get_name (g_ptr_array_index (items, i));
      guint64 number;

      if (name != NULL && g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT64, &number, NULL))
        highest = MAX (highest, number);
    }

  next = g_strdup_printf ("%" G_GUINT64_FORMAT, highest + 1);
  g_object_set (item, "name", next, NULL);

  return TRUE;
}

/**
 * bud_store_save_numbered:
 * @self: a store, on its thread
 * @item: a new item whose name is a number: a plan or a run
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Names @item with the number after the highest, and saves it, in one step: whoever saves later
 * has a greater number than all that are there.
 *
 * Returns: whether it is saved
 */
gboolean
bud_store_save_numbered (BudStore  *self,
                         BudItem   *item,
                         GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_ITEM (item), FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->save_numbered (self, item, error);
}

/**
 * bud_store_get_secret:
 * @self: a store, on its thread
 * @secret: (out): where to write the workspace's key for hashes of addresses and payloads
 * @error: return location for a #BudStoreError
 *
 * The key is random, made once, and the same ever after.
 *
 * Returns: %TRUE when @secret is filled
 */
gboolean
bud_store_get_secret (BudStore  *self,
                      guint8     secret[BUD_SECRET_SIZE],
                      GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->get_secret (self, secret, error);
}

/**
 * bud_store_check:
 * @self: a store, on its thread
 * @problems: (element-type utf8): an array that frees its strings; a translated sentence is added
 *   for each thing that is wrong
 * @cancellable: (nullable): may stop the check
 * @error: return location for a #BudStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE when everything could be looked at, whatever was found
 */
gboolean
bud_store_check (BudStore      *self,
                 GPtrArray     *problems,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->check (self, problems, cancellable, error);
}
