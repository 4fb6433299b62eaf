/* test-rule-parse.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-rule.h"
#include "rule-fixture.h"

/* What is typed, and how the program writes it. */
static const struct
{
  const char *typed;
  const char *written;
} spellings[] = {
  { "country = \"NO\"", NULL },
  { "  country=\"NO\"\n", "country = \"NO\"" },
  { "country equals \"NO\"", "country = \"NO\"" },
  { "country == \"NO\"", "country = \"NO\"" },
  { "country <> \"NO\"", "country != \"NO\"" },
  { "country ≠ \"NO\"", "country != \"NO\"" },
  { "Country NOT EQUALS \"NO\" IGNORE Case", "Country != \"NO\" ignore case" },
  { "country = “NO”", "country = \"NO\"" },
  { "country = „NO“", "country = \"NO\"" },
  { "country = ”NO\"", "country = \"NO\"" },
  { "country = \"say \\\"hi\\\" \\\\ there\"", NULL },
  { "country = \"“quoted”\"", NULL },
  { "country = \"\"", NULL },
  { "country = \"5000\"", "country = 5000" },
  { "country = \"-0.50\"", "country = -0.50" },
  { "country = \"5,5\"", NULL },
  { "country = \"5.\"", NULL },
  { "total ≤ 5", "total <= 5" },
  { "total >= -12.25", NULL },
  { "total<5", "total < 5" },
  { "day > 2026-12-31", NULL },
  { "day > 2026-12-31T12:30:00", NULL },
  { "day > \"31.12.2026\"", NULL },
  { "c contains 5", "c contains \"5\"" },
  { "c any of (\"a\",\"b\", 3)", "c any of (\"a\", \"b\", 3)" },
  { "c not any of (\"a\")", NULL },
  { "c not contains \"x\"", NULL },
  { "c not starts with \"x\"", NULL },
  { "c not ends with \"x\" ignore case", NULL },
  { "c is empty", NULL },
  { "c is not empty", NULL },
  { "c is true", NULL },
  { "c is not true", NULL },
  { "c is false", NULL },
  { "c between 1 and 2 and d is empty", NULL },
  { "c not between \"a\" and \"b\"", NULL },
  { "d within last 90 days", NULL },
  { "d within last 1 months", "d within last 1 month" },
  { "d not within last 2 year", "d not within last 2 years" },
  { "d year to date", NULL },
  { "birthday month of = 12", NULL },
  { "birthday day of week = 1", "birthday day of week = Monday" },
  { "birthday day of week any of (monday, \"SUNDAY\", 3)",
    "birthday day of week any of (Monday, Sunday, Wednesday)" },
  { "birthday year of not between 1990 and 1999", NULL },
  { "[First name] = \"Ola\"", NULL },
  { "[first_name] = \"Ola\"", "first_name = \"Ola\"" },
  { "[a ]] b] is empty", NULL },
  { "[and] is empty", NULL },
  { "[1st] is empty", NULL },
  { "fødselsår.år_1 > 1990", NULL },
  { "is is empty", NULL },
  { "day day of = 3", NULL },
  { "not a is empty", NULL },
  { "NOT not a is empty", "not not a is empty" },
  { "not (a is empty and b is empty)", NULL },
  { "((a is empty))", "a is empty" },
  { "a is empty and b is empty or c is empty", NULL },
  { "a is empty and (b is empty or c is empty)", NULL },
  { "(a is empty and b is empty) and c is empty", NULL },
  { "(a is empty and b is empty) or c is empty", "a is empty and b is empty or c is empty" },
  { "a is empty union b is empty union c is empty", NULL },
  { "(a is empty union b is empty) union c is empty", NULL },
  { "a is empty union b is empty except c is empty",
    "(a is empty union b is empty) except c is empty" },
  { "a is empty except (b is empty or c is empty) intersect d is empty",
    "(a is empty except b is empty or c is empty) intersect d is empty" },
  { "(a is empty union b is empty) and c is empty", NULL },
};

