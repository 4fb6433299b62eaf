/* bud-rule.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-lexer.h"

#define MAX_PERIOD_DIGITS 4
#define MAX_QUOTED 60

G_DEFINE_QUARK (bud-rule-error-quark, bud_rule_error)

G_DEFINE_BOXED_TYPE (BudRule, bud_rule, bud_rule_ref, bud_rule_unref)

BudRule *
bud_rule_ref (BudRule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_rule_unref (BudRule *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->operands, g_ptr_array_unref);
  g_clear_pointer (&self->field, bud_field_unref);
  g_free (self->name);
  g_free (self);
}

static gboolean
equal_children (BudRule *a,
                BudRule *b)
{
  if (a->children->len != b->children->len)
    return FALSE;

  for (guint i = 0; i < a->children->len; i++)
    {
      if (!bud_rule_equal (g_ptr_array_index (a->children, i), g_ptr_array_index (b->children, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
equal_conditions (BudRule *a,
                  BudRule *b)
{
  if (a->op != b->op || a->part != b->part || a->unit != b->unit ||
      a->is_negated != b->is_negated || a->ignores_case != b->ignores_case ||
      a->values->len != b->values->len || !g_str_equal (a->name, b->name))
    return FALSE;

  for (guint i = 0; i < a->values->len; i++)
    {
      if (!g_str_equal (g_ptr_array_index (a->values, i), g_ptr_array_index (b->values, i)))
        return FALSE;
    }

  return TRUE;
}

/**
 * bud_rule_equal:
 * @a: a rule
 * @b: a rule
 *
 * Returns: %TRUE when both are the same tree; two rules that merely choose the same customers
 *   are not
 */
gboolean
bud_rule_equal (BudRule *a,
                BudRule *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (a->kind != b->kind)
    return FALSE;

  return a->kind == BUD_RULE_CONDITION ? equal_conditions (a, b) : equal_children (a, b);
}

static BudRule *
alloc_rule (BudRuleKind kind)
{
  BudRule *self = g_new0 (BudRule, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;

  return self;
}

/* A condition about @name, to be filled in and then checked. */
BudRule *
_bud_rule_new_condition (const char *name)
{
  BudRule *self = alloc_rule (BUD_RULE_CONDITION);

  self->n_conditions = 1;
  self->name = g_strdup (name);
  self->values = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/* What somebody wrote, short enough to be quoted in a message. */
char *
_bud_rule_shorten (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_QUOTED)
    return g_strdup (text);

  start = g_utf8_substring (text, 0, MAX_QUOTED);

  return g_strconcat (start, "…", NULL);
}

/* @message is a whole sentence; @position is 0 when there is no text to point into. */
void
_bud_rule_set_error (GError       **error,
                     BudRuleError   code,
                     guint          position,
                     const char    *message)
{
  if (position == 0)
    g_set_error_literal (error, BUD_RULE_ERROR, code, message);
  else
    g_set_error (error, BUD_RULE_ERROR, code,
                 /* Translators: a place in what somebody typed, and a sentence about it */
                 _("At character %1$u: %2$s"), position, message);
}

void
_bud_rule_fail_conditions (GError **error)
{
  g_set_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_TOO_DEEP,
               _("The rule has more than %d conditions. Use “any of” with a list of values, "
                 "or several segments."),
               BUD_RULE_MAX_CONDITIONS);
}

void
_bud_rule_fail_depth (GError **error)
{
  g_set_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_TOO_DEEP,
               _("The rule is nested more than %d levels deep. Write it with fewer parentheses."),
               BUD_RULE_MAX_DEPTH);
}

/* Takes over @children, of which there are at least two (exactly one for a “not”). */
BudRule *
_bud_rule_new_group (BudRuleKind   kind,
                     GPtrArray    *children,
                     GError      **error)
{
  BudRule *self = alloc_rule (kind);

  self->children = children;
  self->is_bound = TRUE;
  for (guint i = 0; i < children->len; i++)
    {
      BudRule *child = g_ptr_array_index (children, i);

      self->depth = MAX (self->depth, child->depth + 1);
      self->n_conditions += child->n_conditions;
      self->is_bound = self->is_bound && child->is_bound;
    }

  if (self->depth <= BUD_RULE_MAX_DEPTH && self->n_conditions <= BUD_RULE_MAX_CONDITIONS)
    return self;

  if (self->depth > BUD_RULE_MAX_DEPTH)
    _bud_rule_fail_depth (error);
  else
    _bud_rule_fail_conditions (error);
  bud_rule_unref (self);

  return NULL;
}

