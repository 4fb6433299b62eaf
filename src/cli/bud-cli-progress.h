/* bud-cli-progress.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Progress on the standard error stream: a bar on a terminal, now and then a line elsewhere,
 * nothing for programs. */

typedef struct _BudCliProgress BudCliProgress;

BudCliProgress *bud_cli_progress_new  (gboolean        quiet);
void            bud_cli_progress_show (BudCliProgress *self,
                                       double          fraction,
                                       const char     *text);
void            bud_cli_progress_free (BudCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCliProgress, bud_cli_progress_free)

G_END_DECLS
