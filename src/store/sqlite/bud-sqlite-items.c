/* bud-sqlite-items.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sodium.h>

#include "bud-export.h"
#include "bud-item-json.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-sqlite-store-private.h"
#include "bud-store-private.h"
#include "bud-store-words.h"
#include "bud-text.h"

GPtrArray *
_bud_sqlite_list (BudStore  *store,
                  GType      type,
                  GError   **error)
{
  BudSqliteStore *self = BUD_SQLITE_STORE (store);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BudStatement) statement = NULL;
  gboolean has_row;

  statement = bud_database_prepare (self->writer, "SELECT body FROM item WHERE kind = ?", error);
  if (statement == NULL)
    return NULL;

  bud_statement_bind_text (statement, 1, bud_item_type_kind (type));
  for (;;)
    {
      BudItem *item;

      if (!bud_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&items);

      item = bud_item_from_json (type, bud_statement_get_text (statement, 0), error);
      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
}

static gboolean
dup_body (BudDatabase  *database,
          BudItem      *item,
          char        **body,
          GError      **error)
{
  BudStatement *statement;
  gboolean has_row;

  statement = bud_database_cached (database, "SELECT body FROM item WHERE kind = ? AND id = ?",
                                   error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_item_get_kind (item));
  bud_statement_bind_text (statement, 2, bud_item_get_id (item));
  if (!bud_statement_step (statement, &has_row, error))
    return FALSE;

  *body = has_row ? g_strdup (bud_statement_get_text (statement, 0)) : NULL;
  bud_statement_reset (statement);

  return TRUE;
}

static gboolean
upsert_item (BudDatabase  *database,
             BudItem      *item,
             const char   *body,
             GError      **error)
{
  const char *name = bud_item_get_name (item);
  g_autofree char *folded = name != NULL ? bud_text_fold (name) : NULL;
  g_autoptr(GError) local_error = NULL;
  BudStatement *statement;

  statement = bud_database_cached (database,
                                   "INSERT INTO item (kind, id, folded, body) VALUES (?, ?, ?, ?) "
                                   "ON CONFLICT (kind, id) DO UPDATE "
                                   "SET folded = excluded.folded, body = excluded.body", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_item_get_kind (item));
  bud_statement_bind_text (statement, 2, bud_item_get_id (item));
  bud_statement_bind_text (statement, 3, folded);
  bud_statement_bind_text (statement, 4, body);
  if (bud_statement_run (statement, &local_error))
    return TRUE;

  /* Nothing but the name can be in the way. */
  if (g_error_matches (local_error, BUD_STORE_ERROR, BUD_STORE_ERROR_CONSTRAINT))
    bud_store_set_taken_error (error, bud_item_get_kind (item), name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* In a transaction: reads what was kept before, and writes. */
gboolean
_bud_sqlite_write_item (BudDatabase  *database,
                        BudItem      *item,
                        GError      **error)
{
  g_autofree char *previous = NULL;
  g_autofree char *body = NULL;

  if (!dup_body (database, item, &previous, error))
    return FALSE;
  if ((body = bud_item_to_json (item, previous, error)) == NULL)
    return FALSE;

  return upsert_item (database, item, body, error);
}

static gboolean
save_item (BudDatabase  *database,
           gpointer      data,
           GError      **error)
{
  return _bud_sqlite_write_item (database, data, error);
}

gboolean
_bud_sqlite_save (BudStore  *store,
                  BudItem   *item,
                  GError   **error)
{
  return bud_database_transaction (BUD_SQLITE_STORE (store)->writer, save_item, item, error);
}

typedef struct
{
  BudStore *store;
  BudItem *item;
} Numbering;

static gboolean
number_and_save (BudDatabase  *database,
                 gpointer      data,
                 GError      **error)
{
  Numbering *self = data;

  return _bud_store_take_number (self->store, self->item, error) &&
         _bud_sqlite_write_item (database, self->item, error);
}

gboolean
_bud_sqlite_save_numbered (BudStore  *store,
                           BudItem   *item,
                           GError   **error)
{
  Numbering numbering = { store, item };

  return bud_database_transaction (BUD_SQLITE_STORE (store)->writer, number_and_save, &numbering,
                                   error);
}

static gboolean
delete_by_id (BudDatabase  *database,
              const char   *sql,
              const char   *id,
              GError      **error)
{
  BudStatement *statement = bud_database_cached (database, sql, error);

  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, id);

  return bud_statement_run (statement, error);
}

static gboolean
remove_belongings (BudDatabase  *database,
                   BudItem      *item,
                   GError      **error)
{
  const char *id = bud_item_get_id (item);

  if (BUD_IS_PLAN (item))
    return _bud_sqlite_remove_plan_rows (database, id, error);
  if (BUD_IS_EXPORT (item))
    return delete_by_id (database, "DELETE FROM ledger WHERE export = ?", id, error);
  if (BUD_IS_RUN (item))
    return delete_by_id (database, "DELETE FROM intent WHERE run = ?", id, error);

  return TRUE;
}

static gboolean
remove_item (BudDatabase  *database,
             gpointer      data,
             GError      **error)
{
  BudItem *item = data;
  BudStatement *statement;

  statement = bud_database_cached (database, "DELETE FROM item WHERE kind = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_item_get_kind (item));
  bud_statement_bind_text (statement, 2, bud_item_get_id (item));

  return bud_statement_run (statement, error) && remove_belongings (database, item, error);
}

gboolean
_bud_sqlite_remove (BudStore  *store,
                    BudItem   *item,
                    GError   **error)
{
  return bud_database_transaction (BUD_SQLITE_STORE (store)->writer, remove_item, item, error);
}

/* The first one stays: two programs may be here at once. */
static gboolean
offer_secret (BudDatabase  *database,
              GError      **error)
{
  guint8 fresh[BUD_SECRET_SIZE];
  BudStatement *statement;
  gboolean done;

  statement = bud_database_cached (database, "INSERT OR IGNORE INTO meta VALUES ('secret', ?)",
                                   error);
  if (statement == NULL)
    return FALSE;

  randombytes_buf (fresh, sizeof fresh);
  bud_statement_bind_blob (statement, 1, fresh, sizeof fresh);
  done = bud_statement_run (statement, error);
  sodium_memzero (fresh, sizeof fresh);

  return done;
}

static gboolean
read_secret (BudDatabase  *database,
             guint8       *secret,
             gboolean     *found,
             GError      **error)
{
  g_autoptr(BudStatement) statement = NULL;
  gboolean has_row;
  const guint8 *kept;

  statement = bud_database_prepare (database, "SELECT value FROM meta WHERE key = 'secret'", error);
  if (statement == NULL || !bud_statement_step (statement, &has_row, error))
    return FALSE;

  kept = has_row ? bud_statement_get_blob (statement, 0, BUD_SECRET_SIZE) : NULL;
  *found = kept != NULL;
  if (*found)
    memcpy (secret, kept, BUD_SECRET_SIZE);

  return TRUE;
}

gboolean
_bud_sqlite_get_secret (BudStore  *store,
                        guint8     secret[BUD_SECRET_SIZE],
                        GError   **error)
{
  BudDatabase *database = BUD_SQLITE_STORE (store)->writer;
  gboolean found;

  if (!read_secret (database, secret, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  if (!offer_secret (database, error) || !read_secret (database, secret, &found, error))
    return FALSE;
  if (!found)
    bud_database_set_error (database, SQLITE_CORRUPT, error);

  return found;
}
