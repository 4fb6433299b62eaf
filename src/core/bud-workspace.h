/* bud-workspace.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_WORKSPACE (bud_workspace_get_type ())

G_DECLARE_FINAL_TYPE (BudWorkspace, bud_workspace, BUD, WORKSPACE, BudItem)

gint64 bud_workspace_get_created_at (BudWorkspace *self);

G_END_DECLS
