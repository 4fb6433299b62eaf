/* bud-sandbox-lists-api.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-router.h"

G_BEGIN_DECLS

/* Answers about the account, its audiences and their merge fields. Each is a #BudSandboxHandler;
 * the table in bud-sandbox-router.c says for which endpoint. */
void bud_sandbox_get_account      (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_get_ping         (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_get_lists        (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_get_list         (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_get_merge_fields (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_post_merge_field (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);

G_END_DECLS