static BudRule *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BudRule *rule = bud_rule_parse (text, &error);

  g_assert_no_error (error);

  return rule;
}

static void
test_round_trips (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BudRule) rule = NULL;
      g_autoptr (BudRule) from_text = NULL;
      g_autoptr (BudRule) from_json = NULL;
      g_autofree char *text = NULL;
      g_autofree char *json = NULL;
      const char *written = spellings[i].written;

      g_test_message ("%s", spellings[i].typed);
      rule = parse (spellings[i].typed);
      text = bud_rule_to_text (rule);
      g_assert_cmpstr (text, ==, written != NULL ? written : spellings[i].typed);

      from_text = parse (text);
      g_assert_true (bud_rule_equal (rule, from_text));

      json = bud_rule_to_json (rule);
      from_json = bud_rule_from_json (json, -1, &error);
      g_assert_no_error (error);
      g_assert_true (bud_rule_equal (rule, from_json));
    }
}

/* No two of these are the same rule. */
static void
test_unequal (void)
{
  static const char *const texts[] = {
    "a = 1", "a = 2", "b = 1", "a != 1", "a = 1 ignore case", "a month of = 1", "a day of = 1",
    "a < 1", "a any of (1)", "a any of (1, 2)", "a any of (2, 1)", "not a = 1",
    "a within last 1 day", "a within last 1 week", "a = 1 and b = 1", "a = 1 or b = 1",
    "a = 1 and b = 1 and c = 1", "(a = 1 and b = 1) and c = 1", "a = 1 union b = 1",
    "a = 1 except b = 1", "b = 1 except a = 1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          g_autoptr (BudRule) a = parse (texts[i]);
          g_autoptr (BudRule) b = parse (texts[j]);

          g_assert_cmpint (bud_rule_equal (a, b), ==, i == j);
        }
    }
}

