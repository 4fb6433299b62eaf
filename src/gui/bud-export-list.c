/* bud-export-list.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-export-list.h"

struct _BudExportList
{
  GObject parent_instance;

  BudContext *context;
  GPtrArray *entries; /* (owned) (element-type BudExportEntry) */
};

static void bud_export_list_init_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BudExportList, bud_export_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      bud_export_list_init_model))

static guint ended_signal;

static GType
bud_export_list_get_item_type (GListModel *model)
{
  return BUD_TYPE_EXPORT_ENTRY;
}

static guint
bud_export_list_get_n_items (GListModel *model)
{
  return BUD_EXPORT_LIST (model)->entries->len;
}

static gpointer
bud_export_list_get_item (GListModel *model,
                          guint       position)
{
  BudExportList *self = BUD_EXPORT_LIST (model);

  return position < self->entries->len ? g_object_ref (self->entries->pdata[position]) : NULL;
}

static void
bud_export_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = bud_export_list_get_item_type;
  iface->get_n_items = bud_export_list_get_n_items;
  iface->get_item = bud_export_list_get_item;
}

static void
bud_export_list_finalize (GObject *object)
{
  BudExportList *self = BUD_EXPORT_LIST (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (bud_export_list_parent_class)->finalize (object);
}

static void
bud_export_list_class_init (BudExportListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_export_list_finalize;

  /**
   * BudExportList::ended:
   * @self: a list
   * @run: (nullable): see #BudExportEntry::ended
   * @error: (nullable): see #BudExportEntry::ended
   * @entry: the entry whose run is over
   */
  ended_signal = g_signal_new ("ended", BUD_TYPE_EXPORT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 3, BUD_TYPE_RUN, G_TYPE_ERROR,
                               BUD_TYPE_EXPORT_ENTRY);
}

static void
bud_export_list_init (BudExportList *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * bud_export_list_new:
 * @context: an open workspace
 *
 * Returns: (transfer full): a list that is empty until it is refreshed
 */
BudExportList *
bud_export_list_new (BudContext *context)
{
  BudExportList *self;

  g_return_val_if_fail (BUD_IS_CONTEXT (context), NULL);

  self = g_object_new (BUD_TYPE_EXPORT_LIST, NULL);
  self->context = g_object_ref (context);

  return self;
}

/* Refresh: read on the store's thread -> take over what is known -> announce what differs */

typedef struct
{
  GPtrArray *exports; /* (owned) (element-type BudExport) */
  GPtrArray *runs;    /* (owned) (element-type BudRun) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->exports, g_ptr_array_unref);
  g_clear_pointer (&reading->runs, g_ptr_array_unref);
  g_free (reading);
}

static gboolean
read_exports (BudStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Reading *reading = data;

  reading->exports = bud_store_list (store, BUD_TYPE_EXPORT, error);
  if (reading->exports != NULL)
    reading->runs = bud_store_list (store, BUD_TYPE_RUN, error);

  return reading->runs != NULL;
}

static GHashTable *
find_last_runs (GPtrArray *runs)
{
  GHashTable *last_runs = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < runs->len; i++)
    {
      BudRun *run = runs->pdata[i];
      const char *export = bud_run_get_export (run);
      BudRun *last = export != NULL ? g_hash_table_lookup (last_runs, export) : NULL;

      if (export != NULL &&
          (last == NULL || bud_run_get_started_at (last) <= bud_run_get_started_at (run)))
        g_hash_table_insert (last_runs, (gpointer) export, run);
    }

  return last_runs;
}

static void
on_entry_ended (BudExportList  *self,
                BudRun         *run,
                GError         *error,
                BudExportEntry *entry)
{
  g_signal_emit (self, ended_signal, 0, run, error, entry);
}

static BudExportEntry *
ensure_entry (BudExportList *self,
              BudExport     *export)
{
  BudExportEntry *entry;

  for (guint i = 0; i < self->entries->len; i++)
    {
      entry = self->entries->pdata[i];
      if (g_strcmp0 (bud_export_entry_get_id (entry), bud_item_get_id (BUD_ITEM (export))) == 0)
        return g_object_ref (entry);
    }

  entry = bud_export_entry_new (self->context, export);
  g_signal_connect_object (entry, "ended", G_CALLBACK (on_entry_ended), self, G_CONNECT_SWAPPED);

  return entry;
}

/* Rows that stay keep their widgets, and with them the keyboard's focus. */
static void
replace_entries (BudExportList *self,
                 GPtrArray     *entries)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->entries);
  guint n_shared = MIN (old->len, entries->len);
  guint first = 0;
  guint last = 0;

  while (first < n_shared && old->pdata[first] == entries->pdata[first])
    first++;
  while (last < n_shared - first &&
         old->pdata[old->len - 1 - last] == entries->pdata[entries->len - 1 - last])
    last++;

  self->entries = g_ptr_array_ref (entries);
  if (first + last < MAX (old->len, entries->len))
    g_list_model_items_changed (G_LIST_MODEL (self), first, old->len - first - last,
                                entries->len - first - last);
}

static void
take_reading (BudExportList *self,
              Reading       *reading)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) last_runs = find_last_runs (reading->runs);

  for (guint i = 0; i < reading->exports->len; i++)
    {
      BudExport *export = reading->exports->pdata[i];
      BudExportEntry *entry = ensure_entry (self, export);

      bud_export_entry_update (entry, export,
                               g_hash_table_lookup (last_runs, bud_export_entry_get_id (entry)));
      g_ptr_array_add (entries, entry);
    }

  replace_entries (self, entries);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!bud_store_run_finish (BUD_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_task_return_error_if_cancelled (task))
    return;

  take_reading (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * bud_export_list_refresh_async:
 * @self: a list
 * @cancellable: (nullable): leaves the list as it is
 * @callback: called when the list is as the store is
 * @user_data: for @callback
 */
void
bud_export_list_refresh_async (BudExportList       *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading = g_new0 (Reading, 1);

  g_return_if_fail (BUD_IS_EXPORT_LIST (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_export_list_refresh_async);
  g_task_set_task_data (task, reading, reading_free);

  bud_store_run_async (bud_context_get_store (self->context), G_PRIORITY_DEFAULT, read_exports,
                       reading, NULL, cancellable, on_read_cb, g_steal_pointer (&task));
}

/**
 * bud_export_list_refresh_finish:
 * @self: a list
 * @result: the result
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Returns: whether the list is as the store is
 */
gboolean
bud_export_list_refresh_finish (BudExportList  *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bud_export_list_is_running:
 * @self: a list
 *
 * Returns: whether this program is running one of the exports
 */
gboolean
bud_export_list_is_running (BudExportList *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_LIST (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (bud_export_entry_is_running (self->entries->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * bud_export_list_stop:
 * @self: a list
 *
 * Asks every run that is going on to stop.
 */
void
bud_export_list_stop (BudExportList *self)
{
  g_return_if_fail (BUD_IS_EXPORT_LIST (self));

  for (guint i = 0; i < self->entries->len; i++)
    bud_export_entry_stop (self->entries->pdata[i]);
}
