/* bud-csv.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv.h"

/* A cell that begins like this is run as a formula by a spreadsheet, the last four being the
 * full-width forms of the first: https://owasp.org/www-community/attacks/CSV_Injection
 * A plain negative number is no exception: a safe report is worth an apostrophe. */
static const char *const formula_starts[] = {
  "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", NULL,
};

static gboolean
begins_formula (const char *value)
{
  for (const char *const *start = formula_starts; *start != NULL; start++)
    {
      if (g_str_has_prefix (value, *start))
        return TRUE;
    }

  return FALSE;
}

static void
append_value (GString    *out,
              const char *value)
{
  gboolean guarded = begins_formula (value);

  if (!guarded && strpbrk (value, ",\"\r\n") == NULL)
    {
      g_string_append (out, value);
      return;
    }

  g_string_append (out, guarded ? "\"'" : "\"");
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *value);
    }
  g_string_append_c (out, '"');
}

/**
 * bud_csv_append_row:
 * @out: where the row goes
 * @values: (array length=n_values): UTF-8; %NULL is an empty cell
 * @n_values: number of cells
 *
 * Writes a row as RFC 4180 has it, with an apostrophe before anything that a spreadsheet would
 * run as a formula.
 */
void
bud_csv_append_row (GString           *out,
                    const char *const *values,
                    gsize              n_values)
{
  g_return_if_fail (out != NULL);

  for (gsize i = 0; i < n_values; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (values[i] != NULL)
        append_value (out, values[i]);
    }

  g_string_append (out, "\r\n");
}
