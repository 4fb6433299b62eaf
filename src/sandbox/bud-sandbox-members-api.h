/* bud-sandbox-members-api.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-router.h"

G_BEGIN_DECLS

/* Answers about the contacts of an audience, one by one and in pages. Each is a #BudSandboxHandler;
 * the table in bud-sandbox-router.c says for which endpoint. */
void bud_sandbox_get_members      (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_post_member      (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_get_member       (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_put_member       (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_patch_member     (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_delete_member    (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_forget_member    (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_post_member_tags (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   BudSandboxReply         *reply);
void bud_sandbox_append_page      (BudSandbox              *sandbox,
                                   BudSandboxAudience      *audience,
                                   const BudSandboxRequest *request,
                                   guint32                  tag,
                                   BudSandboxReply         *reply);

G_END_DECLS
