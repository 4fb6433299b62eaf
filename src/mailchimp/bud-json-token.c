/* bud-json-token.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-json-token.h"
#include "bud-json-word.h"

/* Passes the plain bytes of a string, eight at a time: stops at a quote, a backslash, a control
 * character, or less than eight bytes before the end. */
static inline const char *
pass_plain_words (const char *cursor,
                  const char *end)
{
  while (end - cursor >= 8)
    {
      guint64 word, stops;

      memcpy (&word, cursor, sizeof word);
      stops = bud_json_word_stops (GUINT64_FROM_LE (word));
      if (stops != 0)
        return cursor + __builtin_ctzll (stops) / 8;
      cursor += 8;
    }

  return cursor;
}

/* RFC 8259 §7. The cursor is at the backslash. */
static gboolean
pass_escape (BudJsonScanner *self)
{
  const char *cursor = self->cursor + 1;

  if (cursor == self->end || *cursor == '\0' || strchr ("\"\\/bfnrtu", *cursor) == NULL)
    return _bud_json_fail (self);

  if (*cursor == 'u')
    {
      if (self->end - cursor < 5)
        return _bud_json_fail (self);
      for (guint i = 0; i < 4; i++)
        if (!g_ascii_isxdigit (*++cursor))
          return _bud_json_fail (self);
    }

  self->cursor = cursor + 1;

  return TRUE;
}

/* Passes a string whose first quote the cursor is at; @text, if not NULL, gets its inside. */
gboolean
_bud_json_pass_string (BudJsonScanner *self,
                       BudJsonText    *text)
{
  const char *start = ++self->cursor;

  for (;;)
    {
      self->cursor = pass_plain_words (self->cursor, self->end);
      if (self->cursor == self->end)
        return _bud_json_fail (self);

      if (*self->cursor == '"')
        break;

      if (*self->cursor == '\\')
        {
          if (!pass_escape (self))
            return FALSE;
        }
      else if ((unsigned char) *self->cursor < 0x20)
        {
          return _bud_json_fail (self);
        }
      else
        {
          self->cursor++;
        }
    }

  if (text != NULL)
    *text = (BudJsonText) { start, self->cursor - start };
  self->cursor++;

  return TRUE;
}

static gboolean
pass_digits (BudJsonScanner *self)
{
  const char *start = self->cursor;

  while (self->cursor < self->end && g_ascii_isdigit (*self->cursor))
    self->cursor++;

  return self->cursor > start || _bud_json_fail (self);
}

static inline gboolean
pass_if (BudJsonScanner *self,
         char            wanted)
{
  if (self->cursor == self->end || *self->cursor != wanted)
    return FALSE;

  self->cursor++;

  return TRUE;
}

/* RFC 8259 §6. */
static gboolean
pass_number (BudJsonScanner *self)
{
  pass_if (self, '-');
  if (!pass_if (self, '0') && !pass_digits (self))
    return FALSE;

  if (pass_if (self, '.') && !pass_digits (self))
    return FALSE;

  if (pass_if (self, 'e') || pass_if (self, 'E'))
    {
      if (!pass_if (self, '+'))
        pass_if (self, '-');
      return pass_digits (self);
    }

  return TRUE;
}

static gboolean
pass_word (BudJsonScanner *self,
           const char     *word,
           gsize           length)
{
  if ((gsize) (self->end - self->cursor) < length || memcmp (self->cursor, word, length) != 0)
    return _bud_json_fail (self);

  self->cursor += length;

  return TRUE;
}

/* Passes a string, number or word that begins with @first, the byte at the cursor. */
gboolean
_bud_json_pass_scalar (BudJsonScanner *self,
                       char            first)
{
  switch (first)
    {
    case '"':
      return _bud_json_pass_string (self, NULL);
    case 't':
      return pass_word (self, "true", 4);
    case 'f':
      return pass_word (self, "false", 5);
    case 'n':
      return pass_word (self, "null", 4);
    default:
      return pass_number (self);
    }
}
