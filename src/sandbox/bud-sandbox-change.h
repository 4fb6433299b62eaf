/* bud-sandbox-change.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-audience.h"

G_BEGIN_DECLS

/* What a client wants a contact to be. The texts and nodes belong to the posted document. */
typedef struct
{
  const char *email;               /* (nullable) */
  const char *email_type;          /* (nullable) */
  const char *language;            /* (nullable) */
  const char *ip_signup;           /* (nullable) */
  const char *ip_opt;              /* (nullable) */
  const BudSandboxNode *values;    /* (nullable) */
  const BudSandboxNode *tags;      /* (nullable) */
  const BudSandboxNode *vip;       /* (nullable) */
  BudSandboxStatus status;         /* or %BUD_SANDBOX_ANY_STATUS */
  BudSandboxStatus status_if_new;  /* or %BUD_SANDBOX_ANY_STATUS */
  guint32 opted_at;                /* 0 if not given */
  guint32 signed_up_at;            /* 0 if not given */
} BudSandboxChange;

/**
 * BudSandboxApplyFlags:
 * @BUD_SANDBOX_APPLY_ADD_ONLY: a contact who is there already is a fault
 * @BUD_SANDBOX_APPLY_SYNC_TAGS: tags replace those that the contact has
 * @BUD_SANDBOX_APPLY_SKIP_REQUIRED: required merge fields may stay empty
 * @BUD_SANDBOX_APPLY_REFUSE_EXAMPLES: example.com and its like are fake, as for the real service
 * @BUD_SANDBOX_APPLY_SILENT_COMPLIANCE: a forbidden resubscription changes nothing and is no fault
 */
typedef enum {
  BUD_SANDBOX_APPLY_ADD_ONLY = 1 << 0,
  BUD_SANDBOX_APPLY_SYNC_TAGS = 1 << 1,
  BUD_SANDBOX_APPLY_SKIP_REQUIRED = 1 << 2,
  BUD_SANDBOX_APPLY_REFUSE_EXAMPLES = 1 << 3,
  BUD_SANDBOX_APPLY_SILENT_COMPLIANCE = 1 << 4,
} BudSandboxApplyFlags;

gboolean          bud_sandbox_change_parse (BudSandboxChange       *self,
                                            const BudSandboxNode   *body,
                                            const char             *path,
                                            BudSandboxProblem      *problem);
BudSandboxMember *bud_sandbox_change_apply (const BudSandboxChange *self,
                                            BudSandboxAudience     *audience,
                                            BudSandboxMember       *addressed,
                                            BudSandboxApplyFlags    flags,
                                            gboolean               *created,
                                            BudSandboxProblem      *problem);

G_END_DECLS
