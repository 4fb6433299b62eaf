/* test-sandbox-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "bud-sandbox-json.h"

static char *
rewrite (const char *text,
         gsize       length)
{
  g_autoptr(BudSandboxJson) json = bud_sandbox_json_parse (text, length);
  g_autoptr(GString) out = g_string_new (NULL);

  if (json == NULL)
    return NULL;

  bud_sandbox_node_append (bud_sandbox_json_get_root (json), out);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const struct
{
  const char *text;
  const char *rewritten; /* (nullable): NULL if it is not JSON */
} cases[] = {
  { " [ 1 , -2.5e+3,0 ] ", "[1,-2.5e+3,0]" },
  { "{\"a\":{\"b\":[true,false,null]},\"c\":\"\"}",
    "{\"a\":{\"b\":[true,false,null]},\"c\":\"\"}" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e5\\ud83d\\ude00\"",
    "\"\\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009å😀\"" },
  { "7", "7" },
  { "", NULL },
  { "[1,]", NULL },
  { "[1 2]", NULL },
  { "{\"a\"}", NULL },
  { "{a:1}", NULL },
  { "[01]", NULL },
  { "[1.]", NULL },
  { "[-]", NULL },
  { "[+1]", NULL },
  { "[1e]", NULL },
  { "\"\\x\"", NULL },
  { "\"\\u12\"", NULL },
  { "\"\\ud83d\"", NULL },
  { "\"\\u0000\"", NULL },
  { "\"a\nb\"", NULL },
  { "\"open", NULL },
  { "nul", NULL },
  { "[] []", NULL },
  { "\"\xc3\"", NULL },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rewritten = rewrite (cases[i].text, strlen (cases[i].text));

      g_test_message ("case %u", i);
      g_assert_cmpstr (rewritten, ==, cases[i].rewritten);
    }
}

static char *
nest (guint depth)
{
  g_autofree char *open = g_strnfill (depth, '[');
  g_autofree char *close = g_strnfill (depth, ']');

  return g_strconcat (open, close, NULL);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (64);
  g_autofree char *too_deep = nest (65);
  g_autofree char *rewritten = rewrite (deepest, strlen (deepest));

  g_assert_cmpstr (rewritten, ==, deepest);
  g_assert_null (rewrite (too_deep, strlen (too_deep)));
}

/* Spoilt text is refused, or it is something that another reader takes as well and that stays
 * the same when it is written and read again. */
static void
test_spoilt (void)
{
  static const char sample[] =
      "{\"members\":[{\"email_address\":\"a@b.test\",\"vip\":true,\"n\":-12.5e3,\"merge_fields\":"
      "{\"FNAME\":\"\\u00c5\\ud83d\\ude00 \\\"x\\\"\",\"x\":null}},[],{}],\"y\":[1,2,[3]]}";
  static const char signs[] = "{}[]\",:\\u0123456789eE+-.tfn \xc3\x01";
  guint n_taken = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup (sample);
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;
      g_autoptr(JsonParser) parser = json_parser_new ();
      int n = g_test_rand_int_range (1, 4);

      while (n-- > 0)
        text[g_test_rand_int_range (0, strlen (sample))] =
            signs[g_test_rand_int_range (0, strlen (signs))];
      if ((once = rewrite (text, strlen (sample))) == NULL)
        continue;

      n_taken++;
      twice = rewrite (once, strlen (once));
      g_assert_cmpstr (once, ==, twice);
      g_assert_true (json_parser_load_from_data (parser, once, -1, NULL));
    }

  g_assert_cmpuint (n_taken, >, 100);
}

static void
test_times (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      guint32 seconds = g_test_rand_int ();
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = g_date_time_format (time, "\"%Y-%m-%dT%H:%M:%S+00:00\"");
      g_autoptr(GString) out = g_string_new (NULL);

      bud_sandbox_json_put_time (out, seconds);
      if (seconds != 0)
        g_assert_cmpstr (out->str, ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sandbox/json/cases", test_cases);
  g_test_add_func ("/sandbox/json/depth", test_depth);
  g_test_add_func ("/sandbox/json/spoilt", test_spoilt);
  g_test_add_func ("/sandbox/json/times", test_times);

  return g_test_run ();
}
