/* bud-rule-parser.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-lexer.h"
#include "bud-text.h"

#define MAX_FORM_WORDS 3

typedef struct
{
  GArray *tokens; /* (element-type BudRuleToken) */
  guint at;
  guint depth;
  guint n_conditions;
} Parser;

static BudRule *parse_sets    (Parser  *parser,
                               GError **error);
static BudRule *parse_operand (Parser  *parser,
                               GError **error);

static const BudRuleToken *
peek (Parser *parser)
{
  return &g_array_index (parser->tokens, BudRuleToken, parser->at);
}

static gboolean
is_token (const BudRuleToken *token,
          const char         *text,
          gsize               length)
{
  return (token->type == BUD_RULE_TOKEN_WORD || token->type == BUD_RULE_TOKEN_SYMBOL) &&
         strlen (token->text) == length && g_ascii_strncasecmp (token->text, text, length) == 0;
}

/* How many of the next tokens are the words of @form: all of its words, or 0. */
static gsize
match_form (const char *form,
            gpointer    data)
{
  Parser *parser = data;
  gsize n = 0;

  while (*form != '\0')
    {
      gsize length = strcspn (form, " ");

      /* The last token is the end, which matches nothing. */
      if (!is_token (peek (parser) + n, form, length))
        return 0;

      n++;
      form += length;
      form += *form == ' ';
    }

  return n;
}

static gboolean
accept_form (Parser     *parser,
             const char *form)
{
  gsize n = match_form (form, parser);

  parser->at += n;

  return n > 0;
}

/* @expected is a whole sentence. */
static void
fail (Parser      *parser,
      const char  *expected,
      GError     **error)
{
  const BudRuleToken *token = peek (parser);
  g_autofree char *found = _bud_rule_shorten (token->text);

  if (token->type == BUD_RULE_TOKEN_END)
    g_set_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_SYNTAX,
                 /* Translators: the second is a sentence such as “A value is expected.” */
                 _("At character %1$u, the end of the rule: %2$s"), token->position, expected);
  else
    g_set_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_SYNTAX,
                 /* Translators: the last is a sentence such as “A value is expected.” */
                 _("At character %1$u, “%2$s”: %3$s"), token->position, found, expected);
}

static gboolean
expect_form (Parser      *parser,
             const char  *form,
             GError     **error)
{
  g_autofree char *expected = NULL;

  if (accept_form (parser, form))
    return TRUE;

  expected = g_strdup_printf (_("“%s” is expected."), form);
  fail (parser, expected, error);

  return FALSE;
}

static BudRulePart
parse_part (Parser *parser)
{
  BudRulePart part = BUD_RULE_PART_NONE;
  gsize longest = 0;

  for (guint i = BUD_RULE_PART_NONE + 1; i < BUD_RULE_N_PARTS; i++)
    {
      gsize n = match_form (_bud_rule_part_text (i), parser);

      if (n > longest)
        {
          longest = n;
          part = i;
        }
    }
  parser->at += longest;

  return part;
}

/* The operator that somebody may have meant by the next words. */
static const char *
guess_form (Parser *parser)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  const char *guess = NULL;
  const BudRuleOp *op;

  for (guint i = 0; (op = _bud_rule_op_nth (i)) != NULL; i++)
    {
      g_ptr_array_add (forms, (gpointer) op->text);
      if (op->negated_text != NULL)
        g_ptr_array_add (forms, (gpointer) op->negated_text);
    }

  for (guint i = 0; i < MAX_FORM_WORDS && peek (parser)[i].type == BUD_RULE_TOKEN_WORD; i++)
    {
      const char *nearest;

      g_string_append_printf (words, "%s%s", i > 0 ? " " : "", peek (parser)[i].text);
      if (words->len > 60)
        break;

      nearest = bud_text_nearest (words->str, (const char *const *) forms->pdata, forms->len);
      if (nearest != NULL)
        guess = nearest;
    }

  return guess;
}

