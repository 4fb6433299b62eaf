/* bud-csv-type-guess.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv-type-guess.h"
#include "bud-text.h"
#include "bud-value.h"

/* The type of a column is the narrowest that every one of its values fits, with care for what only
 * looks like a number or a yes:
 *
 * - digits that would lose something as a number are text: 0042, +47 22 33 44 55, and whole numbers
 *   of more than 18 digits;
 * - a column of nothing but 0 and 1 is a whole number, unless its name asks a question;
 * - yes/no words make a boolean when both answers occur, or when the name asks a question. A column
 *   with “NO” in every row is a country more often than an answer. */

#define MAX_DIGITS 18

/* Names, folded and without spaces and signs, that ask for yes or no: they begin so, … */
static const char *const question_starts[] = {
  "is", "has", "er", "har", "ikke", "allow", "tillat", "accept", "godta", NULL
};

/* … or have this somewhere. */
static const char *const question_parts[] = {
  "consent", "samtykke", "optin", "optout", "optedin", "optedout", "subscribed", "newsletter",
  "nyhetsbrev", "active", "aktiv", "enabled", "deleted", "slettet", "reservert", "confirmed",
  "bekreftet", "verified", "donot", "flag", "yesno", "janei", NULL
};

/* "is", "has" … count only as words of their own: "is_active", "isActive", not "issue". */
static gboolean
begins_question (const char *name,
                 const char *start)
{
  gsize len = strlen (start);

  if (g_ascii_strncasecmp (name, start, len) != 0)
    return FALSE;

  return name[len] != '\0' && !g_ascii_islower (name[len]) &&
         (!g_ascii_isupper (name[len]) || g_ascii_islower (name[len - 1]));
}

static char *
letters_of (const char *name)
{
  g_autofree char *folded = bud_text_fold (name);
  char *out = folded;

  for (const char *in = folded; *in != '\0'; in++)
    {
      if (g_ascii_isalnum (*in) || ((guint8) *in & 0x80) != 0)
        *out++ = *in;
    }
  *out = '\0';

  return g_steal_pointer (&folded);
}

static gboolean
asks_question (const char *name)
{
  g_autofree char *letters = letters_of (name);

  for (gsize i = 0; question_starts[i] != NULL; i++)
    {
      if (begins_question (name, question_starts[i]))
        return TRUE;
    }
  for (gsize i = 0; question_parts[i] != NULL; i++)
    {
      if (strstr (letters, question_parts[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether digits mean more than a number: a postcode, a telephone or customer number. */
static gboolean
is_code (const char *value)
{
  gsize n_digits = 0;

  if (*value == '+')
    return TRUE;
  if (*value == '-')
    value++;
  if (*value == '0' && g_ascii_isdigit (value[1]))
    return TRUE;

  while (g_ascii_isdigit (value[n_digits]))
    n_digits++;

  return n_digits > MAX_DIGITS;
}

static gboolean
is_possible (const BudCsvTypeGuess *self,
             BudFieldType           type)
{
  return (self->impossible & (1u << type)) == 0;
}

static gboolean
try_type (BudCsvTypeGuess *self,
          BudFieldType     type,
          const char      *value,
          GString         *scratch)
{
  if (!is_possible (self, type))
    return FALSE;

  g_string_truncate (scratch, 0);
  if (bud_value_canonical (type, value, scratch))
    return TRUE;

  self->impossible |= 1u << type;

  return FALSE;
}

/**
 * bud_csv_type_guess_add:
 * @self: a guess
 * @value: a value of the column, not empty, without space around it
 * @scratch: room that is overwritten
 */
void
bud_csv_type_guess_add (BudCsvTypeGuess *self,
                        const char      *value,
                        GString         *scratch)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (value != NULL);

  self->has_value = TRUE;

  if (try_type (self, BUD_FIELD_BOOLEAN, value, scratch) && !g_ascii_isdigit (*value))
    {
      self->has_true |= *scratch->str == '1';
      self->has_false |= *scratch->str == '0';
    }

  if ((is_possible (self, BUD_FIELD_INTEGER) || is_possible (self, BUD_FIELD_DECIMAL)) &&
      is_code (value))
    self->impossible |= 1u << BUD_FIELD_INTEGER | 1u << BUD_FIELD_DECIMAL;

  /* Every whole number is a decimal number too. */
  if (!try_type (self, BUD_FIELD_INTEGER, value, scratch))
    try_type (self, BUD_FIELD_DECIMAL, value, scratch);
  try_type (self, BUD_FIELD_DATE, value, scratch);
}

/**
 * bud_csv_type_guess_get:
 * @self: a guess that has all values
 * @name: the column's name
 *
 * Returns: the type; text when there is no value
 */
BudFieldType
bud_csv_type_guess_get (const BudCsvTypeGuess *self,
                        const char            *name)
{
  g_return_val_if_fail (self != NULL, BUD_FIELD_TEXT);
  g_return_val_if_fail (name != NULL, BUD_FIELD_TEXT);

  if (!self->has_value)
    return BUD_FIELD_TEXT;
  if (is_possible (self, BUD_FIELD_BOOLEAN) &&
      ((self->has_true && self->has_false) || asks_question (name)))
    return BUD_FIELD_BOOLEAN;
  if (is_possible (self, BUD_FIELD_INTEGER))
    return BUD_FIELD_INTEGER;
  if (is_possible (self, BUD_FIELD_DECIMAL))
    return BUD_FIELD_DECIMAL;
  if (is_possible (self, BUD_FIELD_DATE))
    return BUD_FIELD_DATE;

  return BUD_FIELD_TEXT;
}
