/* bud-sandbox-types.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Mailchimp's own word for the most that one call may carry. */
#define BUD_SANDBOX_MAX_MEMBERS 500
#define BUD_SANDBOX_MAX_PAGE 1000
#define BUD_SANDBOX_MAX_BODY (32 * 1024 * 1024)
#define BUD_SANDBOX_HASH_SIZE 16

/**
 * BudSandboxStatus:
 * @BUD_SANDBOX_FORGOTTEN: deleted for good; never shown, and never let in again
 *
 * What an audience thinks of a contact. The order is that of the counters in the state report.
 */
typedef enum {
  BUD_SANDBOX_SUBSCRIBED,
  BUD_SANDBOX_UNSUBSCRIBED,
  BUD_SANDBOX_CLEANED,
  BUD_SANDBOX_PENDING,
  BUD_SANDBOX_TRANSACTIONAL,
  BUD_SANDBOX_ARCHIVED,
  BUD_SANDBOX_FORGOTTEN,
  BUD_SANDBOX_N_STATUSES,
} BudSandboxStatus;

/* No status given, or no status asked for. */
#define BUD_SANDBOX_ANY_STATUS BUD_SANDBOX_N_STATUSES

/**
 * BudSandboxActor:
 *
 * Who unsubscribed a contact. The API may undo what the API or an administrator did, and nobody
 * but the contact may undo what the contact did.
 */
typedef enum {
  BUD_SANDBOX_BY_API,
  BUD_SANDBOX_BY_MEMBER,
  BUD_SANDBOX_BY_ADMIN,
} BudSandboxActor;

typedef struct _BudSandbox          BudSandbox;
typedef struct _BudSandboxAudience  BudSandboxAudience;
typedef struct _BudSandboxBatches   BudSandboxBatches;
typedef struct _BudSandboxFaults    BudSandboxFaults;
typedef struct _BudSandboxFields    BudSandboxFields;
typedef struct _BudSandboxJson      BudSandboxJson;
typedef struct _BudSandboxMember    BudSandboxMember;
typedef struct _BudSandboxNode      BudSandboxNode;
typedef struct _BudSandboxOAuth     BudSandboxOAuth;
typedef struct _BudSandboxProblem   BudSandboxProblem;
typedef struct _BudSandboxReply     BudSandboxReply;
typedef struct _BudSandboxRequest   BudSandboxRequest;
typedef struct _BudSandboxServer    BudSandboxServer;
typedef struct _BudSandboxTags      BudSandboxTags;
typedef struct _BudSandboxTagSet    BudSandboxTagSet;

const char       *bud_sandbox_status_to_text (BudSandboxStatus  status);
BudSandboxStatus  bud_sandbox_status_parse   (const char       *text);
const char       *bud_sandbox_actor_to_text  (BudSandboxActor   actor);
gboolean          bud_sandbox_actor_parse    (const char       *text,
                                              BudSandboxActor  *actor);

G_END_DECLS
