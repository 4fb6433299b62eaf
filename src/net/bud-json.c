/* bud-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-json.h"
#include "bud-net-error.h"

/* Every character that JSON has outside of strings (RFC 8259). */
static const char skeleton[] = " \t\r\n{}[]:,\"+-.0123456789eEtrufalsn";

static const char *
skip_string (const char *p,
             const char *end)
{
  for (; p < end && *p != '"'; p++)
    if (*p == '\\')
      p++;

  return p;
}

/* json-glib recurses for every level, and takes comments, 'quotes', `var x =` and several values
 * in a row. This looks at the text first, without recursion, and lets none of that through. */
static gboolean
is_sane (const char *text,
         gsize       length)
{
  const char *end = text + length;
  gsize depth = 0;
  gboolean closed = FALSE;

  for (const char *p = text; p < end; p++)
    {
      if (*p == '\0' || strchr (skeleton, *p) == NULL)
        return FALSE;
      if (g_ascii_isspace (*p))
        continue;
      if (closed)
        return FALSE;

      if (*p == '{' || *p == '[')
        {
          if (++depth > BUD_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if (*p == '}' || *p == ']')
        {
          if (depth-- == 0)
            return FALSE;
          closed = depth == 0;
        }
      else if (*p == '"')
        {
          p = skip_string (p + 1, end);
          if (p >= end)
            return FALSE;
        }
    }

  return depth == 0;
}

/**
 * bud_json_parse:
 * @bytes: foreign text
 * @error: return location for %BUD_NET_ERROR_BROKEN
 *
 * Reads JSON that nobody vouches for: not empty, no deeper than %BUD_JSON_MAX_DEPTH, one value, and
 * none of the liberties that json-glib takes.
 *
 * Returns: (transfer full): the root, or %NULL with @error set
 */
JsonNode *
bud_json_parse (GBytes  *bytes,
                GError **error)
{
  g_autoptr(JsonParser) parser = NULL;
  JsonNode *root = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  parser = json_parser_new_immutable ();

  if (length > 0 && length <= G_MAXSSIZE && is_sane (text, length) &&
      json_parser_load_from_data (parser, text, length, NULL))
    root = json_parser_steal_root (parser);

  if (root == NULL)
    g_set_error_literal (error, BUD_NET_ERROR, BUD_NET_ERROR_BROKEN,
                         _("The service gave an answer that cannot be read. Try again, and check "
                           "that the address is the right one."));

  return root;
}

/**
 * bud_json_get_root_object:
 * @node: (nullable): as given by bud_json_parse()
 *
 * Returns: (transfer none) (nullable): the object that @node is
 */
JsonObject *
bud_json_get_root_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
node_to_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static const char *
node_to_string (JsonNode *node)
{
  return holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

static JsonNode *
get_member (JsonObject *object,
            const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static JsonNode *
get_element (JsonArray *array,
             guint      index)
{
  return index < bud_json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

/**
 * bud_json_get_string:
 * @object: (nullable): an object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the member when it is a string
 */
const char *
bud_json_get_string (JsonObject *object,
                     const char *name)
{
  return node_to_string (get_member (object, name));
}

/**
 * bud_json_get_int:
 * @object: (nullable): an object
 * @name: a member's name
 *
 * Returns: the member when it is a number, without its decimals; else 0
 */
gint64
bud_json_get_int (JsonObject *object,
                  const char *name)
{
  JsonNode *node = get_member (object, name);
  double value;

  if (holds (node, G_TYPE_INT64))
    return json_node_get_int (node);
  if (!holds (node, G_TYPE_DOUBLE))
    return 0;

  /* Beyond this a conversion to an integer is undefined. */
  value = json_node_get_double (node);

  return value > -9.2e18 && value < 9.2e18 ? (gint64) value : 0;
}

/**
 * bud_json_get_bool:
 * @object: (nullable): an object
 * @name: a member's name
 *
 * Returns: the member when it is true or false; else %FALSE
 */
gboolean
bud_json_get_bool (JsonObject *object,
                   const char *name)
{
  JsonNode *node = get_member (object, name);

  return holds (node, G_TYPE_BOOLEAN) && json_node_get_boolean (node);
}

/**
 * bud_json_get_object:
 * @object: (nullable): an object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the member when it is an object
 */
JsonObject *
bud_json_get_object (JsonObject *object,
                     const char *name)
{
  return bud_json_get_root_object (get_member (object, name));
}

/**
 * bud_json_get_array:
 * @object: (nullable): an object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the member when it is an array
 */
JsonArray *
bud_json_get_array (JsonObject *object,
                    const char *name)
{
  return node_to_array (get_member (object, name));
}

/**
 * bud_json_array_get_length:
 * @array: (nullable): an array
 *
 * Returns: how many elements it has
 */
guint
bud_json_array_get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * bud_json_array_get_object:
 * @array: (nullable): an array
 * @index: from 0; past the end is nothing
 *
 * Returns: (transfer none) (nullable): the element when it is an object
 */
JsonObject *
bud_json_array_get_object (JsonArray *array,
                           guint      index)
{
  return bud_json_get_root_object (get_element (array, index));
}

/**
 * bud_json_array_get_string:
 * @array: (nullable): an array
 * @index: from 0; past the end is nothing
 *
 * Returns: (transfer none) (nullable): the element when it is a string
 */
const char *
bud_json_array_get_string (JsonArray *array,
                           guint      index)
{
  return node_to_string (get_element (array, index));
}
