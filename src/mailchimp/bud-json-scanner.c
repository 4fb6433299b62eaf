/* bud-json-scanner.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-json-scanner.h"
#include "bud-json-word.h"

static gboolean
fail (BudJsonScanner *self)
{
  self->broken = TRUE;
  self->cursor = self->end;

  return FALSE;
}

/* The next byte that is no white space, without passing it; 0 at the end. */
static inline char
peek (BudJsonScanner *self)
{
  while (self->cursor < self->end)
    {
      char c = *self->cursor;

      if (G_LIKELY (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
        return c;
      self->cursor++;
    }

  return '\0';
}

static inline gboolean
accept (BudJsonScanner *self,
        char            wanted)
{
  if (peek (self) != wanted)
    return fail (self);

  self->cursor++;

  return TRUE;
}

static gboolean
push (BudJsonScanner *self,
      gboolean        object)
{
  if (self->depth == BUD_JSON_DEPTH_MAX)
    return fail (self);

  self->cursor++;
  self->objects = self->objects << 1 | (object ? 1 : 0);
  self->depth++;
  self->fresh = TRUE;

  return TRUE;
}

static void
pop (BudJsonScanner *self)
{
  self->cursor++;
  self->objects >>= 1;
  self->depth--;
  self->fresh = FALSE;
}

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
    return fail (self);

  if (*cursor == 'u')
    {
      if (self->end - cursor < 5)
        return fail (self);
      for (guint i = 0; i < 4; i++)
        if (!g_ascii_isxdigit (*++cursor))
          return fail (self);
    }

  self->cursor = cursor + 1;

  return TRUE;
}

/* Passes a string whose first quote the cursor is at. */
static gboolean
pass_string (BudJsonScanner *self,
             BudJsonText    *text)
{
  const char *start = ++self->cursor;
  gboolean escaped = FALSE;

  for (;;)
    {
      self->cursor = pass_plain_words (self->cursor, self->end);
      if (self->cursor == self->end)
        return fail (self);

      if (*self->cursor == '"')
        break;

      if (*self->cursor == '\\')
        {
          escaped = TRUE;
          if (!pass_escape (self))
            return FALSE;
        }
      else if ((unsigned char) *self->cursor < 0x20)
        {
          return fail (self);
        }
      else
        {
          self->cursor++;
        }
    }

  if (text != NULL)
    *text = (BudJsonText) { start, self->cursor - start, escaped };
  self->cursor++;

  return TRUE;
}

static gboolean
pass_digits (BudJsonScanner *self)
{
  const char *start = self->cursor;

  while (self->cursor < self->end && g_ascii_isdigit (*self->cursor))
    self->cursor++;

  return self->cursor > start || fail (self);
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
    return fail (self);

  self->cursor += length;

  return TRUE;
}

static gboolean
pass_scalar (BudJsonScanner *self,
             char            first)
{
  switch (first)
    {
    case '"':
      return pass_string (self, NULL);
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

static gboolean
pass_key (BudJsonScanner *self,
          BudJsonText    *key)
{
  return (peek (self) == '"' || fail (self)) && pass_string (self, key) && accept (self, ':');
}

static inline gboolean
in_object (BudJsonScanner *self)
{
  return (self->objects & 1) != 0;
}

/* Stands in a container, before its first or after its latest value. Moves to its next value and
 * says %TRUE, or leaves the container and says %FALSE. */
static gboolean
advance (BudJsonScanner *self,
         BudJsonText    *key)
{
  if (peek (self) == (in_object (self) ? '}' : ']'))
    {
      pop (self);
      return FALSE;
    }

  if (!self->fresh && !accept (self, ','))
    return FALSE;
  self->fresh = FALSE;

  return !in_object (self) || pass_key (self, key);
}

/**
 * bud_json_scanner_init:
 * @self: a scanner
 * @data: (array length=length): the document; it must outlive the scanner and its texts
 * @length: its length in bytes
 */
void
bud_json_scanner_init (BudJsonScanner *self,
                       const char     *data,
                       gsize           length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || length == 0);

  *self = (BudJsonScanner) { .cursor = data, .end = data + length };
}

static gboolean
enter (BudJsonScanner *self,
       char            opening)
{
  if (!self->broken && peek (self) == opening)
    return push (self, opening == '{');

  bud_json_scanner_skip (self);

  return FALSE;
}

/**
 * bud_json_scanner_enter_object:
 * @self: a scanner before a value
 *
 * Returns: %TRUE inside the object, to be walked to its end with bud_json_scanner_next_key();
 *   %FALSE when the value is none, and is then skipped
 */
gboolean
bud_json_scanner_enter_object (BudJsonScanner *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return enter (self, '{');
}

/**
 * bud_json_scanner_enter_array:
 * @self: a scanner before a value
 *
 * Returns: %TRUE inside the array, to be walked to its end with bud_json_scanner_next_element();
 *   %FALSE when the value is none, and is then skipped
 */
gboolean
bud_json_scanner_enter_array (BudJsonScanner *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return enter (self, '[');
}

/**
 * bud_json_scanner_next_key:
 * @self: a scanner inside an object, after a value or at the beginning
 * @key: (out): the key, whose value is to be taken, entered or skipped
 *
 * Returns: %FALSE at the end of the object, now left
 */
gboolean
bud_json_scanner_next_key (BudJsonScanner *self,
                           BudJsonText    *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return !self->broken && self->depth > 0 && advance (self, key);
}

/**
 * bud_json_scanner_next_element:
 * @self: a scanner inside an array, after a value or at the beginning
 *
 * Returns: %FALSE at the end of the array, now left
 */
gboolean
bud_json_scanner_next_element (BudJsonScanner *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->broken && self->depth > 0 && advance (self, NULL);
}

/**
 * bud_json_scanner_take_text:
 * @self: a scanner before a value
 * @text: (out): the string
 *
 * Returns: %FALSE when the value is no string, and is then skipped
 */
gboolean
bud_json_scanner_take_text (BudJsonScanner *self,
                            BudJsonText    *text)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (!self->broken && peek (self) == '"')
    return pass_string (self, text);

  bud_json_scanner_skip (self);

  return FALSE;
}

static gboolean
parse_int (const char *text,
           gsize       length,
           gint64     *value)
{
  gboolean negative = length > 0 && text[0] == '-';
  gint64 sum = 0;

  for (gsize i = negative ? 1 : 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]) || sum > (G_MAXINT64 - 9) / 10)
        return FALSE;
      sum = sum * 10 + (text[i] - '0');
    }

  *value = negative ? -sum : sum;

  return TRUE;
}

