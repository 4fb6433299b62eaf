/* bud-cli-rows.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "bud-cli.h"

G_BEGIN_DECLS

/* The rows of a plan, before or after it was run: what becomes of each person. */

int bud_cli_print_rows (BudCli              *cli,
                        const char          *plan_id,
                        const char          *export_id,
                        const BudRowFilter  *filter,
                        FILE                *csv);
int bud_cli_save_rows  (BudCli              *cli,
                        const char          *plan_id,
                        const char          *export_id,
                        const char          *path);

G_END_DECLS
