/* test-backoff.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-backoff.h"

#define NOW G_GINT64_CONSTANT (1700000000) /* Tue, 14 Nov 2023 22:13:20 GMT */

static void
test_jitter (void)
{
  for (guint attempt = 1; attempt <= 80; attempt++)
    {
      guint longest = attempt < 8 ? 500u << (attempt - 1) : 60000;
      guint smallest = G_MAXUINT;
      guint largest = 0;

      for (int i = 0; i < 2000; i++)
        {
          guint delay = bud_backoff_get_delay (500, 60000, attempt, NULL, NOW);

          smallest = MIN (smallest, delay);
          largest = MAX (largest, delay);
        }

      g_test_message ("attempt %u: %u to %u of %u", attempt, smallest, largest, longest);
      g_assert_cmpuint (largest, <=, longest);
      g_assert_cmpuint (largest, >, longest / 100 * 95);
      g_assert_cmpuint (smallest, <, longest / 100 * 5);
    }
}

static void
test_retry_after (void)
{
  const struct
  {
    const char *value;
    guint asked;
  } rows[] = {
    { "0", 0 }, { "1", 1000 }, { "59", 59000 }, { "60", 60000 }, { "61", 60000 },
    { "4294967295", 60000 }, { "99999999999999999999", 0 }, { "-5", 0 }, { "1.5", 0 }, { "", 0 },
    { "soon", 0 }, { "5 ", 0 }, { "Tue, 14 Nov 2023 22:13:50 GMT", 30000 },
    { "Tue, 14 Nov 2023 22:13:20 GMT", 0 }, { "Tue, 14 Nov 2023 22:13:19 GMT", 0 },
    { "Tuesday, 14-Nov-23 22:13:30 GMT", 10000 }, { "Tue Nov 14 22:13:30 2023", 10000 },
    { "Fri, 31 Dec 9999 23:59:59 GMT", 60000 }, { "Tue, 99 Nov 2023 99:99:99 GMT", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int n = 0; n < 100; n++)
      {
        guint delay = bud_backoff_get_delay (10, 60000, 1, rows[i].value, NOW);

        g_test_message ("“%s”: %u", rows[i].value, delay);
        g_assert_cmpuint (delay, >=, rows[i].asked);
        g_assert_cmpuint (delay, <=, rows[i].asked + 10);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/backoff/jitter", test_jitter);
  g_test_add_func ("/backoff/retry-after", test_retry_after);

  return g_test_run ();
}
