/* bud-database.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-database.h"
#include "bud-decimal.h"
#include "bud-store-types.h"
#include "bud-text.h"

#define BUSY_TIMEOUT_MS 15000
#define PROGRESS_STEPS 4000 /* virtual machine instructions: well under a millisecond */

struct _BudDatabase
{
  sqlite3 *handle;           /* (owned) */
  GHashTable *statements;    /* (owned) (element-type utf8 BudStatement) */
  GCancellable *cancellable; /* (unowned) (nullable) */
};

/* The errno of the last failed call on one of the database's files. */
static int
last_errno (sqlite3 *handle,
            int      which)
{
  sqlite3_file *file = NULL;
  int number = 0;

  if (sqlite3_file_control (handle, "main", which, &file) == SQLITE_OK && file != NULL &&
      file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);

  return number;
}

/* SQLite says SQLITE_FULL only for ENOSPC; a quota that is used up is a plain I/O error. */
static gboolean
is_out_of_space (sqlite3 *handle)
{
  const int numbers[] = {
    sqlite3_system_errno (handle),
    last_errno (handle, SQLITE_FCNTL_FILE_POINTER),
    last_errno (handle, SQLITE_FCNTL_JOURNAL_POINTER),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (numbers[i] == ENOSPC || numbers[i] == EDQUOT || numbers[i] == EFBIG)
        return TRUE;
    }

  return FALSE;
}

static BudStoreError
classify (sqlite3 *handle,
          int      code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return BUD_STORE_ERROR_BUSY;
    case SQLITE_FULL:
      return BUD_STORE_ERROR_FULL;
    case SQLITE_IOERR:
      return is_out_of_space (handle) ? BUD_STORE_ERROR_FULL : BUD_STORE_ERROR_FAILED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return BUD_STORE_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
      return BUD_STORE_ERROR_CONSTRAINT;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return BUD_STORE_ERROR_READ_ONLY;
    default:
      return BUD_STORE_ERROR_FAILED;
    }
}

/* SQLite's words name tables and columns, never values. */
static char *
describe (sqlite3       *handle,
          BudStoreError  kind)
{
  switch (kind)
    {
    case BUD_STORE_ERROR_BUSY:
      return g_strdup (_("Another program is writing to the workspace. Try again in a moment."));
    case BUD_STORE_ERROR_FULL:
      return g_strdup (_("The disk is full. Make room and try again; what was saved before is "
                         "still there."));
    case BUD_STORE_ERROR_CORRUPT:
      return g_strdup (_("A file of the workspace is damaged, or is no Budstikke file. Restore "
                         "the workspace folder from a backup."));
    case BUD_STORE_ERROR_CONSTRAINT:
      return g_strdup (_("The workspace already has one like that."));
    case BUD_STORE_ERROR_READ_ONLY:
      return g_strdup (_("The workspace cannot be written. Check who may write in its folder."));
    case BUD_STORE_ERROR_FAILED:
    case BUD_STORE_ERROR_NEWER_SCHEMA:
    case BUD_STORE_ERROR_MISSING:
    default:
      /* Translators: the placeholder is what SQLite says, in English */
      return g_strdup_printf (_("The workspace failed: %s"), sqlite3_errmsg (handle));
    }
}

/**
 * bud_database_set_error:
 * @self: a connection, right after the failure
 * @code: the result code that SQLite gave
 * @error: return location for a #BudStoreError or %G_IO_ERROR_CANCELLED
 */
void
bud_database_set_error (BudDatabase  *self,
                        int           code,
                        GError      **error)
{
  g_autofree char *message = NULL;
  BudStoreError kind;

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The work was canceled."));
      return;
    }

  kind = classify (self->handle, code);
  message = describe (self->handle, kind);
  g_set_error_literal (error, BUD_STORE_ERROR, kind, message);
}

static int
on_progress (gpointer data)
{
  BudDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* bud_fold (text): what the rules compare text by. */
static void
sql_fold (sqlite3_context  *context,
          int               n_arguments,
          sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    sqlite3_result_text (context, bud_text_fold (text), -1, g_free);
}

/* bud_text (value): the canonical text of a value of any type. */
static void
sql_text (sqlite3_context  *context,
          int               n_arguments,
          sqlite3_value   **arguments)
{
  char out[BUD_DECIMAL_SIZE];

  if (sqlite3_value_type (arguments[0]) != SQLITE_FLOAT)
    sqlite3_result_value (context, arguments[0]);
  else
    sqlite3_result_text (context, bud_decimal_format (sqlite3_value_double (arguments[0]), out),
                         -1, SQLITE_TRANSIENT);
}

static gboolean
set_up (BudDatabase  *self,
        GError      **error)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  int code;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, on_progress, self);
  /* An unknown "column" must be an error, not a piece of text. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);

  code = sqlite3_create_function (self->handle, "bud_fold", 1, flags, NULL, sql_fold, NULL, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_create_function (self->handle, "bud_text", 1, flags, NULL, sql_text, NULL,
                                    NULL);
  if (code != SQLITE_OK)
    {
      bud_database_set_error (self, code, error);
      return FALSE;
    }

  /* A lost tail of the journal only repeats upserts that come out the same, so a commit need not
   * wait for the disk; after power loss the file is whole, some commits older. */
  return bud_database_exec (self,
                            "PRAGMA foreign_keys = ON;"
                            "PRAGMA trusted_schema = OFF;"
                            "PRAGMA synchronous = NORMAL;"
                            "PRAGMA journal_size_limit = 67108864", error);
}

