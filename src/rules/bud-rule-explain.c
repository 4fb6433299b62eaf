/* bud-rule-explain.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-private.h"

#define MAX_NAMED 20

/* The formats come from the table of operators and from translators' files, whose placeholders
 * gettext's own check compares with the original's. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static char *
fill_texts (const char *format,
            const char *first,
            const char *second,
            const char *third)
{
  return g_strdup_printf (format, first, second, third);
}

static char *
fill_period (const char *format,
             const char *field,
             int         n)
{
  return g_strdup_printf (format, field, n);
}

#pragma GCC diagnostic pop

static char *
say_field (BudRule *condition)
{
  switch (condition->part)
    {
    case BUD_RULE_PART_NONE:
      return g_strdup_printf (C_("a field in a rule", "“%s”"), condition->name);
    case BUD_RULE_PART_DAY:
      return g_strdup_printf (C_("a field in a rule", "the day of the month of “%s”"),
                              condition->name);
    case BUD_RULE_PART_MONTH:
      return g_strdup_printf (C_("a field in a rule", "the month of “%s”"), condition->name);
    case BUD_RULE_PART_YEAR:
      return g_strdup_printf (C_("a field in a rule", "the year of “%s”"), condition->name);
    case BUD_RULE_PART_WEEKDAY:
      return g_strdup_printf (C_("a field in a rule", "the day of the week of “%s”"),
                              condition->name);
    }

  g_return_val_if_reached (NULL);
}

static const char *
name_part (BudRulePart part,
           const char *value)
{
  const char *months[] = {
    C_("month", "January"), C_("month", "February"), C_("month", "March"), C_("month", "April"),
    C_("month", "May"), C_("month", "June"), C_("month", "July"), C_("month", "August"),
    C_("month", "September"), C_("month", "October"), C_("month", "November"),
    C_("month", "December"),
  };
  const char *weekdays[] = {
    C_("weekday", "Monday"), C_("weekday", "Tuesday"), C_("weekday", "Wednesday"),
    C_("weekday", "Thursday"), C_("weekday", "Friday"), C_("weekday", "Saturday"),
    C_("weekday", "Sunday"),
  };
  gint64 number = g_ascii_strtoll (value, NULL, 10);

  if (part == BUD_RULE_PART_MONTH && number >= 1 && number <= (gint64) G_N_ELEMENTS (months))
    return months[number - 1];
  if (part == BUD_RULE_PART_WEEKDAY && number >= 1 && number <= (gint64) G_N_ELEMENTS (weekdays))
    return weekdays[number - 1];

  return value;
}

static char *
say_value (BudRule    *condition,
           const char *value)
{
  if (condition->field != NULL &&
      bud_field_get_field_type (condition->field) == BUD_FIELD_BOOLEAN)
    return g_strdup (g_str_equal (value, "1") ? C_("a value in a rule", "yes")
                                              : C_("a value in a rule", "no"));
  if (_bud_rule_is_text_value (condition, value))
    return g_strdup_printf (C_("a value in a rule", "“%s”"), value);

  return g_strdup (name_part (condition->part, value));
}

/* Joins @right to @left, which it takes over. */
static char *
join (const char *format,
      char       *left,
      const char *right)
{
  g_autofree char *taken = left;

  return fill_texts (format, taken, right, NULL);
}

static char *
say_list (BudRule *condition)
{
  guint n = condition->values->len;
  guint n_named = n > MAX_NAMED + 1 ? MAX_NAMED : n;
  char *list = say_value (condition, g_ptr_array_index (condition->values, 0));

  for (guint i = 1; i < n_named; i++)
    {
      g_autofree char *value = say_value (condition, g_ptr_array_index (condition->values, i));

      list = join (i + 1 < n ? C_("a list of values", "%1$s, %2$s")
                             : C_("the last of a list of values", "%1$s or %2$s"),
                   list, value);
    }

  if (n_named < n)
    {
      g_autofree char *named = list;

      list = fill_period (ngettext ("%1$s or %2$d more", "%1$s or %2$d more", n - n_named), named,
                          n - n_named);
    }

  return list;
}

