/* bud-cli-output.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "bud-cli-output.h"

/* Widths are those of the first rows, so that a long list streams. */
#define ROWS_PER_TABLE 500

struct _BudCliOutput
{
  gboolean json;
  gboolean details;
  gboolean headed;
  const BudCliColumn *columns;
  gsize n_columns;
  gsize column;          /* the column that is next */
  JsonBuilder *builder;  /* (owned) (nullable): of the row that is being made, for JSON */
  GPtrArray *cells;      /* (owned) (element-type utf8): all rows that wait, for people */
  GArray *right;         /* (owned) (element-type gboolean): whether a column holds numbers */
};

static BudCliOutput *
output_new (gboolean            json,
            gboolean            details,
            const BudCliColumn *columns,
            gsize               n_columns)
{
  BudCliOutput *self = g_new0 (BudCliOutput, 1);

  self->json = json;
  self->details = details;
  self->columns = columns;
  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->right = g_array_new (FALSE, FALSE, sizeof (gboolean));

  return self;
}

/**
 * bud_cli_output_new_table:
 * @json: for programs rather than people
 * @columns: (array length=n_columns): what each row has; borrowed
 * @n_columns: length of @columns
 *
 * Cells are given one by one; after the last column comes the next row.
 *
 * Returns: (transfer full): an output, printed as it goes and when it is freed
 */
BudCliOutput *
bud_cli_output_new_table (gboolean            json,
                          const BudCliColumn *columns,
                          gsize               n_columns)
{
  return output_new (json, FALSE, columns, n_columns);
}

/**
 * bud_cli_output_new_details:
 * @json: for programs rather than people
 * @columns: (array length=n_columns): what is said; borrowed
 * @n_columns: length of @columns
 *
 * Like bud_cli_output_new_table(), with a line for each value.
 *
 * Returns: (transfer full): an output
 */
BudCliOutput *
bud_cli_output_new_details (gboolean            json,
                            const BudCliColumn *columns,
                            gsize               n_columns)
{
  return output_new (json, TRUE, columns, n_columns);
}

/* JSON */

static char *
build_json (JsonBuilder *builder)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (builder);

  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, NULL);
}

static JsonBuilder *
begin_json (BudCliOutput *self)
{
  if (self->column == 0)
    {
      self->builder = json_builder_new ();
      json_builder_begin_object (self->builder);
    }

  json_builder_set_member_name (self->builder, self->columns[self->column].key);

  return self->builder;
}

static void
end_json (BudCliOutput *self)
{
  g_autofree char *text = NULL;

  if (++self->column < self->n_columns)
    return;

  json_builder_end_object (self->builder);
  text = build_json (self->builder);
  g_print ("%s\n", text);
  g_clear_object (&self->builder);
  self->column = 0;
}

/* For people */

static void
print_cell (const char *text,
            int         width,
            gboolean    right,
            gboolean    last)
{
  int padding = MAX (0, width - (int) g_utf8_strlen (text, -1));

  if (right)
    g_print ("%*s%s", padding, "", text);
  else if (last)
    g_print ("%s", text);
  else
    g_print ("%s%*s", text, padding, "");

  g_print ("%s", last ? "\n" : "  ");
}

static const char *
get_cell (BudCliOutput *self,
          gsize         row,
          gsize         column)
{
  return g_ptr_array_index (self->cells, row * self->n_columns + column);
}

static gboolean
is_right (BudCliOutput *self,
          gsize         column)
{
  return column < self->right->len && g_array_index (self->right, gboolean, column);
}

static void
print_table (BudCliOutput *self)
{
  gsize n_rows = self->cells->len / self->n_columns;
  g_autofree int *widths = g_new0 (int, self->n_columns);

  for (gsize c = 0; c < self->n_columns; c++)
    {
      widths[c] = g_utf8_strlen (_(self->columns[c].label), -1);
      for (gsize r = 0; r < n_rows; r++)
        widths[c] = MAX (widths[c], (int) g_utf8_strlen (get_cell (self, r, c), -1));
    }

  for (gsize c = 0; c < self->n_columns && !self->headed; c++)
    print_cell (_(self->columns[c].label), widths[c], is_right (self, c),
                c + 1 == self->n_columns);

  for (gsize r = 0; r < n_rows; r++)
    {
      for (gsize c = 0; c < self->n_columns; c++)
        print_cell (get_cell (self, r, c), widths[c], is_right (self, c),
                    c + 1 == self->n_columns);
    }

  self->headed = TRUE;
}

