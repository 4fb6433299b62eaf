/* bud-rule-parser.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-rule-cursor.h"

static BudRule *parse_sets    (BudRuleCursor  *cursor,
                               GError        **error);
static BudRule *parse_operand (BudRuleCursor  *cursor,
                               GError        **error);

static GPtrArray *
new_children (BudRule *first)
{
  GPtrArray *children = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_rule_unref);

  g_ptr_array_add (children, first);

  return children;
}

static BudRule *
parse_parentheses (BudRuleCursor  *cursor,
                   GError        **error)
{
  g_autoptr (BudRule) inner = parse_sets (cursor, error);

  if (inner == NULL || !_bud_rule_cursor_expect (cursor, ")", error))
    return NULL;

  return g_steal_pointer (&inner);
}

static BudRule *
parse_not (BudRuleCursor  *cursor,
           GError        **error)
{
  BudRule *negated = parse_operand (cursor, error);

  if (negated == NULL)
    return NULL;

  return _bud_rule_new_group (BUD_RULE_NOT, new_children (negated), error);
}

/* What stands between “and” and “or”: the only place where the grammar calls itself. */
static BudRule *
parse_operand (BudRuleCursor  *cursor,
               GError        **error)
{
  BudRule *self;

  if (cursor->depth >= BUD_RULE_MAX_DEPTH)
    {
      _bud_rule_fail_depth (error);
      return NULL;
    }

  cursor->depth++;
  if (_bud_rule_cursor_accept (cursor, "not"))
    self = parse_not (cursor, error);
  else if (_bud_rule_cursor_accept (cursor, "("))
    self = parse_parentheses (cursor, error);
  else
    self = _bud_rule_parse_condition (cursor, error);
  cursor->depth--;

  return self;
}

typedef BudRule *(*ParseFunc) (BudRuleCursor  *cursor,
                               GError        **error);

/* One or more of what @parse_one reads, joined by the keyword of @kind. */
static BudRule *
parse_joined (BudRuleCursor  *cursor,
              BudRuleKind     kind,
              ParseFunc       parse_one,
              GError        **error)
{
  g_autoptr (GPtrArray) children = NULL;
  BudRule *first = parse_one (cursor, error);

  if (first == NULL || _bud_rule_cursor_match (_bud_rule_kind_nick (kind), cursor) == 0)
    return first;

  children = new_children (first);
  while (_bud_rule_cursor_accept (cursor, _bud_rule_kind_nick (kind)))
    {
      BudRule *next = parse_one (cursor, error);

      if (next == NULL)
        return NULL;
      g_ptr_array_add (children, next);
    }

  return _bud_rule_new_group (kind, g_steal_pointer (&children), error);
}

static BudRule *
parse_and (BudRuleCursor  *cursor,
           GError        **error)
{
  return parse_joined (cursor, BUD_RULE_AND, parse_operand, error);
}

static BudRule *
parse_or (BudRuleCursor  *cursor,
          GError        **error)
{
  return parse_joined (cursor, BUD_RULE_OR, parse_and, error);
}

static BudRuleKind
peek_set_operator (BudRuleCursor *cursor)
{
  for (guint kind = BUD_RULE_UNION; kind <= BUD_RULE_EXCEPT; kind++)
    {
      if (_bud_rule_cursor_match (_bud_rule_kind_nick (kind), cursor) > 0)
        return kind;
    }

  return BUD_RULE_CONDITION;
}

/* A run of the same set operator is one group; another one takes all before it as its left. */
static BudRule *
parse_sets (BudRuleCursor  *cursor,
            GError        **error)
{
  g_autoptr (BudRule) left = parse_or (cursor, error);
  BudRuleKind kind;

  while (left != NULL && (kind = peek_set_operator (cursor)) != BUD_RULE_CONDITION)
    {
      g_autoptr (GPtrArray) children = new_children (g_steal_pointer (&left));

      while (_bud_rule_cursor_accept (cursor, _bud_rule_kind_nick (kind)))
        {
          BudRule *right = parse_or (cursor, error);

          if (right == NULL)
            return NULL;
          g_ptr_array_add (children, right);
        }

      left = _bud_rule_new_group (kind, g_steal_pointer (&children), error);
    }

  return g_steal_pointer (&left);
}

/**
 * bud_rule_parse:
 * @text: a rule as a person writes it
 * @error: return location for an error
 *
 * Reads the text form:
 *
 * |[
 * rule      = either { ( "union" | "intersect" | "except" ) either }     from left to right
 * either    = both { "or" both }
 * both      = operand { "and" operand }
 * operand   = "not" operand | "(" rule ")" | condition
 * condition = field [ part ] operator [ "ignore case" ]
 * field     = a word of letters, digits, "_" and "." | "[" any text, "]" written "]]" "]"
 * part      = "day of" | "month of" | "year of" | "day of week"          of a date
 * operator  = ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
 *           | [ "not" ] ( "contains" | "starts with" | "ends with" ) value
 *           | [ "not" ] "any of" "(" value { "," value } ")"
 *           | [ "not" ] "between" value "and" value
 *           | [ "not" ] "within last" number ( "days" | "weeks" | "months" | "years" )
 *           | [ "not" ] "year to date"
 *           | "is" [ "not" ] ( "empty" | "true" | "false" )
 * value     = "\"" any text, with \" and \\ "\"" | -12.5 | 2026-12-31 | Monday … Sunday
 * ]|
 *
 * Words of the language may be in upper or lower case. A value means what the field's type makes
 * of it, so 5000 and "5000" are the same value.
 *
 * Returns: (transfer full) (nullable): the rule, or %NULL with #BudRuleError, in which every
 *   place is a character counted from 1
 */
BudRule *
bud_rule_parse (const char  *text,
                GError     **error)
{
  g_autoptr (GArray) tokens = NULL;
  g_autoptr (BudRule) self = NULL;
  BudRuleCursor cursor = { 0, };

  g_return_val_if_fail (text != NULL, NULL);

  tokens = _bud_rule_lex (text, error);
  if (tokens == NULL)
    return NULL;

  cursor.tokens = tokens;
  self = parse_sets (&cursor, error);
  if (self == NULL)
    return NULL;

  if (_bud_rule_cursor_peek (&cursor)->type != BUD_RULE_TOKEN_END)
    {
      _bud_rule_cursor_fail (&cursor, _("“and”, “or” or the end of the rule is expected."), error);
      return NULL;
    }

  return g_steal_pointer (&self);
}