static const struct
{
  const char *text;
  BudRuleError code;
  const char *message; /* a part of it */
} refusals[] = {
  { "", BUD_RULE_ERROR_SYNTAX, "At character 1, the end of the rule: The name of a field" },
  { "   ", BUD_RULE_ERROR_SYNTAX, "At character 4, the end" },
  { "and", BUD_RULE_ERROR_SYNTAX, "At character 1, “and”: The name of a field" },
  { "= 5", BUD_RULE_ERROR_SYNTAX, "At character 1, “=”: The name of a field" },
  { "\"country\" = 5", BUD_RULE_ERROR_SYNTAX, "At character 1, “country”: The name of a field" },
  { "ærlig", BUD_RULE_ERROR_SYNTAX, "At character 6, the end of the rule: An operator" },
  { "æ = ø", BUD_RULE_ERROR_SYNTAX, "At character 5, “ø”: A value is expected" },
  { "a contain \"x\"", BUD_RULE_ERROR_SYNTAX, "At character 3, “contain”: An operator is expected. "
                                              "Did you mean “contains”?" },
  { "a start with \"x\"", BUD_RULE_ERROR_SYNTAX, "Did you mean “starts with”?" },
  { "a not end with \"x\"", BUD_RULE_ERROR_SYNTAX, "Did you mean “not ends with”?" },
  { "a is emtpy", BUD_RULE_ERROR_SYNTAX, "At character 3, “is”: An operator is expected. Did you "
                                         "mean “is empty”?" },
  { "First name = \"Ola\"", BUD_RULE_ERROR_SYNTAX, "[First name]" },
  { "a = 5 b", BUD_RULE_ERROR_SYNTAX, "At character 7, “b”: “and”, “or” or the end" },
  { "a = 5)", BUD_RULE_ERROR_SYNTAX, "At character 6, “)”: “and”, “or” or the end" },
  { "(a = 5", BUD_RULE_ERROR_SYNTAX, "At character 7, the end of the rule: “)” is expected" },
  { "a = 5 and", BUD_RULE_ERROR_SYNTAX, "At character 10, the end of the rule: The name" },
  { "a = 5 union", BUD_RULE_ERROR_SYNTAX, "At character 12, the end" },
  { "a any of \"x\"", BUD_RULE_ERROR_SYNTAX, "At character 10, “x”: “(” is expected" },
  { "a any of ()", BUD_RULE_ERROR_SYNTAX, "At character 11, “)”: A value is expected" },
  { "a any of (1 2)", BUD_RULE_ERROR_SYNTAX, "At character 13, “2”: “)” is expected" },
  { "a between 1", BUD_RULE_ERROR_SYNTAX, "At character 12, the end of the rule: “and”" },
  { "a within last 90", BUD_RULE_ERROR_SYNTAX, "“days”, “weeks”, “months” or “years”" },
  { "a within last 90.5 days", BUD_RULE_ERROR_SYNTAX, "At character 1: “within last” needs" },
  { "a within last -1 days", BUD_RULE_ERROR_SYNTAX, "from 0 to 9999" },
  { "a within last 10000 days", BUD_RULE_ERROR_SYNTAX, "from 0 to 9999" },
  { "a month of contains 5", BUD_RULE_ERROR_SYNTAX, "“month of” cannot be followed by “contains”" },
  { "a day of week = Someday", BUD_RULE_ERROR_SYNTAX, "At character 17, “Someday”: A day is" },
  { "a is empty ignore case", BUD_RULE_ERROR_SYNTAX, "“ignore case” cannot be used with" },
  { "a = \"x", BUD_RULE_ERROR_SYNTAX, "At character 5: The text that starts here" },
  { "a = \"x\\", BUD_RULE_ERROR_SYNTAX, "At character 7: In a text" },
  { "a = \"x\\n\"", BUD_RULE_ERROR_SYNTAX, "At character 7: In a text" },
  { "a = \"x”", BUD_RULE_ERROR_SYNTAX, "At character 5: The text that starts here" },
  { "[a = 5", BUD_RULE_ERROR_SYNTAX, "At character 1: The field name that starts here" },
  { "[] = 5", BUD_RULE_ERROR_SYNTAX, "At character 1: The name of a field is missing" },
  { "a = 'x'", BUD_RULE_ERROR_SYNTAX, "At character 5: “'” cannot be used here" },
  { "a = 5; DROP", BUD_RULE_ERROR_SYNTAX, "At character 6: “;” cannot be used here" },
  { "a = 12abc", BUD_RULE_ERROR_SYNTAX, "At character 7: “a” cannot be used here" },
  { "first-name = 5", BUD_RULE_ERROR_SYNTAX, "At character 6: “-” cannot be used here" },
  { "a = \"\xff\"", BUD_RULE_ERROR_SYNTAX, "At character 6: This is not text in the UTF-8" },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BudRule) rule = bud_rule_parse (refusals[i].text, &error);

      g_assert_null (rule);
      g_assert_error (error, BUD_RULE_ERROR, (int) refusals[i].code);
      if (strstr (error->message, refusals[i].message) == NULL)
        g_error ("“%s” is not in: %s", refusals[i].message, error->message);
    }
}

