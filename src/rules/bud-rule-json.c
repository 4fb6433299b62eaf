/* bud-rule-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>

#include "bud-rule-private.h"

/* The JSON form, for programs. A rule is an object, either a group with one member:
 *
 *   { "and": [ rule, rule, … ] }     likewise "or", "union", "intersect" and "except"
 *   { "not": rule }
 *
 * or a condition:
 *
 *   { "field": "country",            a field's name
 *     "part": "month",               optional: "day", "month", "year" or "day-of-week" of a date
 *     "operator": "any-of",          equals less at-most more at-least any-of between contains
 *                                    starts-with ends-with empty true false within-last
 *                                    year-to-date
 *     "negated": true,               optional
 *     "ignore-case": true,           optional
 *     "values": [ "NO", "DK" ],      strings, also for numbers; left out when there are none
 *     "unit": "days" }               of within-last: "days", "weeks", "months" or "years"
 *
 * Anything else is refused, so that a misspelt member does not silently choose other people. */

static void
write_condition (JsonBuilder *builder,
                 BudRule     *condition)
{
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, condition->name);
  if (condition->part != BUD_RULE_PART_NONE)
    {
      json_builder_set_member_name (builder, "part");
      json_builder_add_string_value (builder, _bud_rule_part_nick (condition->part));
    }
  json_builder_set_member_name (builder, "operator");
  json_builder_add_string_value (builder, condition->op->nick);
  if (condition->is_negated)
    {
      json_builder_set_member_name (builder, "negated");
      json_builder_add_boolean_value (builder, TRUE);
    }
  if (condition->ignores_case)
    {
      json_builder_set_member_name (builder, "ignore-case");
      json_builder_add_boolean_value (builder, TRUE);
    }
  if (condition->values->len > 0)
    {
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (guint i = 0; i < condition->values->len; i++)
        json_builder_add_string_value (builder, g_ptr_array_index (condition->values, i));
      json_builder_end_array (builder);
    }
  if (condition->op->takes == BUD_RULE_TAKES_PERIOD)
    {
      json_builder_set_member_name (builder, "unit");
      json_builder_add_string_value (builder, _bud_rule_unit_nick (condition->unit));
    }
}

static void write_rule (JsonBuilder *builder,
                        BudRule     *rule);

static void
write_group (JsonBuilder *builder,
             BudRule     *group)
{
  json_builder_set_member_name (builder, _bud_rule_kind_nick (group->kind));
  if (group->kind != BUD_RULE_NOT)
    json_builder_begin_array (builder);
  for (guint i = 0; i < group->children->len; i++)
    write_rule (builder, g_ptr_array_index (group->children, i));
  if (group->kind != BUD_RULE_NOT)
    json_builder_end_array (builder);
}

static void
write_rule (JsonBuilder *builder,
            BudRule     *rule)
{
  json_builder_begin_object (builder);
  if (rule->kind == BUD_RULE_CONDITION)
    write_condition (builder, rule);
  else
    write_group (builder, rule);
  json_builder_end_object (builder);
}

/**
 * bud_rule_to_json:
 * @self: a rule
 *
 * Writes the JSON form, on one line. Reading it gives a tree equal to @self.
 *
 * Returns: (transfer full): the rule in JSON form
 */
char *
bud_rule_to_json (BudRule *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  write_rule (builder, self);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
