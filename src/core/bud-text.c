/* bud-text.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-text.h"

/**
 * bud_text_fold:
 * @text: valid UTF-8
 *
 * The form in which two texts are the same when only upper and lower case, or the way their
 * accents are encoded, differ: “ÅSE” and “åse” fold to the same text.
 *
 * Returns: (transfer full): folded text
 */
char *
bud_text_fold (const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  folded = g_utf8_casefold (text, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

/* Levenshtein's distance over characters, with one row of memory. */
static guint
distance (const char *a,
          const char *b)
{
  g_autofree gunichar *wide_a = NULL;
  g_autofree gunichar *wide_b = NULL;
  g_autofree guint *row = NULL;
  glong len_a;
  glong len_b;

  wide_a = g_utf8_to_ucs4_fast (a, -1, &len_a);
  wide_b = g_utf8_to_ucs4_fast (b, -1, &len_b);
  row = g_new (guint, len_b + 1);

  for (glong j = 0; j <= len_b; j++)
    row[j] = j;

  for (glong i = 1; i <= len_a; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (glong j = 1; j <= len_b; j++)
        {
          guint replaced = diagonal + (wide_a[i - 1] != wide_b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (replaced, MIN (row[j], row[j - 1]) + 1);
        }
    }

  return row[len_b];
}

/**
 * bud_text_nearest:
 * @wanted: what somebody typed
 * @candidates: (array length=n_candidates): what exists
 * @n_candidates: how many exist
 *
 * Returns: (transfer none) (nullable): the candidate to ask “Did you mean …?” about, if one is
 *   within a third of the word's length
 */
const char *
bud_text_nearest (const char        *wanted,
                  const char *const *candidates,
                  gsize              n_candidates)
{
  g_autofree char *folded = NULL;
  const char *nearest = NULL;
  guint best;

  g_return_val_if_fail (wanted != NULL, NULL);

  folded = bud_text_fold (wanted);
  best = MAX (1, g_utf8_strlen (folded, -1) / 3) + 1;

  for (gsize i = 0; i < n_candidates; i++)
    {
      g_autofree char *candidate = bud_text_fold (candidates[i]);
      guint d = distance (folded, candidate);

      if (d < best)
        {
          best = d;
          nearest = candidates[i];
        }
    }

  return nearest;
}

/**
 * bud_enum_parse:
 * @type: an enumeration's type
 * @nick: (nullable): a value's nick, such as "held-back"
 * @fallback: what an unknown nick gives
 *
 * Returns: the value of that nick
 */
int
bud_enum_parse (GType       type,
                const char *nick,
                int         fallback)
{
  GEnumClass *klass;
  GEnumValue *value;

  g_return_val_if_fail (G_TYPE_IS_ENUM (type), fallback);

  if (nick == NULL)
    return fallback;

  klass = g_type_class_ref (type);
  value = g_enum_get_value_by_nick (klass, nick);
  g_type_class_unref (klass);

  return value != NULL ? value->value : fallback;
}

/**
 * bud_enum_nick:
 * @type: an enumeration's type
 * @value: one of its values
 *
 * Returns: (transfer none): the stable, untranslated name used in files and JSON
 */
const char *
bud_enum_nick (GType type,
               int   value)
{
  GEnumClass *klass;
  GEnumValue *found;

  g_return_val_if_fail (G_TYPE_IS_ENUM (type), NULL);

  klass = g_type_class_ref (type);
  found = g_enum_get_value (klass, value);
  g_type_class_unref (klass);

  return found != NULL ? found->value_nick : NULL;
}
