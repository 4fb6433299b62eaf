/* test-csv.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv.h"

static void
check_row (const char *const *values,
           gsize              n_values,
           const char        *expected)
{
  g_autoptr(GString) out = g_string_new ("before|");
  g_autofree char *all = g_strconcat ("before|", expected, "\r\n", NULL);

  bud_csv_append_row (out, values, n_values);
  g_assert_cmpstr (out->str, ==, all);
}

static void
check_value (const char *value,
             const char *expected)
{
  g_test_message ("“%s”", value);
  check_row (&value, 1, expected);
}

static void
test_rows (void)
{
  static const char *const values[] = { "Kari", NULL, "", "Nordmann, K." };

  check_row (values, 0, "");
  check_row (values, 1, "Kari");
  check_row (values, 2, "Kari,");
  check_row (values, 3, "Kari,,");
  check_row (values, 4, "Kari,,,\"Nordmann, K.\"");
}

static void
test_quotes (void)
{
  check_value ("a,b", "\"a,b\"");
  check_value ("a;b", "a;b");
  check_value ("a\"b", "\"a\"\"b\"");
  check_value ("\"", "\"\"\"\"");
  check_value ("two\nlines", "\"two\nlines\"");
  check_value ("two\r\nlines", "\"two\r\nlines\"");
  check_value (" spaces kept ", " spaces kept ");
  check_value ("Ærlig", "Ærlig");
}

static void
test_formulas (void)
{
  check_value ("=1+1", "\"'=1+1\"");
  check_value ("=HYPERLINK(\"http://x.example\")", "\"'=HYPERLINK(\"\"http://x.example\"\")\"");
  check_value ("+47 22 00 00 00", "\"'+47 22 00 00 00\"");
  check_value ("@SUM(A1)", "\"'@SUM(A1)\"");
  check_value ("-1+cmd", "\"'-1+cmd\"");
  check_value ("\tx", "\"'\tx\"");
  check_value ("\rx", "\"'\rx\"");
  check_value ("\n=x", "\"'\n=x\"");
  check_value ("\xef\xbc\x9d" "1", "\"'\xef\xbc\x9d" "1\""); /* full-width equals sign */

  /* A plain negative number too: a spreadsheet cannot tell "-12" from "-12+cmd" until it ran it. */
  check_value ("-12", "\"'-12\"");
  check_value ("-", "\"'-\"");
  check_value ("1-2", "1-2");
  check_value ("a=b", "a=b");
  check_value ("kari@example.org", "kari@example.org");
}

/* An independent reader of RFC 4180, one row. */
static GPtrArray *
read_row (const char *text)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      g_autoptr(GString) cell = g_string_new (NULL);

      if (*text == '"')
        {
          for (text++; *text != '"' || text[1] == '"'; text++)
            {
              g_assert_cmpint (*text, !=, '\0');
              text += *text == '"';
              g_string_append_c (cell, *text);
            }
          text++;
        }
      else
        {
          gsize len = strcspn (text, ",\r\n");

          g_string_append_len (cell, text, len);
          text += len;
        }

      g_ptr_array_add (cells, g_string_free (g_steal_pointer (&cell), FALSE));
      if (*text != ',')
        break;
      text++;
    }

  g_assert_cmpstr (text, ==, "\r\n");

  return g_steal_pointer (&cells);
}

static void
test_read_back (void)
{
  static const char alphabet[] = "ab,\"\r\n;=+-@\t '";

  for (int i = 0; i < 5000; i++)
    {
      char texts[4][6];
      const char *values[4];
      gsize n_values = g_test_rand_int_range (1, 5);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(GPtrArray) cells = NULL;

      for (gsize j = 0; j < n_values; j++)
        {
          int len = g_test_rand_int_range (0, 6);

          for (int k = 0; k < len; k++)
            texts[j][k] = alphabet[g_test_rand_int_range (0, strlen (alphabet))];
          texts[j][len] = '\0';
          values[j] = texts[j];
        }

      bud_csv_append_row (out, values, n_values);
      cells = read_row (out->str);

      g_assert_cmpuint (cells->len, ==, n_values);
      for (gsize j = 0; j < n_values; j++)
        {
          const char *cell = g_ptr_array_index (cells, j);

          g_assert_true (*cell == '\0' || strchr ("=+-@\t\r\n", *cell) == NULL);
          if (*cell == '\'' && *values[j] != '\'')
            cell++;
          g_assert_cmpstr (cell, ==, values[j]);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/csv/rows", test_rows);
  g_test_add_func ("/core/csv/quotes", test_quotes);
  g_test_add_func ("/core/csv/formulas", test_formulas);
  g_test_add_func ("/core/csv/read-back", test_read_back);

  return g_test_run ();
}
