/* bud-rule-text.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-rule-lexer.h"

static void
append_field (GString    *out,
              const char *name)
{
  if (_bud_rule_word_length (name) == strlen (name) && !_bud_rule_is_keyword (name))
    {
      g_string_append (out, name);
      return;
    }

  g_string_append_c (out, '[');
  for (; *name != '\0'; name++)
    {
      if (*name == ']')
        g_string_append_c (out, ']');
      g_string_append_c (out, *name);
    }
  g_string_append_c (out, ']');
}

static void
append_quoted (GString    *out,
               const char *value)
{
  g_string_append_c (out, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *value);
    }
  g_string_append_c (out, '"');
}

static void
append_value (GString    *out,
              BudRule    *condition,
              const char *value)
{
  int weekday = *value - '0';

  if (condition->part == BUD_RULE_PART_WEEKDAY && strlen (value) == 1 && weekday >= 1 &&
      weekday <= 7)
    g_string_append (out, _bud_rule_weekday_text (weekday));
  else if (_bud_rule_is_text_value (condition, value))
    append_quoted (out, value);
  else
    g_string_append (out, value);
}

static void
append_values (GString *out,
               BudRule *condition)
{
  BudRuleTakes takes = condition->op->takes;
  const char *separator = takes == BUD_RULE_TAKES_TWO ? " and " : ", ";

  if (takes == BUD_RULE_TAKES_NOTHING)
    return;

  g_string_append (out, takes == BUD_RULE_TAKES_LIST ? " (" : " ");
  for (guint i = 0; i < condition->values->len; i++)
    {
      if (i > 0)
        g_string_append (out, separator);
      append_value (out, condition, g_ptr_array_index (condition->values, i));
    }
  if (takes == BUD_RULE_TAKES_LIST)
    g_string_append_c (out, ')');
}

static void
append_condition (GString *out,
                  BudRule *condition)
{
  const BudRuleOp *op = condition->op;

  append_field (out, condition->name);
  g_string_append_c (out, ' ');
  if (condition->part != BUD_RULE_PART_NONE)
    g_string_append_printf (out, "%s ", _bud_rule_part_text (condition->part));
  g_string_append (out, condition->is_negated ? op->negated_text : op->text);
  append_values (out, condition);

  if (op->takes == BUD_RULE_TAKES_PERIOD)
    g_string_append_printf (out, " %s",
                            g_str_equal (g_ptr_array_index (condition->values, 0), "1")
                              ? _bud_rule_unit_singular (condition->unit)
                              : _bud_rule_unit_nick (condition->unit));
  if (condition->ignores_case)
    g_string_append (out, " ignore case");
}

/* Which binds tighter; two groups of the same strength are kept apart by parentheses. */
static guint
strength (BudRuleKind kind)
{
  switch (kind)
    {
    case BUD_RULE_CONDITION:
    case BUD_RULE_NOT:
      return 3;
    case BUD_RULE_AND:
      return 2;
    case BUD_RULE_OR:
      return 1;
    case BUD_RULE_UNION:
    case BUD_RULE_INTERSECT:
    case BUD_RULE_EXCEPT:
      return 0;
    }

  g_return_val_if_reached (0);
}

static void append_rule (GString *out,
                         BudRule *rule);

static void
append_child (GString *out,
              BudRule *group,
              BudRule *child)
{
  gboolean is_enclosed = child->children != NULL && child->kind != BUD_RULE_NOT &&
                         strength (child->kind) <= strength (group->kind);

  if (is_enclosed)
    g_string_append_c (out, '(');
  append_rule (out, child);
  if (is_enclosed)
    g_string_append_c (out, ')');
}

static void
append_rule (GString *out,
             BudRule *rule)
{
  if (rule->kind == BUD_RULE_CONDITION)
    {
      append_condition (out, rule);
      return;
    }

  for (guint i = 0; i < rule->children->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      if (i > 0 || rule->kind == BUD_RULE_NOT)
        g_string_append_printf (out, "%s ", _bud_rule_kind_nick (rule->kind));
      append_child (out, rule, g_ptr_array_index (rule->children, i));
    }
}

/**
 * bud_rule_to_text:
 * @self: a rule
 *
 * Writes the text form that bud_rule_parse() reads, in one certain spelling. Reading it gives a
 * tree equal to @self.
 *
 * Returns: (transfer full): the rule as text
 */
char *
bud_rule_to_text (BudRule *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  append_rule (out, self);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
