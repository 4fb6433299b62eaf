/* bud-run-text.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-run.h"

G_BEGIN_DECLS

/* A run in words, as a row of the window tells it. */

char       *bud_run_text_dup_summary   (BudRun    *run,
                                        GDateTime *now);
char       *bud_run_text_dup_counts    (BudRun    *run);
int         bud_run_text_people        (gint64     count);
const char *bud_run_text_get_icon_name (BudRun    *run);
const char *bud_run_text_get_css_class (BudRun    *run);

G_END_DECLS
