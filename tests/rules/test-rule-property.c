/* test-rule-property.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rule-fixture.h"

/* What must hold for every rule: both compilers agree, “not” is the complement, and each form
 * reads back. Runs over every operator on every type, and over random trees. */

#define N_ROWS 80
#define N_TREES 1500
#define MAX_RANDOM_DEPTH 5

static const char *const names[FIXTURE_N_FIELDS] = {
  "text", "whole", "amount", "day", "[yes or no]", "[odd \"name]]]",
};

/* Canonical values of each field, as customers have them. */
static const char *const stored[FIXTURE_N_FIELDS][12] = {
  { "", "NO", "no", "Ås", "ÅS", "a\xcc\x8as", "Æ%_", "straße", "STRASSE", "\"'\\", "10", NULL },
  { "", "0", "-1", "1", "9", "10", "2026", "999999999999999999", "-999999999999999999", NULL },
  { "", "0", "-0.5", "0.1", "0.3", "10", "1234.56", "123456789012345", "0.000001", NULL },
  { "", "2026-03-31", "2026-03-31T23:59:59", "2026-04-01", "2026-03-30T00:00:00", "2026-02-28",
    "2026-01-01", "2025-12-31", "2024-02-29", "1900-01-01", "9999-12-31", NULL },
  { "", "0", "1", NULL },
  { "", "x", "? OR 1", "Ø", "ø", "\xf0\x9f\x98\x80", "😀 ås", NULL },
};

/* Values of each type as people write them in rules. */
static const char *const written[FIXTURE_N_FIELDS][10] = {
  { "\"NO\"", "\"ås\"", "\"s\"", "\"Æ%\"", "\"ß\"", "\"\\\"'\\\\\"", "10", "\"S\"", "\"zz\"",
    NULL },
  { "0", "-1", "9", "\"10\"", "2026", "999999999999999998", NULL },
  { "0", "-0.50", "0.1", "\"0,3\"", "10.000", "\"1 234,56\"", "0.000001", NULL },
  { "2026-03-31", "\"31.12.2025\"", "2024-02-29", "2026-04-01T10:00", "2026-01-01", NULL },
  { "\"yes\"", "\"nei\"", "\"0\"", "1", NULL },
  { "\"x\"", "\"ø\"", "\"😀\"", "\"? OR\"", "\"1; --\"", NULL },
};

/* The parts of a date, none first, and values of each. */
static const struct
{
  const char *text;
  const char *values[5];
} parts[] = {
  { "" },
  { "day of ", { "1", "\"31\"", "28", "30", NULL } },
  { "month of ", { "1", "\"3\"", "12", NULL } },
  { "year of ", { "2026", "2025", "\"1900\"", NULL } },
  { "day of week ", { "Monday", "2", "\"sunday\"", "\"3\"", NULL } },
};

/* %s takes a value. */
static const char *const forms[] = {
  "= %s", "!= %s", "< %s", "<= %s", "> %s", ">= %s",
  "any of (%s, %s, %s)", "not any of (%s, %s)", "between %s and %s", "not between %s and %s",
  "contains %s", "not contains %s", "starts with %s", "not starts with %s", "ends with %s",
  "not ends with %s", "is empty", "is not empty", "is true", "is not true", "is false",
  "is not false", "within last 31 days", "not within last 4 weeks", "within last 1 month",
  "not within last 3 years", "year to date", "not year to date",
};

static const char *
pick (const char *const *from)
{
  return from[g_test_rand_int_range (0, g_strv_length ((GStrv) from))];
}

