/* test-value.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-value.h"

#define NBSP "\xc2\xa0"
#define NARROW "\xe2\x80\xaf"

typedef struct
{
  BudFieldType type;
  const char *raw;
  const char *canonical; /* NULL: not of that type */
} Case;

/* What is in @out before must survive, whatever the verdict; so each case starts with some. */
static void
check (const Case *c)
{
  g_autoptr(GString) out = g_string_new ("before|");
  g_autoptr(GString) again = g_string_new (NULL);
  g_autofree char *expected = g_strconcat ("before|", c->canonical, NULL);
  gboolean ok;

  g_test_message ("type %d, “%s”", c->type, c->raw);
  ok = bud_value_canonical (c->type, c->raw, out);

  g_assert_cmpint (ok, ==, c->canonical != NULL);
  g_assert_cmpstr (out->str, ==, expected);

  if (!ok)
    return;

  g_assert_true (bud_value_canonical (c->type, c->canonical, again));
  g_assert_cmpstr (again->str, ==, c->canonical);
}

static void
check_all (BudFieldType  type,
           const Case   *cases,
           gsize         n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      Case c = cases[i];

      c.type = type;
      check (&c);
    }
}

#define CHECK_ALL(type, cases) check_all (type, cases, G_N_ELEMENTS (cases))

static void
test_text (void)
{
  static const Case cases[] = {
    { .raw = "", .canonical = "" },
    { .raw = " ", .canonical = " " },
    { .raw = "  Kari \t", .canonical = "  Kari \t" },
    { .raw = "007", .canonical = "007" },
    { .raw = "line\r\nbreak", .canonical = "line\r\nbreak" },
    { .raw = "Ærlig Ølsås", .canonical = "Ærlig Ølsås" },
  };

  CHECK_ALL (BUD_FIELD_TEXT, cases);
}

static void
test_empty (void)
{
  static const char *const raws[] = { "", " ", "\t", " \r\n ", "\f", NBSP, " " NARROW };

  for (BudFieldType type = BUD_FIELD_INTEGER; type <= BUD_FIELD_BOOLEAN; type++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
        check (&(Case) { type, raws[i], "" });
    }
}

static void
test_integer (void)
{
  static const Case cases[] = {
    { .raw = "0", .canonical = "0" },
    { .raw = "-0", .canonical = "0" },
    { .raw = "+0", .canonical = "0" },
    { .raw = "00", .canonical = "0" },
    { .raw = "-007", .canonical = "-7" },
    { .raw = "+12", .canonical = "12" },
    { .raw = " 12 ", .canonical = "12" },
    { .raw = "\t-12\r\n", .canonical = "-12" },
    { .raw = "1 234", .canonical = "1234" },
    { .raw = "1" NBSP "234" NBSP "567", .canonical = "1234567" },
    { .raw = "12" NARROW "345", .canonical = "12345" },
    { .raw = "-1 234", .canonical = "-1234" },
    { .raw = "0 001", .canonical = "1" },
    { .raw = "−12", .canonical = "-12" },
    { .raw = "−0", .canonical = "0" },
    { .raw = "−", .canonical = NULL },
    { .raw = "−-1", .canonical = NULL },
    { .raw = "–12", .canonical = NULL }, /* a dash is no minus */
    { .raw = NBSP "12" NBSP " " NARROW, .canonical = "12" },
    { .raw = "999999999999999999", .canonical = "999999999999999999" },
    { .raw = "-999999999999999999", .canonical = "-999999999999999999" },
    { .raw = "1000000000000000000", .canonical = NULL },
    { .raw = "99999999999999999999999999", .canonical = NULL },
    { .raw = "1  234", .canonical = NULL },
    { .raw = "1 23", .canonical = NULL },
    { .raw = "1 2345", .canonical = NULL },
    { .raw = "1234 567", .canonical = NULL },
    { .raw = "1 234 56", .canonical = NULL },
    { .raw = "12 34 56 78", .canonical = NULL },
    { .raw = "1.0", .canonical = NULL },
    { .raw = "1,5", .canonical = NULL },
    { .raw = "1.234", .canonical = NULL },
    { .raw = "1e3", .canonical = NULL },
    { .raw = "0x10", .canonical = NULL },
    { .raw = "-", .canonical = NULL },
    { .raw = "+", .canonical = NULL },
    { .raw = "--1", .canonical = NULL },
    { .raw = "+-1", .canonical = NULL },
    { .raw = "- 1", .canonical = NULL },
    { .raw = "1-", .canonical = NULL },
    { .raw = "12 kr", .canonical = NULL },
    { .raw = "tolv", .canonical = NULL },
    { .raw = "\xd9\xa1\xd9\xa2", .canonical = NULL }, /* Arabic-Indic digits */
  };

  CHECK_ALL (BUD_FIELD_INTEGER, cases);
}

