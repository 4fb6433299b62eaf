/* bud-json-scanner.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-json-scanner.h"
#include "bud-json-token.h"

static inline gboolean
accept (BudJsonScanner *self,
        char            wanted)
{
  if (_bud_json_peek (self) != wanted)
    return _bud_json_fail (self);

  self->cursor++;

  return TRUE;
}

static gboolean
push (BudJsonScanner *self,
      gboolean        object)
{
  if (self->depth == BUD_JSON_DEPTH_MAX)
    return _bud_json_fail (self);

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

static gboolean
pass_key (BudJsonScanner *self,
          BudJsonText    *key)
{
  if (_bud_json_peek (self) != '"')
    return _bud_json_fail (self);

  return _bud_json_pass_string (self, key) && accept (self, ':');
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
  if (_bud_json_peek (self) == (in_object (self) ? '}' : ']'))
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
  if (!self->broken && _bud_json_peek (self) == opening)
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

  if (!self->broken && _bud_json_peek (self) == '"')
    return _bud_json_pass_string (self, text);

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

  first = self->broken ? '\0' : _bud_json_peek (self);
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
      char first = _bud_json_peek (self);

      if (first == '{' || first == '[')
        push (self, first == '{');
      else
        _bud_json_pass_scalar (self, first);

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

  return !self->broken && self->depth == 0 &&
         _bud_json_peek (self) == '\0' && self->cursor == self->end;
}
