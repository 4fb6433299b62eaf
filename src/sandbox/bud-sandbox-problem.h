/* bud-sandbox-problem.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-types.h"

G_BEGIN_DECLS

typedef enum {
  BUD_SANDBOX_OK,
  BUD_SANDBOX_BAD_REQUEST,
  BUD_SANDBOX_JSON_PARSE_ERROR,
  BUD_SANDBOX_INVALID_RESOURCE,
  BUD_SANDBOX_MEMBER_EXISTS,
  BUD_SANDBOX_COMPLIANCE_STATE,
  BUD_SANDBOX_FORGOTTEN_EMAIL,
  BUD_SANDBOX_KEY_MISSING,
  BUD_SANDBOX_KEY_INVALID,
  BUD_SANDBOX_NOT_FOUND,
  BUD_SANDBOX_METHOD_NOT_ALLOWED,
  BUD_SANDBOX_TOO_LARGE,
  BUD_SANDBOX_FIELDS_INVALID,
  BUD_SANDBOX_TOO_MANY_REQUESTS,
  BUD_SANDBOX_INTERNAL_ERROR,
} BudSandboxProblemKind;

/* Why something was refused. Zeroed means that nothing was. */
struct _BudSandboxProblem
{
  BudSandboxProblemKind kind;
  char *detail;  /* (owned) (nullable): the kind's usual text if %NULL */
  char *field;   /* (owned) (nullable): the one entry of `errors`, with message */
  char *message; /* (owned) (nullable) */
};

gboolean bud_sandbox_problem_set       (BudSandboxProblem       *self,
                                        BudSandboxProblemKind    kind,
                                        const char              *format,
                                        ...) G_GNUC_PRINTF (3, 4);
gboolean bud_sandbox_problem_set_field (BudSandboxProblem       *self,
                                        const char              *detail,
                                        const char              *field,
                                        const char              *message);
gboolean bud_sandbox_problem_schema    (BudSandboxProblem       *self,
                                        const char              *field,
                                        const char              *format,
                                        ...) G_GNUC_PRINTF (3, 4);
void     bud_sandbox_problem_clear     (BudSandboxProblem       *self);
guint    bud_sandbox_problem_status    (const BudSandboxProblem *self);
void     bud_sandbox_problem_append    (const BudSandboxProblem *self,
                                        const char              *instance,
                                        GString                 *out);
const char *bud_sandbox_problem_get_detail (const BudSandboxProblem *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudSandboxProblem, bud_sandbox_problem_clear)

G_END_DECLS
