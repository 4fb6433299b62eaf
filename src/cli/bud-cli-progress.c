/* bud-cli-progress.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "bud-cli-progress.h"

#define BAR_WIDTH 30
#define BAR_INTERVAL (G_USEC_PER_SEC / 10)
#define LINE_INTERVAL (5 * G_USEC_PER_SEC)

struct _BudCliProgress
{
  gboolean quiet;
  gboolean terminal;
  gboolean drawn;
  gint64 shown_at; /* monotonic, microseconds */
};

/**
 * bud_cli_progress_new:
 * @quiet: show nothing at all
 *
 * Returns: (transfer full): a progress display; freeing it takes the bar away
 */
BudCliProgress *
bud_cli_progress_new (gboolean quiet)
{
  BudCliProgress *self = g_new0 (BudCliProgress, 1);

  self->quiet = quiet;
  self->terminal = isatty (STDERR_FILENO);

  return self;
}

static void
draw_bar (double      fraction,
          const char *text)
{
  static const char *const blocks[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  int eighths = (int) (CLAMP (fraction, 0, 1) * BAR_WIDTH * 8);
  int full = eighths / 8;

  fputs ("\r\033[K ", stderr);
  for (int i = 0; i < full; i++)
    fputs ("█", stderr);
  fputs (blocks[eighths % 8], stderr);
  fprintf (stderr, "%*s %3d %%  %s", BAR_WIDTH - full - (eighths % 8 > 0), "",
           (int) (CLAMP (fraction, 0, 1) * 100), text);
  fflush (stderr);
}

/**
 * bud_cli_progress_show:
 * @self: a progress display
 * @fraction: how much is done, 0 to 1; less than 0 when that is not known
 * @text: what is going on
 *
 * May be called as often as there is news.
 */
void
bud_cli_progress_show (BudCliProgress *self,
                       double          fraction,
                       const char     *text)
{
  gint64 now = g_get_monotonic_time ();
  gint64 interval = self->terminal ? BAR_INTERVAL : LINE_INTERVAL;

  if (self->quiet || (self->shown_at != 0 && now - self->shown_at < interval))
    return;

  self->shown_at = now;
  self->drawn = self->terminal;

  if (!self->terminal)
    fprintf (stderr, "%s\n", text);
  else if (fraction < 0)
    fprintf (stderr, "\r\033[K %s", text);
  else
    draw_bar (fraction, text);
}

void
bud_cli_progress_free (BudCliProgress *self)
{
  if (self->drawn)
    fputs ("\r\033[K", stderr);

  g_free (self);
}
