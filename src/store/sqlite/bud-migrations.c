/* bud-migrations.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-migrations.h"
#include "bud-store-types.h"

#define APPLICATION_ID 0x42756473 /* "Buds", what file(1) could tell our files by */

/* A plan's rows are counted in the low 32 bits of "at" and the plans in the high ones, so that
 * rows are always appended at the end of one tree and a plan is one stretch of it. */
static const char *const workspace_steps[] = {
  "CREATE TABLE item ("
  "  kind TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  folded TEXT,"
  "  body TEXT NOT NULL,"
  "  PRIMARY KEY (kind, id),"
  "  UNIQUE (kind, folded)"
  ") WITHOUT ROWID;"
  "CREATE TABLE meta ("
  "  key TEXT PRIMARY KEY,"
  "  value BLOB NOT NULL"
  ") WITHOUT ROWID;"
  "CREATE TABLE plan_number ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  plan TEXT NOT NULL UNIQUE"
  ");"
  "CREATE TABLE plan_row ("
  "  at INTEGER PRIMARY KEY,"
  "  customer TEXT NOT NULL,"
  "  action INTEGER NOT NULL,"
  "  outcome INTEGER NOT NULL,"
  "  reason INTEGER NOT NULL,"
  "  detail TEXT,"
  "  key BLOB NOT NULL,"
  "  payload BLOB NOT NULL"
  ");"
  "CREATE TABLE opt_out ("
  "  audience TEXT NOT NULL,"
  "  key BLOB NOT NULL,"
  "  reason INTEGER NOT NULL,"
  "  PRIMARY KEY (audience, key)"
  ") WITHOUT ROWID;"
  "CREATE TABLE intent ("
  "  run TEXT NOT NULL,"
  "  first_seq INTEGER NOT NULL,"
  "  last_seq INTEGER NOT NULL,"
  "  PRIMARY KEY (run, first_seq)"
  ") WITHOUT ROWID;"
  /* In the order of customers: the planner reads it so, and results come nearly so. */
  "CREATE TABLE ledger ("
  "  export TEXT NOT NULL,"
  "  customer TEXT NOT NULL,"
  "  key BLOB NOT NULL,"
  "  payload BLOB NOT NULL,"
  "  PRIMARY KEY (export, customer)"
  ") WITHOUT ROWID;",
};

/* The rows of a source are in a table of their own, "rows_" and its number; a table that no source
 * names is an intake's, alive or left over. A profile column is for one name and type, for ever,
 * so that a field somebody still holds never reads another one's values. */
static const char *const customers_steps[] = {
  "CREATE TABLE state ("
  "  only INTEGER PRIMARY KEY CHECK (only = 1),"
  "  generation INTEGER NOT NULL,"
  "  last_table INTEGER NOT NULL"
  ");"
  "INSERT INTO state VALUES (1, 0, 0);"
  "CREATE TABLE source ("
  "  position INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  rows_table INTEGER NOT NULL"
  ");"
  "CREATE TABLE field ("
  "  source INTEGER NOT NULL REFERENCES source (position) ON DELETE CASCADE,"
  "  place INTEGER NOT NULL,"
  "  name TEXT NOT NULL,"
  "  type INTEGER NOT NULL,"
  "  PRIMARY KEY (source, place)"
  ") WITHOUT ROWID;"
  "CREATE TABLE profile_column ("
  "  number INTEGER PRIMARY KEY,"
  "  folded TEXT NOT NULL,"
  "  type INTEGER NOT NULL,"
  "  UNIQUE (folded, type)"
  ");",
};

const BudMigrations bud_workspace_migrations = {
  workspace_steps, G_N_ELEMENTS (workspace_steps)
};
const BudMigrations bud_customers_migrations = {
  customers_steps, G_N_ELEMENTS (customers_steps)
};

typedef struct
{
  const BudMigrations *migrations;
  guint next; /* the step to run */
} Step;

static gboolean
get_version (BudDatabase  *database,
             gint64       *version,
             GError      **error)
{
  return bud_database_get_int64 (database, "PRAGMA user_version", version, error);
}

/* Another program may have been here between our look at the version and our lock. */
static gboolean
run_step (BudDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Step *step = data;
  g_autofree char *mark = NULL;
  gint64 version;

  if (!get_version (database, &version, error))
    return FALSE;
  if (version > step->next)
    return TRUE;

  mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u", APPLICATION_ID,
                          step->next + 1);

  return bud_database_exec (database, step->migrations->steps[step->next], error) &&
         bud_database_exec (database, mark, error);
}

static gboolean
check_version (const BudMigrations  *self,
               BudDatabase          *database,
               const char           *path,
               gboolean              create,
               gint64               *version,
               GError              **error)
{
  gint64 application_id;

  if (!get_version (database, version, error) ||
      !bud_database_get_int64 (database, "PRAGMA application_id", &application_id, error))
    return FALSE;

  if (*version == 0 ? !create : *version < 0 || application_id != APPLICATION_ID)
    {
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT,
                   _("“%s” is not a file that Budstikke wrote, or it is empty. Restore it from a "
                     "backup."), path);
      return FALSE;
    }
  if (*version > self->n_steps)
    {
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_NEWER_SCHEMA,
                   _("“%s” was written by a newer Budstikke. Use that version; nothing has been "
                     "changed."), path);
      return FALSE;
    }
  if (bud_database_is_read_only (database))
    {
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_READ_ONLY,
                   _("“%s” cannot be written. Check who may write to it."), path);
      return FALSE;
    }

  return TRUE;
}

/**
 * bud_migrations_run:
 * @self: the steps
 * @database: a connection to the file
 * @path: its name, for errors
 * @create: whether the file may be new and empty
 * @error: return location for %BUD_STORE_ERROR_NEWER_SCHEMA, %BUD_STORE_ERROR_CORRUPT,
 *   %BUD_STORE_ERROR_READ_ONLY, with the file as it was, or another #BudStoreError, with the file
 *   as the last step that went well left it
 *
 * Returns: whether the file is now of this version
 */
gboolean
bud_migrations_run (const BudMigrations  *self,
                    BudDatabase          *database,
                    const char           *path,
                    gboolean              create,
                    GError              **error)
{
  gint64 version;

  if (!check_version (self, database, path, create, &version, error))
    return FALSE;

  if (!bud_database_exec (database, "PRAGMA journal_mode = WAL", error))
    return FALSE;

  for (guint i = version; i < self->n_steps; i++)
    {
      Step step = { self, i };

      if (!bud_database_transaction (database, run_step, &step, error))
        return FALSE;
    }

  return TRUE;
}
