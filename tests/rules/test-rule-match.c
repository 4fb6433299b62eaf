/* test-rule-match.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-rule-eval.h"
#include "bud-rule-sql.h"
#include "rule-fixture.h"

/* Whom a rule chooses: expectations written by hand, checked against SQL and memory. */
typedef struct
{
  const char *rule;
  const char *expected; /* one character a row */
} Row;

static void
check_rows (guint               field,
            const char *const  *values,
            const Row          *rows,
            gsize               n_rows)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_new ();

  for (; *values != NULL; values++)
    {
      const char *customer[FIXTURE_N_FIELDS] = { NULL };

      customer[field] = *values;
      rule_fixture_add (fixture, customer);
    }

  for (gsize i = 0; i < n_rows; i++)
    rule_fixture_check (fixture, rows[i].rule, rows[i].expected);
}

static void
test_text (void)
{
  static const char *const values[] = {
    "NO", "no", "", "Ås", "ÅS", "A\xcc\x8as", "Ærlig talt", "100 %_", "10", "9", NULL,
  };
  static const Row rows[] = {
    { "text = \"NO\"", "1000000000" },
    { "text != \"NO\"", "0111111111" },
    { "text = \"NO\" ignore case", "1100000000" },
    { "text != \"no\" ignore case", "0011111111" },
    { "text = \"ås\" ignore case", "0001110000" },
    { "text starts with \"å\"", "0000000000" },
    { "text starts with \"å\" ignore case", "0001110000" },
    { "text not starts with \"Å\"", "1110011111" },
    { "text ends with \"S\"", "0000100000" },
    { "text ends with \"talt\"", "0000001000" },
    { "text not ends with \"talt\"", "1111110111" },
    { "text contains \"æRLIG\" ignore case", "0000001000" },
    { "text contains \"%\"", "0000000100" },
    { "text contains \"_\"", "0000000100" },
    { "text not contains \"N\"", "0111111111" },
    { "text any of (\"NO\", \"no\", \"DK\")", "1100000000" },
    { "text not any of (\"NO\", \"no\", \"DK\")", "0011111111" },
    { "text any of (\"no\") ignore case", "1100000000" },
    { "text < \"9\"", "0000000110" },
    { "text >= \"Å\"", "0001101000" },
    { "text between \"10\" and \"9\"", "0000000111" },
    { "text not between \"10\" and \"9\"", "1111111000" },
    { "text between \"N\" and \"nz\" ignore case", "1100000000" },
    { "text is empty", "0010000000" },
    { "text is not empty", "1101111111" },
    { "not text is empty", "1101111111" },
    { "text = 10", "0000000010" },
    { "text ends with \"a long text that is in no row at all\"", "0000000000" },
  };

  check_rows (0, values, rows, G_N_ELEMENTS (rows));
}

static void
test_numbers (void)
{
  static const char *const whole[] = { "9", "10", "-3", "0", "", "999999999999999999", NULL };
  static const Row whole_rows[] = {
    { "whole = 9", "100000" },
    { "whole != 9", "011111" },
    { "whole < 10", "101100" },
    { "whole <= \"10\"", "111100" },
    { "whole > 9", "010001" },
    { "whole >= 9", "110001" },
    { "whole = -3", "001000" },
    { "whole any of (0, -3)", "001100" },
    { "whole not any of (0, -3)", "110011" },
    { "whole between 0 and 9", "100100" },
    { "whole not between 0 and 9", "011011" },
    { "whole > 999999999999999998", "000001" },
    { "whole is empty", "000010" },
  };
  static const char *const amounts[] = { "0.1", "10", "-2.5", "", "1234.56", NULL };
  static const Row amount_rows[] = {
    { "amount = 0.1", "10000" },
    { "amount = \"0,1\"", "10000" },
    { "amount = 10.0", "01000" },
    { "amount != 10", "10111" },
    { "amount < 9.99", "10100" },
    { "amount >= 1234.56", "00001" },
    { "amount any of (\"1 234,56\", -2.50)", "00101" },
    { "amount between -2.5 and 0.1", "10100" },
    { "amount is not empty", "11101" },
  };

  check_rows (1, whole, whole_rows, G_N_ELEMENTS (whole_rows));
  check_rows (2, amounts, amount_rows, G_N_ELEMENTS (amount_rows));
}