/* The second opinion: what g_ascii_strtoll() makes of plain digits, printed again. */
static void
test_integer_model (void)
{
  for (int i = 0; i < 5000; i++)
    {
      guint64 bits = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      gint64 number = (gint64) bits % G_GINT64_CONSTANT (1000000000000000000);
      g_autofree char *raw = NULL;
      g_autofree char *expected = NULL;

      number /= G_GINT64_CONSTANT (1) << g_test_rand_int_range (0, 60);
      raw = g_strdup_printf ("%s%0*" G_GINT64_FORMAT, number >= 0 && i % 3 == 0 ? "+" : "",
                             g_test_rand_int_range (1, 18), number);
      expected = g_strdup_printf ("%" G_GINT64_FORMAT, g_ascii_strtoll (raw, NULL, 10));
      check (&(Case) { BUD_FIELD_INTEGER, raw, expected });
    }
}

static void
test_decimal (void)
{
  static const Case cases[] = {
    { .raw = "0", .canonical = "0" },
    { .raw = "-0,00", .canonical = "0" },
    { .raw = "1234.5", .canonical = "1234.5" },
    { .raw = "1234,5", .canonical = "1234.5" },
    { .raw = "1 234,50", .canonical = "1234.5" },
    { .raw = "1" NBSP "234" NBSP "567,89", .canonical = "1234567.89" },
    { .raw = "-1" NARROW "234,05", .canonical = "-1234.05" },
    { .raw = "+0,10", .canonical = "0.1" },
    { .raw = "00,10", .canonical = "0.1" },
    { .raw = "-000.500", .canonical = "-0.5" },
    { .raw = "12", .canonical = "12" },
    { .raw = "100", .canonical = "100" },
    { .raw = "100,00", .canonical = "100" },
    { .raw = "−1" NBSP "234,50" NBSP, .canonical = "-1234.5" },
    { .raw = "1.234", .canonical = "1.234" },
    { .raw = "123456789012345678901234567890", .canonical = "123456789012345678901234567890" },
    { .raw = "12345678901234567890123456789012345678901", .canonical = NULL },
    { .raw = ",5", .canonical = NULL },
    { .raw = ".5", .canonical = NULL },
    { .raw = "5,", .canonical = NULL },
    { .raw = "5.", .canonical = NULL },
    { .raw = "1.234,56", .canonical = NULL },
    { .raw = "1,234.56", .canonical = NULL },
    { .raw = "1,5 ", .canonical = "1.5" },
    { .raw = "1,5 0", .canonical = NULL },
    { .raw = "1 23,5", .canonical = NULL },
    { .raw = "1e5", .canonical = NULL },
    { .raw = "nan", .canonical = NULL },
    { .raw = "inf", .canonical = NULL },
    { .raw = "-", .canonical = NULL },
    { .raw = "12,5 %", .canonical = NULL },
    { .raw = "kr 12", .canonical = NULL },
  };

  CHECK_ALL (BUD_FIELD_DECIMAL, cases);
}

/* A decimal comma and trailing zeros never change the number that strtod reads. */
static void
test_decimal_model (void)
{
  for (int i = 0; i < 5000; i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];
      double number = g_test_rand_double_range (-1e9, 1e9);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autofree char *raw = NULL;

      g_ascii_formatd (text, sizeof text, "%.3f", number);
      raw = g_strconcat (g_strdelimit (text, ".", i % 2 == 0 ? ',' : '.'), "00", NULL);
      g_assert_true (bud_value_canonical (BUD_FIELD_DECIMAL, raw, out));
      g_ascii_formatd (text, sizeof text, "%.3f", number);
      g_assert_cmpfloat (g_ascii_strtod (out->str, NULL), ==, g_ascii_strtod (text, NULL));
      check (&(Case) { BUD_FIELD_DECIMAL, raw, out->str });
    }
}