static void
fail_operator (Parser  *parser,
               GError **error)
{
  const char *guess = guess_form (parser);
  g_autofree char *expected = NULL;

  if (guess != NULL)
    expected = g_strdup_printf (_("An operator is expected. Did you mean “%s”?"), guess);
  else
    expected = g_strdup (_("An operator is expected, such as “=”, “contains” or “is empty”. A "
                           "field name with spaces or signs is written in brackets, such as "
                           "[First name]."));
  fail (parser, expected, error);
}

static gboolean
parse_value (Parser   *parser,
             BudRule  *condition,
             GError  **error)
{
  const BudRuleToken *token = peek (parser);

  if (token->type == BUD_RULE_TOKEN_STRING || token->type == BUD_RULE_TOKEN_LITERAL ||
      (token->type == BUD_RULE_TOKEN_WORD && condition->part == BUD_RULE_PART_WEEKDAY &&
       _bud_rule_weekday_parse (token->text) != 0))
    {
      g_ptr_array_add (condition->values, g_strdup (token->text));
      parser->at++;
      return TRUE;
    }

  if (condition->part == BUD_RULE_PART_WEEKDAY)
    fail (parser, _("A day is expected, such as Monday, or 1 for Monday to 7 for Sunday."), error);
  else
    fail (parser, _("A value is expected: a text in double quotes, a number with a decimal point, "
                    "or a date such as 2026-12-31."), error);

  return FALSE;
}

static gboolean
parse_list (Parser   *parser,
            BudRule  *condition,
            GError  **error)
{
  if (!expect_form (parser, "(", error))
    return FALSE;

  do
    {
      if (!parse_value (parser, condition, error))
        return FALSE;
    }
  while (accept_form (parser, ","));

  return expect_form (parser, ")", error);
}

static gboolean
parse_unit (Parser   *parser,
            BudRule  *condition,
            GError  **error)
{
  for (guint i = 0; i < BUD_RULE_N_UNITS; i++)
    {
      if (accept_form (parser, _bud_rule_unit_nick (i)) ||
          accept_form (parser, _bud_rule_unit_singular (i)))
        {
          condition->unit = i;
          return TRUE;
        }
    }

  fail (parser, _("“days”, “weeks”, “months” or “years” is expected."), error);

  return FALSE;
}

static gboolean
parse_values (Parser   *parser,
              BudRule  *condition,
              GError  **error)
{
  switch (condition->op->takes)
    {
    case BUD_RULE_TAKES_NOTHING:
      return TRUE;
    case BUD_RULE_TAKES_ONE:
      return parse_value (parser, condition, error);
    case BUD_RULE_TAKES_TWO:
      return parse_value (parser, condition, error) && expect_form (parser, "and", error) &&
             parse_value (parser, condition, error);
    case BUD_RULE_TAKES_LIST:
      return parse_list (parser, condition, error);
    case BUD_RULE_TAKES_PERIOD:
      return parse_value (parser, condition, error) && parse_unit (parser, condition, error);
    }

  g_return_val_if_reached (FALSE);
}

static BudRule *
parse_field (Parser  *parser,
             GError **error)
{
  const BudRuleToken *token = peek (parser);
  BudRule *condition;

  if (token->type != BUD_RULE_TOKEN_NAME &&
      (token->type != BUD_RULE_TOKEN_WORD || _bud_rule_is_keyword (token->text)))
    {
      fail (parser, _("The name of a field is expected."), error);
      return NULL;
    }

  condition = _bud_rule_new_condition (token->text);
  condition->position = token->position;
  parser->at++;

  return condition;
}

static BudRule *
parse_condition (Parser  *parser,
                 GError **error)
{
  g_autoptr (BudRule) condition = parse_field (parser, error);
  gsize n;

  if (condition == NULL)
    return NULL;

  if (++parser->n_conditions > BUD_RULE_MAX_CONDITIONS)
    {
      _bud_rule_fail_conditions (error);
      return NULL;
    }

  condition->part = parse_part (parser);
  condition->op = _bud_rule_op_match (match_form, parser, &condition->is_negated, &n);
  if (condition->op == NULL)
    {
      fail_operator (parser, error);
      return NULL;
    }
  parser->at += n;

  if (!parse_values (parser, condition, error))
    return NULL;
  condition->ignores_case = accept_form (parser, "ignore case");

  return _bud_rule_check (condition, error) ? g_steal_pointer (&condition) : NULL;
}

