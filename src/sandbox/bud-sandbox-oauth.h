/* bud-sandbox-oauth.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-request.h"

G_BEGIN_DECLS

BudSandboxOAuth       *bud_sandbox_oauth_new          (void);
void                   bud_sandbox_oauth_free         (BudSandboxOAuth         *self);
void                   bud_sandbox_oauth_add_key      (BudSandboxOAuth         *self,
                                                       const char              *key);
void                   bud_sandbox_oauth_add_token    (BudSandboxOAuth         *self,
                                                       const char              *token);
GStrv                  bud_sandbox_oauth_list_tokens  (BudSandboxOAuth         *self);
void                   bud_sandbox_oauth_revoke       (BudSandboxOAuth         *self);
gboolean               bud_sandbox_oauth_add_client   (BudSandboxOAuth         *self,
                                                       const char              *text,
                                                       GError                 **error);
BudSandboxProblemKind  bud_sandbox_oauth_check        (BudSandboxOAuth         *self,
                                                       const char              *header);
gboolean               bud_sandbox_oauth_answer       (BudSandboxOAuth         *self,
                                                       const char              *path,
                                                       const BudSandboxRequest *request,
                                                       const char              *header,
                                                       const char              *origin,
                                                       BudSandboxReply         *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxOAuth, bud_sandbox_oauth_free)

G_END_DECLS
