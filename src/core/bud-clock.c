/* bud-clock.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-clock.h"

struct _BudClock
{
  GObject parent_instance;

  GTimeZone *zone; /* (owned) (nullable): set for a clock that stands still */
  gint64 fixed;
};

G_DEFINE_FINAL_TYPE (BudClock, bud_clock, G_TYPE_OBJECT)

static void
bud_clock_finalize (GObject *object)
{
  BudClock *self = BUD_CLOCK (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (bud_clock_parent_class)->finalize (object);
}

static void
bud_clock_class_init (BudClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_clock_finalize;
}

static void
bud_clock_init (BudClock *self)
{
}

/**
 * bud_clock_new_system:
 *
 * Returns: (transfer full): the computer's own clock, in its own time zone
 */
BudClock *
bud_clock_new_system (void)
{
  return g_object_new (BUD_TYPE_CLOCK, NULL);
}

/**
 * bud_clock_new_fixed:
 * @unix_seconds: the instant it shows
 * @zone: the time zone it shows it in
 *
 * A clock that moves only by bud_clock_advance(), so that a test decides what day it is.
 *
 * Returns: (transfer full): a clock
 */
BudClock *
bud_clock_new_fixed (gint64     unix_seconds,
                     GTimeZone *zone)
{
  BudClock *self;

  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (BUD_TYPE_CLOCK, NULL);
  self->zone = g_time_zone_ref (zone);
  self->fixed = unix_seconds;

  return self;
}

/**
 * bud_clock_now:
 * @self: a clock
 *
 * Returns: (transfer full): local time
 */
GDateTime *
bud_clock_now (BudClock *self)
{
  g_autoptr(GDateTime) utc = NULL;

  g_return_val_if_fail (BUD_IS_CLOCK (self), NULL);

  if (self->zone == NULL)
    return g_date_time_new_now_local ();

  utc = g_date_time_new_from_unix_utc (self->fixed);

  return g_date_time_to_timezone (utc, self->zone);
}

/**
 * bud_clock_unix:
 * @self: a clock
 *
 * Returns: seconds since 1970 in UTC
 */
gint64
bud_clock_unix (BudClock *self)
{
  g_autoptr(GDateTime) now = bud_clock_now (self);

  return g_date_time_to_unix (now);
}

/**
 * bud_clock_advance:
 * @self: a fixed clock
 * @seconds: how far to move it
 */
void
bud_clock_advance (BudClock *self,
                   gint64    seconds)
{
  g_return_if_fail (BUD_IS_CLOCK (self));
  g_return_if_fail (self->zone != NULL);

  self->fixed += seconds;
}