/* Monday is kept as 1, however it was written. */
static void
number_weekdays (GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      int weekday = _bud_rule_weekday_parse (g_ptr_array_index (values, i));

      if (weekday == 0)
        continue;

      g_free (g_ptr_array_index (values, i));
      g_ptr_array_index (values, i) = g_strdup_printf ("%d", weekday);
    }
}

static gboolean
has_right_values (BudRule *self)
{
  const char *first = self->values->len > 0 ? g_ptr_array_index (self->values, 0) : NULL;
  gsize digits;

  switch (self->op->takes)
    {
    case BUD_RULE_TAKES_NOTHING:
      return self->values->len == 0;
    case BUD_RULE_TAKES_ONE:
      return self->values->len == 1;
    case BUD_RULE_TAKES_TWO:
      return self->values->len == 2;
    case BUD_RULE_TAKES_LIST:
      return self->values->len >= 1;
    case BUD_RULE_TAKES_PERIOD:
      digits = first != NULL ? strspn (first, "0123456789") : 0;
      return self->values->len == 1 && digits > 0 && digits <= MAX_PERIOD_DIGITS &&
             first[digits] == '\0';
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
takes_text (const BudRuleOp *op)
{
  return _bud_rule_op_fits (op, BUD_FIELD_TEXT) && op->takes != BUD_RULE_TAKES_NOTHING;
}

/* Whether people write @value in quotation marks. */
gboolean
_bud_rule_is_text_value (BudRule    *condition,
                         const char *value)
{
  gboolean is_of_text = condition->ignores_case ||
                        !_bud_rule_op_fits (condition->op, BUD_FIELD_DATE);

  if (condition->field != NULL && condition->part == BUD_RULE_PART_NONE)
    is_of_text = bud_field_get_field_type (condition->field) == BUD_FIELD_TEXT;

  return is_of_text || *value == '\0' || _bud_rule_literal_length (value) != strlen (value);
}

static char *
describe_fault (BudRule *self)
{
  const BudRuleOp *op = self->op;

  if (*self->name == '\0')
    return g_strdup (_("The name of a field is missing."));
  if (strlen (self->name) > BUD_RULE_MAX_NAME)
    return g_strdup (_("The name of this field is too long."));
  if (self->part != BUD_RULE_PART_NONE && !op->on_parts)
    return g_strdup_printf (/* Translators: both are words of the rule language */
                            _("“%1$s” cannot be followed by “%2$s”, only by a comparison."),
                            _bud_rule_part_text (self->part), op->text);
  if (self->is_negated && op->negated_text == NULL)
    return g_strdup_printf (_("“%s” has no negated form. Put “not” before the condition."),
                            op->text);
  if (self->ignores_case && (!takes_text (op) || self->part != BUD_RULE_PART_NONE))
    return g_strdup_printf (_("“ignore case” cannot be used with “%s”, only when comparing text."),
                            op->text);
  if (self->values->len > BUD_RULE_MAX_VALUES)
    return g_strdup_printf (_("A list can have at most %d values."), BUD_RULE_MAX_VALUES);
  if (!has_right_values (self))
    return g_strdup_printf (op->takes == BUD_RULE_TAKES_PERIOD ?
                            _("“%s” needs one whole number from 0 to 9999.") :
                            _("“%s” has too many values or too few."), op->text);

  return NULL;
}

/* Whether the parts of a filled-in condition go together; says why not. */
gboolean
_bud_rule_check (BudRule  *condition,
                 GError  **error)
{
  g_autofree char *fault = NULL;

  g_assert (condition->kind == BUD_RULE_CONDITION);

  fault = describe_fault (condition);
  if (fault != NULL)
    {
      _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, condition->position, fault);
      return FALSE;
    }

  if (condition->part == BUD_RULE_PART_WEEKDAY)
    number_weekdays (condition->values);

  return TRUE;
}
