/* bud-sandbox-batch.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-request.h"
#include "bud-sandbox.h"

G_BEGIN_DECLS

void bud_sandbox_batch_upsert (BudSandbox              *sandbox,
                               BudSandboxAudience      *audience,
                               const BudSandboxRequest *request,
                               BudSandboxReply         *reply);

G_END_DECLS