static void
test_date (void)
{
  static const Case cases[] = {
    { .raw = "2026-12-31", .canonical = "2026-12-31" },
    { .raw = "31.12.2026", .canonical = "2026-12-31" },
    { .raw = "1.2.2026", .canonical = "2026-02-01" },
    { .raw = "01.02.2026", .canonical = "2026-02-01" },
    { .raw = " 31.12.2026 ", .canonical = "2026-12-31" },
    { .raw = "0001-01-01", .canonical = "0001-01-01" },
    { .raw = "9999-12-31", .canonical = "9999-12-31" },
    { .raw = "0000-01-01", .canonical = NULL },
    { .raw = "29.02.2000", .canonical = "2000-02-29" },
    { .raw = "29.02.1900", .canonical = NULL },
    { .raw = "29.02.2024", .canonical = "2024-02-29" },
    { .raw = "29.02.2023", .canonical = NULL },
    { .raw = "31.04.2026", .canonical = NULL },
    { .raw = "0.1.2026", .canonical = NULL },
    { .raw = "1.0.2026", .canonical = NULL },
    { .raw = "1.13.2026", .canonical = NULL },
    { .raw = "32.1.2026", .canonical = NULL },
    { .raw = "2026-00-10", .canonical = NULL },
    { .raw = "2026-13-10", .canonical = NULL },
    { .raw = "2026-1-1", .canonical = NULL },
    { .raw = "2026-12-3", .canonical = NULL },
    { .raw = "26-12-31", .canonical = NULL },
    { .raw = "31.12.26", .canonical = NULL },
    { .raw = "31.12.02026", .canonical = NULL },
    { .raw = "031.12.2026", .canonical = NULL },
    { .raw = "31/12/2026", .canonical = NULL },
    { .raw = "12/31/2026", .canonical = NULL },
    { .raw = "20261231", .canonical = NULL },
    { .raw = "2026", .canonical = NULL },
    { .raw = "2026-12", .canonical = NULL },
    { .raw = "-2026-12-31", .canonical = NULL },
    { .raw = "2026-12-31x", .canonical = NULL },
    { .raw = "i dag", .canonical = NULL },
  };

  CHECK_ALL (BUD_FIELD_DATE, cases);
}

static void
test_time (void)
{
  static const Case cases[] = {
    { .raw = "2026-12-31T23:59:59", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31 23:59:59", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31 23:59", .canonical = "2026-12-31T23:59:00" },
    { .raw = "31.12.2026 23.59", .canonical = "2026-12-31T23:59:00" },
    { .raw = "31.12.2026 23.59.01", .canonical = "2026-12-31T23:59:01" },
    { .raw = "31.12.2026 7:05", .canonical = "2026-12-31T07:05:00" },
    { .raw = "2026-12-31T00:00:00", .canonical = "2026-12-31T00:00:00" },
    { .raw = "2016-12-31T23:59:60Z", .canonical = "2016-12-31T23:59:60" },
    { .raw = "2026-12-31T23:59:59.123456", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31T23:59:59,5Z", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31T23:59Z", .canonical = "2026-12-31T23:59:00" },
    { .raw = "2026-12-31T23:59:59+01", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31T23:59:59+0130", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31 23:59:59.5-01:00", .canonical = "2026-12-31T23:59:59" },
    { .raw = "2026-12-31T24:00:00", .canonical = NULL },
    { .raw = "2026-12-31T23:60", .canonical = NULL },
    { .raw = "2026-12-31T23:59:61", .canonical = NULL },
    { .raw = "2026-12-31T", .canonical = NULL },
    { .raw = "2026-12-31T23", .canonical = NULL },
    { .raw = "2026-12-31T23:", .canonical = NULL },
    { .raw = "2026-12-31T23:5", .canonical = NULL },
    { .raw = "2026-12-31T23:59:", .canonical = NULL },
    { .raw = "2026-12-31T23:59:5", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59.", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59ZZ", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59z", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59+", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59+1", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59+-:", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59+01:0", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59+01:000", .canonical = NULL },
    { .raw = "2026-12-31T23:59:59 CET", .canonical = NULL },
    { .raw = "2026-12-31  23:59", .canonical = NULL },
    { .raw = "2026-12-31T11:59 PM", .canonical = NULL },
  };

  CHECK_ALL (BUD_FIELD_DATE, cases);
}

