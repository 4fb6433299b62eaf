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

/**
 * BudSandboxHandler:
 * @sandbox: the account
 * @audience: (nullable): the audience that the path names, not locked
 * @request: a request that may enter
 * @reply: the answer: status 200 and an empty body so far
 *
 * What answers one endpoint.
 */
typedef void (*BudSandboxHandler) (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);

const char *bud_sandbox_router_answer (BudSandbox              *sandbox,
                                       const BudSandboxRequest *request,
                                       BudSandboxReply         *reply);

G_END_DECLS
