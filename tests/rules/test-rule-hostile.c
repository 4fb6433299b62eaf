/* test-rule-hostile.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rule-fixture.h"

/* Rules that nobody wrote in good faith, and the largest that are allowed. */

#define MAX_DEPTH 32
#define MAX_CONDITIONS 500
#define MAX_VALUES 10000
#define MEBIBYTE (1024 * 1024)

static char *
repeat (const char *before,
        const char *middle,
        const char *after,
        guint       n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, after);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
expect_refusal (const char   *text,
                BudRuleError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudRule) rule = bud_rule_parse (text, &error);

  g_assert_null (rule);
  g_assert_error (error, BUD_RULE_ERROR, (int) code);
}

static void
expect_json_refusal (const char   *json,
                     BudRuleError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudRule) rule = bud_rule_from_json (json, -1, &error);

  g_assert_null (rule);
  g_assert_error (error, BUD_RULE_ERROR, (int) code);
}

static const struct
{
  const char *before;
  const char *middle;
  const char *after;
} nests[] = {
  { "(", "text is empty", ")" },
  { "not ", "text is empty", "" },
  { "not (", "text is empty", ")" },
  { "text = 1 and (", "text is empty", ")" },
  { "text = 1 or text = 2 and (", "text is empty", ")" },
  { "text = 1 except (", "text is empty", ")" },
  { "(text = 1 union ", "text is empty", ")" },
  { "", "text is empty", " union text = 1 except text = 2" },
  { "text = 1 and not (text = 2 or ", "text is empty", ")" },
};

static void
test_deep_text (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nests); i++)
    {
      g_autofree char *deep = repeat (nests[i].before, nests[i].middle, nests[i].after, 64);
      g_autofree char *deeper = repeat (nests[i].before, nests[i].middle, nests[i].after, 20000);

      expect_refusal (deep, BUD_RULE_ERROR_TOO_DEEP);
      expect_refusal (deeper, BUD_RULE_ERROR_TOO_DEEP);
    }
}

static void
test_deep_json (void)
{
  static const guint depths[] = { 67, 200000 };

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *nots = repeat ("{\"not\":", "{}", "}", depths[i]);
      g_autofree char *ands = repeat ("{\"and\":[", "{}", "]}", depths[i]);
      g_autofree char *arrays = repeat ("[", "", "]", depths[i]);
      g_autofree char *inside = g_strdup_printf ("{\"values\":%s}", arrays);
      g_autofree char *open = repeat ("{\"a\":", "", "", depths[i]);
      g_autofree char *rule = repeat ("{\"not\":", "{\"field\":\"a\",\"operator\":\"empty\"}", "}",
                                      depths[i] / 2);

      expect_json_refusal (nots, BUD_RULE_ERROR_TOO_DEEP);
      expect_json_refusal (ands, BUD_RULE_ERROR_TOO_DEEP);
      expect_json_refusal (inside, BUD_RULE_ERROR_TOO_DEEP);
      expect_json_refusal (rule, BUD_RULE_ERROR_TOO_DEEP);
      expect_json_refusal (open, BUD_RULE_ERROR_TOO_DEEP);
    }
}

/* The deepest rules that can be read can be written too, and fit into SQLite's parser. */
static void
test_deepest (void)
{
  static const char *const values[][FIXTURE_N_FIELDS] = { { "1" }, { "2" }, { "3" }, { NULL } };
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    rule_fixture_add (fixture, values[i]);

  for (gsize i = 0; i < G_N_ELEMENTS (nests); i++)
    {
      guint n_read = 0;

      for (guint n = 1; n <= MAX_DEPTH; n++)
        {
          g_autofree char *text = repeat (nests[i].before, nests[i].middle, nests[i].after, n);
          g_autoptr (BudRule) parsed = bud_rule_parse (text, NULL);
          g_autoptr (BudRule) rule = NULL;
          g_autoptr (BudRule) from_json = NULL;
          g_autofree char *json = NULL;
          g_autofree char *by_sql = NULL;
          g_autofree char *by_memory = NULL;

          if (parsed == NULL)
            break;

          n_read = n;
          json = bud_rule_to_json (parsed);
          from_json = bud_rule_from_json (json, -1, NULL);
          g_assert_true (bud_rule_equal (parsed, from_json));
          rule = rule_fixture_bind (fixture, text);
          by_sql = rule_fixture_ask_sql (fixture, rule);
          by_memory = rule_fixture_ask_memory (fixture, rule);
          g_assert_cmpstr (by_sql, ==, by_memory);
        }
      g_assert_cmpint (n_read, >=, MAX_DEPTH / 3);
    }
}

