/* bud-rule-ops.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-rule-private.h"

#define TEXT (1u << BUD_FIELD_TEXT)
#define DATE (1u << BUD_FIELD_DATE)
#define BOOLEAN (1u << BUD_FIELD_BOOLEAN)
#define NUMBER (1u << BUD_FIELD_INTEGER | 1u << BUD_FIELD_DECIMAL)
#define ORDERED (TEXT | NUMBER | DATE)

/* The operators, each with everything that is particular to it. */
static const BudRuleOp ops[] = {
  /* Translators: in all of these %1$s is a field, such as “country”, or a part of it, such as
   * the month of “birthday”; %2$s and %3$s are values, with their quotation marks. */
  { .nick = "equals", .text = "=", .negated_text = "!=",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_COMPARE,
    .sql = "=", .accepts = BUD_RULE_IF_SAME,
    .types = ORDERED | BOOLEAN, .on_parts = TRUE,
    .says = N_("%1$s is %2$s"), .says_negated = N_("%1$s is not %2$s") },
  { .nick = "less", .text = "<",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_COMPARE,
    .sql = "<", .accepts = BUD_RULE_IF_LESS,
    .types = ORDERED, .on_parts = TRUE,
    .says = N_("%1$s is less than %2$s"), .says_dates = N_("%1$s is before %2$s") },
  { .nick = "at-most", .text = "<=",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_COMPARE,
    .sql = "<=", .accepts = BUD_RULE_IF_LESS | BUD_RULE_IF_SAME,
    .types = ORDERED, .on_parts = TRUE,
    .says = N_("%1$s is at most %2$s"), .says_dates = N_("%1$s is %2$s or earlier") },
  { .nick = "more", .text = ">",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_COMPARE,
    .sql = ">", .accepts = BUD_RULE_IF_MORE,
    .types = ORDERED, .on_parts = TRUE,
    .says = N_("%1$s is more than %2$s"), .says_dates = N_("%1$s is after %2$s") },
  { .nick = "at-least", .text = ">=",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_COMPARE,
    .sql = ">=", .accepts = BUD_RULE_IF_MORE | BUD_RULE_IF_SAME,
    .types = ORDERED, .on_parts = TRUE,
    .says = N_("%1$s is at least %2$s"), .says_dates = N_("%1$s is %2$s or later") },
  { .nick = "any-of", .text = "any of", .negated_text = "not any of",
    .takes = BUD_RULE_TAKES_LIST, .test = BUD_RULE_TEST_LIST,
    .types = ORDERED, .on_parts = TRUE,
    .says = N_("%1$s is one of %2$s"), .says_negated = N_("%1$s is none of %2$s") },
  { .nick = "between", .text = "between", .negated_text = "not between",
    .takes = BUD_RULE_TAKES_TWO, .test = BUD_RULE_TEST_BETWEEN,
    .types = ORDERED, .on_parts = TRUE,
    .says = N_("%1$s is from %2$s to %3$s"),
    .says_negated = N_("%1$s is not from %2$s to %3$s") },
  { .nick = "contains", .text = "contains", .negated_text = "not contains",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_CONTAINS,
    .types = TEXT,
    .says = N_("%1$s contains %2$s"), .says_negated = N_("%1$s does not contain %2$s") },
  { .nick = "starts-with", .text = "starts with", .negated_text = "not starts with",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_STARTS,
    .types = TEXT,
    .says = N_("%1$s starts with %2$s"), .says_negated = N_("%1$s does not start with %2$s") },
  { .nick = "ends-with", .text = "ends with", .negated_text = "not ends with",
    .takes = BUD_RULE_TAKES_ONE, .test = BUD_RULE_TEST_ENDS,
    .types = TEXT,
    .says = N_("%1$s ends with %2$s"), .says_negated = N_("%1$s does not end with %2$s") },
  { .nick = "empty", .text = "is empty", .negated_text = "is not empty",
    .takes = BUD_RULE_TAKES_NOTHING, .test = BUD_RULE_TEST_EMPTY,
    .types = ORDERED | BOOLEAN,
    .says = N_("%1$s is empty"), .says_negated = N_("%1$s is not empty") },
  { .nick = "true", .text = "is true", .negated_text = "is not true",
    .takes = BUD_RULE_TAKES_NOTHING, .test = BUD_RULE_TEST_COMPARE,
    .sql = "=", .accepts = BUD_RULE_IF_SAME, .fixed = "1",
    .types = BOOLEAN,
    .says = N_("%1$s is yes"), .says_negated = N_("%1$s is no or empty") },
  { .nick = "false", .text = "is false", .negated_text = "is not false",
    .takes = BUD_RULE_TAKES_NOTHING, .test = BUD_RULE_TEST_COMPARE,
    .sql = "=", .accepts = BUD_RULE_IF_SAME, .fixed = "0",
    .types = BOOLEAN,
    .says = N_("%1$s is no"), .says_negated = N_("%1$s is yes or empty") },
  { .nick = "within-last", .text = "within last", .negated_text = "not within last",
    .takes = BUD_RULE_TAKES_PERIOD, .test = BUD_RULE_TEST_PERIOD,
    .types = DATE },
  { .nick = "year-to-date", .text = "year to date", .negated_text = "not year to date",
    .takes = BUD_RULE_TAKES_NOTHING, .test = BUD_RULE_TEST_THIS_YEAR,
    .types = DATE,
    .says = N_("%1$s is from 1 January this year to today"),
    .says_negated = N_("%1$s is not from 1 January this year to today") },
};

