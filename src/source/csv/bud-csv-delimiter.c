/* bud-csv-delimiter.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-csv-delimiter.h"

/* What parts the fields of a file. Each candidate is tried on a sample with the parser itself, so
 * quoted text counts as it will count later. */

static const char candidates[] = ",;\t|";

typedef struct
{
  gsize width;      /* fields of the first row */
  gsize n_rows;
  gsize n_fitting;  /* rows as wide as the first one, with quotes in pairs */
} Trial;

/* A quote without its partner: most likely the wrong delimiter has cut a quoted field. */
static gboolean
has_odd_quotes (const char *field)
{
  gboolean odd = FALSE;

  for (; *field != '\0'; field++)
    odd ^= *field == '"';

  return odd;
}

static gboolean
count_row (const BudCsvRow  *row,
           gpointer          data,
           GError          **error)
{
  Trial *trial = data;
  gboolean fits;

  if (trial->n_rows == 0)
    trial->width = row->n_fields;
  fits = row->n_fields == trial->width;
  for (gsize i = 0; i < row->n_fields && fits; i++)
    fits = !has_odd_quotes (row->fields[i]);
  trial->n_rows++;
  trial->n_fitting += fits;

  return TRUE;
}

static gboolean
count_reject (const BudReject  *reject,
              gpointer          data,
              GError          **error)
{
  Trial *trial = data;

  trial->n_rows++;

  return TRUE;
}

/* 0 when the first row has one field only; else more for more fields, much less for rows that do
 * not fit: half of the rows misfitting weighs as much as sixteen times the columns. */
static double
score (const char *sample,
       gsize       len,
       char        delimiter)
{
  Trial trial = { 0, 0, 0 };
  g_autoptr(BudCsvParser) parser = bud_csv_parser_new (delimiter, count_row, count_reject, &trial);
  double fitting;

  if (!bud_csv_parser_feed (parser, sample, len, NULL) ||
      !bud_csv_parser_finish (parser, NULL) || trial.width < 2)
    return 0;

  fitting = (double) trial.n_fitting / trial.n_rows;

  return fitting * fitting * fitting * fitting * (trial.width - 1);
}

static gboolean
is_delimiter (char byte)
{
  return byte == '\t' || byte == ' ' || g_ascii_ispunct (byte);
}

/* Excel's own way to say it, on the first line: "sep=;" */
static char
delimiter_of_sep_line (const char *sample,
                       gsize       len)
{
  if (len >= 3 && memcmp (sample, "\xef\xbb\xbf", 3) == 0)
    {
      sample += 3;
      len -= 3;
    }

  if (len < 5 || g_ascii_strncasecmp (sample, "sep=", 4) != 0 || !is_delimiter (sample[4]) ||
      sample[4] == '"')
    return '\0';

  return len == 5 || sample[5] == '\r' || sample[5] == '\n' ? sample[4] : '\0';
}

/**
 * bud_csv_delimiter_guess:
 * @sample: (array length=len): the beginning of a file, in UTF-8
 * @len: how many bytes
 *
 * Returns: the delimiter: what a line "sep=;" says, else the candidate of comma, semicolon, tab
 *   and bar that parts rows into the most columns of equal number; a comma when none does
 */
char
bud_csv_delimiter_guess (const char *sample,
                         gsize       len)
{
  char guess = delimiter_of_sep_line (sample, len);
  double best = 0;

  if (guess != '\0')
    return guess;

  guess = ',';
  for (const char *candidate = candidates; *candidate != '\0'; candidate++)
    {
      double value = score (sample, len, *candidate);

      if (value > best)
        {
          best = value;
          guess = *candidate;
        }
    }

  return guess;
}

/**
 * bud_csv_delimiter_parse:
 * @setting: what a person chose: one character, or "tab"
 * @delimiter: (out): return location for the character
 * @error: return location for %BUD_SOURCE_ERROR_FAILED
 *
 * Returns: %FALSE with @error set when that cannot part fields
 */
gboolean
bud_csv_delimiter_parse (const char  *setting,
                         char        *delimiter,
                         GError     **error)
{
  g_return_val_if_fail (setting != NULL, FALSE);
  g_return_val_if_fail (delimiter != NULL, FALSE);

  if (g_ascii_strcasecmp (setting, "tab") == 0 || g_str_equal (setting, "\\t"))
    setting = "\t";

  if (!is_delimiter (setting[0]) || setting[0] == '"' || setting[1] != '\0')
    {
      g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_FAILED,
                   _("“%s” cannot be used as a delimiter. Choose a comma, a semicolon, a tab or "
                     "a bar."), setting);
      return FALSE;
    }

  *delimiter = *setting;

  return TRUE;
}

/**
 * bud_csv_delimiter_is_sep_line:
 * @row: the first row of a file, read with any delimiter
 *
 * Returns: whether it is Excel's "sep=;" and no header row
 */
gboolean
bud_csv_delimiter_is_sep_line (const BudCsvRow *row)
{
  g_return_val_if_fail (row != NULL, FALSE);

  if (g_ascii_strncasecmp (row->fields[0], "sep=", 4) != 0)
    return FALSE;

  /* Its delimiter has parted the line in two, or it is another one than the file is read with. */
  if (row->n_fields == 2)
    return row->lengths[0] == 4 && row->lengths[1] == 0;

  return row->n_fields == 1 && row->lengths[0] == 5;
}
