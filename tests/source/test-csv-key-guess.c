/* test-csv-key-guess.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "bud-field.h"
#include "csv/bud-csv-key-guess.h"

#define N_COLUMNS 12

static GPtrArray *
make_fields (const char *last)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);

      g_ptr_array_add (fields, bud_field_new (i == N_COLUMNS - 1 ? last : name, BUD_FIELD_TEXT,
                                              "c"));
    }

  return fields;
}

/* Gives every column a value of its own in each of @n_rows rows. */
static void
add_rows (BudCsvKeyGuess *guess,
          guint           n_rows)
{
  for (guint row = 0; row < n_rows; row++)
    {
      char value[16];
      gsize len = g_snprintf (value, sizeof value, "%u", row);

      for (gsize column = 0; column < N_COLUMNS; column++)
        bud_csv_key_guess_add (guess, column, value, len);
    }
}

static void
test_budget_keeps_the_best (void)
{
  g_autoptr(GPtrArray) fields = make_fields ("Kunde-nr");
  g_autoptr(BudCsvKeyGuess) guess = bud_csv_key_guess_new (fields);
  struct rusage before;
  struct rusage after;

  getrusage (RUSAGE_SELF, &before);
  add_rows (guess, 1000000);
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (bud_csv_key_guess_get (guess), ==, N_COLUMNS - 1);
#ifndef __SANITIZE_ADDRESS__
  /* In KiB; the address sanitizer keeps what was freed. */
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 64 * 1024);
#endif

  /* What is known to be no key is not proposed, and what was set aside is not either. */
  bud_csv_key_guess_add (guess, N_COLUMNS - 1, "1", 1);
  g_assert_cmpint (bud_csv_key_guess_get (guess), ==, -1);
}

static void
test_set_aside_is_still_possible (void)
{
  g_autoptr(GPtrArray) fields = make_fields ("last");
  g_autoptr(BudCsvKeyGuess) guess = bud_csv_key_guess_new (fields);

  add_rows (guess, 1000000);
  g_assert_cmpint (bud_csv_key_guess_get (guess), ==, -1);

  /* An empty value rules out even a column that was set aside; the last one left is the key. */
  for (gsize column = 1; column < N_COLUMNS; column++)
    bud_csv_key_guess_add (guess, column, "", 0);
  g_assert_cmpint (bud_csv_key_guess_get (guess), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/csv-key-guess/budget-keeps-the-best", test_budget_keeps_the_best);
  g_test_add_func ("/csv-key-guess/set-aside-is-still-possible", test_set_aside_is_still_possible);

  return g_test_run ();
}