/**
 * bud_json_scanner_take_int:
 * @self: a scanner before a value
 * @value: (out): the whole number; left alone when there is none
 *
 * Returns: %FALSE when the value is no whole number that fits, and is then skipped
 */
gboolean
bud_json_scanner_take_int (BudJsonScanner *self,
                           gint64         *value)
{
  const char *start;
  char first;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  first = self->broken ? '\0' : peek (self);
  start = self->cursor;
  bud_json_scanner_skip (self);

  return !self->broken && (first == '-' || g_ascii_isdigit (first)) &&
         parse_int (start, self->cursor - start, value);
}

/**
 * bud_json_scanner_skip:
 * @self: a scanner before a value
 *
 * Passes one value of any kind, checking its grammar and its depth.
 */
void
bud_json_scanner_skip (BudJsonScanner *self)
{
  guint floor;

  g_return_if_fail (self != NULL);

  if (self->broken)
    return;

  floor = self->depth;
  do
    {
      char first = peek (self);

      if (first == '{' || first == '[')
        push (self, first == '{');
      else
        pass_scalar (self, first);

      while (!self->broken && self->depth > floor && !advance (self, NULL))
        continue;
    }
  while (!self->broken && self->depth > floor);
}

/* Where in @keys a key is, or @n_keys. */
static gsize
find_key (const BudJsonText *key,
          const char *const *keys,
          gsize              n_keys)
{
  gsize i = 0;

  while (i < n_keys && !bud_json_text_is (key, keys[i]))
    i++;

  return i;
}

/**
 * bud_json_scanner_take_texts:
 * @self: a scanner before a value
 * @keys: (array length=n_keys): names of an object's members
 * @n_keys: how many
 * @texts: (out) (array length=n_keys): the strings of those names; their data is %NULL where the
 *   object has no such string
 *
 * Passes an object and takes some of its strings.
 *
 * Returns: %FALSE when the value is no object, and is then skipped
 */
gboolean
bud_json_scanner_take_texts (BudJsonScanner    *self,
                             const char *const *keys,
                             gsize              n_keys,
                             BudJsonText       *texts)
{
  BudJsonText key;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (texts != NULL, FALSE);

  memset (texts, 0, n_keys * sizeof *texts);
  if (!bud_json_scanner_enter_object (self))
    return FALSE;

  while (bud_json_scanner_next_key (self, &key))
    {
      gsize i = find_key (&key, keys, n_keys);

      if (i < n_keys)
        bud_json_scanner_take_text (self, &texts[i]);
      else
        bud_json_scanner_skip (self);
    }

  return TRUE;
}

/**
 * bud_json_scanner_take_ints:
 * @self: a scanner before a value
 * @keys: (array length=n_keys): names of an object's members
 * @n_keys: how many
 * @values: (inout) (array length=n_keys): the whole numbers of those names; left alone where the
 *   object has no such number
 *
 * Passes an object and takes some of its whole numbers.
 *
 * Returns: %FALSE when the value is no object, and is then skipped
 */
gboolean
bud_json_scanner_take_ints (BudJsonScanner    *self,
                            const char *const *keys,
                            gsize              n_keys,
                            gint64            *values)
{
  BudJsonText key;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  if (!bud_json_scanner_enter_object (self))
    return FALSE;

  while (bud_json_scanner_next_key (self, &key))
    {
      gsize i = find_key (&key, keys, n_keys);

      if (i < n_keys)
        bud_json_scanner_take_int (self, &values[i]);
      else
        bud_json_scanner_skip (self);
    }

  return TRUE;
}

/**
 * bud_json_scanner_finish:
 * @self: a scanner that has read its document
 *
 * Returns: whether the whole document was JSON and is read to its end
 */
gboolean
bud_json_scanner_finish (BudJsonScanner *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->broken && self->depth == 0 && peek (self) == '\0' && self->cursor == self->end;
}

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
