/* source-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bud-enums.h"
#include "bud-text.h"
#include "source-fixture.h"

static const char *const reasons[] = {
  "ragged", "nul", "too-long", "undecodable", "quote", "type", "empty-key", "duplicate-key"
};

/* @len as in g_file_set_contents(): -1 for text. */
void
source_fixture_init (SourceFixture *self,
                     const char    *bytes,
                     gssize         len)
{
  self->path = g_build_filename (g_get_user_data_dir (), "Kunder Ålesund.csv", NULL);
  self->origin = g_object_new (BUD_TYPE_ORIGIN, "type", "csv", "location", self->path, NULL);
  self->source = NULL;
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  source_fixture_write (self, bytes, len);
}

void
source_fixture_clear (SourceFixture *self)
{
  if (self->source != NULL)
    g_assert_finalize_object (self->source);
  g_assert_finalize_object (self->origin);
  g_unlink (self->path);
  g_free (self->path);
}

void
source_fixture_write (SourceFixture *self,
                      const char    *bytes,
                      gssize         len)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (self->path, bytes, len, &error);
  g_assert_no_error (error);
}

BudSourceShape *
source_fixture_inspect (SourceFixture  *self,
                        GError        **error)
{
  if (self->source == NULL)
    self->source = bud_source_new (self->origin, error);

  return self->source != NULL ? bud_source_inspect (self->source, NULL, NULL, NULL, error) : NULL;
}

static gboolean
add_row (const BudSourceRow  *row,
         gpointer             data,
         GError             **error)
{
  GString *out = data;

  g_string_append_printf (out, "%" G_GINT64_FORMAT " %s:", row->line, row->id);
  for (gsize i = 0; i < row->n_values; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "",
                            row->values[i] != NULL ? row->values[i] : "-");
  g_string_append_c (out, '\n');
  g_assert_nonnull (row->raw);

  return TRUE;
}

static gboolean
add_reject (const BudReject  *reject,
            gpointer          data,
            GError          **error)
{
  g_string_append_printf (data, "!%" G_GINT64_FORMAT ".%u %s %s\n", reject->line, reject->column,
                          reasons[reject->reason], reject->raw);

  return TRUE;
}

/* Returns rows as "2 42:42|Kari|-" and rejects as "!3.2 quote raw", NULL with an error. */
char *
source_fixture_read (SourceFixture         *self,
                     const BudSourceShape  *shape,
                     GError               **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (!bud_source_read (self->source, shape, add_row, add_reject, NULL, out, NULL, error))
    return NULL;

  return g_strdup (out->str);
}

/* Returns "UTF-8 , rows=2 key=0 id:integer,email:text". */
char *
source_shape_to_text (const BudSourceShape *shape)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s %s rows=%" G_GINT64_FORMAT " key=%d", shape->encoding,
                          shape->delimiter == '\t' ? "tab" : (char[]) { shape->delimiter, '\0' },
                          shape->n_rows, shape->key);
  for (guint i = 0; i < shape->fields->len; i++)
    {
      BudField *field = g_ptr_array_index (shape->fields, i);
      g_autofree char *column = g_strdup_printf ("c%u", i);

      g_assert_cmpstr (bud_field_get_column (field), ==, column);
      g_string_append_printf (out, "%s%s:%s", i > 0 ? "," : " ", bud_field_get_name (field),
                              bud_enum_nick (BUD_TYPE_FIELD_TYPE,
                                             bud_field_get_field_type (field)));
    }

  return g_string_free (out, FALSE);
}

char *
encode (const char *text,
        const char *encoding,
        const char *mark,
        gsize       mark_len,
        gsize      *len)
{
  g_autoptr(GError) error = NULL;
  gsize n;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &n, &error);
  char *all;

  g_assert_no_error (error);
  *len = mark_len + n;
  all = g_malloc (*len + 1);
  memcpy (all, mark, mark_len);
  memcpy (all + mark_len, bytes, n);

  return all;
}
