/* bud-sandbox-control.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-router.h"

G_BEGIN_DECLS

void bud_sandbox_control_answer (BudSandbox              *sandbox,
                                 const BudSandboxRequest *request,
                                 BudSandboxReply         *reply);

G_END_DECLS
