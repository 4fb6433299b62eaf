/* bud-rule-eval.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "bud-rule-eval.h"
#include "bud-rule-private.h"
#include "bud-text.h"

#define DAY_LENGTH 10 /* of 2026-12-31 */

typedef struct
{
  GDateTime *now;
  BudRuleLookup lookup;
  gpointer data;
} Evaluation;

static int
part_of_date (const char  *date,
              BudRulePart  part)
{
  guint year = 0;
  guint month = 0;
  guint day = 0;
  GDate calendar;

  if (sscanf (date, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy (day, month, year))
    return 0;

  switch (part)
    {
    case BUD_RULE_PART_DAY:
      return day;
    case BUD_RULE_PART_MONTH:
      return month;
    case BUD_RULE_PART_YEAR:
      return year;
    case BUD_RULE_PART_WEEKDAY:
      g_date_clear (&calendar, 1);
      g_date_set_dmy (&calendar, day, month, year);
      return g_date_get_weekday (&calendar);
    case BUD_RULE_PART_NONE:
      break;
    }

  g_return_val_if_reached (0);
}

static int
compare_integers (gint64 a,
                  gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_decimals (double a,
                  double b)
{
  return (a > b) - (a < b);
}

static int
compare (BudRule    *condition,
         const char *value,
         const char *operand)
{
  if (condition->part != BUD_RULE_PART_NONE)
    return compare_integers (part_of_date (value, condition->part),
                             g_ascii_strtoll (operand, NULL, 10));

  switch (bud_field_get_field_type (condition->field))
    {
    case BUD_FIELD_TEXT:
      return strcmp (value, operand);
    case BUD_FIELD_INTEGER:
    case BUD_FIELD_BOOLEAN:
      return compare_integers (g_ascii_strtoll (value, NULL, 10),
                               g_ascii_strtoll (operand, NULL, 10));
    case BUD_FIELD_DECIMAL:
      return compare_decimals (g_ascii_strtod (value, NULL), g_ascii_strtod (operand, NULL));
    case BUD_FIELD_DATE:
      return strncmp (value, operand, DAY_LENGTH);
    }

  g_return_val_if_reached (0);
}

static gboolean
is_between (BudRule    *condition,
            const char *value,
            const char *low,
            const char *high)
{
  return compare (condition, value, low) >= 0 && compare (condition, value, high) <= 0;
}

static gboolean
is_in_period (BudRule    *condition,
              const char *value,
              GDateTime  *now)
{
  char first[11];
  char last[11];

  _bud_rule_period (condition, now, first, last);

  return is_between (condition, value, first, last);
}

static gboolean
is_accepted (BudRule    *condition,
             const char *value,
             const char *operand)
{
  int result = compare (condition, value, operand);
  guint flag = result < 0 ? BUD_RULE_IF_LESS : result > 0 ? BUD_RULE_IF_MORE : BUD_RULE_IF_SAME;

  return (condition->op->accepts & flag) != 0;
}

static gboolean
is_in_list (BudRule    *condition,
            const char *value)
{
  for (guint i = 0; i < condition->operands->len; i++)
    {
      if (compare (condition, value, g_ptr_array_index (condition->operands, i)) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The test of a value that is not empty. */
static gboolean
passes_test (Evaluation *evaluation,
             BudRule    *condition,
             const char *value)
{
  const char *const *operands = (const char *const *) condition->operands->pdata;

  switch (condition->op->test)
    {
    case BUD_RULE_TEST_EMPTY:
      return FALSE;
    case BUD_RULE_TEST_COMPARE:
      return is_accepted (condition, value, operands[0]);
    case BUD_RULE_TEST_LIST:
      return is_in_list (condition, value);
    case BUD_RULE_TEST_BETWEEN:
      return is_between (condition, value, operands[0], operands[1]);
    case BUD_RULE_TEST_CONTAINS:
      return strstr (value, operands[0]) != NULL;
    case BUD_RULE_TEST_STARTS:
      return g_str_has_prefix (value, operands[0]);
    case BUD_RULE_TEST_ENDS:
      return g_str_has_suffix (value, operands[0]);
    case BUD_RULE_TEST_PERIOD:
    case BUD_RULE_TEST_THIS_YEAR:
      return is_in_period (condition, value, evaluation->now);
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
condition_matches (Evaluation *evaluation,
                   BudRule    *condition)
{
  const char *value = evaluation->lookup (condition->field, evaluation->data);
  g_autofree char *folded = NULL;
  gboolean holds;

  if (value == NULL || *value == '\0')
    {
      holds = condition->op->test == BUD_RULE_TEST_EMPTY;
    }
  else
    {
      if (condition->ignores_case)
        value = folded = bud_text_fold (value);
      holds = passes_test (evaluation, condition, value);
    }

  return holds != condition->is_negated;
}

static gboolean rule_matches (Evaluation *evaluation,
                              BudRule    *rule);

static gboolean
any_matches (Evaluation *evaluation,
             BudRule    *group,
             guint       first)
{
  for (guint i = first; i < group->children->len; i++)
    {
      if (rule_matches (evaluation, g_ptr_array_index (group->children, i)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
all_match (Evaluation *evaluation,
           BudRule    *group)
{
  for (guint i = 0; i < group->children->len; i++)
    {
      if (!rule_matches (evaluation, g_ptr_array_index (group->children, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
rule_matches (Evaluation *evaluation,
              BudRule    *rule)
{
  switch (rule->kind)
    {
    case BUD_RULE_CONDITION:
      return condition_matches (evaluation, rule);
    case BUD_RULE_NOT:
      return !any_matches (evaluation, rule, 0);
    case BUD_RULE_AND:
    case BUD_RULE_INTERSECT:
      return all_match (evaluation, rule);
    case BUD_RULE_OR:
    case BUD_RULE_UNION:
      return any_matches (evaluation, rule, 0);
    case BUD_RULE_EXCEPT:
      return rule_matches (evaluation, g_ptr_array_index (rule->children, 0)) &&
             !any_matches (evaluation, rule, 1);
    }

  g_return_val_if_reached (FALSE);
}

/**
 * bud_rule_matches:
 * @self: a bound rule
 * @now: the instant that relative dates count from; its time zone decides which day is today
 * @lookup: (scope call): gives the customer's value of a field
 * @data: for @lookup
 *
 * Decides about one customer. There are only two answers: a comparison with an empty field is
 * false, and every negated form is the exact complement of the plain one, so that
 * `country != "NO"` chooses also those without a country. Text is compared with upper and lower
 * case apart, byte by byte, unless the condition ignores case; dates are compared by day.
 * “within last 90 days” is from the day 90 days ago to today, both included; going back months or
 * years from a day that the earlier month lacks ends on that month's last day. “year to date” is
 * from 1 January to today.
 *
 * Returns: %TRUE when the rule chooses the customer
 */
gboolean
bud_rule_matches (BudRule       *self,
                  GDateTime     *now,
                  BudRuleLookup  lookup,
                  gpointer       data)
{
  Evaluation evaluation = { now, lookup, data };

  g_return_val_if_fail (self != NULL && self->is_bound, FALSE);
  g_return_val_if_fail (now != NULL, FALSE);
  g_return_val_if_fail (lookup != NULL, FALSE);

  return rule_matches (&evaluation, self);
}
