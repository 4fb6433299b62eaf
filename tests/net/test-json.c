/* test-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-json.h"
#include "bud-net-error.h"

static JsonNode *
parse (const char *text,
       gsize       length)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length);
  g_autoptr(GError) error = NULL;
  JsonNode *node = bud_json_parse (bytes, &error);

  if (node == NULL)
    g_assert_error (error, BUD_NET_ERROR, BUD_NET_ERROR_BROKEN);
  else
    g_assert_no_error (error);

  return node;
}

static void
test_good (void)
{
  const char *good[] = {
    "{}", "[]", " {\"a\":[1,-2.5e+3,true,false,null,\"x\\\"]}\"]}\r\n", "\"text\"", "12",
    "{\"a\":\"// /* ' var x = {\"}", "[{\"a\":{}},{\"b\":[]}]", "\t[\"\\u00e6\\\\\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(JsonNode) node = parse (good[i], strlen (good[i]));

      g_test_message ("%s", good[i]);
      g_assert_nonnull (node);
    }
}

static void
test_garbage (void)
{
  const char *bad[] = {
    "", " ", "\n", "{", "}", "[", "]", "{]", "[}", "{}{}", "[][]", "{} x", "[1,]", "{\"a\":1,}",
    "{a:1}", "{'a':1}", "// no\n{}", "{}// no", "/* no */{}", "var x = {};", "{\"a\":1 \"b\":2}",
    "[1 2]", "\"", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":\"\\\"}", "nul", "<html></html>",
    "{\"a\"}", "{\"a\":}", "{:1}", "[,]", "{\"a\":\xff}", "{\"a\":\"\xff\"}", "\xef\xbb\xbf{}",
    "{}}", "]]", "True", "tru", "[+]", "{\"a\":\"b\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(JsonNode) node = parse (bad[i], strlen (bad[i]));
      g_autofree char *shown = g_strescape (bad[i], NULL);

      g_test_message ("%s", shown);
      g_assert_null (node);
    }

  g_assert_null (parse ("{}\0{}", 5));
  g_assert_null (parse ("{\"a\":\0 1}", 9));
}

static JsonNode *
parse_nested (char  open,
              char  close,
              gsize depth)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append (text, open == '{' && i + 1 < depth ? "{\"a\":" : (char[]) { open, '\0' });
  for (gsize i = 0; i < depth; i++)
    g_string_append_c (text, close);

  return parse (text->str, text->len);
}

static void
test_depth (void)
{
  const gsize too_deep[] = { BUD_JSON_MAX_DEPTH + 1, 1000, 100000, 2000000 };
  g_autoptr(JsonNode) arrays = parse_nested ('[', ']', BUD_JSON_MAX_DEPTH);
  g_autoptr(JsonNode) objects = parse_nested ('{', '}', BUD_JSON_MAX_DEPTH);

  g_assert_nonnull (arrays);
  g_assert_nonnull (objects);

  for (gsize i = 0; i < G_N_ELEMENTS (too_deep); i++)
    {
      g_assert_null (parse_nested ('[', ']', too_deep[i]));
      g_assert_null (parse_nested ('{', '}', too_deep[i]));
    }
}

static const char sample[] =
  "{\"s\":\"text\",\"i\":42,\"d\":2.75,\"t\":true,\"f\":false,\"n\":null,"
  "\"o\":{\"s\":\"inner\"},\"a\":[\"x\",{\"s\":\"y\"},3,null],\"huge\":1e300,\"utf\":\"\\u00f8\"}";

/* Every prefix of good text is refused, and every single changed byte does no harm. */
static void
test_sweep (void)
{
  const char changes[] = "\0 \"\\{}[],:9e\xc3\xff";
  gsize length = sizeof sample - 1;

  for (gsize i = 0; i < length; i++)
    {
      g_assert_null (parse (sample, i));

      for (gsize c = 0; c < G_N_ELEMENTS (changes); c++)
        {
          g_autofree char *copy = g_strdup (sample);
          g_autoptr(JsonNode) node = NULL;

          copy[i] = changes[c];
          node = parse (copy, length);
          g_assert_true (node == NULL || json_node_get_node_type (node) == JSON_NODE_OBJECT);
        }
    }
}

static void
test_getters (void)
{
  g_autoptr(JsonNode) node = parse (sample, sizeof sample - 1);
  JsonObject *root = bud_json_get_root_object (node);
  JsonArray *array = bud_json_get_array (root, "a");

  g_assert_cmpstr (bud_json_get_string (root, "s"), ==, "text");
  g_assert_cmpstr (bud_json_get_string (root, "utf"), ==, "ø");
  g_assert_cmpint (bud_json_get_int (root, "i"), ==, 42);
  g_assert_cmpint (bud_json_get_int (root, "d"), ==, 2);
  g_assert_cmpint (bud_json_get_int (root, "huge"), ==, 0);
  g_assert_true (bud_json_get_bool (root, "t"));
  g_assert_false (bud_json_get_bool (root, "f"));
  g_assert_cmpstr (bud_json_get_string (bud_json_get_object (root, "o"), "s"), ==, "inner");
  g_assert_cmpuint (bud_json_array_get_length (array), ==, 4);
  g_assert_cmpstr (bud_json_array_get_string (array, 0), ==, "x");
  g_assert_cmpstr (bud_json_get_string (bud_json_array_get_object (array, 1), "s"), ==, "y");
}

/* Each getter on each member, there or not, of the right type or not: a default, never a word. */
static void
test_tolerance (void)
{
  const char *names[] = { "s", "i", "d", "t", "f", "n", "o", "a", "missing", "" };
  g_autoptr(JsonNode) node = parse (sample, sizeof sample - 1);
  g_autoptr(JsonNode) list = parse ("[1]", 3);
  JsonObject *root = bud_json_get_root_object (node);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];
      JsonArray *array = bud_json_get_array (root, name);

      g_assert_true ((bud_json_get_string (root, name) != NULL) == g_str_equal (name, "s"));
      g_assert_true ((bud_json_get_int (root, name) != 0) ==
                     (g_str_equal (name, "i") || g_str_equal (name, "d")));
      g_assert_true (bud_json_get_bool (root, name) == g_str_equal (name, "t"));
      g_assert_true ((bud_json_get_object (root, name) != NULL) == g_str_equal (name, "o"));
      g_assert_true ((array != NULL) == g_str_equal (name, "a"));
      g_assert_null (bud_json_get_string (NULL, name));
      g_assert_cmpint (bud_json_get_int (NULL, name), ==, 0);
      g_assert_false (bud_json_get_bool (NULL, name));
    }

  for (guint i = 0; i < 6; i++)
    {
      JsonArray *array = bud_json_get_array (root, "a");

      g_assert_true ((bud_json_array_get_object (array, i) != NULL) == (i == 1));
      g_assert_true ((bud_json_array_get_string (array, i) != NULL) == (i == 0));
      g_assert_null (bud_json_array_get_object (NULL, i));
    }

  g_assert_null (bud_json_get_root_object (list));
  g_assert_null (bud_json_get_root_object (NULL));
  g_assert_cmpuint (bud_json_array_get_length (NULL), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/garbage", test_garbage);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/sweep", test_sweep);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/tolerance", test_tolerance);

  return g_test_run ();
}
