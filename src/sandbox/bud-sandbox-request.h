/* bud-sandbox-request.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-json.h"
#include "bud-sandbox-problem.h"

G_BEGIN_DECLS

#define BUD_SANDBOX_MAX_PARTS 8

/* A request to the API, from the wire or out of a batch of operations. */
struct _BudSandboxRequest
{
  const char *method;
  const char *parts[BUD_SANDBOX_MAX_PARTS + 1]; /* of the path, after /3.0; %NULL at the end */
  GHashTable *query;                            /* (owned) (element-type utf8 utf8) */
  const char *body;
  gsize body_length;
  char **owned_parts;                           /* (owned) */
};

struct _BudSandboxReply
{
  guint status;
  GString *body;            /* (owned) */
  const char *content_type; /* (nullable): JSON if %NULL */
  char *allow;              /* (owned) (nullable) */
  char *location;           /* (owned) (nullable) */
  char *id;                 /* (owned): X-Request-Id */
};

gboolean        bud_sandbox_request_init       (BudSandboxRequest       *self,
                                                const char              *method,
                                                const char              *path,
                                                GHashTable              *query,
                                                const char              *body,
                                                gsize                    body_length);
void            bud_sandbox_request_clear      (BudSandboxRequest       *self);
const char     *bud_sandbox_request_get        (const BudSandboxRequest *self,
                                                const char              *name);
gboolean        bud_sandbox_request_get_flag   (const BudSandboxRequest *self,
                                                const char              *name);
gboolean        bud_sandbox_request_get_page   (const BudSandboxRequest *self,
                                                guint                   *count,
                                                guint                   *offset,
                                                BudSandboxProblem       *problem);
BudSandboxJson *bud_sandbox_request_parse_body (const BudSandboxRequest *self,
                                                BudSandboxProblem       *problem);

void            bud_sandbox_reply_init         (BudSandboxReply         *self);
void            bud_sandbox_reply_clear        (BudSandboxReply         *self);
void            bud_sandbox_reply_problem      (BudSandboxReply         *self,
                                                const BudSandboxProblem *problem);
void            bud_sandbox_reply_refuse       (BudSandboxReply         *self,
                                                BudSandboxProblemKind    kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudSandboxReply, bud_sandbox_reply_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudSandboxRequest, bud_sandbox_request_clear)

G_END_DECLS
