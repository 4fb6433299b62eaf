/* bud-rule-sql.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-rule-private.h"
#include "bud-rule-sql.h"

typedef struct
{
  GDateTime *now;
  GString *sql;
  GPtrArray *params;
} Compiler;

static void
append_column (Compiler *compiler,
               BudRule  *condition)
{
  const char *c = bud_field_get_column (condition->field);

  g_string_append_c (compiler->sql, '"');
  for (; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (compiler->sql, '"');
      g_string_append_c (compiler->sql, *c);
    }
  g_string_append_c (compiler->sql, '"');
}

static void
append_around_column (Compiler   *compiler,
                      const char *before,
                      BudRule    *condition,
                      const char *after)
{
  g_string_append (compiler->sql, before);
  append_column (compiler, condition);
  g_string_append (compiler->sql, after);
}

/* What is compared: the column itself where that can be, so that an index on it is used. */
static void
append_operand (Compiler *compiler,
                BudRule  *condition)
{
  switch (condition->part)
    {
    case BUD_RULE_PART_DAY:
      append_around_column (compiler, "CAST(substr(", condition, ", 9, 2) AS INTEGER)");
      return;
    case BUD_RULE_PART_MONTH:
      append_around_column (compiler, "CAST(substr(", condition, ", 6, 2) AS INTEGER)");
      return;
    case BUD_RULE_PART_YEAR:
      append_around_column (compiler, "CAST(substr(", condition, ", 1, 4) AS INTEGER)");
      return;
    case BUD_RULE_PART_WEEKDAY:
      /* SQLite counts from Sunday, which is 0. */
      append_around_column (compiler, "ifnull((CAST(strftime('%w', substr(", condition,
                            ", 1, 10)) AS INTEGER) + 6) % 7 + 1, 0)");
      return;
    case BUD_RULE_PART_NONE:
      break;
    }

  if (bud_field_get_field_type (condition->field) == BUD_FIELD_DATE)
    append_around_column (compiler, "substr(", condition, ", 1, 10)");
  else if (condition->ignores_case)
    append_around_column (compiler, "bud_fold(", condition, ")");
  else
    append_column (compiler, condition);
}

static const char *
placeholder (BudRule *condition)
{
  if (condition->part != BUD_RULE_PART_NONE)
    return "CAST(? AS INTEGER)";

  switch (bud_field_get_field_type (condition->field))
    {
    case BUD_FIELD_TEXT:
    case BUD_FIELD_DATE:
      return "?";
    case BUD_FIELD_INTEGER:
    case BUD_FIELD_BOOLEAN:
      return "CAST(? AS INTEGER)";
    case BUD_FIELD_DECIMAL:
      return "CAST(? AS REAL)";
    }

  g_return_val_if_reached (NULL);
}

static void
append_param (Compiler   *compiler,
              BudRule    *condition,
              const char *value)
{
  g_string_append (compiler->sql, placeholder (condition));
  g_ptr_array_add (compiler->params, g_strdup (value));
}

static void
append_between (Compiler   *compiler,
                BudRule    *condition,
                const char *low,
                const char *high)
{
  append_operand (compiler, condition);
  g_string_append (compiler->sql, " BETWEEN ");
  append_param (compiler, condition, low);
  g_string_append (compiler->sql, " AND ");
  append_param (compiler, condition, high);
}

static void
append_period (Compiler *compiler,
               BudRule  *condition)
{
  char first[11];
  char last[11];

  _bud_rule_period (condition, compiler->now, first, last);
  append_between (compiler, condition, first, last);
}

static void
append_list (Compiler *compiler,
             BudRule  *condition)
{
  append_operand (compiler, condition);
  g_string_append (compiler->sql, " IN (");
  for (guint i = 0; i < condition->operands->len; i++)
    {
      if (i > 0)
        g_string_append (compiler->sql, ", ");
      append_param (compiler, condition, g_ptr_array_index (condition->operands, i));
    }
  g_string_append_c (compiler->sql, ')');
}

static void
append_substring (Compiler   *compiler,
                  BudRule    *condition,
                  const char *value)
{
  glong length = g_utf8_strlen (value, -1);
  gboolean at_start = condition->op->test == BUD_RULE_TEST_STARTS;

  g_string_append (compiler->sql, "substr(");
  append_operand (compiler, condition);
  g_string_append_printf (compiler->sql, at_start ? ", 1, %ld) = " : ", -%ld) = ", length);
  append_param (compiler, condition, value);
}

