/* bud-cli-report.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-cli.h"
#include "bud-cli-output.h"
#include "bud-plan.h"
#include "bud-run.h"

G_BEGIN_DECLS

/* Plans and runs, told: first the sums, then how many people share each reason. */

int  bud_cli_report_plan   (BudCli       *cli,
                            BudPlan      *plan);
int  bud_cli_report_run    (BudCli       *cli,
                            BudRun       *run);
void bud_cli_report_counts (BudCliOutput *output,
                            BudRun       *run);

G_END_DECLS
