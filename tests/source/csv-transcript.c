/* csv-transcript.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "csv-transcript.h"

static const char *const reasons[] = {
  "ragged", "nul", "too-long", "undecodable", "quote", "type", "empty-key", "duplicate-key"
};

gboolean
csv_transcript_row (const BudCsvRow  *row,
                    gpointer          data,
                    GError          **error)
{
  GString *out = data;

  g_string_append_printf (out, "%" G_GINT64_FORMAT ":", row->line);
  for (gsize i = 0; i < row->n_fields; i++)
    {
      g_assert_cmpuint (strlen (row->fields[i]), ==, row->lengths[i]);
      g_assert_true (g_utf8_validate (row->fields[i], -1, NULL));
      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", row->fields[i]);
    }
  g_assert_true (g_utf8_validate (row->raw, -1, NULL));
  g_assert_cmpuint (strlen (row->raw), <=, BUD_CSV_MAX_RAW + 3);
  g_string_append_c (out, '\n');

  return TRUE;
}

gboolean
csv_transcript_reject (const BudReject  *reject,
                       gpointer          data,
                       GError          **error)
{
  GString *out = data;

  g_assert_true (g_utf8_validate (reject->raw, -1, NULL));
  /* A bad byte takes three as the replacement character. */
  g_assert_cmpuint (strlen (reject->raw), <=, 3 * BUD_CSV_MAX_RAW + 3);
  g_string_append_printf (out, "!%" G_GINT64_FORMAT ".%u %s %s\n", reject->line, reject->column,
                          reasons[reject->reason], reject->raw);

  return TRUE;
}
