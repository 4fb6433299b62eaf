/* bud-sandbox-values.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-json.h"
#include "bud-sandbox-values.h"

/* A contact's values in one block of memory: a byte for the number of the field, its value as
 * JSON text, a NUL, and so on in the order of the numbers; a zero byte ends it. There can be a
 * million contacts, and an answer copies the texts as they are. */

/**
 * bud_sandbox_values_next:
 * @cursor: (inout): where to read on; the block itself at first
 * @number: (out): the value's number
 * @text: (out): its JSON text
 *
 * Returns: %FALSE at the end of the block
 */
gboolean
bud_sandbox_values_next (const char **cursor,
                         guint8      *number,
                         const char **text)
{
  if (**cursor == '\0')
    return FALSE;

  *number = (guint8) **cursor;
  *text = *cursor + 1;
  *cursor = *text + strlen (*text) + 1;

  return TRUE;
}

/**
 * bud_sandbox_values_get:
 * @values: a block
 * @number: which value
 *
 * Returns: (transfer none) (nullable): its JSON text, if there is one
 */
const char *
bud_sandbox_values_get (const char *values,
                        guint8      number)
{
  const char *text;
  guint8 found;

  while (bud_sandbox_values_next (&values, &found, &text))
    if (found == number)
      return text;

  return NULL;
}

/**
 * bud_sandbox_values_length:
 * @values: a block
 *
 * Returns: its size in bytes with the final zero
 */
gsize
bud_sandbox_values_length (const char *values)
{
  const char *cursor = values;
  const char *text;
  guint8 number;

  while (bud_sandbox_values_next (&cursor, &number, &text))
    ;

  return cursor - values + 1;
}

/**
 * bud_sandbox_values_put:
 * @values: a block under construction; a #GString ends with the final zero by itself
 * @number: the value's number, above those before
 * @text: its JSON text
 * @length: of @text
 */
void
bud_sandbox_values_put (GString    *values,
                        guint8      number,
                        const char *text,
                        gsize       length)
{
  const char key = (char) number;

  bud_sandbox_json_put (values, &key, 1);
  bud_sandbox_json_put (values, text, length + 1);
}
