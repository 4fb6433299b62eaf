/* bud-rule-bind.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-private.h"
#include "bud-text.h"
#include "bud-value.h"

#define DAY_LENGTH 10 /* of 2026-12-31 */

static BudFieldType
operand_type (BudRule *condition)
{
  return condition->part == BUD_RULE_PART_NONE ? bud_field_get_field_type (condition->field)
                                               : BUD_FIELD_INTEGER;
}

static char *
list_fitting (BudFieldType type)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const BudRuleOp *op;

  for (guint i = 0; (op = _bud_rule_op_nth (i)) != NULL; i++)
    {
      if (!_bud_rule_op_fits (op, type))
        continue;
      if (list->len > 0)
        g_string_append (list, ", ");
      g_string_append (list, op->text);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
describe_operator (BudRule *condition)
{
  BudFieldType type = bud_field_get_field_type (condition->field);
  const char *label = bud_field_type_to_label (type);
  g_autofree char *fitting = NULL;

  if (condition->part != BUD_RULE_PART_NONE && type != BUD_FIELD_DATE)
    return g_strdup_printf (/* Translators: a field, its type such as “text”, words of a rule */
                            _("“%1$s” has values of the type “%2$s”. “%3$s” can only be used with "
                              "dates."),
                            condition->name, label, _bud_rule_part_text (condition->part));

  if (!_bud_rule_op_fits (condition->op, operand_type (condition)))
    {
      fitting = list_fitting (type);
      return g_strdup_printf (/* Translators: a field, its type such as “text”, an operator such
                               * as “contains”, a list of operators */
                              _("“%1$s” has values of the type “%2$s”, for which there is no "
                                "“%3$s”. It can be used with: %4$s"),
                              condition->name, label, condition->op->text, fitting);
    }

  if (condition->ignores_case && type != BUD_FIELD_TEXT)
    return g_strdup_printf (_("“%1$s” has values of the type “%2$s”. “ignore case” can only be "
                              "used with text."),
                            condition->name, label);

  return NULL;
}

static int
highest_of_part (BudRulePart part)
{
  switch (part)
    {
    case BUD_RULE_PART_DAY:
      return 31;
    case BUD_RULE_PART_MONTH:
      return 12;
    case BUD_RULE_PART_YEAR:
      return 9999;
    case BUD_RULE_PART_WEEKDAY:
      return 7;
    case BUD_RULE_PART_NONE:
      break;
    }

  g_return_val_if_reached (0);
}

static const char *
example_of (BudFieldType type)
{
  switch (type)
    {
    case BUD_FIELD_TEXT:
      return "\"NO\"";
    case BUD_FIELD_INTEGER:
      return "5000";
    case BUD_FIELD_DECIMAL:
      return "1234.5";
    case BUD_FIELD_DATE:
      return "2026-12-31";
    case BUD_FIELD_BOOLEAN:
      return "\"true\"";
    }

  g_return_val_if_reached (NULL);
}

static char *
describe_value (BudRule    *condition,
                const char *value)
{
  BudFieldType type = bud_field_get_field_type (condition->field);
  g_autofree char *shown = _bud_rule_shorten (value);

  if (*value == '\0')
    return g_strdup_printf (_("“%s” cannot be compared with an empty text. Use “is empty” "
                              "instead."),
                            condition->name);

  if (condition->part != BUD_RULE_PART_NONE)
    return g_strdup_printf (/* Translators: a value, words such as “month of”, a field, a number */
                            _("“%1$s” does not fit “%2$s” of the date “%3$s”, which takes whole "
                              "numbers from 1 to %4$d."),
                            shown, _bud_rule_part_text (condition->part), condition->name,
                            highest_of_part (condition->part));

  return g_strdup_printf (/* Translators: a value, a field, its type such as “date”, an example */
                          _("“%1$s” cannot be compared with “%2$s”, which has values of the type "
                            "“%3$s”, written like %4$s."),
                          shown, condition->name, bud_field_type_to_label (type),
                          example_of (type));
}

/* The value as the store spells it, NULL when it is not of the field's type. */
static char *
convert_value (BudRule    *condition,
               const char *value)
{
  BudFieldType type = operand_type (condition);
  g_autoptr (GString) canonical = g_string_new (NULL);

  if (!bud_value_canonical (type, value, canonical) || canonical->len == 0)
    return NULL;

  if (type == BUD_FIELD_DATE)
    g_string_truncate (canonical, DAY_LENGTH);

  if (condition->part != BUD_RULE_PART_NONE)
    {
      gint64 number = g_ascii_strtoll (canonical->str, NULL, 10);

      if (number < 1 || number > highest_of_part (condition->part))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&canonical), FALSE);
}

