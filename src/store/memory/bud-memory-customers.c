/* bud-memory-customers.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-field.h"
#include "bud-memory-customers.h"
#include "bud-profile-field.h"
#include "bud-rule-eval.h"
#include "bud-store-words.h"

typedef struct
{
  char *id;
  GPtrArray *fields; /* (owned) (element-type BudField) */
  GHashTable *rows;  /* (owned) (element-type utf8 BudMemoryRow) */
} Source;

struct _BudMemoryCustomers
{
  gatomicrefcount ref_count;
  GMutex mutex;
  GPtrArray *sources;          /* (owned) (element-type Source) */
  GHashTable *columns;         /* (owned): "type/folded name" to the number of its column */
  BudMemorySnapshot *snapshot; /* (owned) */
};

void
bud_memory_row_free (gpointer row)
{
  BudMemoryRow *self = row;

  for (guint i = 0; i < self->n_values; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->id);
  g_free (self);
}

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->id);
  g_ptr_array_unref (source->fields);
  g_hash_table_unref (source->rows);
  g_free (source);
}

static BudMemorySnapshot *
snapshot_new (gint64 generation)
{
  BudMemorySnapshot *self = g_new0 (BudMemorySnapshot, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);
  self->rows = g_ptr_array_new_with_free_func (bud_memory_row_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->columns = g_hash_table_new (g_str_hash, g_str_equal);
  self->generation = generation;

  return self;
}

void
bud_memory_snapshot_unref (BudMemorySnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->columns);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

BudMemoryCustomers *
bud_memory_customers_new (void)
{
  BudMemoryCustomers *self = g_new0 (BudMemoryCustomers, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->snapshot = snapshot_new (0);

  return self;
}

BudMemoryCustomers *
bud_memory_customers_ref (BudMemoryCustomers *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_memory_customers_unref (BudMemoryCustomers *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->mutex);
  g_ptr_array_unref (self->sources);
  g_hash_table_unref (self->columns);
  bud_memory_snapshot_unref (self->snapshot);
  g_free (self);
}

/**
 * bud_memory_customers_get:
 * @self: customers
 *
 * Returns: (transfer full): all of them as they are now
 */
BudMemorySnapshot *
bud_memory_customers_get (BudMemoryCustomers *self)
{
  BudMemorySnapshot *snapshot;

  g_mutex_lock (&self->mutex);
  snapshot = self->snapshot;
  g_atomic_ref_count_inc (&snapshot->ref_count);
  g_mutex_unlock (&self->mutex);

  return snapshot;
}

static guint
ensure_column (BudMemoryCustomers    *self,
               const BudProfileField *profile_field)
{
  g_autofree char *key = g_strdup_printf ("%d/%s", profile_field->type, profile_field->folded);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, key));

  if (number == 0)
    {
      number = g_hash_table_size (self->columns) + 1;
      g_hash_table_insert (self->columns, g_steal_pointer (&key), GUINT_TO_POINTER (number));
    }

  return number;
}

static void
fill_fields (BudMemoryCustomers *self,
             BudMemorySnapshot  *snapshot,
             GPtrArray          *merged)
{
  for (guint i = 0; i < merged->len; i++)
    {
      const BudProfileField *profile_field = g_ptr_array_index (merged, i);
      g_autofree char *column = g_strdup_printf ("p%u", ensure_column (self, profile_field));
      BudField *field = bud_field_new (profile_field->name, profile_field->type, column);

      g_ptr_array_add (snapshot->fields, field);
      g_hash_table_insert (snapshot->columns, (gpointer) bud_field_get_column (field),
                           GUINT_TO_POINTER (i + 1));
    }
}

/* The sources come in order, so what is there already wins. */
static void
add_values (BudMemoryRow       *row,
            const BudMemoryRow *part,
            GPtrArray          *merged,
            guint               source)
{
  for (guint i = 0; i < merged->len; i++)
    {
      const BudProfileField *profile_field = g_ptr_array_index (merged, i);

      if (row->values[i] == NULL && profile_field->places[source] >= 0)
        row->values[i] = g_strdup (part->values[profile_field->places[source]]);
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const BudMemoryRow *x = *(const BudMemoryRow *const *) a;
  const BudMemoryRow *y = *(const BudMemoryRow *const *) b;

  return strcmp (x->id, y->id);
}

static void
fill_rows (BudMemoryCustomers *self,
           BudMemorySnapshot  *snapshot,
           GPtrArray          *merged)
{
  for (guint s = 0; s < self->sources->len; s++)
    {
      const Source *source = g_ptr_array_index (self->sources, s);
      GHashTableIter iter;
      const BudMemoryRow *part;

      g_hash_table_iter_init (&iter, source->rows);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &part))
        {
          BudMemoryRow *row = g_hash_table_lookup (snapshot->by_id, part->id);

          if (row == NULL)
            {
              row = g_new0 (BudMemoryRow, 1);
              row->id = g_strdup (part->id);
              row->n_values = merged->len;
              row->values = g_new0 (char *, merged->len);
              g_ptr_array_add (snapshot->rows, row);
              g_hash_table_insert (snapshot->by_id, row->id, row);
            }
          add_values (row, part, merged, s);
        }
    }

  g_ptr_array_sort (snapshot->rows, compare_rows);
}

