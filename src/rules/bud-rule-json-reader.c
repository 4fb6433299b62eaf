/* bud-rule-json-reader.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-private.h"

/* bud-rule-json.c describes the form. */

static const char *const condition_members[] = {
  "field", "part", "operator", "negated", "ignore-case", "values", "unit", NULL,
};

static BudRule *read_rule (JsonNode  *node,
                           GError   **error);

static void G_GNUC_PRINTF (2, 3)
fail (GError     **error,
      const char  *format,
      ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, 0, message);
}

static void
fail_nick (const char  *nick,
           const char  *member,
           GError     **error)
{
  g_autofree char *shown = _bud_rule_shorten (nick);

  fail (error, /* Translators: such as “hours” is not a value of “unit” */
        _("“%1$s” is not a value of “%2$s”."), shown, member);
}

static const char *
read_string (JsonNode    *node,
             const char  *member,
             GError     **error)
{
  const char *text = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);

  if (text == NULL)
    fail (error, _("“%s” must be text."), member);

  return text;
}

static gboolean
read_flag (JsonObject  *object,
           const char  *member,
           gboolean    *flag,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      fail (error, _("“%s” must be true or false."), member);
      return FALSE;
    }
  *flag = json_node_get_boolean (node);

  return TRUE;
}

typedef const char *(*NickFunc) (guint value);

static const char *
part_nick (guint part)
{
  return _bud_rule_part_nick (part);
}

static const char *
unit_nick (guint unit)
{
  return _bud_rule_unit_nick (unit);
}

/* Returns: the value whose nick the member has; -1 with the error set for any other nick */
static int
read_nick (JsonObject  *object,
           const char  *member,
           NickFunc     get_nick,
           guint        n_nicks,
           GError     **error)
{
  const char *nick = read_string (json_object_get_member (object, member), member, error);

  if (nick == NULL)
    return -1;

  for (guint i = 0; i < n_nicks; i++)
    {
      if (g_strcmp0 (get_nick (i), nick) == 0)
        return i;
    }

  fail_nick (nick, member, error);

  return -1;
}

static gboolean
read_part (JsonObject  *object,
           BudRule     *condition,
           GError     **error)
{
  int part;

  if (!json_object_has_member (object, "part"))
    return TRUE;

  part = read_nick (object, "part", part_nick, BUD_RULE_N_PARTS, error);
  condition->part = MAX (part, 0);

  return part >= 0;
}

/* A unit belongs to a period, and every period has one. */
static gboolean
read_unit (JsonObject  *object,
           BudRule     *condition,
           GError     **error)
{
  int unit;

  if (condition->op->takes != BUD_RULE_TAKES_PERIOD)
    {
      if (!json_object_has_member (object, "unit"))
        return TRUE;
      fail (error, _("“%1$s” takes no “%2$s”."), condition->op->nick, "unit");
      return FALSE;
    }

  unit = read_nick (object, "unit", unit_nick, BUD_RULE_N_UNITS, error);
  condition->unit = MAX (unit, 0);

  return unit >= 0;
}

static gboolean
read_operator (JsonObject  *object,
               BudRule     *condition,
               GError     **error)
{
  const char *nick = read_string (json_object_get_member (object, "operator"), "operator", error);

  if (nick == NULL)
    return FALSE;

  condition->op = _bud_rule_op_find (nick);
  if (condition->op == NULL)
    fail_nick (nick, "operator", error);

  return condition->op != NULL;
}

static gboolean
read_values (JsonObject  *object,
             BudRule     *condition,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, "values");
  JsonArray *array;

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      fail (error, _("“%s” must be a list."), "values");
      return FALSE;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *value = read_string (json_array_get_element (array, i), "values", error);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (condition->values, g_strdup (value));
    }

  return TRUE;
}

static gboolean
check_members (JsonObject  *object,
               GError     **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!g_strv_contains (condition_members, l->data))
        {
          g_autofree char *shown = _bud_rule_shorten (l->data);

          fail (error, _("“%s” is not a part of a rule."), shown);
          return FALSE;
        }
    }

  return TRUE;
}

static BudRule *
read_condition (JsonObject  *object,
                GError     **error)
{
  g_autoptr (BudRule) condition = NULL;
  const char *name;

  if (!check_members (object, error))
    return NULL;

  name = read_string (json_object_get_member (object, "field"), "field", error);
  if (name == NULL)
    return NULL;

  condition = _bud_rule_new_condition (name);
  if (!read_operator (object, condition, error) ||
      !read_part (object, condition, error) ||
      !read_unit (object, condition, error) ||
      !read_values (object, condition, error) ||
      !read_flag (object, "negated", &condition->is_negated, error) ||
      !read_flag (object, "ignore-case", &condition->ignores_case, error) ||
      !_bud_rule_check (condition, error))
    return NULL;

  return g_steal_pointer (&condition);
}

static gboolean
read_children (JsonArray  *array,
               GPtrArray  *children,
               GError    **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      BudRule *child = read_rule (json_array_get_element (array, i), error);

      if (child == NULL)
        return FALSE;
      g_ptr_array_add (children, child);
    }

  return TRUE;
}

static BudRule *
read_group (BudRuleKind   kind,
            JsonNode     *node,
            GError      **error)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_rule_unref);

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) < 2)
    {
      fail (error, _("“%s” must be a list of two rules or more."), _bud_rule_kind_nick (kind));
      return NULL;
    }

  if (!read_children (json_node_get_array (node), children, error))
    return NULL;

  return _bud_rule_new_group (kind, g_steal_pointer (&children), error);
}

static BudRule *
read_not (JsonNode  *node,
          GError   **error)
{
  BudRule *child = read_rule (node, error);
  GPtrArray *children;

  if (child == NULL)
    return NULL;

  children = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_rule_unref);
  g_ptr_array_add (children, child);

  return _bud_rule_new_group (BUD_RULE_NOT, children, error);
}

static BudRule *
read_rule (JsonNode  *node,
           GError   **error)
{
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (error, _("A rule must be an object with a condition or a group of rules."));
      return NULL;
    }

  object = json_node_get_object (node);
  for (guint kind = BUD_RULE_CONDITION + 1; kind < BUD_RULE_N_KINDS; kind++)
    {
      JsonNode *group = json_object_get_member (object, _bud_rule_kind_nick (kind));

      if (group != NULL && json_object_get_size (object) == 1)
        return kind == BUD_RULE_NOT ? read_not (group, error) : read_group (kind, group, error);
    }

  return read_condition (object, error);
}

/**
 * bud_rule_from_json:
 * @json: a rule in JSON form
 * @length: bytes of @json, -1 when it ends with a NUL
 * @error: return location for an error
 *
 * Reads the JSON form, which bud-rule-json.c describes. It may come from anywhere.
 *
 * Returns: (transfer full) (nullable): the rule, or %NULL with #BudRuleError
 */
BudRule *
bud_rule_from_json (const char  *json,
                    gssize       length,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) refused = NULL;
  g_autofree char *text = NULL;
  gsize n = length < 0 && json != NULL ? strlen (json) : (gsize) length;

  g_return_val_if_fail (json != NULL, NULL);

  text = g_strndup (json, n);
  if (!_bud_rule_scan_json (text, n, error))
    return NULL;

  if (!json_parser_load_from_data (parser, text, n, &refused))
    {
      fail (error, _("This is not JSON: %s"), refused->message);
      return NULL;
    }

  return read_rule (json_parser_get_root (parser), error);
}