static char *
convert_values (BudRule *from,
                BudRule *condition)
{
  for (guint i = 0; i < from->values->len; i++)
    {
      const char *value = g_ptr_array_index (from->values, i);
      g_autofree char *converted = NULL;

      if (condition->op->takes == BUD_RULE_TAKES_PERIOD)
        converted = g_strdup (value);
      else
        converted = convert_value (condition, value);
      if (converted == NULL)
        return describe_value (condition, value);

      g_ptr_array_add (condition->operands,
                       condition->ignores_case ? bud_text_fold (converted) : g_strdup (converted));
      g_ptr_array_add (condition->values, g_steal_pointer (&converted));
    }

  return NULL;
}

static BudField *
require_field (BudRule    *condition,
               GPtrArray  *fields,
               GError    **error)
{
  g_autoptr (GError) missing = NULL;
  BudField *field = bud_field_require (fields, condition->name, &missing);

  if (field == NULL)
    _bud_rule_set_error (error, BUD_RULE_ERROR_FIELD, condition->position, missing->message);

  return field;
}

static BudRule *
bind_condition (BudRule    *self,
                GPtrArray  *fields,
                GError    **error)
{
  g_autoptr (BudRule) bound = NULL;
  g_autofree char *fault = NULL;
  BudField *field = require_field (self, fields, error);

  if (field == NULL)
    return NULL;

  bound = _bud_rule_new_condition (bud_field_get_name (field));
  bound->field = bud_field_ref (field);
  bound->operands = g_ptr_array_new_with_free_func (g_free);
  bound->position = self->position;
  bound->part = self->part;
  bound->op = self->op;
  bound->is_negated = self->is_negated;
  bound->ignores_case = self->ignores_case;
  bound->unit = self->unit;
  bound->is_bound = TRUE;

  fault = describe_operator (bound);
  if (fault == NULL)
    fault = convert_values (self, bound);
  if (fault != NULL)
    {
      _bud_rule_set_error (error, BUD_RULE_ERROR_TYPE, self->position, fault);
      return NULL;
    }

  if (bound->op->fixed != NULL)
    g_ptr_array_add (bound->operands, g_strdup (bound->op->fixed));

  return g_steal_pointer (&bound);
}

/**
 * bud_rule_bind:
 * @self: a rule
 * @fields: (element-type BudField): the fields that customers have
 * @error: return location for an error
 *
 * Finds the field of every condition, sees that the operator fits its type, and gives every value
 * the spelling of stored values. Only a bound rule can be turned into SQL or be asked about a
 * customer.
 *
 * Returns: (transfer full) (nullable): the bound rule, a new tree, or %NULL with
 *   %BUD_RULE_ERROR_FIELD or %BUD_RULE_ERROR_TYPE
 */
BudRule *
bud_rule_bind (BudRule    *self,
               GPtrArray  *fields,
               GError    **error)
{
  g_autoptr (GPtrArray) children = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  if (self->kind == BUD_RULE_CONDITION)
    return bind_condition (self, fields, error);

  children = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_rule_unref);
  for (guint i = 0; i < self->children->len; i++)
    {
      BudRule *child = bud_rule_bind (g_ptr_array_index (self->children, i), fields, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }

  return _bud_rule_new_group (self->kind, g_steal_pointer (&children), error);
}