static void
update_snapshot (BudMemoryCustomers *self)
{
  g_autoptr(GPtrArray) shapes = g_ptr_array_new ();
  g_autoptr(GPtrArray) merged = NULL;
  BudMemorySnapshot *snapshot = snapshot_new (self->snapshot->generation + 1);

  for (guint i = 0; i < self->sources->len; i++)
    g_ptr_array_add (shapes, ((Source *) g_ptr_array_index (self->sources, i))->fields);
  merged = bud_profile_merge (shapes);

  fill_fields (self, snapshot, merged);
  fill_rows (self, snapshot, merged);

  bud_memory_snapshot_unref (self->snapshot);
  self->snapshot = snapshot;
}

static gboolean
find_source (BudMemoryCustomers *self,
             const char         *id,
             guint              *position)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      if (g_str_equal (((Source *) g_ptr_array_index (self->sources, i))->id, id))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * bud_memory_customers_replace:
 * @self: customers
 * @source: id of a source
 * @fields: (nullable): the fields of its new rows; %NULL to take the source away
 * @rows: (nullable) (transfer none): the new rows by id, which do not change any more
 */
void
bud_memory_customers_replace (BudMemoryCustomers *self,
                              const char         *source,
                              GPtrArray          *fields,
                              GHashTable         *rows)
{
  guint position;
  gboolean is_known;
  Source *entry;

  g_mutex_lock (&self->mutex);
  is_known = find_source (self, source, &position);
  if (is_known)
    g_ptr_array_remove_index (self->sources, position);
  if (fields != NULL)
    {
      entry = g_new0 (Source, 1);
      entry->id = g_strdup (source);
      entry->fields = g_ptr_array_ref (fields);
      entry->rows = g_hash_table_ref (rows);
      g_ptr_array_insert (self->sources, is_known ? (int) position : -1, entry);
    }
  if (is_known || fields != NULL)
    update_snapshot (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * bud_memory_snapshot_check:
 * @self: customers
 * @selection: a selection
 * @error: return location for %BUD_ERROR_STALE
 *
 * Returns: whether all fields that @selection wants are there
 */
gboolean
bud_memory_snapshot_check (BudMemorySnapshot  *self,
                           BudSelection       *selection,
                           GError            **error)
{
  GPtrArray *fields = bud_selection_get_fields (selection);

  for (guint i = 0; i < fields->len; i++)
    {
      if (!g_hash_table_contains (self->columns,
                                  bud_field_get_column (g_ptr_array_index (fields, i))))
        {
          bud_store_set_stale_error (error);
          return FALSE;
        }
    }

  return TRUE;
}

typedef struct
{
  BudMemorySnapshot *snapshot;
  const BudMemoryRow *row;
  gboolean is_stale;
} Lookup;

static const char *
lookup_value (const BudField *field,
              gpointer        data)
{
  Lookup *lookup = data;
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (lookup->snapshot->columns,
                                                       bud_field_get_column (field)));

  if (place == 0)
    {
      lookup->is_stale = TRUE;
      return NULL;
    }

  return lookup->row->values[place - 1];
}

/**
 * bud_memory_snapshot_match:
 * @self: customers
 * @row: one of them
 * @selection: a selection
 * @matches: (array): filled for each rule
 * @any: (out): whether the customer is in the selection
 * @error: return location for %BUD_ERROR_STALE
 *
 * Returns: %FALSE when a rule has a field that is gone
 */
gboolean
bud_memory_snapshot_match (BudMemorySnapshot   *self,
                           const BudMemoryRow  *row,
                           BudSelection        *selection,
                           gboolean            *matches,
                           gboolean            *any,
                           GError             **error)
{
  GPtrArray *rules = bud_selection_get_rules (selection);
  Lookup lookup = { self, row, FALSE };

  *any = rules->len == 0;
  for (guint i = 0; i < rules->len; i++)
    {
      matches[i] = bud_rule_matches (g_ptr_array_index (rules, i),
                                     bud_selection_get_now (selection), lookup_value, &lookup);
      *any = *any || matches[i];
    }

  if (lookup.is_stale)
    bud_store_set_stale_error (error);

  return !lookup.is_stale;
}

/**
 * bud_memory_snapshot_values:
 * @self: customers
 * @row: one of them
 * @selection: a selection that bud_memory_snapshot_check() found good
 * @values: (array): filled with the values of its fields
 */
void
bud_memory_snapshot_values (BudMemorySnapshot  *self,
                            const BudMemoryRow *row,
                            BudSelection       *selection,
                            const char        **values)
{
  GPtrArray *fields = bud_selection_get_fields (selection);

  for (guint i = 0; i < fields->len; i++)
    {
      const char *column = bud_field_get_column (g_ptr_array_index (fields, i));
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, column));

      values[i] = row->values[place - 1];
    }
}
