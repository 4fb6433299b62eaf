/* bud-catalogue.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-catalogue.h"

static void
source_free (gpointer data)
{
  BudCatalogueSource *source = data;

  g_free (source->id);
  g_ptr_array_unref (source->fields);
  g_free (source);
}

static gboolean
load_source_fields (BudDatabase         *database,
                    BudCatalogueSource  *source,
                    GError             **error)
{
  BudStatement *statement;
  gboolean has_row;

  statement = bud_database_cached (database,
                                   "SELECT name, type FROM field WHERE source = ? ORDER BY place",
                                   error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_int64 (statement, 1, source->position);
  for (;;)
    {
      g_autofree char *column = g_strdup_printf ("c%u", source->fields->len);

      if (!bud_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      g_ptr_array_add (source->fields, bud_field_new (bud_statement_get_text (statement, 0),
                                                      bud_statement_get_int64 (statement, 1),
                                                      column));
    }
}

static gboolean
load_sources (BudCatalogue  *self,
              BudDatabase   *database,
              GError       **error)
{
  g_autoptr(BudStatement) statement = NULL;
  gboolean has_row;

  statement = bud_database_prepare (database,
                                    "SELECT position, id, rows_table FROM source "
                                    "ORDER BY position", error);
  if (statement == NULL)
    return FALSE;

  for (;;)
    {
      BudCatalogueSource *source;

      if (!bud_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      source = g_new0 (BudCatalogueSource, 1);
      source->position = bud_statement_get_int64 (statement, 0);
      source->id = g_strdup (bud_statement_get_text (statement, 1));
      source->rows_table = bud_statement_get_int64 (statement, 2);
      source->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);
      g_ptr_array_add (self->sources, source);

      if (!load_source_fields (database, source, error))
        return FALSE;
    }
}

static gboolean
get_column_number (BudDatabase            *database,
                   const BudProfileField  *profile_field,
                   gint64                 *number,
                   GError                **error)
{
  BudStatement *statement;
  gboolean has_row;

  statement = bud_database_cached (database,
                                   "SELECT number FROM profile_column "
                                   "WHERE folded = ? AND type = ?", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, profile_field->folded);
  bud_statement_bind_int64 (statement, 2, profile_field->type);
  if (!bud_statement_step (statement, &has_row, error))
    return FALSE;

  *number = has_row ? bud_statement_get_int64 (statement, 0) : 0;
  bud_statement_reset (statement);

  return TRUE;
}

static gboolean
load_fields (BudCatalogue  *self,
             BudDatabase   *database,
             GError       **error)
{
  for (guint i = 0; i < self->merged->len; i++)
    {
      const BudProfileField *profile_field = g_ptr_array_index (self->merged, i);
      g_autofree char *column = NULL;
      gint64 number;

      if (!get_column_number (database, profile_field, &number, error))
        return FALSE;

      column = g_strdup_printf ("p%" G_GINT64_FORMAT, number);
      g_ptr_array_add (self->fields,
                       bud_field_new (profile_field->name, profile_field->type, column));
    }

  return TRUE;
}

/**
 * bud_catalogue_load:
 * @database: a connection to customers.db
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full): the catalogue as it is now
 */
BudCatalogue *
bud_catalogue_load (BudDatabase  *database,
                    GError      **error)
{
  g_autoptr(BudCatalogue) self = g_new0 (BudCatalogue, 1);
  g_autoptr(GPtrArray) shapes = g_ptr_array_new ();

  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);

  if (!load_sources (self, database, error))
    return NULL;

  for (guint i = 0; i < self->sources->len; i++)
    g_ptr_array_add (shapes,
                     ((BudCatalogueSource *) g_ptr_array_index (self->sources, i))->fields);
  self->merged = bud_profile_merge (shapes);

  return load_fields (self, database, error) ? g_steal_pointer (&self) : NULL;
}

void
bud_catalogue_free (BudCatalogue *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->merged, g_ptr_array_unref);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/**
 * bud_catalogue_changed:
 * @database: a connection to customers.db, in a transaction that has changed its sources
 * @error: return location for a #BudStoreError
 *
 * Gives every new field of the profile its column, and the customers a new generation.
 *
 * Returns: whether that went well
 */
