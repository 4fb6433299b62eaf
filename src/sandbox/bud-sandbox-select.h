/* bud-sandbox-select.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-request.h"

G_BEGIN_DECLS

gboolean bud_sandbox_select_fields (const BudSandboxRequest *request,
                                    GString                 *body,
                                    BudSandboxProblem       *problem);

G_END_DECLS
