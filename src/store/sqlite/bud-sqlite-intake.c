/* bud-sqlite-intake.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-catalogue.h"
#include "bud-decimal.h"
#include "bud-folder.h"
#include "bud-profile-field.h"
#include "bud-sqlite-intake.h"
#include "bud-store-words.h"

#define ROWS_PER_TRANSACTION 50000

/* Rows on their way into a table of their own, which the source's entry in the catalogue names
 * only when all of them are there. */
struct _BudSqliteIntake
{
  BudIntake parent_instance;

  BudDatabase *database; /* (owned) (nullable): customers.db, NULL once it is over */
  BudStatement *insert;  /* (owned) (nullable) */
  int lock;              /* keeps other programs from sweeping the table */
  char *source;          /* id of the origin */
  GPtrArray *fields;     /* (owned) (element-type BudField) */
  gint64 rows_table;
  guint n_uncommitted;
};

G_DEFINE_FINAL_TYPE (BudSqliteIntake, bud_sqlite_intake, BUD_TYPE_INTAKE)

static void
close_database (BudSqliteIntake *self)
{
  g_clear_pointer (&self->insert, bud_statement_free);
  g_clear_pointer (&self->database, bud_database_close);
  bud_folder_unlock (&self->lock);
}

/* If this fails, the next program that is alone in the folder drops the table. */
static void
abandon (BudSqliteIntake *self)
{
  g_autofree char *drop = g_strdup_printf ("DROP TABLE IF EXISTS rows_%" G_GINT64_FORMAT,
                                           self->rows_table);

  if (self->database == NULL)
    return;

  bud_statement_reset (self->insert);
  if (bud_database_in_transaction (self->database))
    bud_database_exec (self->database, "ROLLBACK", NULL);
  bud_database_exec (self->database, drop, NULL);
  close_database (self);
}

static void
bud_sqlite_intake_dispose (GObject *object)
{
  BudSqliteIntake *self = BUD_SQLITE_INTAKE (object);

  if (self->insert != NULL)
    abandon (self);
  close_database (self);

  G_OBJECT_CLASS (bud_sqlite_intake_parent_class)->dispose (object);
}