static const char *
period_format (BudRuleUnit unit,
               gboolean    is_negated,
               int         n)
{
  switch (unit)
    {
    case BUD_RULE_UNIT_DAYS:
      return is_negated ? ngettext ("%1$s is not within the last %2$d day",
                                    "%1$s is not within the last %2$d days", n)
                        : ngettext ("%1$s is within the last %2$d day",
                                    "%1$s is within the last %2$d days", n);
    case BUD_RULE_UNIT_WEEKS:
      return is_negated ? ngettext ("%1$s is not within the last %2$d week",
                                    "%1$s is not within the last %2$d weeks", n)
                        : ngettext ("%1$s is within the last %2$d week",
                                    "%1$s is within the last %2$d weeks", n);
    case BUD_RULE_UNIT_MONTHS:
      return is_negated ? ngettext ("%1$s is not within the last %2$d month",
                                    "%1$s is not within the last %2$d months", n)
                        : ngettext ("%1$s is within the last %2$d month",
                                    "%1$s is within the last %2$d months", n);
    case BUD_RULE_UNIT_YEARS:
      return is_negated ? ngettext ("%1$s is not within the last %2$d year",
                                    "%1$s is not within the last %2$d years", n)
                        : ngettext ("%1$s is within the last %2$d year",
                                    "%1$s is within the last %2$d years", n);
    }

  g_return_val_if_reached (NULL);
}

static char *
say_period (BudRule    *condition,
            const char *field)
{
  int n = (int) g_ascii_strtoll (g_ptr_array_index (condition->values, 0), NULL, 10);

  return fill_period (period_format (condition->unit, condition->is_negated, n), field, n);
}

static gboolean
is_about_days (BudRule *condition)
{
  const char *value = g_ptr_array_index (condition->values, 0);

  if (condition->part != BUD_RULE_PART_NONE)
    return FALSE;
  if (condition->field != NULL)
    return bud_field_get_field_type (condition->field) == BUD_FIELD_DATE;

  return !_bud_rule_is_text_value (condition, value) && strlen (value) >= strlen ("2026-12-31") &&
         value[4] == '-';
}

static const char *
format_of (BudRule *condition)
{
  const BudRuleOp *op = condition->op;

  if (condition->is_negated)
    return _(op->says_negated);

  return _(op->says_dates != NULL && is_about_days (condition) ? op->says_dates : op->says);
}

static char *
say_plainly (BudRule *condition)
{
  g_autofree char *field = say_field (condition);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (condition->op->takes == BUD_RULE_TAKES_PERIOD)
    return say_period (condition, field);

  if (condition->op->takes == BUD_RULE_TAKES_LIST)
    first = say_list (condition);
  else if (condition->values->len > 0)
    first = say_value (condition, g_ptr_array_index (condition->values, 0));
  if (condition->op->takes == BUD_RULE_TAKES_TWO)
    second = say_value (condition, g_ptr_array_index (condition->values, 1));

  return fill_texts (format_of (condition), field, first, second);
}

static char *
say_condition (BudRule *condition)
{
  g_autofree char *plainly = say_plainly (condition);

  if (!condition->ignores_case)
    return g_steal_pointer (&plainly);

  return g_strdup_printf (/* Translators: a condition, such as “country” is “no” */
                          _("%s (upper or lower case)"), plainly);
}

static const char *
joint_of (BudRuleKind kind)
{
  switch (kind)
    {
    case BUD_RULE_AND:
      return C_("two conditions", "%1$s and %2$s");
    case BUD_RULE_OR:
      return C_("two conditions", "%1$s or %2$s");
    case BUD_RULE_UNION:
      return C_("two rules", "%1$s; or %2$s");
    case BUD_RULE_INTERSECT:
      return C_("two rules", "%1$s; and also %2$s");
    case BUD_RULE_EXCEPT:
      return C_("two rules", "%1$s; but not %2$s");
    case BUD_RULE_CONDITION:
    case BUD_RULE_NOT:
      break;
    }

  g_return_val_if_reached (NULL);
}

static char *
say_child (BudRule *group,
           guint    i)
{
  BudRule *child = g_ptr_array_index (group->children, i);
  g_autofree char *said = bud_rule_explain (child);

  if (group->kind == BUD_RULE_NOT)
    return g_strdup_printf (C_("a condition that must not hold", "not (%s)"), said);
  if (child->kind == BUD_RULE_CONDITION || child->kind == BUD_RULE_NOT)
    return g_steal_pointer (&said);

  return g_strdup_printf (C_("conditions that belong together", "(%s)"), said);
}

/**
 * bud_rule_explain:
 * @self: a rule, bound or not; a bound one can be said a little better
 *
 * Says the rule in the user's language, as a clause that can follow “Customers where …”.
 *
 * Returns: (transfer full): the rule in words
 */
char *
bud_rule_explain (BudRule *self)
{
  char *said;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == BUD_RULE_CONDITION)
    return say_condition (self);

  said = say_child (self, 0);
  for (guint i = 1; i < self->children->len; i++)
    {
      g_autofree char *next = say_child (self, i);

      said = join (joint_of (self->kind), said, next);
    }

  return said;
}
