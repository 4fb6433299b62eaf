/* bud-item-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "bud-item-json.h"
#include "bud-store-types.h"

static JsonNode *
list_to_node (const char *const *list)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
value_to_node (const GValue *value)
{
  if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    return json_node_init_string (json_node_alloc (), g_value_get_string (value));
  if (G_VALUE_HOLDS_INT64 (value))
    return json_node_init_int (json_node_alloc (), g_value_get_int64 (value));
  if (G_VALUE_HOLDS_BOOLEAN (value))
    return json_node_init_boolean (json_node_alloc (), g_value_get_boolean (value));
  if (G_VALUE_HOLDS (value, G_TYPE_STRV) && g_value_get_boxed (value) != NULL)
    return list_to_node (g_value_get_boxed (value));

  return json_node_init_null (json_node_alloc ());
}

static gboolean
node_to_list (JsonNode *node,
              GValue   *value)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_string (element) == NULL)
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  g_value_take_boxed (value, g_strv_builder_end (builder));

  return TRUE;
}

/* FALSE when @node is nothing that the property can hold: a later version may have changed it. */
static gboolean
node_to_value (JsonNode *node,
               GValue   *value)
{
  GType found = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (G_VALUE_HOLDS (value, G_TYPE_STRV))
    return node_to_list (node, value);
  if (G_VALUE_HOLDS_STRING (value) && JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (found != G_VALUE_TYPE (value))
    return FALSE;

  g_value_unset (value);
  json_node_get_value (node, value);

  return TRUE;
}

static JsonObject *
parse_object (JsonParser  *parser,
              const char  *json,
              GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  JsonNode *root = NULL;

  if (json_parser_load_from_data (parser, json, -1, &local_error))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_get_object (root);

  g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT,
               /* Translators: the placeholder is what the JSON library says */
               _("Something kept in the workspace cannot be read: %s"),
               local_error != NULL ? local_error->message : _("it is not a JSON object"));

  return NULL;
}

/* What a later version wrote and this one does not know must not be lost when it saves. */
static gboolean
copy_unknown (JsonObject    *body,
              GObjectClass  *klass,
              const char    *previous,
              GError       **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *old = parse_object (parser, previous, error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (old == NULL)
    return FALSE;

  json_object_iter_init (&iter, old);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (g_object_class_find_property (klass, name) == NULL)
        json_object_set_member (body, name, json_node_copy (node));
    }

  return TRUE;
}

/**
 * bud_item_to_json:
 * @item: any item
 * @previous: (nullable): the JSON that was kept for the same item until now
 * @error: return location for %BUD_STORE_ERROR_CORRUPT
 *
 * Returns: (transfer full): one JSON object with every property of @item, and with the members of
 *   @previous that are no properties of this version
 */
char *
bud_item_to_json (BudItem     *item,
                  const char  *previous,
                  GError     **error)
{
  g_autofree GParamSpec **pspecs = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonObject *body;
  GObjectClass *klass;
  guint n_pspecs;

  g_return_val_if_fail (BUD_IS_ITEM (item), NULL);

  klass = G_OBJECT_GET_CLASS (item);
  body = json_object_new ();
  root = json_node_init_object (json_node_alloc (), body);
  json_object_unref (body);

  pspecs = g_object_class_list_properties (klass, &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (item), pspecs[i]->name, &value);
      json_object_set_member (body, pspecs[i]->name, value_to_node (&value));
    }

  if (previous != NULL && !copy_unknown (body, klass, previous, error))
    return NULL;

  return json_to_string (root, FALSE);
}

/**
 * bud_item_from_json:
 * @type: a subclass of #BudItem
 * @json: what bud_item_to_json() gave, here or in another version of the program
 * @error: return location for %BUD_STORE_ERROR_CORRUPT
 *
 * Members that are no properties of @type are passed over.
 *
 * Returns: (transfer full): the item
 */
BudItem *
bud_item_from_json (GType        type,
                    const char  *json,
                    GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(BudItem) item = NULL;
  JsonObject *body;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_return_val_if_fail (g_type_is_a (type, BUD_TYPE_ITEM), NULL);
  g_return_val_if_fail (json != NULL, NULL);

  if ((body = parse_object (parser, json, error)) == NULL)
    return NULL;

  item = g_object_new (type, NULL);
  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &name, &node))
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (item), name);
      g_auto(GValue) value = G_VALUE_INIT;

      if (pspec == NULL)
        continue;

      g_value_init (&value, pspec->value_type);
      if (node_to_value (node, &value))
        g_object_set_property (G_OBJECT (item), name, &value);
    }

  return g_steal_pointer (&item);
}
