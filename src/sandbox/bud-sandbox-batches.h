/* bud-sandbox-batches.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-router.h"

G_BEGIN_DECLS

BudSandboxBatches *bud_sandbox_batches_new        (BudSandbox              *sandbox);
void               bud_sandbox_batches_free       (BudSandboxBatches       *self);
GBytes            *bud_sandbox_batches_dup_result (BudSandboxBatches       *self,
                                                   const char              *id);

/* Each a #BudSandboxHandler; the table in bud-sandbox-router.c says for which endpoint. */
void               bud_sandbox_post_batches       (BudSandbox              *sandbox,
                                                   BudSandboxAudience      *audience,
                                                   const BudSandboxRequest *request,
                                                   BudSandboxReply         *reply);
void               bud_sandbox_get_batch_list     (BudSandbox              *sandbox,
                                                   BudSandboxAudience      *audience,
                                                   const BudSandboxRequest *request,
                                                   BudSandboxReply         *reply);
void               bud_sandbox_get_batch          (BudSandbox              *sandbox,
                                                   BudSandboxAudience      *audience,
                                                   const BudSandboxRequest *request,
                                                   BudSandboxReply         *reply);

G_END_DECLS
