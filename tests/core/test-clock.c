/* test-clock.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-clock.h"

#define NEW_YEAR_2026 G_GINT64_CONSTANT (1767225600) /* 2026-01-01T00:00:00Z */

static void
test_fixed (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autoptr(BudClock) clock = bud_clock_new_fixed (NEW_YEAR_2026, zone);
  g_autoptr(GDateTime) now = bud_clock_now (clock);
  g_autofree char *text = g_date_time_format_iso8601 (now);

  g_assert_cmpstr (text, ==, "2026-01-01T01:00:00+01");
  g_assert_cmpint (bud_clock_unix (clock), ==, NEW_YEAR_2026);
  g_usleep (1100 * 1000);
  g_assert_cmpint (bud_clock_unix (clock), ==, NEW_YEAR_2026);
}

static void
test_advance (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(BudClock) clock = bud_clock_new_fixed (NEW_YEAR_2026, zone);
  g_autoptr(GDateTime) before = NULL;

  bud_clock_advance (clock, 90);
  g_assert_cmpint (bud_clock_unix (clock), ==, NEW_YEAR_2026 + 90);
  bud_clock_advance (clock, -91);
  g_assert_cmpint (bud_clock_unix (clock), ==, NEW_YEAR_2026 - 1);

  before = bud_clock_now (clock);
  g_assert_cmpint (g_date_time_get_year (before), ==, 2025);
}

/* Midnight in Oslo is another instant in summer than in winter. */
static void
test_daylight_saving (void)
{
  g_autoptr(GTimeZone) oslo = g_time_zone_new_identifier ("Europe/Oslo");
  g_autoptr(BudClock) clock = NULL;
  g_autoptr(GDateTime) winter = NULL;
  g_autoptr(GDateTime) summer = NULL;

  if (oslo == NULL)
    {
      g_test_skip ("there is no time zone database here");
      return;
    }

  clock = bud_clock_new_fixed (NEW_YEAR_2026, oslo);
  winter = bud_clock_now (clock);
  bud_clock_advance (clock, 182 * G_GINT64_CONSTANT (86400));
  summer = bud_clock_now (clock);

  g_assert_cmpint (g_date_time_get_hour (winter), ==, 1);
  g_assert_cmpint (g_date_time_get_hour (summer), ==, 2);
}

static void
test_system (void)
{
  g_autoptr(BudClock) clock = bud_clock_new_system ();
  g_autoptr(GDateTime) now = bud_clock_now (clock);
  gint64 real = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (ABS (bud_clock_unix (clock) - real), <=, 2);
  g_assert_cmpint (ABS (g_date_time_to_unix (now) - real), <=, 2);
}

static void
test_finalize (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  BudClock *fixed = bud_clock_new_fixed (0, zone);
  BudClock *running = bud_clock_new_system ();

  g_assert_finalize_object (fixed);
  g_assert_finalize_object (running);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/clock/fixed", test_fixed);
  g_test_add_func ("/core/clock/advance", test_advance);
  g_test_add_func ("/core/clock/daylight-saving", test_daylight_saving);
  g_test_add_func ("/core/clock/system", test_system);
  g_test_add_func ("/core/clock/finalize", test_finalize);

  return g_test_run ();
}
