/* bud-sqlite-store.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-folder.h"
#include "bud-sqlite-intake.h"
#include "bud-sqlite-store-private.h"

G_DEFINE_FINAL_TYPE (BudSqliteStore, bud_sqlite_store, BUD_TYPE_STORE)

static void
bud_sqlite_store_close (BudStore *store)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);

  g_clear_pointer (&self->reader, bud_database_close);
  g_clear_pointer (&self->writer, bud_database_close);
  bud_folder_unlock (&self->lock);
}

static void
bud_sqlite_store_finalize (GObject *object)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (object);

  g_free (self->folder);

  G_OBJECT_CLASS (bud_sqlite_store_parent_class)->finalize (object);
}

static void
bud_sqlite_store_class_init (BudSqliteStoreClass *klass)
{
  BudStoreClass *store_class = BUD_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bud_sqlite_store_finalize;

  store_class->close = bud_sqlite_store_close;
  store_class->list = _bud_sqlite_list;
  store_class->save = _bud_sqlite_save;
  store_class->save_numbered = _bud_sqlite_save_numbered;
  store_class->remove = _bud_sqlite_remove;
  store_class->get_secret = _bud_sqlite_get_secret;
  store_class->check = _bud_sqlite_check;
  store_class->list_fields = _bud_sqlite_list_fields;
  store_class->get_generation = _bud_sqlite_get_generation;
  store_class->begin_intake = _bud_sqlite_begin_intake;
  store_class->remove_customers = _bud_sqlite_remove_customers;
  store_class->count_customers = _bud_sqlite_count_customers;
  store_class->each_customer = _bud_sqlite_each_customer;
  store_class->add_plan_rows = _bud_sqlite_add_plan_rows;
  store_class->each_plan_row = _bud_sqlite_each_plan_row;
  store_class->tally = _bud_sqlite_tally;
  store_class->set_opt_outs = _bud_sqlite_set_opt_outs;
  store_class->hold_opted_out = _bud_sqlite_hold_opted_out;
  store_class->forget_displaced = _bud_sqlite_forget_displaced;
  store_class->record_intent = _bud_sqlite_record_intent;
  store_class->record_results = _bud_sqlite_record_results;
}

static void
bud_sqlite_store_init (BudSqliteStore *self)
{
  self->lock = -1;
}

static BudDatabase *
open_reader (const char  *folder,
             GError     **error)
{
  g_autoptr(BudDatabase) reader = bud_folder_open_file (folder, BUD_FOLDER_WORKSPACE, error);
  g_autoptr(BudStatement) attach = NULL;
  g_autofree char *path = g_build_filename (folder, BUD_FOLDER_CUSTOMERS, NULL);

  if (reader == NULL ||
      (attach = bud_database_prepare (reader, "ATTACH ? AS customers", error)) == NULL)
    return NULL;

  bud_statement_bind_text (attach, 1, path);
  if (!bud_statement_run (attach, error) ||
      !bud_database_exec (reader, "PRAGMA query_only = ON", error))
    return NULL;

  return g_steal_pointer (&reader);
}

/* Nobody else is in the folder, so what is unfinished never will be finished. */
static gboolean
sweep (BudDatabase  *workspace,
       BudDatabase  *customers,
       GError      **error)
{
  return _bud_sqlite_sweep_plans (workspace, error) &&
         bud_sqlite_intake_sweep (customers, error);
}

static gboolean
open_files (BudSqliteStore  *self,
            gboolean         is_alone,
            GError         **error)
{
  g_autoptr(BudDatabase) workspace = NULL;
  g_autoptr(BudDatabase) customers = NULL;
  g_autoptr(BudDatabase) reader = NULL;

  workspace = bud_folder_migrate_file (self->folder, BUD_FOLDER_WORKSPACE, FALSE, error);
  if (workspace == NULL)
    return FALSE;
  customers = bud_folder_migrate_file (self->folder, BUD_FOLDER_CUSTOMERS, FALSE, error);
  if (customers == NULL)
    return FALSE;
  if (is_alone && !sweep (workspace, customers, error))
    return FALSE;
  if ((reader = open_reader (self->folder, error)) == NULL)
    return FALSE;

  self->writer = g_steal_pointer (&workspace);
  self->reader = g_steal_pointer (&reader);

  return TRUE;
}

static gboolean
open_store (BudStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);
  gboolean create = GPOINTER_TO_INT (data);
  gboolean is_alone;
  gboolean opened;

  if (create && !bud_folder_create (self->folder, error))
    return FALSE;

  self->lock = bud_folder_lock (self->folder, &is_alone, error);
  if (self->lock < 0)
    return FALSE;

  opened = open_files (self, is_alone, error);
  bud_folder_share_lock (self->lock);

  return opened;
}

static void
store_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (bud_store_run_finish (BUD_STORE (source), result, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * bud_sqlite_store_open_async:
 * @folder: a workspace folder
 * @create: whether to make it, with mode 0700, and the files in it, with mode 0600; there must not
 *   be a workspace yet
 * @cancellable: (nullable): may stop it before it begins
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Opens a workspace, and brings its files to this version. What programs that died have left over
 * is taken away if nobody else is in the folder.
 */
void
bud_sqlite_store_open_async (const char          *folder,
                             gboolean             create,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(BudSqliteStore) self = NULL;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (folder != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  self = g_object_new (BUD_TYPE_SQLITE_STORE, NULL);
  self->folder = g_strdup (folder);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_sqlite_store_open_async);

  bud_store_run_async (BUD_STORE (self), 0, open_store, GINT_TO_POINTER (create), NULL,
                       cancellable, store_opened_cb, g_steal_pointer (&task));
}

/**
 * bud_sqlite_store_open_finish:
 * @result: what the callback was given
 * @error: return location for %BUD_STORE_ERROR_MISSING, %BUD_STORE_ERROR_NEWER_SCHEMA,
 *   %BUD_STORE_ERROR_CORRUPT, %BUD_STORE_ERROR_READ_ONLY, %BUD_STORE_ERROR_FULL and other
 *   #BudStoreError, or %BUD_ERROR_EXISTS
 *
 * Returns: (transfer full): the open store
 */
BudStore *
bud_sqlite_store_open_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, bud_sqlite_store_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
_bud_sqlite_begin_reading (BudSqliteStore  *self,
                           GError         **error)
{
  if (self->n_readings == 0 && !bud_database_exec (self->reader, "BEGIN", error))
    return FALSE;

  self->n_readings++;

  return TRUE;
}

void
_bud_sqlite_end_reading (BudSqliteStore *self)
{
  self->n_readings--;
  if (self->n_readings == 0 && bud_database_in_transaction (self->reader))
    bud_database_exec (self->reader, "ROLLBACK", NULL);
}