static char *
random_condition (guint       field,
                  guint       part,
                  const char *form,
                  gboolean    ignores_case)
{
  g_autoptr (GString) text = g_string_new (names[field]);
  const char *const *values = part > 0 ? parts[part].values : written[field];

  g_string_append_printf (text, " %s", parts[part].text);
  for (const char *c = form; *c != '\0'; c++)
    {
      if (*c != '%')
        {
          g_string_append_c (text, *c);
          continue;
        }
      g_string_append (text, pick (values));
      c++;
    }
  g_string_append (text, ignores_case ? " ignore case" : "");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static RuleFixture *
new_population (void)
{
  RuleFixture *fixture = rule_fixture_new ();

  for (guint i = 0; i < N_ROWS; i++)
    {
      const char *row[FIXTURE_N_FIELDS];

      for (guint j = 0; j < FIXTURE_N_FIELDS; j++)
        row[j] = i < G_N_ELEMENTS (stored[j]) && stored[j][i] != NULL ? stored[j][i]
                                                                    : pick (stored[j]);
      rule_fixture_add (fixture, row);
    }

  return fixture;
}

static void
check_reads_back (BudRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = bud_rule_to_text (rule);
  g_autofree char *json = bud_rule_to_json (rule);
  g_autofree char *said = bud_rule_explain (rule);
  g_autoptr (BudRule) from_text = bud_rule_parse (text, &error);
  g_autoptr (BudRule) from_json = NULL;

  g_assert_no_error (error);
  g_assert_true (bud_rule_equal (rule, from_text));

  from_json = bud_rule_from_json (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (bud_rule_equal (rule, from_json));
  g_assert_cmpint (strlen (said), >, 0);
  g_assert_true (g_utf8_validate (said, -1, NULL));
}

static void
check_complement (const char *answers,
                  const char *opposite)
{
  g_assert_cmpint (strlen (answers), ==, strlen (opposite));
  for (gsize i = 0; answers[i] != '\0'; i++)
    g_assert_cmpint (answers[i] - '0' + opposite[i] - '0', ==, 1);
}

static void
check_bound (RuleFixture *fixture,
             const char  *text)
{
  g_autoptr (BudRule) rule = rule_fixture_bind (fixture, text);
  g_autofree char *negated_text = g_strdup_printf ("not (%s)", text);
  g_autoptr (BudRule) negated = rule_fixture_bind (fixture, negated_text);
  g_autofree char *by_sql = rule_fixture_ask_sql (fixture, rule);
  g_autofree char *by_memory = rule_fixture_ask_memory (fixture, rule);
  g_autofree char *opposite = rule_fixture_ask_sql (fixture, negated);
  g_autofree char *opposite_in_memory = rule_fixture_ask_memory (fixture, negated);

  g_assert_cmpstr (by_sql, ==, by_memory);
  g_assert_cmpstr (opposite, ==, opposite_in_memory);
  check_complement (by_sql, opposite);
  check_reads_back (rule);
}

static gboolean
can_bind (RuleFixture *fixture,
          BudRule     *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudRule) bound = bud_rule_bind (rule, rule_fixture_get_fields (fixture), &error);

  if (bound == NULL)
    g_assert_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_TYPE);

  return bound != NULL;
}

/* Returns: %TRUE when the combination means something */
static gboolean
check_combination (RuleFixture *fixture,
                   guint        field,
                   guint        part,
                   const char  *form,
                   gboolean     ignores_case)
{
  g_autofree char *text = random_condition (field, part, form, ignores_case);
  g_autoptr (BudRule) rule = bud_rule_parse (text, NULL);

  g_test_message ("%s", text);
  if (rule == NULL)
    {
      /* What the grammar refuses, whatever the field is. */
      g_assert_true (ignores_case || part > 0);
      return FALSE;
    }

  check_reads_back (rule);
  if (!can_bind (fixture, rule))
    return FALSE;
  check_bound (fixture, text);

  return TRUE;
}

static guint
count_for_field (RuleFixture *fixture,
                 guint        field)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          gboolean means;

          /* Other values each time. */
          for (guint k = 0; k < 10; k++)
            means = check_combination (fixture, field, j, forms[i], FALSE);
          n += means;
          for (guint k = 0; k < 10; k++)
            means = check_combination (fixture, field, j, forms[i], TRUE);
          n += means;
        }
    }

  return n;
}

