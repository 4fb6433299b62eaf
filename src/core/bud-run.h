/* bud-run.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_RUN (bud_run_get_type ())

G_DECLARE_FINAL_TYPE (BudRun, bud_run, BUD, RUN, BudItem)

const char  *bud_run_get_export      (BudRun *self);
const char  *bud_run_get_plan        (BudRun *self);
const char  *bud_run_get_by          (BudRun *self);
const char  *bud_run_get_holder      (BudRun *self);
BudRunState  bud_run_get_state       (BudRun *self);
const char  *bud_run_get_message     (BudRun *self);
gint64       bud_run_get_started_at  (BudRun *self);
gint64       bud_run_get_touched_at  (BudRun *self);
gint64       bud_run_get_finished_at (BudRun *self);
gint64       bud_run_get_planned     (BudRun *self);
gint64       bud_run_get_added       (BudRun *self);
gint64       bud_run_get_updated     (BudRun *self);
gint64       bud_run_get_unchanged   (BudRun *self);
gint64       bud_run_get_held_back   (BudRun *self);
gint64       bud_run_get_rejected    (BudRun *self);
gint64       bud_run_get_calls       (BudRun *self);

G_END_DECLS
