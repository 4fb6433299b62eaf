/* test-rule-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-rule.h"

static const struct
{
  const char *text;
  const char *json;
} forms[] = {
  { "country = \"NO\"", "{\"field\":\"country\",\"operator\":\"equals\",\"values\":[\"NO\"]}" },
  { "country not any of (\"NO\", \"DK\") ignore case",
    "{\"field\":\"country\",\"operator\":\"any-of\",\"negated\":true,\"ignore-case\":true,"
    "\"values\":[\"NO\",\"DK\"]}" },
  { "[First name] is empty", "{\"field\":\"First name\",\"operator\":\"empty\"}" },
  { "seen within last 90 days",
    "{\"field\":\"seen\",\"operator\":\"within-last\",\"values\":[\"90\"],\"unit\":\"days\"}" },
  { "born day of week = Monday",
    "{\"field\":\"born\",\"part\":\"day-of-week\",\"operator\":\"equals\",\"values\":[\"1\"]}" },
  { "not a is true",
    "{\"not\":{\"field\":\"a\",\"operator\":\"true\"}}" },
  { "a is empty except b is empty",
    "{\"except\":[{\"field\":\"a\",\"operator\":\"empty\"},"
    "{\"field\":\"b\",\"operator\":\"empty\"}]}" },
  { "a = \"\\\"\\\\\tæ\"",
    "{\"field\":\"a\",\"operator\":\"equals\",\"values\":[\"\\\"\\\\\\tæ\"]}" },
};

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BudRule) from_text = bud_rule_parse (forms[i].text, &error);
      g_autoptr (BudRule) from_json = NULL;
      g_autofree char *json = NULL;

      g_assert_no_error (error);
      json = bud_rule_to_json (from_text);
      g_assert_cmpstr (json, ==, forms[i].json);
      from_json = bud_rule_from_json (forms[i].json, strlen (forms[i].json), &error);
      g_assert_no_error (error);
      g_assert_true (bud_rule_equal (from_text, from_json));
    }
}

/* All of JSON's escapes. */
static void
test_escapes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudRule) a = bud_rule_from_json (
    "{\"field\":\"a\",\"operator\":\"equals\",\"values\":"
    "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e6\\ud83d\\ude00\"]}", -1, &error);
  g_autoptr (BudRule) b = bud_rule_parse ("a = \"\\\"\\\\/\b\f\n\r\tæ😀\"", NULL);

  g_assert_no_error (error);
  g_assert_true (bud_rule_equal (a, b));
}

static void
test_weekday_names (void)
{
  g_autoptr (BudRule) a = bud_rule_parse ("d day of week = Friday", NULL);
  g_autoptr (BudRule) b = bud_rule_from_json ("{\"field\":\"d\",\"part\":\"day-of-week\","
                                              "\"operator\":\"equals\",\"values\":[\"friday\"]}",
                                              -1, NULL);

  g_assert_true (bud_rule_equal (a, b));
}

#define CONDITION "{\"field\":\"a\",\"operator\":\"empty\"}"

