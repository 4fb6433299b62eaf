/* bud-lease.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "bud-lease.h"

/* Blocking: for worker threads only (it reads /proc). */

/* A process on another machine is believed dead when it has recorded nothing for so long. */
#define SILENCE_SECONDS 600

/* Field 22 of /proc/PID/stat, see proc(5): a pid alone may be somebody else's by now. */
static char *
dup_start_time (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *stat = NULL;
  g_auto(GStrv) fields = NULL;
  const char *after_name;

  if (!g_file_get_contents (path, &stat, NULL, NULL) ||
      (after_name = strrchr (stat, ')')) == NULL)
    return NULL;

  fields = g_strsplit (after_name + 1, " ", 22);
  if (g_strv_length (fields) < 21)
    return NULL;

  return g_strdup (fields[20]);
}

/**
 * bud_lease_new_holder:
 *
 * Returns: (transfer full): a name for this process that no other process ever has
 */
char *
bud_lease_new_holder (void)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *start_time = dup_start_time (pid);

  return g_strdup_printf ("%s/%s/%s", g_get_host_name (), pid,
                          start_time != NULL ? start_time : "0");
}

/**
 * bud_lease_is_held:
 * @run: a run whose state is %BUD_RUN_RUNNING
 * @now: Unix seconds
 *
 * Returns: whether a living process still carries it out
 */
gboolean
bud_lease_is_held (BudRun *run,
                   gint64  now)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *start_time = NULL;

  g_return_val_if_fail (BUD_IS_RUN (run), FALSE);

  if (bud_run_get_holder (run) == NULL)
    return FALSE;

  parts = g_strsplit (bud_run_get_holder (run), "/", 3);
  if (g_strv_length (parts) != 3)
    return FALSE;

  if (!g_str_equal (parts[0], g_get_host_name ()))
    return now - bud_run_get_touched_at (run) < SILENCE_SECONDS;

  start_time = dup_start_time (parts[1]);

  return g_strcmp0 (start_time, parts[2]) == 0;
}
