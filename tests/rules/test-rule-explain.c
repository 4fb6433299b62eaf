/* test-rule-explain.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-rule.h"
#include "rule-fixture.h"

static const char *const bound[][2] = {
  { "text = \"NO\"", "“text” is “NO”" },
  { "text = 0150", "“text” is “0150”" },
  { "text != \"NO\" ignore case", "“text” is not “NO” (upper or lower case)" },
  { "text any of (\"a\")", "“text” is one of “a”" },
  { "text any of (\"a\", \"b\")", "“text” is one of “a” or “b”" },
  { "text not any of (\"a\", \"b\", \"c\")", "“text” is none of “a”, “b” or “c”" },
  { "text contains \"a\"", "“text” contains “a”" },
  { "text not contains \"a\"", "“text” does not contain “a”" },
  { "text starts with \"a\"", "“text” starts with “a”" },
  { "text not starts with \"a\"", "“text” does not start with “a”" },
  { "text ends with \"a\"", "“text” ends with “a”" },
  { "text not ends with \"a\"", "“text” does not end with “a”" },
  { "text is empty", "“text” is empty" },
  { "text is not empty", "“text” is not empty" },
  { "whole < 5", "“whole” is less than 5" },
  { "whole <= 5", "“whole” is at most 5" },
  { "whole > 5", "“whole” is more than 5" },
  { "amount >= 5.5", "“amount” is at least 5.5" },
  { "whole between 1 and 5", "“whole” is from 1 to 5" },
  { "whole not between 1 and 5", "“whole” is not from 1 to 5" },
  { "day < 2026-12-31", "“day” is before 2026-12-31" },
  { "day <= 2026-12-31", "“day” is 2026-12-31 or earlier" },
  { "day > \"31.12.2026\"", "“day” is after 2026-12-31" },
  { "day >= 2026-12-31", "“day” is 2026-12-31 or later" },
  { "day within last 1 day", "“day” is within the last 1 day" },
  { "day within last 90 days", "“day” is within the last 90 days" },
  { "day not within last 1 day", "“day” is not within the last 1 day" },
  { "day not within last 3 months", "“day” is not within the last 3 months" },
  { "day not within last 2 weeks", "“day” is not within the last 2 weeks" },
  { "day within last 2 months", "“day” is within the last 2 months" },
  { "day within last 2 years", "“day” is within the last 2 years" },
  { "day year to date", "“day” is from 1 January this year to today" },
  { "day not year to date", "“day” is not from 1 January this year to today" },
  { "day month of = 12", "the month of “day” is December" },
  { "day day of <= 15", "the day of the month of “day” is at most 15" },
  { "day year of != 1990", "the year of “day” is not 1990" },
  { "day day of week any of (1, 7)", "the day of the week of “day” is one of Monday or Sunday" },
  { "[yes or no] is true", "“yes or no” is yes" },
  { "[yes or no] is not true", "“yes or no” is no or empty" },
  { "[yes or no] is false", "“yes or no” is no" },
  { "[yes or no] = \"ja\"", "“yes or no” is yes" },
  { "text is empty and whole = 1 and day is empty",
    "“text” is empty and “whole” is 1 and “day” is empty" },
  { "text is empty or whole = 1 and day is empty",
    "“text” is empty or (“whole” is 1 and “day” is empty)" },
  { "not (text is empty or whole = 1)", "not (“text” is empty or “whole” is 1)" },
  { "text is empty and not whole = 1", "“text” is empty and not (“whole” is 1)" },
  { "text is empty union whole = 1", "“text” is empty; or “whole” is 1" },
  { "text is empty intersect whole = 1", "“text” is empty; and also “whole” is 1" },
  { "text is empty except whole = 1", "“text” is empty; but not “whole” is 1" },
  { "whole any of (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21)",
    "“whole” is one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 "
    "or 21" },
  { "whole any of (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22)",
    "“whole” is one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 "
    "or 2 more" },
};

static const char *const unbound[][2] = {
  { "a < 2026-12-31", "“a” is before 2026-12-31" },
  { "a < 20", "“a” is less than 20" },
  { "a < \"2026\\\"\"", "“a” is less than “2026\"”" },
  { "a month of = 14", "the month of “a” is 14" },
};

static void
test_bound (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bound); i++)
    {
      g_autoptr (BudRule) rule = rule_fixture_bind (fixture, bound[i][0]);
      g_autofree char *said = bud_rule_explain (rule);

      g_assert_cmpstr (said, ==, bound[i][1]);
    }
}

static void
test_unbound (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unbound); i++)
    {
      g_autoptr (BudRule) rule = bud_rule_parse (unbound[i][0], NULL);
      g_autofree char *said = bud_rule_explain (rule);

      g_assert_cmpstr (said, ==, unbound[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rule-explain/bound", test_bound);
  g_test_add_func ("/rule-explain/unbound", test_unbound);

  return g_test_run ();
}
