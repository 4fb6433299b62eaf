/* bud-field.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-error.h"
#include "bud-field.h"
#include "bud-text.h"

struct _BudField
{
  gatomicrefcount ref_count;
  char *name;
  char *column;
  BudFieldType type;
};

G_DEFINE_BOXED_TYPE (BudField, bud_field, bud_field_ref, bud_field_unref)

/**
 * bud_field_new:
 * @name: what people call the field, as in the source's header row
 * @type: what its values are
 * @column: the column that holds it in the store
 *
 * Returns: (transfer full): an immutable description of one customer field
 */
BudField *
bud_field_new (const char   *name,
               BudFieldType  type,
               const char   *column)
{
  BudField *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (column != NULL, NULL);

  self = g_new0 (BudField, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->column = g_strdup (column);
  self->type = type;

  return self;
}

BudField *
bud_field_ref (BudField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_field_unref (BudField *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_free (self->column);
  g_free (self);
}

const char *
bud_field_get_name (const BudField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

BudFieldType
bud_field_get_field_type (const BudField *self)
{
  g_return_val_if_fail (self != NULL, BUD_FIELD_TEXT);

  return self->type;
}

const char *
bud_field_get_column (const BudField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->column;
}

/**
 * bud_field_find:
 * @fields: (element-type BudField): the known fields
 * @name: a field's name; upper and lower case are the same when only one field fits
 *
 * Returns: (transfer none) (nullable): the field of that name; %NULL also when several fit
 */
BudField *
bud_field_find (GPtrArray  *fields,
                const char *name)
{
  g_autofree char *folded = NULL;
  BudField *match = NULL;
  guint n_matches = 0;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  folded = bud_text_fold (name);

  for (guint i = 0; i < fields->len; i++)
    {
      BudField *field = g_ptr_array_index (fields, i);
      g_autofree char *candidate = NULL;

      if (g_str_equal (field->name, name))
        return field;

      candidate = bud_text_fold (field->name);
      if (g_str_equal (candidate, folded))
        {
          match = field;
          n_matches++;
        }
    }

  return n_matches == 1 ? match : NULL;
}

/**
 * bud_field_require:
 * @fields: (element-type BudField): the known fields
 * @name: a field's name
 * @error: return location for %BUD_ERROR_NOT_FOUND
 *
 * Like bud_field_find(), with an error that offers the nearest name.
 *
 * Returns: (transfer none): the field, or %NULL with @error set
 */
BudField *
bud_field_require (GPtrArray   *fields,
                   const char  *name,
                   GError     **error)
{
  g_autoptr(GPtrArray) names = NULL;
  BudField *field;
  const char *nearest;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if ((field = bud_field_find (fields, name)) != NULL)
    return field;

  names = g_ptr_array_new ();
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (names, ((BudField *) g_ptr_array_index (fields, i))->name);

  nearest = bud_text_nearest (name, (const char *const *) names->pdata, names->len);
  if (nearest != NULL)
    g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND,
                 /* Translators: both are names of customer fields */
                 _("There is no field called “%s”. Did you mean “%s”?"), name, nearest);
  else
    g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND,
                 _("There is no field called “%s”."), name);

  return NULL;
}

/**
 * bud_field_type_to_label:
 * @type: a field type
 *
 * Returns: (transfer none): the type in the user's language
 */
const char *
bud_field_type_to_label (BudFieldType type)
{
  switch (type)
    {
    case BUD_FIELD_TEXT:
      return C_("field type", "text");
    case BUD_FIELD_INTEGER:
      return C_("field type", "whole number");
    case BUD_FIELD_DECIMAL:
      return C_("field type", "decimal number");
    case BUD_FIELD_DATE:
      return C_("field type", "date");
    case BUD_FIELD_BOOLEAN:
      return C_("field type", "yes/no");
    }

  g_return_val_if_reached (NULL);
}