gboolean
bud_catalogue_changed (BudDatabase  *database,
                       GError      **error)
{
  g_autoptr(BudCatalogue) self = bud_catalogue_load (database, error);
  BudStatement *statement;

  if (self == NULL)
    return FALSE;

  statement = bud_database_cached (database,
                                   "INSERT OR IGNORE INTO profile_column (folded, type) "
                                   "VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < self->merged->len; i++)
    {
      const BudProfileField *profile_field = g_ptr_array_index (self->merged, i);

      bud_statement_bind_text (statement, 1, profile_field->folded);
      bud_statement_bind_int64 (statement, 2, profile_field->type);
      if (!bud_statement_run (statement, error))
        return FALSE;
    }

  return bud_database_exec (database, "UPDATE state SET generation = generation + 1", error);
}

static void
append_value (const BudCatalogue    *self,
              const BudProfileField *profile_field,
              guint                  first_source,
              GString               *sql)
{
  g_autoptr(GString) values = g_string_new (NULL);
  guint n_values = 0;

  for (guint s = first_source; s < self->sources->len; s++)
    {
      if (profile_field->places[s] < 0)
        continue;

      g_string_append (values, n_values++ > 0 ? ", " : "");
      g_string_append_printf (values, profile_field->is_mixed ? "bud_text(t%u.c%d)" : "t%u.c%d", s,
                              profile_field->places[s]);
    }

  /* A plus takes the column's affinity off, as coalesce() does: only when the parts of a union
   * are alike in this are they read without a copy. */
  if (n_values == 0)
    g_string_append (sql, "NULL");
  else if (n_values == 1)
    g_string_append_printf (sql, "+%s", values->str);
  else
    g_string_append_printf (sql, "coalesce(%s)", values->str);
}

/**
 * bud_catalogue_append_values:
 * @self: a catalogue
 * @first_source: how many sources to pass over
 * @sql: each field of the profile is appended here as ", value AS column", from tables called
 *   "t0", "t1" … for the sources
 */
void
bud_catalogue_append_values (const BudCatalogue *self,
                             guint               first_source,
                             GString            *sql)
{
  for (guint i = 0; i < self->merged->len; i++)
    {
      g_string_append (sql, ", ");
      append_value (self, g_ptr_array_index (self->merged, i), first_source, sql);
      g_string_append_printf (sql, " AS %s",
                              bud_field_get_column (g_ptr_array_index (self->fields, i)));
    }
}

static void
append_part (const BudCatalogue *self,
             guint               first,
             GString            *sql)
{
  const BudCatalogueSource *source = g_ptr_array_index (self->sources, first);

  g_string_append_printf (sql, "SELECT t%u.id AS id", first);
  bud_catalogue_append_values (self, first, sql);
  g_string_append_printf (sql, " FROM rows_%" G_GINT64_FORMAT " AS t%u", source->rows_table,
                          first);
  for (guint s = first + 1; s < self->sources->len; s++)
    {
      source = g_ptr_array_index (self->sources, s);
      g_string_append_printf (sql, " LEFT JOIN rows_%" G_GINT64_FORMAT " AS t%u ON t%u.id = t%u.id",
                              source->rows_table, s, s, first);
    }
  for (guint s = 0; s < first; s++)
    {
      source = g_ptr_array_index (self->sources, s);
      g_string_append_printf (sql,
                              " %s NOT EXISTS (SELECT 1 FROM rows_%" G_GINT64_FORMAT " AS e "
                              "WHERE e.id = t%u.id)",
                              s == 0 ? "WHERE" : "AND", source->rows_table, first);
    }
}

/**
 * bud_catalogue_append_profile:
 * @self: a catalogue
 * @sql: a query is appended here that gives every customer once: the id, and the fields under
 *   their columns
 *
 * Each part of the union has the customers whose first source is that one, so the parts never
 * overlap, and SQLite can merge them in the order of ids as it reads.
 */
void
bud_catalogue_append_profile (const BudCatalogue *self,
                              GString            *sql)
{
  if (self->sources->len == 0)
    g_string_append (sql, "SELECT NULL AS id WHERE 0");

  for (guint s = 0; s < self->sources->len; s++)
    {
      if (s > 0)
        g_string_append (sql, " UNION ALL ");
      append_part (self, s, sql);
    }
}
