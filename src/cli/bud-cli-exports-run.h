/* bud-cli-exports-run.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-cli.h"

G_BEGIN_DECLS

extern const GOptionEntry bud_cli_exports_rehearse_options[];
extern const GOptionEntry bud_cli_exports_run_options[];

int bud_cli_exports_rehearse (BudCli  *cli,
                              char   **arguments);
int bud_cli_exports_run      (BudCli  *cli,
                              char   **arguments);

G_END_DECLS
