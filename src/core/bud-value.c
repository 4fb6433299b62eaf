/* bud-value.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-value.h"

#define MAX_INTEGER_DIGITS 18 /* what fits in 64 bits whatever the digits are */
#define MAX_DECIMAL_LENGTH 40
#define MAX_FRACTION_DIGITS 9 /* nanoseconds */

static const char *const true_words[] = { "true", "yes", "y", "1", "ja", "j", "sann", "x", NULL };
static const char *const false_words[] = { "false", "no", "n", "0", "nei", "usann", NULL };

/* A space between digits, also the no-break and narrow ones that Excel writes in Norwegian. */
static gsize
group_space_length (const char *text)
{
  if (text[0] == ' ')
    return 1;
  if (strncmp (text, "\xc2\xa0", 2) == 0)
    return 2;
  if (strncmp (text, "\xe2\x80\xaf", 3) == 0)
    return 3;

  return 0;
}

/* Copies the digits of a whole number; spaces may part groups of exactly three. */
static const char *
read_digits (const char *text,
             GString    *out,
             guint      *n_digits)
{
  guint in_group = 0;
  gboolean grouped = FALSE;

  *n_digits = 0;

  for (;;)
    {
      gsize space;

      if (g_ascii_isdigit (*text))
        {
          g_string_append_c (out, *text++);
          in_group++;
          (*n_digits)++;
          continue;
        }

      space = group_space_length (text);
      if (space == 0 || !g_ascii_isdigit (text[space]) || in_group == 0 || in_group > 3 ||
          (grouped && in_group != 3))
        break;

      text += space;
      grouped = TRUE;
      in_group = 0;
    }

  return grouped && in_group != 3 ? NULL : text;
}

static void
drop_leading_zeros (GString *out,
                    gsize    start)
{
  gsize digits = start + (out->str[start] == '-');
  gsize zeros = 0;

  while (out->str[digits + zeros] == '0' && g_ascii_isdigit (out->str[digits + zeros + 1]))
    zeros++;
  g_string_erase (out, digits, zeros);

  if (g_str_equal (out->str + start, "-0"))
    g_string_erase (out, start, 1);
}

/* Programs that follow Unicode's Norwegian rules write the true minus sign, U+2212. */
static const char *
read_sign (const char *raw,
           GString    *out)
{
  gsize minus = strlen ("−");

  if (*raw == '+')
    return raw + 1;

  if (*raw == '-')
    minus = 1;
  else if (strncmp (raw, "−", minus) != 0)
    return raw;

  g_string_append_c (out, '-');

  return raw + minus;
}

static gboolean
canonical_integer (const char *raw,
                   GString    *out)
{
  gsize start = out->len;
  guint n_digits;
  const char *end = read_digits (read_sign (raw, out), out, &n_digits);

  if (end == NULL || *end != '\0' || n_digits == 0 || n_digits > MAX_INTEGER_DIGITS)
    return FALSE;

  drop_leading_zeros (out, start);

  return TRUE;
}

static gboolean
canonical_decimal (const char *raw,
                   GString    *out)
{
  gsize start = out->len;
  guint n_digits;
  guint n_decimals = 0;
  const char *end = read_digits (read_sign (raw, out), out, &n_digits);

  if (end == NULL || n_digits == 0)
    return FALSE;

  if (*end == '.' || *end == ',')
    {
      g_string_append_c (out, '.');
      for (end++; g_ascii_isdigit (*end); end++, n_decimals++)
        g_string_append_c (out, *end);
      if (n_decimals == 0)
        return FALSE;

      while (out->str[out->len - 1] == '0')
        g_string_truncate (out, out->len - 1);
      if (out->str[out->len - 1] == '.')
        g_string_truncate (out, out->len - 1);
    }

  if (*end != '\0' || out->len - start > MAX_DECIMAL_LENGTH)
    return FALSE;

  drop_leading_zeros (out, start);

  return TRUE;
}

static int
read_number (const char **text,
             guint        min_digits,
             guint        max_digits)
{
  int number = 0;
  guint n = 0;

  for (; n < max_digits && g_ascii_isdigit (**text); n++)
    number = number * 10 + *(*text)++ - '0';

  return n >= min_digits ? number : -1;
}

static gboolean
read_char (const char **text,
           const char  *any_of)
{
  if (**text == '\0' || strchr (any_of, **text) == NULL)
    return FALSE;

  (*text)++;

  return TRUE;
}

/* "Z", "+01", "+0100" or "+01:00" up to the end; no zone is fine too. */
static gboolean
is_zone (const char *text)
{
  if (read_char (&text, "Z"))
    return *text == '\0';

  if (read_char (&text, "+-"))
    {
      if (read_number (&text, 2, 2) < 0)
        return FALSE;
      if ((read_char (&text, ":") || *text != '\0') && read_number (&text, 2, 2) < 0)
        return FALSE;
    }

  return *text == '\0';
}

