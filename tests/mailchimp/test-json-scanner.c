/* test-json-scanner.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "bud-json-scanner.h"

static gboolean
is_json (const char *text,
         gsize       length)
{
  /* A copy of exactly that length, so that a reader beyond the end is caught. */
  g_autofree char *copy = g_memdup2 (text, length);
  BudJsonScanner scanner;

  bud_json_scanner_init (&scanner, copy, length);
  bud_json_scanner_skip (&scanner);

  return bud_json_scanner_finish (&scanner);
}

static void
test_grammar (void)
{
  static const char *const GOOD[] = {
    "null", "true", "false", "0", "-0", "12", "-1.5e+10", "1E5", "0.25", "\"\"", "\"a\"", "[]",
    "{}",
    " [ 1 , 2 ] ", "\t{\"a\" : [ ] ,\n\"b\":{ }\r}", "[[[]],{}]",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E5\"",
    "\"\\ud83d\\ude00\"", "\"æøå 😀\"", "[\"1234567\",\"12345678\",\"123456789\"]",
    "{\"a\":{\"b\":[{\"c\":null}]},\"a\":1}",
  };
  static const char *const BAD[] = {
    "", " ", "nul", "nulll", "TRUE", "+1", "01", "1.", ".5", "1e", "1e+", "-", "--1", "0x1", "1 2",
    "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u123\"", "\"a\nb\"", "'a'", "[", "]",
    "[1",
    "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}",
    "{,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1]", "[]]", "{}}", "[] []", "// c\n1", "/**/1",
    "var x = 1;", "NaN", "Infinity", "\xef\xbb\xbf[]", "<html></html>", "{\"a\":}", "{\"a\"::1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_test_message ("good: %s", GOOD[i]);
      g_assert_true (is_json (GOOD[i], strlen (GOOD[i])));
    }

  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_test_message ("bad: %s", BAD[i]);
      g_assert_false (is_json (BAD[i], strlen (BAD[i])));
    }

  g_assert_false (is_json ("\0", 1));
  g_assert_false (is_json ("[]\0", 3));
  g_assert_false (is_json ("\"a\0b\"", 5));
  g_assert_false (is_json ("\"\\\0\"", 4));
  g_assert_false (is_json ("1\0", 2));
}

static void
test_depth (void)
{
  for (guint depth = 1; depth < 200; depth++)
    {
      g_autoptr(GString) arrays = g_string_new (NULL);
      g_autoptr(GString) objects = g_string_new (NULL);

      for (guint i = 0; i < depth; i++)
        {
          g_string_append_c (arrays, '[');
          g_string_append (objects, "{\"a\":");
        }
      g_string_append_c (objects, '0');
      for (guint i = 0; i < depth; i++)
        {
          g_string_append_c (arrays, ']');
          g_string_append_c (objects, '}');
        }

      g_assert_cmpint (is_json (arrays->str, arrays->len), ==, depth <= BUD_JSON_DEPTH_MAX);
      g_assert_cmpint (is_json (objects->str, objects->len), ==, depth <= BUD_JSON_DEPTH_MAX);
    }
}

static void
test_hostile_nesting (void)
{
  g_autofree char *text = g_strnfill (5000000, '[');

  g_assert_false (is_json (text, 5000000));
}

/* Each stop byte at each place of an eight-byte word, among bytes that look like it. */
static void
test_long_strings (void)
{
  for (guint length = 1; length < 40; length++)
    for (guint place = 0; place < length; place++)
      for (guint byte = 1; byte < 0x100; byte++)
        {
          g_autofree char *text = g_strnfill (length + 2, '!');
          gboolean plain = byte >= 0x20 && byte != '"' && byte != '\\';

          text[0] = text[length + 1] = '"';
          text[place + 1] = (char) byte;
          if (place + 1 < length && byte == '\\')
            plain = FALSE;

          g_assert_cmpint (is_json (text, length + 2), ==, plain);
        }
}

