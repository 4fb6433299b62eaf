/* test-lease.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "bud-lease.h"

#define NOW 1000000

static gboolean
is_held (const char *holder,
         gint64      touched_at)
{
  g_autoptr(BudRun) run = g_object_new (BUD_TYPE_RUN,
                                        "holder", holder,
                                        "state", "running",
                                        "touched-at", touched_at,
                                        NULL);

  return bud_lease_is_held (run, NOW);
}

static void
test_own (void)
{
  g_autofree char *holder = bud_lease_new_holder ();
  g_autofree char *again = bud_lease_new_holder ();
  g_auto(GStrv) parts = g_strsplit (holder, "/", -1);
  g_autofree char *successor = NULL;

  g_assert_cmpstr (holder, ==, again);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_assert_cmpint (g_ascii_strtoll (parts[1], NULL, 10), ==, getpid ());

  /* However long it has been silent. */
  g_assert_true (is_held (holder, 0));

  /* Another process that has the number now. */
  successor = g_strdup_printf ("%s/%s/1", parts[0], parts[1]);
  g_assert_false (is_held (successor, NOW));
}

static void
test_dead (void)
{
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *holder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *stat = NULL;
  g_auto(GStrv) fields = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "cat", NULL);
  g_assert_no_error (error);
  path = g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (process));
  g_assert_true (g_file_get_contents (path, &stat, NULL, NULL));
  fields = g_strsplit (strrchr (stat, ')') + 2, " ", -1);
  holder = g_strdup_printf ("%s/%s/%s", g_get_host_name (),
                            g_subprocess_get_identifier (process), fields[19]);

  g_assert_true (is_held (holder, 0));
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (is_held (holder, NOW));
}

static void
test_foreign (void)
{
  g_assert_true (is_held ("elsewhere.example/1/1", NOW));
  g_assert_true (is_held ("elsewhere.example/1/1", NOW - 599));
  g_assert_false (is_held ("elsewhere.example/1/1", NOW - 600));
}

static void
test_broken (void)
{
  static const char *const holders[] = { NULL, "", "/", "a/b", "//", "a" };

  for (gsize i = 0; i < G_N_ELEMENTS (holders); i++)
    g_assert_false (is_held (holders[i], NOW - 700));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/lease/own", test_own);
  g_test_add_func ("/lease/dead", test_dead);
  g_test_add_func ("/lease/foreign", test_foreign);
  g_test_add_func ("/lease/broken", test_broken);

  return g_test_run ();
}
