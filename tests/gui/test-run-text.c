/* test-run-text.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-enums.h"
#include "bud-run-text.h"
#include "bud-text.h"

/* 2026-03-10 12:00 at a fixed offset of one hour: 11:00 UTC. */
#define NOON (G_GINT64_CONSTANT (1773140400))
#define HOUR (G_GINT64_CONSTANT (3600))

static BudRun *
make_run (BudRunState state,
          gint64      started_at)
{
  return g_object_new (BUD_TYPE_RUN,
                       "state", bud_enum_nick (BUD_TYPE_RUN_STATE, state),
                       "started-at", started_at,
                       NULL);
}

static GDateTime *
make_now (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (NOON);

  return g_date_time_to_timezone (utc, zone);
}

static void
test_summary (void)
{
  static const struct
  {
    BudRunState state;
    gint64 started_at;
    const char *text;
  } rows[] = {
    { BUD_RUN_COMPLETED, NOON, "Completed, today at 12:00" },
    { BUD_RUN_FAILED, NOON - 12 * HOUR, "Failed, today at 00:00" },
    { BUD_RUN_CANCELED, NOON - 12 * HOUR - 60, "Canceled, yesterday at 23:59" },
    { BUD_RUN_INTERRUPTED, NOON - 36 * HOUR, "Interrupted, yesterday at 00:00" },
    { BUD_RUN_RUNNING, NOON - 36 * HOUR - 60, "Running, 8 March 2026" },
    { BUD_RUN_COMPLETED, NOON - 365 * 24 * HOUR, "Completed, 10 March 2025" },
    { BUD_RUN_COMPLETED_WITH_ERRORS, G_MAXINT64, "Completed with errors" },
  };
  g_autoptr(GDateTime) now = make_now ();
  g_autofree char *none = bud_run_text_dup_summary (NULL, now);

  g_assert_cmpstr (none, ==, "Not run yet");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(BudRun) run = make_run (rows[i].state, rows[i].started_at);
      g_autofree char *text = bud_run_text_dup_summary (run, now);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_counts (void)
{
  static const struct
  {
    BudRunState state;
    gint64 counts[5];
    const char *text;
  } rows[] = {
    { BUD_RUN_COMPLETED, { 1, 2, 3, 4, 5 },
      "1 added, 2 updated, 3 unchanged, 4 held back, 5 rejected" },
    { BUD_RUN_COMPLETED, { 0, 0, 7, 0, 0 }, "7 unchanged" },
    { BUD_RUN_FAILED, { 0, 1, 0, 0, 2 }, "1 updated, 2 rejected" },
    { BUD_RUN_COMPLETED, { 0, 0, 0, 0, 0 }, "Nobody is in its segments" },
    { BUD_RUN_FAILED, { 0, 0, 0, 0, 0 }, "" },
  };
  g_autofree char *none = bud_run_text_dup_counts (NULL);

  g_assert_cmpstr (none, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(BudRun) run = make_run (rows[i].state, NOON);
      g_autofree char *text = NULL;

      g_object_set (run,
                    "added", rows[i].counts[0],
                    "updated", rows[i].counts[1],
                    "unchanged", rows[i].counts[2],
                    "held-back", rows[i].counts[3],
                    "rejected", rows[i].counts[4],
                    NULL);
      text = bud_run_text_dup_counts (run);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_marks (void)
{
  g_assert_null (bud_run_text_get_icon_name (NULL));
  for (int state = BUD_RUN_RUNNING; state <= BUD_RUN_INTERRUPTED; state++)
    {
      g_autoptr(BudRun) run = make_run (state, NOON);

      g_assert_nonnull (bud_run_text_get_icon_name (run));
      g_assert_nonnull (bud_run_text_get_css_class (run));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/run-text/summary", test_summary);
  g_test_add_func ("/run-text/counts", test_counts);
  g_test_add_func ("/run-text/marks", test_marks);

  return g_test_run ();
}