static void
bud_sqlite_intake_finalize (GObject *object)
{
  BudSqliteIntake *self = BUD_SQLITE_INTAKE (object);

  g_free (self->source);
  g_clear_pointer (&self->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (bud_sqlite_intake_parent_class)->finalize (object);
}

/* Numbers are bound as numbers: SQLite's own reading of text is slower, and takes anything. */
static gboolean
bind_value (BudSqliteIntake  *self,
            guint             i,
            const char       *value,
            GError          **error)
{
  BudField *field = g_ptr_array_index (self->fields, i);
  int parameter = i + 2;
  char *end;
  gint64 integer;
  double decimal;

  if (value == NULL || *value == '\0')
    return TRUE;

  switch (bud_field_get_field_type (field))
    {
    case BUD_FIELD_TEXT:
    case BUD_FIELD_DATE:
      bud_statement_bind_text (self->insert, parameter, value);
      return TRUE;
    case BUD_FIELD_INTEGER:
    case BUD_FIELD_BOOLEAN:
      integer = g_ascii_strtoll (value, &end, 10);
      if (*end != '\0')
        break;
      bud_statement_bind_int64 (self->insert, parameter, integer);
      return TRUE;
    case BUD_FIELD_DECIMAL:
      if (!bud_decimal_parse (value, &decimal))
        break;
      bud_statement_bind_double (self->insert, parameter, decimal);
      return TRUE;
    }

  bud_profile_set_number_error (error, field);

  return FALSE;
}

static gboolean
insert_row (BudSqliteIntake    *self,
            const char         *id,
            const char *const  *values,
            GError            **error)
{
  bud_statement_bind_text (self->insert, 1, id);
  for (guint i = 0; i < self->fields->len; i++)
    {
      if (!bind_value (self, i, values[i], error))
        return FALSE;
    }

  return bud_statement_run (self->insert, error);
}

static gboolean
keep_transaction_short (BudSqliteIntake  *self,
                        GError          **error)
{
  if (self->n_uncommitted++ < ROWS_PER_TRANSACTION)
    return TRUE;

  self->n_uncommitted = 1;

  return bud_database_exec (self->database, "COMMIT", error);
}

static gboolean
check_usable (BudSqliteIntake  *self,
              GError          **error)
{
  if (self->database != NULL)
    return TRUE;

  bud_store_set_over_error (error);

  return FALSE;
}

static BudIntakeVerdict
bud_sqlite_intake_add (BudIntake          *intake,
                       const char         *id,
                       const char *const  *values,
                       gsize               n_values,
                       GError            **error)
{
  BudSqliteIntake *self = BUD_SQLITE_INTAKE (intake);

  g_return_val_if_fail (n_values == self->fields->len, BUD_INTAKE_FAILED);

  if (!check_usable (self, error))
    return BUD_INTAKE_FAILED;

  if (!keep_transaction_short (self, error) ||
      (!bud_database_in_transaction (self->database) &&
       !bud_database_exec (self->database, "BEGIN IMMEDIATE", error)) ||
      !insert_row (self, id, values, error))
    {
      abandon (self);
      return BUD_INTAKE_FAILED;
    }

  return bud_database_get_changes (self->database) > 0 ? BUD_INTAKE_ADDED : BUD_INTAKE_DUPLICATE;
}

static gboolean
find_source (BudSqliteIntake  *self,
             gint64           *position,
             gint64           *old_table,
             GError          **error)
{
  BudStatement *statement;
  gboolean has_row;

  statement = bud_database_cached (self->database,
                                   "SELECT position, rows_table FROM source WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, self->source);
  if (!bud_statement_step (statement, &has_row, error))
    return FALSE;

  *position = has_row ? bud_statement_get_int64 (statement, 0) : 0;
  *old_table = has_row ? bud_statement_get_int64 (statement, 1) : 0;
  bud_statement_reset (statement);

  return TRUE;
}

static gboolean
point_source (BudSqliteIntake  *self,
              GError          **error)
{
  BudStatement *statement;

  statement = bud_database_cached (self->database,
                                   "INSERT INTO source (id, rows_table) VALUES (?, ?) "
                                   "ON CONFLICT (id) DO UPDATE "
                                   "SET rows_table = excluded.rows_table", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, self->source);
  bud_statement_bind_int64 (statement, 2, self->rows_table);

  return bud_statement_run (statement, error);
}

static gboolean
drop_old_rows (BudSqliteIntake  *self,
               gint64            position,
               gint64            old_table,
               GError          **error)
{
  g_autofree char *sql = NULL;

  if (position == 0)
    return TRUE;

  sql = g_strdup_printf ("DROP TABLE rows_%" G_GINT64_FORMAT ";"
                         "DELETE FROM field WHERE source = %" G_GINT64_FORMAT, old_table, position);

  return bud_database_exec (self->database, sql, error);
}

static gboolean
write_fields (BudSqliteIntake  *self,
              GError          **error)
{
  BudStatement *statement;

  statement = bud_database_cached (self->database,
                                   "INSERT INTO field (source, place, name, type) "
                                   "SELECT position, ?2, ?3, ?4 FROM source WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      BudField *field = g_ptr_array_index (self->fields, i);

      bud_statement_bind_text (statement, 1, self->source);
      bud_statement_bind_int64 (statement, 2, i);
      bud_statement_bind_text (statement, 3, bud_field_get_name (field));
      bud_statement_bind_int64 (statement, 4, bud_field_get_field_type (field));
      if (!bud_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
swap_rows (BudDatabase  *database,
           gpointer      data,
           GError      **error)
{
  BudSqliteIntake *self = data;
  gint64 position;
  gint64 old_table;

  return find_source (self, &position, &old_table, error) &&
         drop_old_rows (self, position, old_table, error) &&
         point_source (self, error) &&
         write_fields (self, error) &&
         bud_catalogue_changed (database, error);
}

static gboolean
bud_sqlite_intake_commit (BudIntake  *intake,
                          GError    **error)
{
  BudSqliteIntake *self = BUD_SQLITE_INTAKE (intake);

  if (!check_usable (self, error))
    return FALSE;

  if ((bud_database_in_transaction (self->database) &&
       !bud_database_exec (self->database, "COMMIT", error)) ||
      !bud_database_transaction (self->database, swap_rows, self, error))
    {
      abandon (self);
      return FALSE;
    }

  close_database (self);

  return TRUE;
}

static void
bud_sqlite_intake_class_init (BudSqliteIntakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BudIntakeClass *intake_class = BUD_INTAKE_CLASS (klass);

  object_class->dispose = bud_sqlite_intake_dispose;
  object_class->finalize = bud_sqlite_intake_finalize;
  intake_class->add = bud_sqlite_intake_add;
  intake_class->commit = bud_sqlite_intake_commit;
}

static void
bud_sqlite_intake_init (BudSqliteIntake *self)
{
  self->lock = -1;
}

static const char *
column_type (BudFieldType type)
{
  switch (type)
    {
    case BUD_FIELD_TEXT:
    case BUD_FIELD_DATE:
      return "TEXT";
    case BUD_FIELD_INTEGER:
    case BUD_FIELD_BOOLEAN:
      return "INTEGER";
    case BUD_FIELD_DECIMAL:
      return "REAL";
    }

  g_return_val_if_reached ("TEXT");
}

static gboolean
create_table (BudDatabase  *database,
              gpointer      data,
              GError      **error)
{
  BudSqliteIntake *self = data;
  g_autoptr(GString) sql = g_string_new (NULL);

  if (!bud_database_exec (database, "UPDATE state SET last_table = last_table + 1", error) ||
      !bud_database_get_int64 (database, "SELECT last_table FROM state", &self->rows_table, error))
    return FALSE;

  g_string_append_printf (sql, "CREATE TABLE rows_%" G_GINT64_FORMAT
                          " (id TEXT NOT NULL PRIMARY KEY", self->rows_table);
  for (guint i = 0; i < self->fields->len; i++)
    {
      BudField *field = g_ptr_array_index (self->fields, i);

      g_string_append_printf (sql, ", c%u %s", i, column_type (bud_field_get_field_type (field)));
    }
  g_string_append (sql, ") WITHOUT ROWID");

  return bud_database_exec (database, sql->str, error);
}

static BudStatement *
prepare_insert (BudSqliteIntake  *self,
                GError          **error)
{
  g_autoptr(GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT OR IGNORE INTO rows_%" G_GINT64_FORMAT " VALUES (?",
                          self->rows_table);
  for (guint i = 0; i < self->fields->len; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');

  return bud_database_prepare (self->database, sql->str, error);
}

/**
 * bud_sqlite_intake_new:
 * @folder: a workspace folder
 * @source: id of the origin
 * @fields: (element-type BudField): the fields of its rows
 * @error: return location for a #BudStoreError, or %BUD_ERROR_INVALID
 *
 * Returns: (transfer full): an intake with a connection of its own
 */
BudIntake *
bud_sqlite_intake_new (const char  *folder,
                       const char  *source,
                       GPtrArray   *fields,
                       GError     **error)
{
  g_autoptr(BudSqliteIntake) self = NULL;
  gboolean is_alone;

  if (!bud_profile_check_fields (fields, error))
    return NULL;

  self = g_object_new (BUD_TYPE_SQLITE_INTAKE, NULL);
  self->source = g_strdup (source);
  self->fields = g_ptr_array_copy (fields, (GCopyFunc) (GCallback) bud_field_ref, NULL);
  g_ptr_array_set_free_func (self->fields, (GDestroyNotify) bud_field_unref);

  if ((self->lock = bud_folder_lock (folder, &is_alone, error)) < 0)
    return NULL;
  bud_folder_share_lock (self->lock);

  /* Rows that come in no order are put in order in this much memory, 64 MiB. */
  self->database = bud_folder_open_file (folder, BUD_FOLDER_CUSTOMERS, error);
  if (self->database == NULL ||
      !bud_database_exec (self->database, "PRAGMA cache_size = -65536", error) ||
      !bud_database_transaction (self->database, create_table, self, error) ||
      (self->insert = prepare_insert (self, error)) == NULL)
    return NULL;

  return BUD_INTAKE (g_steal_pointer (&self));
}

static gboolean
list_leftovers (BudDatabase  *database,
                GString      *drops,
                GError      **error)
{
  g_autoptr(BudStatement) statement = NULL;
  gboolean has_row;

  statement = bud_database_prepare (database,
                                    "SELECT name FROM sqlite_schema "
                                    "WHERE type = 'table' AND name GLOB 'rows_[0-9]*' "
                                    "AND name NOT IN (SELECT 'rows_' || rows_table FROM source)",
                                    error);
  if (statement == NULL)
    return FALSE;

  for (;;)
    {
      if (!bud_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      g_string_append_printf (drops, "DROP TABLE %s;", bud_statement_get_text (statement, 0));
    }
}

/**
 * bud_sqlite_intake_sweep:
 * @database: a connection to customers.db, with nobody else in the folder
 * @error: return location for a #BudStoreError
 *
 * Drops the tables of intakes whose program died.
 *
 * Returns: whether there are none left
 */
gboolean
bud_sqlite_intake_sweep (BudDatabase  *database,
                         GError      **error)
{
  g_autoptr(GString) drops = g_string_new (NULL);

  return list_leftovers (database, drops, error) &&
         bud_database_exec (database, drops->str, error);
}