static void
test_matrix (void)
{
  /* Text: 18 forms, 16 of them also ignoring case. Numbers: 12. Dates: 18, and 10 for each of
   * the four parts. Yes or no: 8. */
  static const guint expected[FIXTURE_N_FIELDS] = { 34, 12, 12, 58, 8, 34 };
  g_autoptr (RuleFixture) fixture = new_population ();

  for (guint i = 0; i < FIXTURE_N_FIELDS; i++)
    g_assert_cmpint (count_for_field (fixture, i), ==, expected[i]);
}

/* A condition that can be bound, found by trying. */
static char *
random_good_condition (RuleFixture *fixture)
{
  for (;;)
    {
      guint field = g_test_rand_int_range (0, FIXTURE_N_FIELDS);
      guint part = field == 3 ? g_test_rand_int_range (0, G_N_ELEMENTS (parts)) : 0;
      g_autofree char *text = random_condition (
        field, part, forms[g_test_rand_int_range (0, G_N_ELEMENTS (forms))], g_test_rand_bit ());
      g_autoptr (BudRule) rule = bud_rule_parse (text, NULL);

      if (rule != NULL && can_bind (fixture, rule))
        return g_steal_pointer (&text);
    }
}

static char *
random_tree (RuleFixture *fixture,
             guint        depth)
{
  static const char *const joints[] = {
    " and ", " or ", " AND\n", "\tOr ", " union ", " intersect ", " except ",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_test_rand_int_range (1, 4);

  if (depth == 0 || g_test_rand_int_range (0, 5) == 0)
    return random_good_condition (fixture);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *child = random_tree (fixture, depth - 1);

      if (i > 0)
        g_string_append (text, joints[g_test_rand_int_range (0, G_N_ELEMENTS (joints))]);
      if (g_test_rand_int_range (0, 4) == 0)
        g_string_append (text, "not ");
      g_string_append_printf (text, g_test_rand_bit () ? "(%s)" : " ( %s ) ", child);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_random_trees (void)
{
  g_autoptr (RuleFixture) fixture = new_population ();

  for (guint i = 0; i < N_TREES; i++)
    {
      g_autofree char *text = random_tree (fixture, g_test_rand_int_range (0, MAX_RANDOM_DEPTH));
      g_autoptr (BudRule) rule = bud_rule_parse (text, NULL);

      g_test_message ("%s", text);
      g_assert_nonnull (rule);
      check_reads_back (rule);
      check_bound (fixture, text);
    }
}

/* Decimals are compared as doubles: with up to 15 digits SQLite and C read the same one. */
static void
test_random_decimals (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 500; i++)
    {
      const char *row[FIXTURE_N_FIELDS] = { NULL };
      char *number = g_strdup_printf ("%d%d.%05d1", g_test_rand_int_range (1, 10000),
                                      g_test_rand_int_range (0, 10000),
                                      g_test_rand_int_range (0, 100000));

      g_ptr_array_add (numbers, number);
      row[2] = number;
      rule_fixture_add (fixture, row);
    }

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *text = g_strdup_printf ("amount = %s", (char *) numbers->pdata[i]);
      g_autoptr (BudRule) rule = rule_fixture_bind (fixture, text);
      g_autofree char *by_sql = rule_fixture_ask_sql (fixture, rule);
      g_autofree char *by_memory = rule_fixture_ask_memory (fixture, rule);

      g_assert_cmpstr (by_sql, ==, by_memory);
      g_assert_cmpint (by_sql[i], ==, '1');
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rule-property/matrix", test_matrix);
  g_test_add_func ("/rule-property/random-trees", test_random_trees);
  g_test_add_func ("/rule-property/random-decimals", test_random_decimals);

  return g_test_run ();
}