/* It is 31 March 2026, a Tuesday. */
static void
test_dates (void)
{
  static const char *const values[] = {
    "2026-03-31", "2026-03-31T23:59:59", "2026-04-01", "2026-03-30", "2026-02-28", "2026-02-27",
    "2026-01-01", "2025-12-31T23:59:59", "2025-03-31", "2025-03-30", "", "2024-02-29", NULL,
  };
  static const Row rows[] = {
    { "day = 2026-03-31", "110000000000" },
    { "day = \"31.03.2026\"", "110000000000" },
    { "day = 2026-03-31T08:00", "110000000000" },
    { "day != 2026-03-31", "001111111111" },
    { "day <= 2026-01-01", "000000111101" },
    { "day < 2026-01-01", "000000011101" },
    { "day > 2026-03-31", "001000000000" },
    { "day >= 2026-03-31", "111000000000" },
    { "day between 2025-12-31 and 2026-01-01", "000000110000" },
    { "day any of (2024-02-29, 2026-03-30)", "000100000001" },
    { "day within last 0 days", "110000000000" },
    { "day within last 1 day", "110100000000" },
    { "day within last 31 days", "110110000000" },
    { "day within last 32 days", "110111000000" },
    { "day within last 1 month", "110110000000" },
    { "day within last 3 months", "110111110000" },
    { "day not within last 3 months", "001000001111" },
    { "day within last 1 week", "110100000000" },
    { "day within last 1 year", "110111111000" },
    { "day within last 9999 years", "110111111101" },
    { "day year to date", "110111100000" },
    { "day not year to date", "001000011111" },
    { "day day of = 31", "110000011000" },
    { "day month of = 12", "000000010000" },
    { "day month of != 3", "001011110011" },
    { "day year of < 2026", "000000011101" },
    { "day year of between 2024 and 2025", "000000011101" },
    { "day day of week = Tuesday", "110000000000" },
    { "day day of week = 7", "000000000100" },
    { "day day of week any of (Monday, 3)", "001100011000" },
    { "day is empty", "000000000010" },
  };

  check_rows (3, values, rows, G_N_ELEMENTS (rows));
}

static void
test_booleans (void)
{
  static const char *const values[] = { "1", "0", "", NULL };
  static const Row rows[] = {
    { "[yes or no] is true", "100" },
    { "[yes or no] is not true", "011" },
    { "[yes or no] is false", "010" },
    { "[yes or no] is not false", "101" },
    { "[yes or no] = \"yes\"", "100" },
    { "[yes or no] != \"yes\"", "011" },
    { "[yes or no] is empty", "001" },
  };

  check_rows (4, values, rows, G_N_ELEMENTS (rows));
}

static void
test_groups (void)
{
  static const char *const values[] = { "a", "b", "ab", "", NULL };
  static const Row rows[] = {
    { "text contains \"a\" and text contains \"b\"", "0010" },
    { "text contains \"a\" or text contains \"b\"", "1110" },
    { "not (text contains \"a\" or text contains \"b\")", "0001" },
    { "text = \"b\" or text contains \"a\" and text contains \"b\"", "0110" },
    { "(text = \"b\" or text contains \"a\") and text contains \"b\"", "0110" },
    { "(text = \"b\" or text contains \"a\") and text = \"a\"", "1000" },
    { "text contains \"a\" union text contains \"b\"", "1110" },
    { "text contains \"a\" intersect text contains \"b\"", "0010" },
    { "text contains \"a\" except text contains \"b\"", "1000" },
    { "text is not empty except text = \"a\" except text = \"b\"", "0010" },
    { "text is not empty except (text is not empty except text = \"b\")", "0100" },
    { "text = \"a\" except text = \"a\" union text is empty", "0001" },
    { "text = \"a\" except (text = \"a\" union text is empty)", "0000" },
    { "text = \"a\" or text = \"b\" intersect text = \"b\"", "0100" },
  };

  check_rows (0, values, rows, G_N_ELEMENTS (rows));
}

/* What looks like SQL stays a value or a name. */
static void
test_injection (void)
{
  static const char *const values[] = { "x", "' OR 1=1 --", "", NULL };
  static const Row rows[] = {
    { "[odd \"name]]] = \"' OR 1=1 --\"", "010" },
    { "[odd \"name]]] != \"' OR 1=1 --\"", "101" },
    { "[odd \"name]]] contains \"\\\"; DROP TABLE customers; --\"", "000" },
    { "[odd \"name]]] is empty", "001" },
    { "[odd \"name]]] any of (\"?\", \"x\", \"')\")", "100" },
  };

  check_rows (5, values, rows, G_N_ELEMENTS (rows));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rule-match/text", test_text);
  g_test_add_func ("/rule-match/numbers", test_numbers);
  g_test_add_func ("/rule-match/dates", test_dates);
  g_test_add_func ("/rule-match/booleans", test_booleans);
  g_test_add_func ("/rule-match/groups", test_groups);
  g_test_add_func ("/rule-match/injection", test_injection);

  return g_test_run ();
}