static const struct
{
  const char *json;
  const char *message; /* a part of it */
} refusals[] = {
  { "", "must be an object" },
  { "  \n", "must be an object" },
  { "null", "At character 1: A rule must be one object" },
  { "[]", "At character 1: A rule must be one object" },
  { "[" CONDITION "]", "must be one object" },
  { "\"a = 1\"", "This is not JSON" },
  { "}" CONDITION, "At character 1: A rule must be one object" },
  { CONDITION "]", "At character 33: A rule must be one object" },
  { "{]", "This is not JSON" },
  { "{\"field\":\"a\" \"operator\":\"empty\"}", "This is not JSON" },
  { "{\"field\":\"a\",\"operator\":\"empty\",}", "This is not JSON" },
  { "{}", "“field” must be text" },
  { "{", "This is not JSON" },
  { CONDITION CONDITION, "At character 33: A rule must be one object" },
  { "// comment\n" CONDITION, "At character 1: This is not JSON" },
  { "/* æ */" CONDITION, "At character 1: This is not JSON" },
  { "{'field':'a','operator':'empty'}", "At character 2: This is not JSON" },
  { "var rule = " CONDITION ";", "At character 1: This is not JSON" },
  { "{\"field\":\"æ\"; }", "At character 13: This is not JSON" },
  { "{\"field\":\"a", "is not closed" },
  { "{\"field\":\"a\nb\",\"operator\":\"empty\"}", "is not closed" },
  { "{\"field\":\"a\\u0000b\",\"operator\":\"empty\"}", "NUL" },
  { "{\"field\":\"\xff\",\"operator\":\"empty\"}", "At character 11: This is not text in the UTF" },
  { "{\"field\":\"\",\"operator\":\"empty\"}", "name of a field is missing" },
  { "{\"field\":5,\"operator\":\"empty\"}", "“field” must be text" },
  { "{\"field\":null,\"operator\":\"empty\"}", "“field” must be text" },
  { "{\"field\":\"a\"}", "“operator” must be text" },
  { "{\"field\":\"a\",\"operator\":\"is\"}", "“is” is not a value of “operator”" },
  { "{\"field\":\"a\",\"operator\":\"empty\",\"valeus\":[]}", "“valeus” is not a part of a rule" },
  { "{\"field\":\"a\",\"operator\":\"empty\",\"and\":[]}", "“and” is not a part of a rule" },
  { "{\"field\":\"a\",\"operator\":\"empty\",\"values\":[\"x\"]}", "too many values or too few" },
  { "{\"field\":\"a\",\"operator\":\"equals\"}", "too many values or too few" },
  { "{\"field\":\"a\",\"operator\":\"between\",\"values\":[\"x\"]}", "too many values or too few" },
  { "{\"field\":\"a\",\"operator\":\"any-of\",\"values\":[]}", "too many values or too few" },
  { "{\"field\":\"a\",\"operator\":\"any-of\",\"values\":\"x\"}", "“values” must be a list" },
  { "{\"field\":\"a\",\"operator\":\"equals\",\"values\":[5]}", "“values” must be text" },
  { "{\"field\":\"\\ud800\"}", "JSON has no such escape" },
  { "{\"field\":\"\\ud800\\u0041\"}", "JSON has no such escape" },
  { "{\"field\":\"\\ud800\\ud800\"}", "JSON has no such escape" },
  { "{\"field\":\"\\udc00x\",\"operator\":\"empty\"}", "JSON has no such escape" },
  { "{\"field\":\"a\\377\",\"operator\":\"empty\"}", "At character 12: JSON has no such escape" },
  { "{\"field\":\"a\\0\",\"operator\":\"empty\"}", "At character 12: JSON has no such escape" },
  { "{\"field\":\"a\\q\",\"operator\":\"empty\"}", "At character 12: JSON has no such escape" },
  { "{\"field\":\"a\\u00g0\",\"operator\":\"empty\"}", "JSON has no such escape" },
  { "{\"field\":\"a\\", "JSON has no such escape" },
  { "{\"field\":\"a\",\"operator\":\"empty\",\"negated\":\"yes\"}", "must be true or false" },
  { "{\"field\":\"a\",\"operator\":\"less\",\"values\":[\"1\"],\"negated\":true}",
    "“<” has no negated form" },
  { "{\"field\":\"a\",\"operator\":\"empty\",\"unit\":\"days\"}", "takes no “unit”" },
  { "{\"field\":\"a\",\"operator\":\"within-last\",\"values\":[\"1\"]}", "“unit” must be text" },
  { "{\"field\":\"a\",\"operator\":\"within-last\",\"values\":[\"1\"],\"unit\":\"hours\"}",
    "“hours” is not a value of “unit”" },
  { "{\"field\":\"a\",\"operator\":\"within-last\",\"values\":[\"x\"],\"unit\":\"days\"}",
    "from 0 to 9999" },
  { "{\"field\":\"a\",\"part\":\"hour\",\"operator\":\"equals\",\"values\":[\"1\"]}",
    "“hour” is not a value of “part”" },
  { "{\"and\":" CONDITION "}", "“and” must be a list of two" },
  { "{\"and\":[" CONDITION "]}", "“and” must be a list of two" },
  { "{\"and\":[" CONDITION ",5]}", "must be an object" },
  { "{\"not\":[" CONDITION "]}", "must be an object" },
  { "{\"and\":[" CONDITION "," CONDITION "],\"or\":[]}", "is not a part of a rule" },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BudRule) rule = NULL;
      g_autofree char *shown = g_utf8_make_valid (refusals[i].json, -1);

      g_test_message ("%s", shown);
      rule = bud_rule_from_json (refusals[i].json, -1, &error);
      g_assert_null (rule);
      g_assert_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_SYNTAX);
      if (strstr (error->message, refusals[i].message) == NULL)
        g_error ("“%s” is not in: %s", refusals[i].message, error->message);
    }
}

/* The length counts: what lies behind it is not read, and a NUL before it is refused. */
static void
test_length (void)
{
  static const char with_nul[] = CONDITION "\0";
  g_autoptr (GError) error = NULL;
  g_autoptr (BudRule) cut = bud_rule_from_json (CONDITION "garbage", strlen (CONDITION), &error);
  g_autoptr (BudRule) refused = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (cut);

  refused = bud_rule_from_json (with_nul, strlen (CONDITION) + 1, &error);
  g_assert_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_SYNTAX);
  g_assert_null (refused);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rule-json/forms", test_forms);
  g_test_add_func ("/rule-json/escapes", test_escapes);
  g_test_add_func ("/rule-json/weekday-names", test_weekday_names);
  g_test_add_func ("/rule-json/refusals", test_refusals);
  g_test_add_func ("/rule-json/length", test_length);

  return g_test_run ();
}