static GPtrArray *
new_children (BudRule *first)
{
  GPtrArray *children = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_rule_unref);

  g_ptr_array_add (children, first);

  return children;
}

static BudRule *
parse_parentheses (Parser  *parser,
                   GError **error)
{
  g_autoptr (BudRule) inner = parse_sets (parser, error);

  if (inner == NULL || !expect_form (parser, ")", error))
    return NULL;

  return g_steal_pointer (&inner);
}

static BudRule *
parse_not (Parser  *parser,
           GError **error)
{
  BudRule *negated = parse_operand (parser, error);

  if (negated == NULL)
    return NULL;

  return _bud_rule_new_group (BUD_RULE_NOT, new_children (negated), error);
}

/* What stands between “and” and “or”: the only place where the grammar calls itself. */
static BudRule *
parse_operand (Parser  *parser,
                    GError **error)
{
  BudRule *self;

  if (parser->depth >= BUD_RULE_MAX_DEPTH)
    {
      _bud_rule_fail_depth (error);
      return NULL;
    }

  parser->depth++;
  if (accept_form (parser, "not"))
    self = parse_not (parser, error);
  else if (accept_form (parser, "("))
    self = parse_parentheses (parser, error);
  else
    self = parse_condition (parser, error);
  parser->depth--;

  return self;
}

typedef BudRule *(*ParseFunc) (Parser  *parser,
                               GError **error);

/* One or more of what @parse_one reads, joined by the keyword of @kind. */
static BudRule *
parse_joined (Parser       *parser,
              BudRuleKind   kind,
              ParseFunc     parse_one,
              GError      **error)
{
  g_autoptr (GPtrArray) children = NULL;
  BudRule *first = parse_one (parser, error);

  if (first == NULL || match_form (_bud_rule_kind_nick (kind), parser) == 0)
    return first;

  children = new_children (first);
  while (accept_form (parser, _bud_rule_kind_nick (kind)))
    {
      BudRule *next = parse_one (parser, error);

      if (next == NULL)
        return NULL;
      g_ptr_array_add (children, next);
    }

  return _bud_rule_new_group (kind, g_steal_pointer (&children), error);
}

static BudRule *
parse_and (Parser  *parser,
           GError **error)
{
  return parse_joined (parser, BUD_RULE_AND, parse_operand, error);
}

static BudRule *
parse_or (Parser  *parser,
          GError **error)
{
  return parse_joined (parser, BUD_RULE_OR, parse_and, error);
}

static BudRuleKind
peek_set_operator (Parser *parser)
{
  for (guint kind = BUD_RULE_UNION; kind <= BUD_RULE_EXCEPT; kind++)
    {
      if (match_form (_bud_rule_kind_nick (kind), parser) > 0)
        return kind;
    }

  return BUD_RULE_CONDITION;
}

/* A run of the same set operator is one group; another one takes all before it as its left. */
static BudRule *
parse_sets (Parser  *parser,
            GError **error)
{
  g_autoptr (BudRule) left = parse_or (parser, error);
  BudRuleKind kind;

  while (left != NULL && (kind = peek_set_operator (parser)) != BUD_RULE_CONDITION)
    {
      g_autoptr (GPtrArray) children = new_children (g_steal_pointer (&left));

      while (accept_form (parser, _bud_rule_kind_nick (kind)))
        {
          BudRule *right = parse_or (parser, error);

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
  Parser parser = { 0, };

  g_return_val_if_fail (text != NULL, NULL);

  tokens = _bud_rule_lex (text, error);
  if (tokens == NULL)
    return NULL;

  parser.tokens = tokens;
  self = parse_sets (&parser, error);
  if (self == NULL)
    return NULL;

  if (peek (&parser)->type != BUD_RULE_TOKEN_END)
    {
      fail (&parser, _("“and”, “or” or the end of the rule is expected."), error);
      return NULL;
    }

  return g_steal_pointer (&self);
}
