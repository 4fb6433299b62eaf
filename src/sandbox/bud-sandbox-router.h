/* bud-sandbox-router.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-request.h"
#include "bud-sandbox.h"

G_BEGIN_DECLS

/* What answers one endpoint. The audience is %NULL where the path names none. */
typedef void (*BudSandboxHandler) (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);

const char *bud_sandbox_router_answer (BudSandbox              *sandbox,
                                       const BudSandboxRequest *request,
                                       BudSandboxReply         *reply);

G_END_DECLS
