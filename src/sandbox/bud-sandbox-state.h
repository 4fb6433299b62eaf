/* bud-sandbox-state.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox.h"

G_BEGIN_DECLS

gboolean bud_sandbox_state_load (BudSandbox  *sandbox,
                                 const char  *path,
                                 GError     **error);
gboolean bud_sandbox_state_save (BudSandbox  *sandbox,
                                 const char  *path,
                                 GError     **error);

G_END_DECLS