/* Two arms of equal depth at each level, as far as the number of conditions lets them. */
static char *
bushy (guint levels,
       guint length)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (levels == 0)
    return repeat ("text = 1 except (", "text is empty", ")", length);

  left = bushy (levels - 1, length);
  right = bushy (levels - 1, length);

  return g_strdup_printf ("(%s) except (%s)", left, right);
}

static void
test_bushy_in_sqlite (void)
{
  for (guint levels = 0; levels < 9; levels++)
    {
      guint length = MIN (MAX_DEPTH - 1 - levels, MAX_CONDITIONS / (1u << levels) - 1);
      g_autoptr (RuleFixture) fixture = rule_fixture_new ();
      g_autofree char *text = NULL;
      g_autoptr (BudRule) rule = NULL;
      g_autofree char *by_sql = NULL;
      g_autofree char *by_memory = NULL;
      const char *row[FIXTURE_N_FIELDS] = { "1" };

      if (levels == 8)
        length = 0;
      rule_fixture_add (fixture, row);
      text = bushy (levels, length);
      rule = rule_fixture_bind (fixture, text);
      by_sql = rule_fixture_ask_sql (fixture, rule);
      by_memory = rule_fixture_ask_memory (fixture, rule);
      g_assert_cmpstr (by_sql, ==, by_memory);
    }
}

static void
test_most_conditions (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();
  g_autofree char *most = repeat ("text = 1 or ", "text = 2", "", MAX_CONDITIONS - 1);
  g_autofree char *more = repeat ("text = 1 or ", "text = 2", "", MAX_CONDITIONS);
  g_autofree char *json = repeat ("{\"field\":\"a\",\"operator\":\"empty\"},",
                                  "{\"field\":\"a\",\"operator\":\"empty\"}", "", MAX_CONDITIONS);
  g_autofree char *many = g_strdup_printf ("{\"or\":[%s]}", json);
  const char *row[FIXTURE_N_FIELDS] = { "2" };

  rule_fixture_add (fixture, row);
  rule_fixture_check (fixture, most, "1");
  expect_refusal (more, BUD_RULE_ERROR_TOO_DEEP);
  expect_json_refusal (many, BUD_RULE_ERROR_TOO_DEEP);
}

static void
test_longest_list (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();
  g_autofree char *list = repeat ("5,", "6", "", MAX_VALUES - 1);
  g_autofree char *longest = g_strdup_printf ("whole any of (%s)", list);
  g_autofree char *longer = g_strdup_printf ("whole any of (7,%s)", list);
  const char *row[FIXTURE_N_FIELDS] = { NULL, "6" };

  rule_fixture_add (fixture, row);
  rule_fixture_check (fixture, longest, "1");
  expect_refusal (longer, BUD_RULE_ERROR_SYNTAX);
}

static void
test_long_text (void)
{
  g_autofree char *too_long = repeat ("", "a = 1", " ", MEBIBYTE);
  g_autofree char *spaces = repeat (" ", "a = 1", "", MEBIBYTE - 5);
  g_autofree char *words = repeat ("word ", "", "", MEBIBYTE / 5);
  g_autofree char *open = repeat ("", "a = \"", "æ", MEBIBYTE / 2 - 5);
  g_autofree char *name = repeat ("", "[", "]]", MEBIBYTE / 2 - 1);
  g_autofree char *nonsense = repeat ("", "a ", "o", MEBIBYTE - 2);
  g_autofree char *long_json = repeat (" ", "{}", "", 8 * MEBIBYTE);
  g_autoptr (BudRule) rule = bud_rule_parse (spaces, NULL);

  g_assert_nonnull (rule);
  expect_refusal (too_long, BUD_RULE_ERROR_SYNTAX);
  expect_json_refusal (long_json, BUD_RULE_ERROR_SYNTAX);
  expect_refusal (words, BUD_RULE_ERROR_SYNTAX);
  expect_refusal (open, BUD_RULE_ERROR_SYNTAX);
  expect_refusal (name, BUD_RULE_ERROR_SYNTAX);
  expect_refusal (nonsense, BUD_RULE_ERROR_SYNTAX);
}

