/* bud-sandbox-segments.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-router.h"

G_BEGIN_DECLS

/* Answers about static segments. Each is a #BudSandboxHandler;
 * the table in bud-sandbox-router.c says for which endpoint. */
void bud_sandbox_get_segments        (BudSandbox              *sandbox,
                                      BudSandboxAudience      *audience,
                                      const BudSandboxRequest *request,
                                      BudSandboxReply         *reply);
void bud_sandbox_post_segments       (BudSandbox              *sandbox,
                                      BudSandboxAudience      *audience,
                                      const BudSandboxRequest *request,
                                      BudSandboxReply         *reply);
void bud_sandbox_get_segment         (BudSandbox              *sandbox,
                                      BudSandboxAudience      *audience,
                                      const BudSandboxRequest *request,
                                      BudSandboxReply         *reply);
void bud_sandbox_post_segment        (BudSandbox              *sandbox,
                                      BudSandboxAudience      *audience,
                                      const BudSandboxRequest *request,
                                      BudSandboxReply         *reply);
void bud_sandbox_delete_segment      (BudSandbox              *sandbox,
                                      BudSandboxAudience      *audience,
                                      const BudSandboxRequest *request,
                                      BudSandboxReply         *reply);
void bud_sandbox_get_segment_members (BudSandbox              *sandbox,
                                      BudSandboxAudience      *audience,
                                      const BudSandboxRequest *request,
                                      BudSandboxReply         *reply);

G_END_DECLS