static const struct
{
  const char *text;
  BudRuleError code;
  const char *message; /* a part of it */
} unbindable[] = {
  { "text is empty and wole = 5", BUD_RULE_ERROR_FIELD, "At character 19: There is no field called "
                                                        "“wole”. Did you mean “whole”?" },
  { "nothing_like_it = 5", BUD_RULE_ERROR_FIELD, "At character 1: There is no field" },
  { "whole contains \"5\"", BUD_RULE_ERROR_TYPE, "At character 1: “whole” has values of the type "
                                                 "“whole number”, for which there is no “contain" },
  { "whole = \"many\"", BUD_RULE_ERROR_TYPE, "“many” cannot be compared with “whole”, which has "
                                            "values of the type “whole number”, written like 50" },
  { "whole > 4.5", BUD_RULE_ERROR_TYPE, "“4.5” cannot be compared" },
  { "whole = 1 ignore case", BUD_RULE_ERROR_TYPE, "“ignore case” can only be used with text" },
  { "whole month of = 1", BUD_RULE_ERROR_TYPE, "“month of” can only be used with dates" },
  { "amount within last 5 days", BUD_RULE_ERROR_TYPE, "there is no “within last”" },
  { "amount = \"1e5\"", BUD_RULE_ERROR_TYPE, "“decimal number”, written like 1234.5" },
  { "day = 2026-02-30", BUD_RULE_ERROR_TYPE, "“2026-02-30” cannot be compared with “day”" },
  { "day month of = 13", BUD_RULE_ERROR_TYPE, "“13” does not fit “month of” of the date “day”, "
                                              "which takes whole numbers from 1 to 12" },
  { "day day of week = 0", BUD_RULE_ERROR_TYPE, "from 1 to 7" },
  { "day day of = \"x\"", BUD_RULE_ERROR_TYPE, "from 1 to 31" },
  { "day is true", BUD_RULE_ERROR_TYPE, "there is no “is true”" },
  { "[yes or no] < \"yes\"", BUD_RULE_ERROR_TYPE, "=, is empty, is true, is false" },
  { "[yes or no] = \"maybe\"", BUD_RULE_ERROR_TYPE, "“maybe” cannot be compared" },
  { "text = \"\"", BUD_RULE_ERROR_TYPE, "Use “is empty” instead" },
  { "text any of (\"a\", \"\")", BUD_RULE_ERROR_TYPE, "Use “is empty” instead" },
  { "whole = \" \"", BUD_RULE_ERROR_TYPE, "“ ” cannot be compared" },
};

static void
test_unbindable (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (unbindable); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BudRule) rule = parse (unbindable[i].text);
      g_autoptr (BudRule) bound = NULL;

      bound = bud_rule_bind (rule, rule_fixture_get_fields (fixture), &error);
      g_assert_null (bound);
      g_assert_error (error, BUD_RULE_ERROR, (int) unbindable[i].code);
      if (strstr (error->message, unbindable[i].message) == NULL)
        g_error ("“%s” is not in: %s", unbindable[i].message, error->message);
    }
}

/* A bound rule is written with the field's own name and the stored spelling of values. */
static void
test_bound_spelling (void)
{
  static const char *const rows[][2] = {
    { "TEXT = 0150", "text = \"0150\"" },
    { "amount = \"1 234,50\"", "amount = 1234.5" },
    { "day = \"1.2.2026 12:00\"", "day = 2026-02-01" },
    { "[Yes OR No] = \"ja\"", "[yes or no] = 1" },
    { "text = \"ÅS\" ignore case", "text = \"ÅS\" ignore case" },
  };
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BudRule) bound = rule_fixture_bind (fixture, rows[i][0]);
      g_autofree char *text = bud_rule_to_text (bound);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

static void
test_ownership (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  BudRule *rule = parse ("a = 1 and not b = 2");

  g_value_init (&value, BUD_TYPE_RULE);
  g_value_set_boxed (&value, rule);
  g_assert_true (g_value_get_boxed (&value) == rule);
  bud_rule_unref (rule);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rule-parse/round-trips", test_round_trips);
  g_test_add_func ("/rule-parse/unequal", test_unequal);
  g_test_add_func ("/rule-parse/refusals", test_refusals);
  g_test_add_func ("/rule-parse/unbindable", test_unbindable);
  g_test_add_func ("/rule-parse/bound-spelling", test_bound_spelling);
  g_test_add_func ("/rule-parse/ownership", test_ownership);

  return g_test_run ();
}