static void
print_details (BudCliOutput *self)
{
  int width = 0;

  for (gsize c = 0; c < self->n_columns; c++)
    width = MAX (width, (int) g_utf8_strlen (_(self->columns[c].label), -1));

  for (gsize i = 0; i < self->cells->len; i++)
    {
      const char *value = g_ptr_array_index (self->cells, i);

      if (*value == '\0')
        continue;

      print_cell (_(self->columns[i % self->n_columns].label), width, FALSE, FALSE);
      print_cell (value, 0, FALSE, TRUE);
    }
}

static void
flush (BudCliOutput *self)
{
  if (self->cells->len == 0)
    return;

  if (self->details)
    print_details (self);
  else
    print_table (self);

  g_ptr_array_set_size (self->cells, 0);
  g_array_set_size (self->right, 0);
}

/* Takes ownership of @text. */
static void
add_cell (BudCliOutput *self,
          char         *text,
          gboolean      right)
{
  g_ptr_array_add (self->cells, text);
  if (self->right->len < self->n_columns)
    g_array_append_val (self->right, right);

  if (self->cells->len == self->n_columns * ROWS_PER_TABLE)
    flush (self);
}

/* Cells */

void
bud_cli_output_text (BudCliOutput *self,
                     const char   *value)
{
  if (!self->json)
    {
      add_cell (self, g_strdup (value != NULL ? value : ""), FALSE);
      return;
    }

  if (value != NULL)
    json_builder_add_string_value (begin_json (self), value);
  else
    json_builder_add_null_value (begin_json (self));
  end_json (self);
}

void
bud_cli_output_number (BudCliOutput *self,
                       gint64        value)
{
  if (!self->json)
    {
      add_cell (self, g_strdup_printf ("%'" G_GINT64_FORMAT, value), TRUE);
      return;
    }

  json_builder_add_int_value (begin_json (self), value);
  end_json (self);
}

void
bud_cli_output_flag (BudCliOutput *self,
                     gboolean      value)
{
  if (!self->json)
    {
      add_cell (self, g_strdup (value ? _("yes") : _("no")), FALSE);
      return;
    }

  json_builder_add_boolean_value (begin_json (self), value);
  end_json (self);
}

/**
 * bud_cli_output_time:
 * @self: an output
 * @unix_seconds: an instant, or 0 for never
 *
 * People see it in their own time zone and format, programs as ISO 8601 in UTC.
 */
void
bud_cli_output_time (BudCliOutput *self,
                     gint64        unix_seconds)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *text = NULL;

  if (unix_seconds == 0)
    {
      bud_cli_output_text (self, self->json ? NULL : _("never"));
      return;
    }

  text = self->json ? g_date_time_format_iso8601 (utc) : g_date_time_format (local, "%x %H:%M:%S");
  bud_cli_output_text (self, text);
}

void
bud_cli_output_list (BudCliOutput      *self,
                     const char *const *values)
{
  if (!self->json)
    {
      add_cell (self, g_strjoinv (C_("list", ", "), (GStrv) values), FALSE);
      return;
    }

  json_builder_begin_array (begin_json (self));
  for (gsize i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (self->builder, values[i]);
  json_builder_end_array (self->builder);
  end_json (self);
}

/**
 * bud_cli_output_choice:
 * @self: an output
 * @nick: the stable name, for programs
 * @label: the same for people, translated
 */
void
bud_cli_output_choice (BudCliOutput *self,
                       const char   *nick,
                       const char   *label)
{
  bud_cli_output_text (self, self->json ? nick : label);
}

void
bud_cli_output_free (BudCliOutput *self)
{
  flush (self);
  g_clear_object (&self->builder);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->right);
  g_free (self);
}

/**
 * bud_cli_output_error:
 * @code: the error's code
 * @message: what happened, for people
 *
 * Prints an error as JSON on the standard error stream.
 */
void
bud_cli_output_error (const char *code,
                      const char *message)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_add_string_value (builder, message);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code);
  json_builder_end_object (builder);

  text = build_json (builder);
  g_printerr ("%s\n", text);
}
