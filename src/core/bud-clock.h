/* bud-clock.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

#define BUD_TYPE_CLOCK (bud_clock_get_type ())

G_DECLARE_FINAL_TYPE (BudClock, bud_clock, BUD, CLOCK, GObject)

BudClock  *bud_clock_new_system (void);
BudClock  *bud_clock_new_fixed  (gint64      unix_seconds,
                                 GTimeZone  *zone);
GDateTime *bud_clock_now        (BudClock   *self);
gint64     bud_clock_unix       (BudClock   *self);
void       bud_clock_advance    (BudClock   *self,
                                 gint64      seconds);

G_END_DECLS
