/* bud-sqlite-customers.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-customer-query.h"
#include "bud-folder.h"
#include "bud-origin.h"
#include "bud-sqlite-intake.h"
#include "bud-sqlite-store-private.h"

GPtrArray *
_bud_sqlite_list_fields (BudStore  *store,
                         GError   **error)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);
  g_autoptr(BudCatalogue) catalogue = NULL;

  if (!_bud_sqlite_begin_reading (self, error))
    return NULL;
  catalogue = bud_catalogue_load (self->reader, error);
  _bud_sqlite_end_reading (self);

  return catalogue != NULL ? g_ptr_array_ref (catalogue->fields) : NULL;
}

gint64
_bud_sqlite_get_generation (BudStore  *store,
                            GError   **error)
{
  gint64 generation;

  if (!bud_database_get_int64 (BUD_SQLITE_STORE (store)->reader, "SELECT generation FROM state",
                               &generation, error))
    return -1;

  return generation;
}

BudIntake *
_bud_sqlite_begin_intake (BudStore   *store,
                          BudOrigin  *origin,
                          GPtrArray  *fields,
                          GError    **error)
{
  return bud_sqlite_intake_new (BUD_SQLITE_STORE (store)->folder,
                                bud_item_get_id (BUD_ITEM (origin)), fields, error);
}

static gboolean
remove_source (BudDatabase  *database,
               gpointer      data,
               GError      **error)
{
  const char *id = data;
  g_autoptr(BudCatalogue) catalogue = bud_catalogue_load (database, error);
  g_autofree char *drop = NULL;

  if (catalogue == NULL)
    return FALSE;

  for (guint i = 0; i < catalogue->sources->len; i++)
    {
      const BudCatalogueSource *source = g_ptr_array_index (catalogue->sources, i);

      if (g_str_equal (source->id, id))
        drop = g_strdup_printf ("DROP TABLE rows_%" G_GINT64_FORMAT ";"
                                "DELETE FROM source WHERE position = %" G_GINT64_FORMAT,
                                source->rows_table, source->position);
    }

  return drop == NULL ||
         (bud_database_exec (database, drop, error) && bud_catalogue_changed (database, error));
}

gboolean
_bud_sqlite_remove_customers (BudStore   *store,
                              BudOrigin  *origin,
                              GError    **error)
{
  g_autoptr(BudDatabase) database = NULL;

  database = bud_folder_open_file (BUD_SQLITE_STORE (store)->folder, BUD_FOLDER_CUSTOMERS, error);
  /* People who are taken away must not stay in pages that are free. */
  if (database == NULL || !bud_database_exec (database, "PRAGMA secure_delete = ON", error))
    return FALSE;

  return bud_database_transaction (database, remove_source,
                                   (gpointer) bud_item_get_id (BUD_ITEM (origin)), error);
}

static gint64
count_rows (BudSqliteStore  *self,
            BudSelection    *selection,
            GError         **error)
{
  g_autoptr(BudCustomerQuery) query = NULL;
  gboolean has_row;

  query = bud_customer_query_new_count (self->reader, selection, error);
  if (query == NULL ||
      !bud_statement_step (bud_customer_query_get_statement (query), &has_row, error))
    return -1;

  return bud_statement_get_int64 (bud_customer_query_get_statement (query), 0);
}

gint64
_bud_sqlite_count_customers (BudStore      *store,
                             BudSelection  *selection,
                             GCancellable  *cancellable,
                             GError       **error)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);
  GCancellable *previous;
  gint64 count = -1;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;

  previous = bud_database_set_cancellable (self->reader, cancellable);
  if (_bud_sqlite_begin_reading (self, error))
    {
      count = count_rows (self, selection, error);
      _bud_sqlite_end_reading (self);
    }
  bud_database_set_cancellable (self->reader, previous);

  return count;
}

static gboolean
each_row (BudSqliteStore   *self,
          BudSelection     *selection,
          BudCustomerFunc   func,
          gpointer          data,
          GCancellable     *cancellable,
          GError          **error)
{
  g_autoptr(BudCustomerQuery) query = NULL;
  BudCustomerRow row;
  gboolean has_row;

  if ((query = bud_customer_query_new_each (self->reader, selection, error)) == NULL)
    return FALSE;

  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !bud_statement_step (bud_customer_query_get_statement (query), &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      bud_customer_query_read (query, 0, 1, &row);
      if (!func (&row, data, error))
        return FALSE;
    }
}

gboolean
_bud_sqlite_each_customer (BudStore         *store,
                           BudSelection     *selection,
                           BudCustomerFunc   func,
                           gpointer          data,
                           GCancellable     *cancellable,
                           GError          **error)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);
  GCancellable *previous;
  gboolean done = FALSE;

  previous = bud_database_set_cancellable (self->reader, cancellable);
  if (_bud_sqlite_begin_reading (self, error))
    {
      done = each_row (self, selection, func, data, cancellable, error);
      _bud_sqlite_end_reading (self);
    }
  bud_database_set_cancellable (self->reader, previous);

  return done;
}
