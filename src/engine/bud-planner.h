/* bud-planner.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-mapping.h"
#include "bud-plan.h"

G_BEGIN_DECLS

/* https://learn.microsoft.com/dynamics365/customer-insights/export-mailchimp: “Up to 1 million
 * customer profiles per export to Mailchimp.” */
#define BUD_PLAN_MAX_MEMBERS 1000000

BudPlan  *bud_planner_make          (BudStore      *store,
                                     BudExport     *export,
                                     BudMapping    *mapping,
                                     BudClock      *clock,
                                     GCancellable  *cancellable,
                                     GError       **error);
gboolean  bud_planner_hold_opt_outs (BudStore      *store,
                                     BudPlan       *plan,
                                     BudMapping    *mapping,
                                     const char    *audience,
                                     GError       **error);

G_END_DECLS
