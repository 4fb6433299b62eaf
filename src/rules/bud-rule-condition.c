/* bud-rule-condition.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-rule-cursor.h"
#include "bud-text.h"

#define MAX_FORM_WORDS 3
#define MAX_FORM_LENGTH 60

static BudRulePart
parse_part (BudRuleCursor *cursor)
{
  BudRulePart part = BUD_RULE_PART_NONE;
  gsize longest = 0;

  for (guint i = BUD_RULE_PART_NONE + 1; i < BUD_RULE_N_PARTS; i++)
    {
      gsize n = _bud_rule_cursor_match (_bud_rule_part_text (i), cursor);

      if (n > longest)
        {
          longest = n;
          part = i;
        }
    }
  cursor->at += longest;

  return part;
}

/* The operator that somebody may have meant by the next words. */
static const char *
guess_form (BudRuleCursor *cursor)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  const char *guess = NULL;
  const BudRuleToken *token = _bud_rule_cursor_peek (cursor);
  const BudRuleOp *op;

  for (guint i = 0; (op = _bud_rule_op_nth (i)) != NULL; i++)
    {
      g_ptr_array_add (forms, (gpointer) op->text);
      if (op->negated_text != NULL)
        g_ptr_array_add (forms, (gpointer) op->negated_text);
    }

  for (guint i = 0; i < MAX_FORM_WORDS && token[i].type == BUD_RULE_TOKEN_WORD; i++)
    {
      const char *nearest;

      g_string_append_printf (words, "%s%s", i > 0 ? " " : "", token[i].text);
      if (words->len > MAX_FORM_LENGTH)
        break;

      nearest = bud_text_nearest (words->str, (const char *const *) forms->pdata, forms->len);
      if (nearest != NULL)
        guess = nearest;
    }

  return guess;
}

static void
fail_operator (BudRuleCursor  *cursor,
               GError        **error)
{
  const char *guess = guess_form (cursor);
  g_autofree char *expected = NULL;

  if (guess != NULL)
    expected = g_strdup_printf (_("An operator is expected. Did you mean “%s”?"), guess);
  else
    expected = g_strdup (_("An operator is expected, such as “=”, “contains” or “is empty”. A "
                           "field name with spaces or signs is written in brackets, such as "
                           "[First name]."));
  _bud_rule_cursor_fail (cursor, expected, error);
}

static gboolean
parse_value (BudRuleCursor  *cursor,
             BudRule        *condition,
             GError        **error)
{
  const BudRuleToken *token = _bud_rule_cursor_peek (cursor);

  if (token->type == BUD_RULE_TOKEN_STRING || token->type == BUD_RULE_TOKEN_LITERAL ||
      (token->type == BUD_RULE_TOKEN_WORD && condition->part == BUD_RULE_PART_WEEKDAY &&
       _bud_rule_weekday_parse (token->text) != 0))
    {
      g_ptr_array_add (condition->values, g_strdup (token->text));
      cursor->at++;
      return TRUE;
    }

  if (condition->part == BUD_RULE_PART_WEEKDAY)
    _bud_rule_cursor_fail (cursor,
                           _("A day is expected, such as Monday, or 1 for Monday to 7 for Sunday."),
                           error);
  else
    _bud_rule_cursor_fail (cursor,
                           _("A value is expected: a text in double quotes, a number with a "
                             "decimal point, or a date such as 2026-12-31."),
                           error);

  return FALSE;
}

static gboolean
parse_list (BudRuleCursor  *cursor,
            BudRule        *condition,
            GError        **error)
{
  if (!_bud_rule_cursor_expect (cursor, "(", error))
    return FALSE;

  do
    {
      if (!parse_value (cursor, condition, error))
        return FALSE;
    }
  while (_bud_rule_cursor_accept (cursor, ","));

  return _bud_rule_cursor_expect (cursor, ")", error);
}

static gboolean
parse_unit (BudRuleCursor  *cursor,
            BudRule        *condition,
            GError        **error)
{
  for (guint i = 0; i < BUD_RULE_N_UNITS; i++)
    {
      if (_bud_rule_cursor_accept (cursor, _bud_rule_unit_nick (i)) ||
          _bud_rule_cursor_accept (cursor, _bud_rule_unit_singular (i)))
        {
          condition->unit = i;
          return TRUE;
        }
    }

  _bud_rule_cursor_fail (cursor, _("“days”, “weeks”, “months” or “years” is expected."), error);

  return FALSE;
}

static gboolean
parse_values (BudRuleCursor  *cursor,
              BudRule        *condition,
              GError        **error)
{
  switch (condition->op->takes)
    {
    case BUD_RULE_TAKES_NOTHING:
      return TRUE;
    case BUD_RULE_TAKES_ONE:
      return parse_value (cursor, condition, error);
    case BUD_RULE_TAKES_TWO:
      return parse_value (cursor, condition, error) &&
             _bud_rule_cursor_expect (cursor, "and", error) &&
             parse_value (cursor, condition, error);
    case BUD_RULE_TAKES_LIST:
      return parse_list (cursor, condition, error);
    case BUD_RULE_TAKES_PERIOD:
      return parse_value (cursor, condition, error) && parse_unit (cursor, condition, error);
    }

  g_return_val_if_reached (FALSE);
}

static BudRule *
parse_field (BudRuleCursor  *cursor,
             GError        **error)
{
  const BudRuleToken *token = _bud_rule_cursor_peek (cursor);
  BudRule *condition;

  if (token->type != BUD_RULE_TOKEN_NAME &&
      (token->type != BUD_RULE_TOKEN_WORD || _bud_rule_is_keyword (token->text)))
    {
      _bud_rule_cursor_fail (cursor, _("The name of a field is expected."), error);
      return NULL;
    }

  condition = _bud_rule_new_condition (token->text);
  condition->position = token->position;
  cursor->at++;

  return condition;
}

BudRule *
_bud_rule_parse_condition (BudRuleCursor  *cursor,
                           GError        **error)
{
  g_autoptr (BudRule) condition = parse_field (cursor, error);
  gsize n;

  if (condition == NULL)
    return NULL;

  if (++cursor->n_conditions > BUD_RULE_MAX_CONDITIONS)
    {
      _bud_rule_fail_conditions (error);
      return NULL;
    }

  condition->part = parse_part (cursor);
  condition->op = _bud_rule_op_match (_bud_rule_cursor_match, cursor, &condition->is_negated, &n);
  if (condition->op == NULL)
    {
      fail_operator (cursor, error);
      return NULL;
    }
  cursor->at += n;

  if (!parse_values (cursor, condition, error))
    return NULL;
  condition->ignores_case = _bud_rule_cursor_accept (cursor, "ignore case");

  return _bud_rule_check (condition, error) ? g_steal_pointer (&condition) : NULL;
}
