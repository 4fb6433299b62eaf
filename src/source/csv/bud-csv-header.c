/* bud-csv-header.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-csv-header.h"
#include "bud-csv-reader.h"
#include "bud-enums.h"
#include "bud-text.h"

/* The header row of a file, made into fields with names that people can tell apart. */

/* Line breaks and tabs in a name would break tables and rules. */
static char *
clean_name (const BudCsvRow *row,
            gsize            i)
{
  gsize len;
  char *name = bud_csv_row_trim (row, i, &len);

  for (gsize at = 0; at < len; at++)
    {
      if (g_ascii_iscntrl (name[at]))
        name[at] = ' ';
    }

  /* Translators: name for a column without one; the number is its place in the file */
  return len > 0 ? g_strdup (name) : g_strdup_printf (_("Column %u"), (guint) i + 1);
}

/* Names that differ in upper and lower case only are the same to people. */
static char *
unique_name (GHashTable *taken,
             const char *name)
{
  g_autofree char *folded = bud_text_fold (name);
  g_autofree char *candidate = g_strdup (name);

  for (guint n = 2; !g_hash_table_add (taken, g_strdup (folded)); n++)
    {
      g_free (candidate);
      candidate = g_strdup_printf ("%s %u", name, n);
      g_free (folded);
      folded = bud_text_fold (candidate);
    }

  return g_steal_pointer (&candidate);
}

/**
 * bud_csv_header_to_fields:
 * @row: the header row
 *
 * Returns: (transfer full) (element-type BudField): a text field for each column, with a name made
 *   for an empty one ("Column 3") and a number after one that was there before ("email 2")
 */
GPtrArray *
bud_csv_header_to_fields (const BudCsvRow *row)
{
  g_autoptr(GHashTable) taken = NULL;
  GPtrArray *fields;

  g_return_val_if_fail (row != NULL, NULL);

  taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);

  for (gsize i = 0; i < row->n_fields; i++)
    {
      g_autofree char *clean = clean_name (row, i);
      g_autofree char *name = unique_name (taken, clean);
      g_autofree char *column = g_strdup_printf ("c%u", (guint) i);

      g_ptr_array_add (fields, bud_field_new (name, BUD_FIELD_TEXT, column));
    }

  return fields;
}

/**
 * bud_csv_header_find:
 * @fields: (element-type BudField): the fields of a file
 * @name: a field's name
 * @code: what it is an error of when there is no such field
 * @error: return location for @code
 *
 * Returns: index of the field, or -1 with @error set, which offers the nearest name
 */
int
bud_csv_header_find (GPtrArray       *fields,
                     const char      *name,
                     BudSourceError   code,
                     GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  BudField *field = bud_field_require (fields, name, &local_error);
  guint index = 0;

  if (field == NULL)
    {
      g_set_error_literal (error, BUD_SOURCE_ERROR, code, local_error->message);
      return -1;
    }
  g_ptr_array_find (fields, field, &index);

  return index;
}

/**
 * bud_csv_header_apply:
 * @fields: (element-type BudField): the fields of a file
 * @types: (array zero-terminated=1): "field=type" with the nick of a #BudFieldType
 * @chosen: (array): gets the type of each field that is named, the others stay as they are
 * @error: return location for %BUD_SOURCE_ERROR_HEADER
 *
 * Returns: %FALSE with @error set when there is no such field or type
 */
gboolean
bud_csv_header_apply (GPtrArray          *fields,
                      const char *const  *types,
                      int                *chosen,
                      GError            **error)
{
  for (; *types != NULL; types++)
    {
      const char *equals = strrchr (*types, '=');
      int type = equals != NULL ? bud_enum_parse (BUD_TYPE_FIELD_TYPE, equals + 1, -1) : -1;
      g_autofree char *name = NULL;
      int index;

      if (type < 0)
        {
          g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_HEADER,
                       /* Translators: do not translate the five names of types */
                       _("“%s” does not say what type a field has. Write it as “field=type”, "
                         "with one of text, integer, decimal, date and boolean."), *types);
          return FALSE;
        }

      name = g_strndup (*types, equals - *types);
      index = bud_csv_header_find (fields, name, BUD_SOURCE_ERROR_HEADER, error);
      if (index < 0)
        return FALSE;
      chosen[index] = type;
    }

  return TRUE;
}
