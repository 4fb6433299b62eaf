/* bud-sandbox-member-json.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-audience.h"

G_BEGIN_DECLS

typedef struct _BudSandboxMemberJson BudSandboxMemberJson;

BudSandboxMemberJson *bud_sandbox_member_json_new    (BudSandboxAudience   *audience,
                                                      const char           *base,
                                                      const char *const    *names,
                                                      gboolean              exclude);
void                  bud_sandbox_member_json_free   (BudSandboxMemberJson *self);
gboolean              bud_sandbox_member_json_knows  (const char           *name);
void                  bud_sandbox_member_json_append (BudSandboxMemberJson *self,
                                                      BudSandboxMember     *member,
                                                      GString              *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxMemberJson, bud_sandbox_member_json_free)

G_END_DECLS
