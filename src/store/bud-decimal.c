/* bud-decimal.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "bud-decimal.h"

/* The fewest digits that read back as the same number; seventeen always do. */
static void
format_shortest (double  value,
                 char   *out,
                 gsize   size)
{
  static const char *const formats[] = { "%.14e", "%.15e", "%.16e" };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (out, size, formats[i], value);
      if (g_ascii_strtod (out, NULL) == value)
        return;
    }
}

/**
 * bud_decimal_format:
 * @value: a finite number
 * @out: where to write
 *
 * Writes @value as bud_value_canonical() writes a decimal: no exponent, no trailing zeros.
 *
 * Returns: (transfer none): @out
 */
const char *
bud_decimal_format (double value,
                    char   out[BUD_DECIMAL_SIZE])
{
  char scientific[40];
  char digits[20];
  gsize n_digits = 0;
  char *end = out;
  int point;

  g_return_val_if_fail (isfinite (value), NULL);

  format_shortest (fabs (value), scientific, sizeof scientific);
  for (const char *p = scientific; *p != 'e'; p++)
    {
      if (g_ascii_isdigit (*p))
        digits[n_digits++] = *p;
    }
  while (n_digits > 1 && digits[n_digits - 1] == '0')
    n_digits--;

  /* How many digits stand before the decimal point. */
  point = g_ascii_strtoll (strchr (scientific, 'e') + 1, NULL, 10) + 1;

  if (value < 0)
    *end++ = '-';
  if (point <= 0)
    *end++ = '0';
  for (int i = 0; i < point; i++)
    *end++ = i < (int) n_digits ? digits[i] : '0';
  if (point < (int) n_digits)
    *end++ = '.';
  for (int i = point; i < (int) n_digits; i++)
    *end++ = i < 0 ? '0' : digits[i];
  *end = '\0';

  return out;
}

/**
 * bud_decimal_parse:
 * @text: canonical text of a decimal or an integer
 * @value: (out): the nearest number
 *
 * Returns: %FALSE when @text is not a finite number
 */
gboolean
bud_decimal_parse (const char *text,
                   double     *value)
{
  char *end;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  *value = g_ascii_strtod (text, &end);

  return *text != '\0' && *end == '\0' && isfinite (*value);
}