/* The test of a value that is not NULL. */
static void
append_test (Compiler *compiler,
             BudRule  *condition)
{
  const char *const *operands = (const char *const *) condition->operands->pdata;

  switch (condition->op->test)
    {
    case BUD_RULE_TEST_COMPARE:
      append_operand (compiler, condition);
      g_string_append_printf (compiler->sql, " %s ", condition->op->sql);
      append_param (compiler, condition, operands[0]);
      break;
    case BUD_RULE_TEST_LIST:
      append_list (compiler, condition);
      break;
    case BUD_RULE_TEST_BETWEEN:
      append_between (compiler, condition, operands[0], operands[1]);
      break;
    case BUD_RULE_TEST_CONTAINS:
      g_string_append (compiler->sql, "instr(");
      append_operand (compiler, condition);
      g_string_append (compiler->sql, ", ");
      append_param (compiler, condition, operands[0]);
      g_string_append (compiler->sql, ") > 0");
      break;
    case BUD_RULE_TEST_STARTS:
    case BUD_RULE_TEST_ENDS:
      append_substring (compiler, condition, operands[0]);
      break;
    case BUD_RULE_TEST_PERIOD:
    case BUD_RULE_TEST_THIS_YEAR:
      append_period (compiler, condition);
      break;
    case BUD_RULE_TEST_EMPTY:
      g_assert_not_reached ();
    }
}

static void
append_condition (Compiler *compiler,
                  BudRule  *condition)
{
  g_string_append (compiler->sql, condition->is_negated ? "(NOT (" : "(");
  append_column (compiler, condition);
  if (condition->op->test == BUD_RULE_TEST_EMPTY)
    {
      g_string_append (compiler->sql, " IS NULL");
    }
  else
    {
      /* FALSE AND NULL is false, so this is never NULL itself. */
      g_string_append (compiler->sql, " IS NOT NULL AND ");
      append_test (compiler, condition);
    }
  g_string_append (compiler->sql, condition->is_negated ? "))" : ")");
}

static guint
find_deepest (BudRule *group)
{
  guint deepest = 0;

  for (guint i = 1; i < group->children->len; i++)
    {
      BudRule *child = g_ptr_array_index (group->children, i);

      if (child->depth > ((BudRule *) g_ptr_array_index (group->children, deepest))->depth)
        deepest = i;
    }

  return deepest;
}

static void append_rule (Compiler *compiler,
                         BudRule  *rule);

static void
append_child (Compiler *compiler,
              BudRule  *group,
              guint     i)
{
  if (group->kind == BUD_RULE_NOT || (group->kind == BUD_RULE_EXCEPT && i > 0))
    g_string_append (compiler->sql, "NOT ");
  append_rule (compiler, g_ptr_array_index (group->children, i));
}

/* The deepest child comes first: what stands before an open parenthesis stays on the stack of
 * SQLite's parser, which holds a hundred things. */
static void
append_group (Compiler *compiler,
              BudRule  *group)
{
  gboolean is_or = group->kind == BUD_RULE_OR || group->kind == BUD_RULE_UNION;
  guint deepest = find_deepest (group);

  g_string_append_c (compiler->sql, '(');
  append_child (compiler, group, deepest);
  for (guint i = 0; i < group->children->len; i++)
    {
      if (i == deepest)
        continue;
      g_string_append (compiler->sql, is_or ? " OR " : " AND ");
      append_child (compiler, group, i);
    }
  g_string_append_c (compiler->sql, ')');
}

static void
append_rule (Compiler *compiler,
             BudRule  *rule)
{
  if (rule->kind == BUD_RULE_CONDITION)
    append_condition (compiler, rule);
  else
    append_group (compiler, rule);
}

/**
 * bud_rule_append_sql:
 * @self: a bound rule
 * @now: the instant that relative dates count from; its time zone decides which day is today
 * @sql: an expression in SQLite's SQL is appended here, in parentheses of its own
 * @params: (element-type utf8): new strings are appended here, one for each “?” of the
 *   expression, in order; the array's free function must be g_free()
 *
 * Gives the condition that @self puts on a customer's row: it is 1 or 0 and never NULL. It names
 * columns by bud_field_get_column(), unqualified. All parameters are to be bound as text, whatever
 * the column holds: the expression casts them where a number is compared.
 *
 * The columns are expected to hold canonical values (bud-value.h): text and dates as TEXT, whole
 * numbers and yes/no as INTEGER, decimals as REAL, nothing as NULL.
 */
void
bud_rule_append_sql (BudRule   *self,
                     GDateTime *now,
                     GString   *sql,
                     GPtrArray *params)
{
  Compiler compiler = { now, sql, params };

  g_return_if_fail (self != NULL && self->is_bound);
  g_return_if_fail (now != NULL);
  g_return_if_fail (sql != NULL);
  g_return_if_fail (params != NULL);

  append_rule (&compiler, self);
}