/* " 12:34", "T12:34:56", with fractions and zone dropped; nothing at all is fine too. */
static gboolean
append_time (const char *text,
             GString    *out)
{
  int hour, minute;
  int second = 0;

  if (*text == '\0')
    return TRUE;
  if (!read_char (&text, "T "))
    return FALSE;

  hour = read_number (&text, 1, 2);
  if (hour < 0 || hour > 23 || !read_char (&text, ":."))
    return FALSE;
  minute = read_number (&text, 2, 2);
  if (minute < 0 || minute > 59)
    return FALSE;
  if (read_char (&text, ":."))
    second = read_number (&text, 2, 2);
  if (second < 0 || second > 60)
    return FALSE;

  if (read_char (&text, ".,") && read_number (&text, 1, MAX_FRACTION_DIGITS) < 0)
    return FALSE;
  if (!is_zone (text))
    return FALSE;

  g_string_append_printf (out, "T%02d:%02d:%02d", hour, minute, second);

  return TRUE;
}

/* 2026-12-31 (ISO 8601), 31.12.2026 (Norwegian), each with a time of day if there is one. */
static gboolean
canonical_date (const char *raw,
                GString    *out)
{
  const char *text = raw;
  int year, month, day;

  year = read_number (&text, 4, 4);
  if (year >= 0 && read_char (&text, "-"))
    {
      month = read_number (&text, 2, 2);
      if (!read_char (&text, "-"))
        return FALSE;
      day = read_number (&text, 2, 2);
    }
  else
    {
      text = raw;
      day = read_number (&text, 1, 2);
      if (!read_char (&text, "."))
        return FALSE;
      month = read_number (&text, 1, 2);
      if (!read_char (&text, "."))
        return FALSE;
      year = read_number (&text, 4, 4);
    }

  if (day < 1 || month < 1 || year < 1 || !g_date_valid_dmy (day, month, year))
    return FALSE;

  g_string_append_printf (out, "%04d-%02d-%02d", year, month, day);

  return append_time (text, out);
}

static gboolean
is_word (const char *const *words,
         const char        *raw)
{
  for (; *words != NULL; words++)
    {
      if (g_ascii_strcasecmp (*words, raw) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
canonical_boolean (const char *raw,
                   GString    *out)
{
  if (is_word (true_words, raw))
    g_string_append_c (out, '1');
  else if (is_word (false_words, raw))
    g_string_append_c (out, '0');
  else
    return FALSE;

  return TRUE;
}

static void
trim (const char **start,
      const char **end)
{
  while (*start < *end && g_unichar_isspace (g_utf8_get_char (*start)))
    *start = g_utf8_next_char (*start);

  while (*start < *end)
    {
      const char *last = g_utf8_prev_char (*end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      *end = last;
    }
}

/**
 * bud_value_canonical:
 * @type: what the value is meant to be
 * @raw: the value as a source has it, valid UTF-8; white space around it does not count, except
 *   in text
 * @out: the canonical form is appended here; nothing is appended for an empty value
 *
 * Reads what real files hold: decimal comma and point, spaces between groups of three digits,
 * ISO and Norwegian dates, yes and no in English and Norwegian.
 *
 * Returns: %FALSE when @raw is not of @type; @out is then unchanged
 */
gboolean
bud_value_canonical (BudFieldType  type,
                     const char   *raw,
                     GString      *out)
{
  char small[128];
  const char *end;
  gsize start;
  gboolean ok = FALSE;

  g_return_val_if_fail (raw != NULL, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (type == BUD_FIELD_TEXT)
    {
      g_string_append (out, raw);
      return TRUE;
    }

  end = raw + strlen (raw);
  trim (&raw, &end);
  if (raw == end)
    return TRUE;
  if ((gsize) (end - raw) >= sizeof small)
    return FALSE;
  memcpy (small, raw, end - raw);
  small[end - raw] = '\0';

  start = out->len;
  switch (type)
    {
    case BUD_FIELD_INTEGER:
      ok = canonical_integer (small, out);
      break;
    case BUD_FIELD_DECIMAL:
      ok = canonical_decimal (small, out);
      break;
    case BUD_FIELD_DATE:
      ok = canonical_date (small, out);
      break;
    case BUD_FIELD_BOOLEAN:
      ok = canonical_boolean (small, out);
      break;
    case BUD_FIELD_TEXT:
      g_assert_not_reached ();
    }

  if (!ok)
    g_string_truncate (out, start);

  return ok;
}
