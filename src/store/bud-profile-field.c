/* bud-profile-field.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-error.h"
#include "bud-profile-field.h"
#include "bud-text.h"

static void
profile_field_free (gpointer data)
{
  BudProfileField *self = data;

  g_free (self->name);
  g_free (self->folded);
  g_free (self->places);
  g_free (self);
}

static BudProfileField *
profile_field_new (const BudField *field,
                   char           *folded,
                   guint           n_sources)
{
  BudProfileField *self = g_new0 (BudProfileField, 1);

  self->name = g_strdup (bud_field_get_name (field));
  self->folded = folded;
  self->type = bud_field_get_field_type (field);
  self->places = g_new (int, n_sources);
  for (guint i = 0; i < n_sources; i++)
    self->places[i] = -1;

  return self;
}

/**
 * bud_profile_merge:
 * @sources: (element-type GPtrArray): the fields of each source, in the order of the sources
 *
 * Fields of the same name, in upper or lower case, are one. When sources differ about its type it
 * is text, which can hold every value.
 *
 * Returns: (transfer full) (element-type BudProfileField): the fields of a profile
 */
GPtrArray *
bud_profile_merge (GPtrArray *sources)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *merged = g_ptr_array_new_with_free_func (profile_field_free);

  for (guint s = 0; s < sources->len; s++)
    {
      GPtrArray *fields = g_ptr_array_index (sources, s);

      for (guint i = 0; i < fields->len; i++)
        {
          BudField *field = g_ptr_array_index (fields, i);
          g_autofree char *folded = bud_text_fold (bud_field_get_name (field));
          BudProfileField *profile_field = g_hash_table_lookup (by_name, folded);

          if (profile_field == NULL)
            {
              profile_field = profile_field_new (field, g_steal_pointer (&folded), sources->len);
              g_hash_table_insert (by_name, profile_field->folded, profile_field);
              g_ptr_array_add (merged, profile_field);
            }
          if (profile_field->type != bud_field_get_field_type (field))
            {
              profile_field->type = BUD_FIELD_TEXT;
              profile_field->is_mixed = TRUE;
            }
          profile_field->places[s] = i;
        }
    }

  return merged;
}

/**
 * bud_profile_check_fields:
 * @fields: (element-type BudField): the fields of one source
 * @error: return location for %BUD_ERROR_INVALID
 *
 * Returns: whether no two of them have the same name
 */
gboolean
bud_profile_check_fields (GPtrArray  *fields,
                          GError    **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const char *name = bud_field_get_name (g_ptr_array_index (fields, i));

      if (!g_hash_table_add (seen, bud_text_fold (name)))
        {
          g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                       _("Two fields of the source are called “%s”. Rename one of them."), name);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * bud_profile_set_number_error:
 * @error: return location for %BUD_ERROR_INVALID
 * @field: a field of numbers that was given something else
 */
void
bud_profile_set_number_error (GError         **error,
                              const BudField  *field)
{
  g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
               _("A value of the field “%s” is not a number."), bud_field_get_name (field));
}