/* Every possible and impossible day of years of each kind, judged by GDateTime. */
static void
test_date_model (void)
{
  static const int years[] = { 1, 1900, 1904, 1999, 2000, 2023, 2024, 2100, 9999 };

  for (gsize i = 0; i < G_N_ELEMENTS (years); i++)
    {
      int year = years[i];

      for (int day = 0; day <= 32; day++)
        {
          for (int month = 0; month <= 13; month++)
            {
              g_autoptr(GDateTime) model = NULL;
              g_autofree char *iso = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
              g_autofree char *norwegian = g_strdup_printf ("%d.%d.%04d", day, month, year);

              model = g_date_time_new_utc (year, month, day, 0, 0, 0);
              check (&(Case) { BUD_FIELD_DATE, iso, model != NULL ? iso : NULL });
              check (&(Case) { BUD_FIELD_DATE, norwegian, model != NULL ? iso : NULL });
            }
        }
    }
}

static void
test_boolean (void)
{
  static const Case cases[] = {
    { .raw = "true", .canonical = "1" },   { .raw = "TRUE", .canonical = "1" },
    { .raw = "yes", .canonical = "1" },    { .raw = "Y", .canonical = "1" },
    { .raw = "1", .canonical = "1" },      { .raw = "ja", .canonical = "1" },
    { .raw = "JA", .canonical = "1" },     { .raw = " Ja ", .canonical = "1" },
    { .raw = "j", .canonical = "1" },      { .raw = "sann", .canonical = "1" },
    { .raw = "x", .canonical = "1" },      { .raw = "false", .canonical = "0" },
    { .raw = "No", .canonical = "0" },     { .raw = "n", .canonical = "0" },
    { .raw = "0", .canonical = "0" },      { .raw = "nei", .canonical = "0" },
    { .raw = "Usann", .canonical = "0" },  { .raw = "2", .canonical = NULL },
    { .raw = "00", .canonical = NULL },    { .raw = "-1", .canonical = NULL },
    { .raw = "jada", .canonical = NULL },  { .raw = "y e s", .canonical = NULL },
    { .raw = "kanskje", .canonical = NULL },
  };

  CHECK_ALL (BUD_FIELD_BOOLEAN, cases);
}

/* Far longer than any value of a type can be: refused, and never written past a buffer. */
static void
test_long (void)
{
  for (gsize len = 100; len < 300; len++)
    {
      g_autofree char *digits = g_strnfill (len, '1');
      g_autofree char *padded = g_strdup_printf ("%*s", (int) len, "1");

      for (BudFieldType type = BUD_FIELD_INTEGER; type <= BUD_FIELD_BOOLEAN; type++)
        check (&(Case) { type, digits, NULL });
      check (&(Case) { BUD_FIELD_INTEGER, padded, "1" });
    }
}

/* Whatever is let through is in its one spelling: reading it again gives it back. */
static void
test_idempotent (void)
{
  static const char alphabet[] = "0123456789 .,:-+TZjaneixtrue";
  g_autoptr(GString) raw = g_string_new (NULL);
  g_autoptr(GString) once = g_string_new (NULL);
  guint n_accepted = 0;

  for (int i = 0; i < 100000; i++)
    {
      BudFieldType type = g_test_rand_int_range (BUD_FIELD_INTEGER, BUD_FIELD_BOOLEAN + 1);

      g_string_truncate (raw, 0);
      g_string_truncate (once, 0);
      for (int n = g_test_rand_int_range (1, 9); n > 0; n--)
        g_string_append_c (raw, alphabet[g_test_rand_int_range (0, strlen (alphabet))]);

      if (!bud_value_canonical (type, raw->str, once))
        continue;
      n_accepted++;
      check (&(Case) { type, raw->str, once->str });
    }

  g_assert_cmpuint (n_accepted, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/value/text", test_text);
  g_test_add_func ("/core/value/empty", test_empty);
  g_test_add_func ("/core/value/integer", test_integer);
  g_test_add_func ("/core/value/integer-model", test_integer_model);
  g_test_add_func ("/core/value/decimal", test_decimal);
  g_test_add_func ("/core/value/decimal-model", test_decimal_model);
  g_test_add_func ("/core/value/date", test_date);
  g_test_add_func ("/core/value/date-model", test_date_model);
  g_test_add_func ("/core/value/time", test_time);
  g_test_add_func ("/core/value/boolean", test_boolean);
  g_test_add_func ("/core/value/long", test_long);
  g_test_add_func ("/core/value/idempotent", test_idempotent);

  return g_test_run ();
}
