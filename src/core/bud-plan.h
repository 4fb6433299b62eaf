/* bud-plan.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_PLAN (bud_plan_get_type ())

G_DECLARE_FINAL_TYPE (BudPlan, bud_plan, BUD, PLAN, BudItem)

const char *bud_plan_get_export     (BudPlan *self);
const char *bud_plan_get_inputs     (BudPlan *self);
gint64      bud_plan_get_created_at (BudPlan *self);
gint64      bud_plan_get_members    (BudPlan *self);
gint64      bud_plan_get_adds       (BudPlan *self);
gint64      bud_plan_get_updates    (BudPlan *self);
gint64      bud_plan_get_unchanged  (BudPlan *self);
gint64      bud_plan_get_held_back  (BudPlan *self);
gint64      bud_plan_get_calls      (BudPlan *self);

G_END_DECLS
