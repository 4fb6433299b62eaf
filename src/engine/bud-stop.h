/* bud-stop.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-run.h"
#include "bud-store.h"

G_BEGIN_DECLS

/* Stopping a run that another process may carry out: a wish is put beside it in the store. */

gboolean bud_stop_wish  (BudStore    *store,
                         BudRun      *run,
                         const char  *by,
                         GError     **error);
gboolean bud_stop_check (BudStore    *store,
                         BudRun      *run,
                         GError     **error);
gboolean bud_stop_clear (BudStore    *store,
                         BudRun      *run,
                         GError     **error);

G_END_DECLS
