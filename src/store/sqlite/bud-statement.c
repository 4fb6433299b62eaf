/* bud-statement.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-database.h"
#include "bud-statement.h"

struct _BudStatement
{
  BudDatabase *database; /* (unowned): outlives its statements */
  sqlite3_stmt *handle;  /* (owned) */
  int bind_code;         /* of the first parameter that could not be bound */
};

/**
 * bud_statement_new:
 * @database: the connection, which must outlive the statement
 * @handle: (transfer full): a prepared statement
 *
 * Use bud_database_prepare() or bud_database_cached().
 *
 * Returns: (transfer full): the statement
 */
BudStatement *
bud_statement_new (BudDatabase  *database,
                   sqlite3_stmt *handle)
{
  BudStatement *self;

  g_return_val_if_fail (handle != NULL, NULL);

  self = g_new0 (BudStatement, 1);
  self->database = database;
  self->handle = handle;

  return self;
}

void
bud_statement_free (BudStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * bud_statement_is_busy:
 * @self: a statement
 *
 * Returns: whether it stands between its first and its last row
 */
gboolean
bud_statement_is_busy (BudStatement *self)
{
  return sqlite3_stmt_busy (self->handle) != 0;
}

static void
keep_first_failure (BudStatement *self,
                    int           code)
{
  if (self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

/**
 * bud_statement_bind_text:
 * @self: a statement
 * @parameter: which, from 1
 * @text: (nullable): UTF-8 that is not copied, %NULL for SQL's NULL
 */
void
bud_statement_bind_text (BudStatement *self,
                         int           parameter,
                         const char   *text)
{
  keep_first_failure (self, sqlite3_bind_text (self->handle, parameter, text, -1, SQLITE_STATIC));
}

void
bud_statement_bind_int64 (BudStatement *self,
                          int           parameter,
                          gint64        number)
{
  keep_first_failure (self, sqlite3_bind_int64 (self->handle, parameter, number));
}

void
bud_statement_bind_double (BudStatement *self,
                           int           parameter,
                           double        number)
{
  keep_first_failure (self, sqlite3_bind_double (self->handle, parameter, number));
}

/**
 * bud_statement_bind_blob:
 * @self: a statement
 * @parameter: which, from 1
 * @data: (nullable): bytes that are not copied, %NULL for SQL's NULL
 * @size: how many bytes
 */
void
bud_statement_bind_blob (BudStatement  *self,
                         int            parameter,
                         gconstpointer  data,
                         gsize          size)
{
  keep_first_failure (self, sqlite3_bind_blob64 (self->handle, parameter, data, size,
                                                 SQLITE_STATIC));
}

/**
 * bud_statement_step:
 * @self: a statement
 * @has_row: (out): whether there is a row to read; at the end the statement is reset
 * @error: return location for a #BudStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE when the statement failed, and is reset
 */
gboolean
bud_statement_step (BudStatement  *self,
                    gboolean      *has_row,
                    GError       **error)
{
  int code = self->bind_code;

  g_return_val_if_fail (has_row != NULL, FALSE);

  if (code == SQLITE_OK)
    code = sqlite3_step (self->handle);

  *has_row = code == SQLITE_ROW;
  if (*has_row)
    return TRUE;

  if (code != SQLITE_DONE)
    bud_database_set_error (self->database, code, error);
  bud_statement_reset (self);

  return code == SQLITE_DONE;
}

/**
 * bud_statement_run:
 * @self: a statement that gives no rows, or whose rows nobody wants
 * @error: return location for a #BudStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it ran to its end; it is reset in any case
 */
gboolean
bud_statement_run (BudStatement  *self,
                   GError       **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      if (!bud_statement_step (self, &has_row, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * bud_statement_reset:
 * @self: a statement
 *
 * Makes it ready to run again, with all parameters NULL.
 */
void
bud_statement_reset (BudStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_code = SQLITE_OK;
}

gboolean
bud_statement_is_null (BudStatement *self,
                       int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

gboolean
bud_statement_is_double (BudStatement *self,
                         int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_FLOAT;
}

/**
 * bud_statement_get_text:
 * @self: a statement that stands on a row
 * @column: which, from 0
 *
 * Returns: (transfer none) (nullable): the text, until the next step; %NULL for SQL's NULL
 */
const char *
bud_statement_get_text (BudStatement *self,
                        int           column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

gint64
bud_statement_get_int64 (BudStatement *self,
                         int           column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
bud_statement_get_double (BudStatement *self,
                          int           column)
{
  return sqlite3_column_double (self->handle, column);
}

/**
 * bud_statement_get_blob:
 * @self: a statement that stands on a row
 * @column: which, from 0
 * @size: how many bytes there must be
 *
 * Returns: (transfer none) (nullable): the bytes, until the next step; %NULL when there are none,
 *   or another number of them
 */
const guint8 *
bud_statement_get_blob (BudStatement *self,
                        int           column,
                        gsize         size)
{
  const guint8 *data = sqlite3_column_blob (self->handle, column);

  return (gsize) sqlite3_column_bytes (self->handle, column) == size ? data : NULL;
}
