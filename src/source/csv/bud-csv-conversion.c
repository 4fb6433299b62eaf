/* bud-csv-conversion.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv-conversion.h"
#include "bud-csv-header.h"
#include "bud-csv-reader.h"
#include "bud-value.h"

/* What the second pass makes of a file's rows: canonical values and the customer id. */

#define NOWHERE G_MAXSIZE

struct _BudCsvConversion
{
  const BudSourceShape *shape; /* (unowned) */
  BudCsvFile *file;            /* (unowned) */
  BudSourceRowFunc row;
  BudSourceRejectFunc reject;
  gpointer data;

  BudFieldType *types; /* (owned) */
  const char **values; /* (owned): of the row at hand */
  gsize *places;       /* (owned): where in text a value was put, or NOWHERE */
  GString *text;       /* (owned): canonical values of the row, each ended by a NUL */
};

/**
 * bud_csv_conversion_new:
 * @shape: what bud_source_inspect() found; must outlive the conversion
 * @file: the file; must outlive the conversion
 * @row: gets each customer
 * @reject: gets each row that cannot be used
 * @data: for both
 *
 * Returns: (transfer full): a conversion
 */
BudCsvConversion *
bud_csv_conversion_new (const BudSourceShape *shape,
                        BudCsvFile           *file,
                        BudSourceRowFunc      row,
                        BudSourceRejectFunc   reject,
                        gpointer              data)
{
  BudCsvConversion *self;

  g_return_val_if_fail (shape != NULL, NULL);

  self = g_new0 (BudCsvConversion, 1);
  self->shape = shape;
  self->file = file;
  self->row = row;
  self->reject = reject;
  self->data = data;
  self->types = g_new (BudFieldType, shape->fields->len);
  for (guint i = 0; i < shape->fields->len; i++)
    self->types[i] = bud_field_get_field_type (g_ptr_array_index (shape->fields, i));
  self->values = g_new0 (const char *, shape->fields->len);
  self->places = g_new (gsize, shape->fields->len);
  self->text = g_string_new (NULL);

  return self;
}

void
bud_csv_conversion_free (BudCsvConversion *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->types);
  g_free (self->values);
  g_free (self->places);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * bud_csv_conversion_begin:
 * @header: the header row
 * @data: a #BudCsvConversion
 * @error: return location for %BUD_SOURCE_ERROR_CHANGED
 *
 * Returns: %FALSE with @error set when the fields are not those of the shape
 */
gboolean
bud_csv_conversion_begin (const BudCsvRow  *header,
                          gpointer          data,
                          GError          **error)
{
  BudCsvConversion *self = data;
  g_autoptr(GPtrArray) fields = bud_csv_header_to_fields (header);
  gboolean same = fields->len == self->shape->fields->len;

  for (guint i = 0; same && i < fields->len; i++)
    same = g_str_equal (bud_field_get_name (g_ptr_array_index (fields, i)),
                        bud_field_get_name (g_ptr_array_index (self->shape->fields, i)));

  if (!same)
    bud_csv_file_set_changed_error (self->file, error);

  return same;
}

static gboolean
reject_row (BudCsvConversion  *self,
            const BudCsvRow   *row,
            BudRejectReason    reason,
            gsize              column,
            GError           **error)
{
  BudReject reject = { row->line, column + 1, reason, row->raw };

  return self->reject (&reject, self->data, error);
}

/* Returns FALSE when the value is not of the field's type. */
static gboolean
convert_value (BudCsvConversion *self,
               gsize             i,
               const char       *value,
               gsize             len)
{
  self->places[i] = NOWHERE;
  self->values[i] = len > 0 ? value : NULL;
  if (len == 0 || self->types[i] == BUD_FIELD_TEXT)
    return TRUE;

  self->places[i] = self->text->len;
  if (!bud_value_canonical (self->types[i], value, self->text))
    return FALSE;
  g_string_append_c (self->text, '\0');

  return TRUE;
}

/**
 * bud_csv_conversion_add:
 * @row: a well-formed row
 * @data: a #BudCsvConversion
 * @error: return location for what a callback set
 *
 * Hands on the row with canonical values, or rejects it when it has no customer id or a value is
 * not of its field's type.
 *
 * Returns: what the callback returned
 */
gboolean
bud_csv_conversion_add (const BudCsvRow  *row,
                        gpointer          data,
                        GError          **error)
{
  BudCsvConversion *self = data;
  BudSourceRow out = { row->line, NULL, self->values, row->n_fields, row->raw };
  gsize key = self->shape->key;
  gsize id_length;

  out.id = bud_csv_row_trim (row, key, &id_length);
  if (id_length == 0)
    return reject_row (self, row, BUD_REJECT_EMPTY_KEY, key, error);

  g_string_truncate (self->text, 0);
  for (gsize i = 0; i < row->n_fields; i++)
    {
      gsize len = id_length;
      const char *value = i == key ? out.id : bud_csv_row_trim (row, i, &len);

      if (!convert_value (self, i, value, len))
        return reject_row (self, row, BUD_REJECT_TYPE, i, error);
    }

  /* Only now does the text not move any more. */
  for (gsize i = 0; i < row->n_fields; i++)
    {
      if (self->places[i] != NOWHERE)
        self->values[i] = self->text->str + self->places[i];
    }

  return self->row (&out, self->data, error);
}

gboolean
bud_csv_conversion_reject (const BudReject  *reject,
                           gpointer          data,
                           GError          **error)
{
  BudCsvConversion *self = data;

  return self->reject (reject, self->data, error);
}
