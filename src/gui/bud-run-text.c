/* bud-run-text.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-labels.h"
#include "bud-run-text.h"

static gboolean
is_same_day (GDateTime *a,
             GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

static char *
dup_time_text (gint64     unix_seconds,
               GDateTime *now)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  g_autoptr(GDateTime) time = NULL;
  g_autoptr(GDateTime) yesterday = g_date_time_add_days (now, -1);

  if (utc == NULL)
    return NULL;

  time = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));
  if (is_same_day (time, now))
    /* Translators: when a run began; %H:%M is the time of day, see g_date_time_format()
     * xgettext:no-c-format */
    return g_date_time_format (time, _("today at %H:%M"));
  if (is_same_day (time, yesterday))
    /* Translators: when a run began; %H:%M is the time of day, see g_date_time_format()
     * xgettext:no-c-format */
    return g_date_time_format (time, _("yesterday at %H:%M"));

  /* Translators: when a run began, such as “3 May 2026”; see g_date_time_format()
   * xgettext:no-c-format */
  return g_date_time_format (time, _("%-d %B %Y"));
}

/**
 * bud_run_text_dup_summary:
 * @run: (nullable): the last run of an export
 * @now: the present, in the user's time zone
 *
 * Returns: (transfer full): how it went, and when it was
 */
char *
bud_run_text_dup_summary (BudRun    *run,
                          GDateTime *now)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (now != NULL, NULL);

  if (run == NULL)
    return g_strdup (_("Not run yet"));

  when = dup_time_text (bud_run_get_started_at (run), now);
  if (when == NULL)
    return g_strdup (bud_label_run_state (bud_run_get_state (run)));

  /* Translators: how a run went and when it began, such as “Completed, today at 14:05” */
  return g_strdup_printf (_("%1$s, %2$s"), bud_label_run_state (bud_run_get_state (run)), when);
}

/**
 * bud_run_text_people:
 * @count: how many people
 *
 * Returns: the same as xgettext can read it in a format; nobody has that many customers
 */
int
bud_run_text_people (gint64 count)
{
  return (int) CLAMP (count, 0, G_MAXINT);
}

/* Takes @text, unless it speaks of nobody. */
static void
add_count (GStrvBuilder *counts,
           int           count,
           char         *text)
{
  if (count > 0)
    g_strv_builder_add (counts, text);
  g_free (text);
}

/**
 * bud_run_text_dup_counts:
 * @run: (nullable): the last run of an export
 *
 * Returns: (transfer full): what the run did to how many people; empty when it did not get so far
 */
char *
bud_run_text_dup_counts (BudRun *run)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) counts = NULL;
  int n;

  if (run == NULL)
    return g_strdup ("");

  n = bud_run_text_people (bud_run_get_added (run));
  /* Translators: a number of people, in a list such as “3 added, 1 held back” */
  add_count (builder, n, g_strdup_printf (ngettext ("%'d added", "%'d added", n), n));
  n = bud_run_text_people (bud_run_get_updated (run));
  add_count (builder, n, g_strdup_printf (ngettext ("%'d updated", "%'d updated", n), n));
  n = bud_run_text_people (bud_run_get_unchanged (run));
  add_count (builder, n, g_strdup_printf (ngettext ("%'d unchanged", "%'d unchanged", n), n));
  n = bud_run_text_people (bud_run_get_held_back (run));
  add_count (builder, n, g_strdup_printf (ngettext ("%'d held back", "%'d held back", n), n));
  n = bud_run_text_people (bud_run_get_rejected (run));
  add_count (builder, n, g_strdup_printf (ngettext ("%'d rejected", "%'d rejected", n), n));

  counts = g_strv_builder_end (builder);
  if (counts[0] == NULL && bud_run_get_state (run) == BUD_RUN_COMPLETED)
    return g_strdup (_("Nobody is in its segments"));

  /* Translators: between the parts of a list such as “3 added, 1 held back” */
  return g_strjoinv (_(", "), counts);
}

/* The warning and error colours are the theme's own. */
static const struct
{
  const char *icon_name;
  const char *css_class;
} marks[] = {
  [BUD_RUN_RUNNING] = { "media-playback-start-symbolic", "dim-label" },
  [BUD_RUN_COMPLETED] = { "emblem-ok-symbolic", "success" },
  [BUD_RUN_COMPLETED_WITH_ERRORS] = { "dialog-warning-symbolic", "warning" },
  [BUD_RUN_STOPPED_BY_GUARD] = { "dialog-warning-symbolic", "warning" },
  [BUD_RUN_FAILED] = { "dialog-error-symbolic", "error" },
  [BUD_RUN_CANCELED] = { "process-stop-symbolic", "dim-label" },
  [BUD_RUN_INTERRUPTED] = { "dialog-warning-symbolic", "warning" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (marks) == BUD_RUN_INTERRUPTED + 1);

/**
 * bud_run_text_get_icon_name:
 * @run: (nullable): the last run of an export
 *
 * Returns: (transfer none) (nullable): the symbolic icon that says how it went
 */
const char *
bud_run_text_get_icon_name (BudRun *run)
{
  return run != NULL ? marks[bud_run_get_state (run)].icon_name : NULL;
}

/**
 * bud_run_text_get_css_class:
 * @run: (nullable): the last run of an export
 *
 * Returns: (transfer none): the style class that goes with the icon
 */
const char *
bud_run_text_get_css_class (BudRun *run)
{
  return run != NULL ? marks[bud_run_get_state (run)].css_class : "dim-label";
}