static void
test_texts (void)
{
  static const char *const CASES[][2] = {
    { "\"\"", "" },
    { "\"plain\"", "plain" },
    { "\"a\\\"b\\\\c\\/d\\be\\ff\\ng\\rh\\ti\"", "a\"b\\c/d\be\ff\ng\rh\ti" },
    { "\"\\u00e5\\u00C5\"", "åÅ" },
    { "\"\\ud83d\\ude00!\"", "😀!" },
    { "\"\\ud83d\"", "\xef\xbf\xbd" },
    { "\"\\ud83dx\"", "\xef\xbf\xbdx" },
    { "\"\\ud83d\\n\"", "\xef\xbf\xbd\n" },
    { "\"\\ude00\\ud83d\"", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd😀" },
    { "\"a\\u0000b\"", "a\xef\xbf\xbd" "b" },
    { "\"a\xff" "b\"", "a\xef\xbf\xbd" "b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(GString) out = g_string_new ("before ");
      BudJsonScanner scanner;
      BudJsonText text;

      bud_json_scanner_init (&scanner, CASES[i][0], strlen (CASES[i][0]));
      g_assert_true (bud_json_scanner_take_text (&scanner, &text));
      g_assert_true (bud_json_scanner_finish (&scanner));

      bud_json_text_append (&text, out);
      g_assert_cmpstr (out->str + strlen ("before "), ==, CASES[i][1]);
    }
}

static void
test_ints (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
    gint64 value;
  } CASES[] = {
    { "0", TRUE, 0 },
    { "-1", TRUE, -1 },
    { "1234567890123", TRUE, 1234567890123 },
    { "922337203685477579", TRUE, 922337203685477579 },
    { "99999999999999999999", FALSE, 7 },
    { "1.0", FALSE, 7 },
    { "1e3", FALSE, 7 },
    { "\"1\"", FALSE, 7 },
    { "null", FALSE, 7 },
    { "[1]", FALSE, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      BudJsonScanner scanner;
      gint64 value = 7;

      bud_json_scanner_init (&scanner, CASES[i].text, strlen (CASES[i].text));
      g_assert_cmpint (bud_json_scanner_take_int (&scanner, &value), ==, CASES[i].ok);
      g_assert_cmpint (value, ==, CASES[i].value);
      g_assert_true (bud_json_scanner_finish (&scanner));
    }
}

/* Values of the wrong kind are skipped, and the walk goes on. */
static void
test_walk (void)
{
  static const char DOCUMENT[] =
    "{\"x\":{\"k\":[1,{\"y\":\"no\"}]}, \"list\":[ {\"a\":\"1\",\"b\":2,\"c\":\"3\"}, 5, "
    "{\"c\":\"\"} ],"
    "\"list\":null,\"n\":41}";
  static const char *const KEYS[] = { "a", "b", "c" };
  BudJsonText texts[3];
  BudJsonScanner scanner;
  BudJsonText key;
  gint64 n = 0;
  guint n_objects = 0;
  guint n_keys = 0;

  bud_json_scanner_init (&scanner, DOCUMENT, strlen (DOCUMENT));
  g_assert_true (bud_json_scanner_enter_object (&scanner));
  while (bud_json_scanner_next_key (&scanner, &key))
    {
      n_keys++;
      if (bud_json_text_is (&key, "n"))
        bud_json_scanner_take_int (&scanner, &n);
      else if (!bud_json_text_is (&key, "list"))
        bud_json_scanner_skip (&scanner);
      else if (bud_json_scanner_enter_array (&scanner))
        while (bud_json_scanner_next_element (&scanner))
          if (bud_json_scanner_take_texts (&scanner, KEYS, 3, texts) && n_objects++ == 0)
            {
              g_assert_true (bud_json_text_is (&texts[0], "1"));
              g_assert_null (texts[1].data);
              g_assert_true (bud_json_text_is (&texts[2], "3"));
            }
    }

  g_assert_true (bud_json_scanner_finish (&scanner));
  g_assert_cmpuint (n_keys, ==, 4);
  g_assert_cmpuint (n_objects, ==, 2);
  g_assert_cmpint (n, ==, 41);
}

static JsonNode *
build_random_text (void)
{
  static const char *const PIECES[] = {
    "a", "\"", "\\", "/", "\n", "\t", "\x01", "å", "😀", "{", "]", ",", "https://x.example/", "\x7f",
  };
  g_autoptr(GString) text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    g_string_append (text, PIECES[g_test_rand_int_range (0, G_N_ELEMENTS (PIECES))]);

  return json_node_init_string (json_node_alloc (), text->str);
}

static JsonNode *
build_random_node (guint depth)
{
  switch (g_test_rand_int_range (0, depth < 6 ? 7 : 5))
    {
    case 0:
      return json_node_init_null (json_node_alloc ());
    case 1:
      return json_node_init_boolean (json_node_alloc (), g_test_rand_bit ());
    case 2:
      return json_node_init_int (json_node_alloc (), (gint64) g_test_rand_int () * 1000003);
    case 3:
      return json_node_init_double (json_node_alloc (), g_test_rand_double_range (-1e6, 1e-6));
    case 4:
      return build_random_text ();
    case 5:
      {
        g_autoptr(JsonArray) array = json_array_new ();

        for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
          json_array_add_element (array, build_random_node (depth + 1));

        return json_node_init_array (json_node_alloc (), array);
      }
    default:
      {
        g_autoptr(JsonObject) object = json_object_new ();

        for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
          {
            g_autoptr(JsonNode) name = build_random_text ();

            json_object_set_member (object, json_node_get_string (name),
                                    build_random_node (depth + 1));
          }

        return json_node_init_object (json_node_alloc (), object);
      }
    }
}

/* Builds with the scanner the tree that the other library builds by itself. */
static JsonNode *
read_node (BudJsonScanner *scanner)
{
  const char *start = scanner->cursor;
  g_autoptr(GString) text = g_string_new (NULL);
  BudJsonText span;
  gint64 number;

  while (*start == ' ' || *start == '\n')
    start++;

  switch (*start)
    {
    case '{':
      {
        g_autoptr(JsonObject) object = json_object_new ();

        bud_json_scanner_enter_object (scanner);
        while (bud_json_scanner_next_key (scanner, &span))
          {
            g_string_truncate (text, 0);
            bud_json_text_append (&span, text);
            json_object_set_member (object, text->str, read_node (scanner));
          }

        return json_node_init_object (json_node_alloc (), object);
      }
    case '[':
      {
        g_autoptr(JsonArray) array = json_array_new ();

        bud_json_scanner_enter_array (scanner);
        while (bud_json_scanner_next_element (scanner))
          json_array_add_element (array, read_node (scanner));

        return json_node_init_array (json_node_alloc (), array);
      }
    case '"':
      g_assert_true (bud_json_scanner_take_text (scanner, &span));
      bud_json_text_append (&span, text);
      return json_node_init_string (json_node_alloc (), text->str);
    case 'n':
      bud_json_scanner_skip (scanner);
      return json_node_init_null (json_node_alloc ());
    case 't':
    case 'f':
      bud_json_scanner_skip (scanner);
      return json_node_init_boolean (json_node_alloc (), *start == 't');
    default:
      if (bud_json_scanner_take_int (scanner, &number))
        return json_node_init_int (json_node_alloc (), number);
      return json_node_init_double (json_node_alloc (), g_ascii_strtod (start, NULL));
    }
}

static void
test_like_the_other_library (void)
{
  for (guint round = 0; round < 1500; round++)
    {
      g_autoptr(JsonNode) made = build_random_node (0);
      g_autofree char *document = json_to_string (made, g_test_rand_bit ());
      g_autoptr(JsonNode) theirs = json_from_string (document, NULL);
      g_autoptr(JsonNode) ours = NULL;
      BudJsonScanner scanner;

      bud_json_scanner_init (&scanner, document, strlen (document));
      ours = read_node (&scanner);

      g_test_message ("%s", document);
      g_assert_true (bud_json_scanner_finish (&scanner));
      g_assert_true (json_node_equal (ours, theirs));
    }
}

/* Cut anywhere, a container is no JSON; with a byte changed it may be, and nothing else happens. */
static void
test_cut_and_changed (void)
{
  guint n_broken = 0;

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(JsonArray) array = json_array_new ();
      g_autoptr(JsonNode) root = json_node_alloc ();
      g_autofree char *document = NULL;
      gsize length;

      json_array_add_element (array, build_random_node (0));
      json_array_add_element (array, build_random_node (0));
      document = json_to_string (json_node_init_array (root, array), FALSE);
      length = strlen (document);

      g_assert_true (is_json (document, length));
      for (gsize cut = 0; cut < length; cut++)
        g_assert_false (is_json (document, cut));

      for (gsize place = 0; place < length; place++)
        {
          char old = document[place];

          document[place] = (char) g_test_rand_int_range (0, 256);
          n_broken += !is_json (document, length);
          document[place] = old;
        }
    }

  g_assert_cmpuint (n_broken, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mailchimp/json-scanner/grammar", test_grammar);
  g_test_add_func ("/mailchimp/json-scanner/depth", test_depth);
  g_test_add_func ("/mailchimp/json-scanner/hostile-nesting", test_hostile_nesting);
  g_test_add_func ("/mailchimp/json-scanner/long-strings", test_long_strings);
  g_test_add_func ("/mailchimp/json-scanner/texts", test_texts);
  g_test_add_func ("/mailchimp/json-scanner/ints", test_ints);
  g_test_add_func ("/mailchimp/json-scanner/walk", test_walk);
  g_test_add_func ("/mailchimp/json-scanner/like-the-other-library", test_like_the_other_library);
  g_test_add_func ("/mailchimp/json-scanner/cut-and-changed", test_cut_and_changed);

  return g_test_run ();
}