static void
read_both_ways (const char *text)
{
  g_autoptr (BudRule) from_text = bud_rule_parse (text, NULL);
  g_autoptr (BudRule) from_json = bud_rule_from_json (text, -1, NULL);
}

/* Garbage of any sort is refused or read; it never crashes. */
static void
test_garbage (void)
{
  static const char *const alphabet[] = {
    "a", "text", " ", "(", ")", "[", "]", "\"", "\\", "\\\"", "=", "<", ">", "!", ",", "1", "-",
    ".",
    "2026-01-01", "and ", "or ", "not ", "any of", "between ", "within last ", "is empty", "union ",
    "{", "}", ":", "\"and\"", "\"field\"", "\"values\"", "\xc3", "\xc3\xa6", "“", "”", "\x01", "\n",
    "\\u0000", "\\ud800", "\\377", "null", "true", "day of ", "ignore case", "\xef\xbb\xbf",
  };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = g_test_rand_int_range (0, 30);

      for (guint j = 0; j < n; j++)
        g_string_append (text, alphabet[g_test_rand_int_range (0, G_N_ELEMENTS (alphabet))]);
      read_both_ways (text->str);
    }
}

static void
test_random_bytes (void)
{
  g_autofree char *bytes = g_malloc (MEBIBYTE + 1);

  for (guint round = 0; round < 4; round++)
    {
      for (guint i = 0; i < MEBIBYTE; i++)
        bytes[i] = g_test_rand_int_range (1, round % 2 == 0 ? 256 : 128);
      bytes[MEBIBYTE] = '\0';
      read_both_ways (bytes);
    }
}

/* What is quoted in a message, or compared with every field's name, has a bounded length. */
static void
test_long_names (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } rows[] = {
    { "", " = 1" },
    { "a ", " 1" },
    { "[", "] = 1" },
    { "whole = \"", "\"" },
    { "day month of = \"", "\"" },
    { "{\"", "\":1}" },
    { "{\"field\":\"a\",\"operator\":\"", "\"}" },
  };
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();
  g_autofree char *name = repeat ("", "æ", "æ", 200000);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BudRule) rule = NULL;
      g_autoptr (BudRule) bound = NULL;
      g_autofree char *text = g_strconcat (rows[i].before, name, rows[i].after, NULL);

      if (*text == '{')
        rule = bud_rule_from_json (text, -1, &error);
      else
        rule = bud_rule_parse (text, &error);
      if (rule != NULL)
        bound = bud_rule_bind (rule, rule_fixture_get_fields (fixture), &error);
      g_assert_null (bound);
      g_assert_nonnull (error);
      g_assert_cmpint (strlen (error->message), <, 500);
    }
}

/* Every beginning of a good rule is read or refused. */
static void
test_every_beginning (void)
{
  static const char whole[] = "[a ]] b] any of (\"æ\\\"\", -1.5, 2026-12-31) ignore case and not "
                              "(c within last 3 days or d day of week = Monday) except e is empty";
  static const char json[] = "{\"not\":{\"and\":[{\"field\":\"æ\",\"operator\":\"any-of\","
                             "\"values\":[\"\\u00e6\"],\"negated\":true},{\"field\":\"b\","
                             "\"operator\":\"empty\"}]}}";

  for (gsize i = 0; i <= strlen (whole); i++)
    {
      g_autofree char *text = g_strndup (whole, i);

      read_both_ways (text);
    }
  for (gsize i = 0; i < strlen (json); i++)
    {
      g_autofree char *text = g_strndup (json, i);

      expect_json_refusal (text, BUD_RULE_ERROR_SYNTAX);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rule-hostile/deep-text", test_deep_text);
  g_test_add_func ("/rule-hostile/deep-json", test_deep_json);
  g_test_add_func ("/rule-hostile/deepest", test_deepest);
  g_test_add_func ("/rule-hostile/bushy-in-sqlite", test_bushy_in_sqlite);
  g_test_add_func ("/rule-hostile/most-conditions", test_most_conditions);
  g_test_add_func ("/rule-hostile/longest-list", test_longest_list);
  g_test_add_func ("/rule-hostile/long-text", test_long_text);
  g_test_add_func ("/rule-hostile/long-names", test_long_names);
  g_test_add_func ("/rule-hostile/garbage", test_garbage);
  g_test_add_func ("/rule-hostile/random-bytes", test_random_bytes);
  g_test_add_func ("/rule-hostile/every-beginning", test_every_beginning);

  return g_test_run ();
}