/**
 * bud_database_open:
 * @path: an existing file; it is never made
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full): a connection. Nothing has been read or written yet.
 */
BudDatabase *
bud_database_open (const char  *path,
                   GError     **error)
{
  g_autoptr(BudDatabase) self = g_new0 (BudDatabase, 1);
  int code;

  g_return_val_if_fail (path != NULL, NULL);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) bud_statement_free);
  code = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      bud_database_set_error (self, sqlite3_extended_errcode (self->handle), error);
      return NULL;
    }

  return set_up (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bud_database_close:
 * @self: (transfer full): a connection; statements that bud_database_prepare() gave must be gone
 */
void
bud_database_close (BudDatabase *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("a statement outlives its database");
  g_free (self);
}

/**
 * bud_database_is_read_only:
 * @self: a connection
 *
 * Returns: whether SQLite could only open the file for reading
 */
gboolean
bud_database_is_read_only (BudDatabase *self)
{
  return sqlite3_db_readonly (self->handle, "main") != 0;
}

gboolean
bud_database_in_transaction (BudDatabase *self)
{
  return sqlite3_get_autocommit (self->handle) == 0;
}

/**
 * bud_database_set_cancellable:
 * @self: a connection
 * @cancellable: (nullable): interrupts whatever runs from now on; not kept alive
 *
 * Returns: (transfer none) (nullable): the one before, to be put back
 */
GCancellable *
bud_database_set_cancellable (BudDatabase  *self,
                              GCancellable *cancellable)
{
  GCancellable *previous = self->cancellable;

  self->cancellable = cancellable;

  return previous;
}

static BudStatement *
prepare_next (BudDatabase  *self,
              const char  **sql,
              unsigned int  flags,
              gboolean     *failed,
              GError      **error)
{
  sqlite3_stmt *handle = NULL;
  int code = sqlite3_prepare_v3 (self->handle, *sql, -1, flags, &handle, sql);

  *failed = code != SQLITE_OK;
  if (*failed)
    bud_database_set_error (self, code, error);

  return handle != NULL ? bud_statement_new (self, handle) : NULL;
}

/**
 * bud_database_exec:
 * @self: a connection
 * @sql: one or more statements
 * @error: return location for a #BudStoreError
 *
 * Stops at the first statement that fails.
 *
 * Returns: whether all of them ran
 */
gboolean
bud_database_exec (BudDatabase  *self,
                   const char   *sql,
                   GError      **error)
{
  while (*sql != '\0')
    {
      gboolean failed;
      g_autoptr(BudStatement) statement = prepare_next (self, &sql, 0, &failed, error);

      if (failed || (statement != NULL && !bud_statement_run (statement, error)))
        return FALSE;
    }

  return TRUE;
}

/**
 * bud_database_prepare:
 * @self: a connection
 * @sql: one statement
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full): the statement
 */
BudStatement *
bud_database_prepare (BudDatabase  *self,
                      const char   *sql,
                      GError      **error)
{
  gboolean failed;
  const char *rest = sql;
  BudStatement *statement = prepare_next (self, &rest, 0, &failed, error);

  g_assert (failed || (statement != NULL && *rest == '\0'));

  return statement;
}

/**
 * bud_database_cached:
 * @self: a connection
 * @sql: one statement
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer none): the statement, kept for the next time; not to be used while rows of
 *   it are still being read
 */
BudStatement *
bud_database_cached (BudDatabase  *self,
                     const char   *sql,
                     GError      **error)
{
  BudStatement *statement = g_hash_table_lookup (self->statements, sql);
  const char *rest = sql;
  gboolean failed;

  if (statement == NULL)
    {
      statement = prepare_next (self, &rest, SQLITE_PREPARE_PERSISTENT, &failed, error);
      if (failed)
        return NULL;
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }

  g_assert (!bud_statement_is_busy (statement));

  return statement;
}

/**
 * bud_database_get_int64:
 * @self: a connection
 * @sql: a query without parameters, of one row and one column
 * @value: (out): what it gives; 0 when there is no row
 * @error: return location for a #BudStoreError
 *
 * Returns: whether it ran
 */
gboolean
bud_database_get_int64 (BudDatabase  *self,
                        const char   *sql,
                        gint64       *value,
                        GError      **error)
{
  g_autoptr(BudStatement) statement = bud_database_prepare (self, sql, error);
  gboolean has_row;

  if (statement == NULL || !bud_statement_step (statement, &has_row, error))
    return FALSE;

  *value = has_row ? bud_statement_get_int64 (statement, 0) : 0;

  return TRUE;
}

/**
 * bud_database_transaction:
 * @self: a connection that is in no transaction
 * @func: what to do, all of it or nothing
 * @data: for @func
 * @error: return location for what @func set, or a #BudStoreError
 *
 * The write lock is taken first, so that @func cannot fail halfway because another program writes.
 *
 * Returns: whether everything that @func did now stands
 */
gboolean
bud_database_transaction (BudDatabase      *self,
                          BudDatabaseFunc   func,
                          gpointer          data,
                          GError          **error)
{
  g_assert (!bud_database_in_transaction (self));

  if (!bud_database_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (func (self, data, error) && bud_database_exec (self, "COMMIT", error))
    return TRUE;

  /* After a full disk or an I/O error SQLite has rolled back on its own. */
  if (bud_database_in_transaction (self))
    bud_database_exec (self, "ROLLBACK", NULL);

  return FALSE;
}

gint64
bud_database_get_changes (BudDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}
