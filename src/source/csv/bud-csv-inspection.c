/* bud-csv-inspection.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-csv-header.h"
#include "bud-csv-inspection.h"
#include "bud-csv-key-guess.h"
#include "bud-csv-reader.h"
#include "bud-csv-type-guess.h"

/* What the first pass over a file learns from its rows. */

#define NOT_CHOSEN -1
#define NO_KEY -1

struct _BudCsvInspection
{
  char *wanted_key; /* (owned) (nullable): name of the key field a person chose */
  char **types;     /* (owned): "field=type" a person chose */

  GPtrArray *fields;         /* (owned) (nullable) (element-type BudField): from the header on */
  int *chosen;               /* (owned): type of each field a person chose, or NOT_CHOSEN */
  BudCsvTypeGuess *guesses;  /* (owned) */
  BudCsvKeyGuess *key_guess; /* (owned) (nullable): none when a person chose */
  int key;
  gint64 n_rows;
  GString *scratch; /* (owned) */
};

/**
 * bud_csv_inspection_new:
 * @key: (nullable): name of the key field, if a person chose it
 * @types: (array zero-terminated=1): "field=type" for each field whose type a person chose
 *
 * Returns: (transfer full): an inspection that has seen nothing yet
 */
BudCsvInspection *
bud_csv_inspection_new (const char        *key,
                        const char *const *types)
{
  BudCsvInspection *self;

  g_return_val_if_fail (types != NULL, NULL);

  self = g_new0 (BudCsvInspection, 1);
  self->wanted_key = g_strdup (key);
  self->types = g_strdupv ((char **) types);
  self->key = NO_KEY;
  self->scratch = g_string_new (NULL);

  return self;
}

void
bud_csv_inspection_free (BudCsvInspection *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->wanted_key);
  g_strfreev (self->types);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->key_guess, bud_csv_key_guess_free);
  g_free (self->chosen);
  g_free (self->guesses);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

/**
 * bud_csv_inspection_begin:
 * @header: the header row
 * @data: a #BudCsvInspection
 * @error: return location for a #BudSourceError
 *
 * Returns: %FALSE with @error set when a field that a person named is not there
 */
gboolean
bud_csv_inspection_begin (const BudCsvRow  *header,
                          gpointer          data,
                          GError          **error)
{
  BudCsvInspection *self = data;

  g_return_val_if_fail (self != NULL && self->fields == NULL, FALSE);

  self->fields = bud_csv_header_to_fields (header);
  self->guesses = g_new0 (BudCsvTypeGuess, self->fields->len);
  self->chosen = g_new (int, self->fields->len);
  for (guint i = 0; i < self->fields->len; i++)
    self->chosen[i] = NOT_CHOSEN;

  if (!bud_csv_header_apply (self->fields, (const char *const *) self->types, self->chosen, error))
    return FALSE;

  if (self->wanted_key == NULL)
    {
      self->key_guess = bud_csv_key_guess_new (self->fields);
      return TRUE;
    }

  self->key = bud_csv_header_find (self->fields, self->wanted_key, BUD_SOURCE_ERROR_KEY, error);

  return self->key >= 0;
}

/**
 * bud_csv_inspection_add:
 * @row: a well-formed row
 * @data: a #BudCsvInspection
 * @error: unused, so that this is a #BudCsvRowFunc
 *
 * Returns: %TRUE
 */
gboolean
bud_csv_inspection_add (const BudCsvRow  *row,
                        gpointer          data,
                        GError          **error)
{
  BudCsvInspection *self = data;
  gboolean bare = bud_csv_row_is_bare (row);

  self->n_rows++;

  for (gsize i = 0; i < row->n_fields && !bare; i++)
    {
      gsize len;
      const char *value = bud_csv_row_trim (row, i, &len);

      if (len > 0)
        bud_csv_type_guess_add (&self->guesses[i], value, self->scratch);
      if (self->key_guess != NULL)
        bud_csv_key_guess_add (self->key_guess, i, value, len);
    }

  return TRUE;
}

/**
 * bud_csv_inspection_reject:
 * @reject: a row that cannot be read
 * @data: a #BudCsvInspection
 * @error: unused, so that this is a #BudSourceRejectFunc
 *
 * Returns: %TRUE
 */
gboolean
bud_csv_inspection_reject (const BudReject  *reject,
                           gpointer          data,
                           GError          **error)
{
  BudCsvInspection *self = data;

  self->n_rows++;

  return TRUE;
}

static GPtrArray *
make_fields (BudCsvInspection *self)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);

  for (guint i = 0; i < self->fields->len; i++)
    {
      BudField *field = g_ptr_array_index (self->fields, i);
      const char *name = bud_field_get_name (field);
      BudFieldType type = self->chosen[i] != NOT_CHOSEN
                            ? (BudFieldType) self->chosen[i]
                            : bud_csv_type_guess_get (&self->guesses[i], name);

      g_ptr_array_add (fields, bud_field_new (name, type, bud_field_get_column (field)));
    }

  return fields;
}

/**
 * bud_csv_inspection_to_shape:
 * @self: an inspection that has seen all rows
 * @encoding: what they were read with
 * @delimiter: what parts their fields
 * @error: return location for %BUD_SOURCE_ERROR_KEY
 *
 * Returns: (transfer full): what the file looks like, or %NULL with @error set when the key that a
 *   person chose is empty in every row
 */
BudSourceShape *
bud_csv_inspection_to_shape (BudCsvInspection  *self,
                             const char        *encoding,
                             char               delimiter,
                             GError           **error)
{
  g_autoptr(BudSourceShape) shape = NULL;

  g_return_val_if_fail (self != NULL && self->fields != NULL, NULL);

  if (self->wanted_key != NULL && self->n_rows > 0 && !self->guesses[self->key].has_value)
    {
      g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_KEY,
                   _("The field “%s” is empty in every row, so it cannot identify customers. "
                     "Choose another one."), self->wanted_key);
      return NULL;
    }

  shape = g_new0 (BudSourceShape, 1);
  shape->fields = make_fields (self);
  shape->key = self->key_guess != NULL ? bud_csv_key_guess_get (self->key_guess) : self->key;
  shape->encoding = g_strdup (encoding);
  shape->delimiter = delimiter;
  shape->n_rows = self->n_rows;

  return g_steal_pointer (&shape);
}
