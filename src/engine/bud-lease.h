/* bud-lease.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-run.h"

G_BEGIN_DECLS

char     *bud_lease_new_holder (void);
gboolean  bud_lease_is_held    (BudRun *run,
                                gint64  now);

G_END_DECLS
