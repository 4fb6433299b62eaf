/* bud-json-text.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-json-text.h"

/**
 * bud_json_text_is:
 * @self: a text
 * @plain: what to compare with, of characters that are never escaped
 *
 * Returns: whether the text is written exactly like @plain
 */
gboolean
bud_json_text_is (const BudJsonText *self,
                  const char        *plain)
{
  gsize length = strlen (plain);

  return self->length == length && memcmp (self->data, plain, length) == 0;
}

/* The four hexadecimal digits after "\u". */
static gunichar
read_unit (const char *digits)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit << 4 | (gunichar) g_ascii_xdigit_value (digits[i]);

  return unit;
}

/* Appends the character of a "\uXXXX", or of a pair of them; returns what follows. */
static const char *
append_numbered (const char *cursor,
                 const char *end,
                 GString    *out)
{
  gunichar unit = read_unit (cursor + 2);

  cursor += 6;
  if (unit >= 0xd800 && unit < 0xdc00 && end - cursor >= 6 && cursor[0] == '\\' &&
      cursor[1] == 'u')
    {
      gunichar low = read_unit (cursor + 2);

      if (low >= 0xdc00 && low < 0xe000)
        {
          unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
          cursor += 6;
        }
    }

  /* Half a pair is no character, and a zero would end the text for every reader after us. */
  if (unit == 0 || (unit >= 0xd800 && unit < 0xe000))
    unit = 0xfffd;
  g_string_append_unichar (out, unit);

  return cursor;
}

static const char *
append_unescaped (const char *cursor,
                  const char *end,
                  GString    *out)
{
  switch (cursor[1])
    {
    case 'b':
      g_string_append_c (out, '\b');
      break;
    case 'f':
      g_string_append_c (out, '\f');
      break;
    case 'n':
      g_string_append_c (out, '\n');
      break;
    case 'r':
      g_string_append_c (out, '\r');
      break;
    case 't':
      g_string_append_c (out, '\t');
      break;
    case 'u':
      return append_numbered (cursor, end, out);
    default:
      g_string_append_c (out, cursor[1]);
      break;
    }

  return cursor + 2;
}

/**
 * bud_json_text_append:
 * @self: a text that a scanner gave
 * @out: gets the text without escapes, valid UTF-8: what is not a character becomes U+FFFD
 */
void
bud_json_text_append (const BudJsonText *self,
                      GString           *out)
{
  const char *cursor = self->data;
  const char *end = self->data + self->length;
  gsize start;

  g_return_if_fail (out != NULL);

  start = out->len;
  while (cursor < end)
    {
      const char *slash = memchr (cursor, '\\', end - cursor);

      g_string_append_len (out, cursor, (slash != NULL ? slash : end) - cursor);
      cursor = slash != NULL ? append_unescaped (slash, end, out) : end;
    }

  if (!g_utf8_validate_len (out->str + start, out->len - start, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (out->str + start, out->len - start);

      g_string_truncate (out, start);
      g_string_append (out, valid);
    }
}