/* Other ways in which people write them; the text form always has the first way. */
static const struct
{
  const char *form;
  const char *nick;
  gboolean is_negated;
} aliases[] = {
  { "==", "equals" },
  { "equals", "equals" },
  { "<>", "equals", TRUE },
  { "≠", "equals", TRUE },
  { "not equals", "equals", TRUE },
  { "≤", "at-most" },
  { "≥", "at-least" },
};

static const char *const kind_nicks[BUD_RULE_N_KINDS] = {
  [BUD_RULE_NOT] = "not",
  [BUD_RULE_AND] = "and",
  [BUD_RULE_OR] = "or",
  [BUD_RULE_UNION] = "union",
  [BUD_RULE_INTERSECT] = "intersect",
  [BUD_RULE_EXCEPT] = "except",
};

static const struct
{
  const char *nick;
  const char *text;
} parts[BUD_RULE_N_PARTS] = {
  [BUD_RULE_PART_DAY] = { "day", "day of" },
  [BUD_RULE_PART_MONTH] = { "month", "month of" },
  [BUD_RULE_PART_YEAR] = { "year", "year of" },
  [BUD_RULE_PART_WEEKDAY] = { "day-of-week", "day of week" },
};

static const struct
{
  const char *nick;
  const char *singular;
} units[BUD_RULE_N_UNITS] = {
  [BUD_RULE_UNIT_DAYS] = { "days", "day" },
  [BUD_RULE_UNIT_WEEKS] = { "weeks", "week" },
  [BUD_RULE_UNIT_MONTHS] = { "months", "month" },
  [BUD_RULE_UNIT_YEARS] = { "years", "year" },
};

/* ISO 8601: the week starts on Monday, which is day 1. */
static const char *const weekdays[] = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

/* Returns: (nullable): NULL after the last */
const BudRuleOp *
_bud_rule_op_nth (guint n)
{
  return n < G_N_ELEMENTS (ops) ? &ops[n] : NULL;
}

const BudRuleOp *
_bud_rule_op_find (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      if (g_str_equal (ops[i].nick, nick))
        return &ops[i];
    }

  return NULL;
}

typedef struct
{
  BudRuleFormFunc match;
  gpointer data;
  const BudRuleOp *op;
  gboolean is_negated;
  gsize length;
} Search;

static void
consider (Search          *search,
          const BudRuleOp *op,
          const char      *form,
          gboolean         is_negated)
{
  gsize length = form != NULL ? search->match (form, search->data) : 0;

  if (length <= search->length)
    return;

  search->op = op;
  search->is_negated = is_negated;
  search->length = length;
}

/* The operator with the longest of the forms that @match gives a length for, NULL when it gives
 * none for any. */
const BudRuleOp *
_bud_rule_op_match (BudRuleFormFunc  match,
                    gpointer         data,
                    gboolean        *is_negated,
                    gsize           *length)
{
  Search search = { match, data, NULL, FALSE, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      consider (&search, &ops[i], ops[i].text, FALSE);
      consider (&search, &ops[i], ops[i].negated_text, TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    consider (&search, _bud_rule_op_find (aliases[i].nick), aliases[i].form,
              aliases[i].is_negated);

  *is_negated = search.is_negated;
  *length = search.length;

  return search.op;
}

gboolean
_bud_rule_op_fits (const BudRuleOp *op,
                   BudFieldType     type)
{
  return (op->types & 1u << type) != 0;
}

const char *
_bud_rule_kind_nick (BudRuleKind kind)
{
  return kind_nicks[kind];
}

/* Whether a field of that name needs brackets. */
gboolean
_bud_rule_is_keyword (const char *word)
{
  for (guint kind = BUD_RULE_CONDITION + 1; kind < BUD_RULE_N_KINDS; kind++)
    {
      if (g_ascii_strcasecmp (kind_nicks[kind], word) == 0)
        return TRUE;
    }

  return FALSE;
}

const char *
_bud_rule_part_nick (BudRulePart part)
{
  return parts[part].nick;
}

const char *
_bud_rule_part_text (BudRulePart part)
{
  return parts[part].text;
}

const char *
_bud_rule_unit_nick (BudRuleUnit unit)
{
  return units[unit].nick;
}

const char *
_bud_rule_unit_singular (BudRuleUnit unit)
{
  return units[unit].singular;
}

/* Returns: 1 for Monday … 7 for Sunday, 0 for anything else */
int
_bud_rule_weekday_parse (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (weekdays); i++)
    {
      if (g_ascii_strcasecmp (weekdays[i], text) == 0)
        return i + 1;
    }

  return 0;
}

const char *
_bud_rule_weekday_text (int weekday)
{
  g_assert (weekday >= 1 && weekday <= (int) G_N_ELEMENTS (weekdays));

  return weekdays[weekday - 1];
}
