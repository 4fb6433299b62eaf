/* bud-sandbox-audience.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-merge-fields.h"
#include "bud-sandbox-tags.h"

G_BEGIN_DECLS

/* One contact of one audience. There may be a million. */
struct _BudSandboxMember
{
  guint8 hash[BUD_SANDBOX_HASH_SIZE]; /* MD5 of the lower-case address; first, as it is the key */
  char *email;                        /* (owned): as it was written */
  char *values;                       /* (owned): see bud-sandbox-values.c */
  BudSandboxTagSet *tags;
  guint32 index;      /* its place in the audience, which never changes: the contact's identity */
  guint32 email_id;   /* changes with the address */
  guint32 last_changed;
  guint32 opted_at;
  guint32 signed_up_at;
  guint32 unsubscribed_at;
  guint32 written;    /* digest of what was last written through the API; 0 if nothing was */
  guint32 batch;      /* the last batch call that wrote it */
  guint8 status;
  guint8 unsubscribed_by;
  guint8 text_only;
  guint8 vip;
};

/* What a page of members is asked for. Zeroed with status %BUD_SANDBOX_ANY_STATUS asks for all
 * who are neither archived nor forgotten. */
typedef struct
{
  guint32 status;
  guint32 since;              /* Unix seconds, exclusive; 0 for no bound */
  guint32 before;             /* Unix seconds, exclusive; 0 for no bound */
  guint32 unsubscribed_since; /* Unix seconds, exclusive; 0 for no bound */
  guint32 tag;                /* 0 for no tag */
  guint32 sort;               /* BudSandboxSort */
  guint32 descending;
} BudSandboxQuery;

typedef enum {
  BUD_SANDBOX_SORT_NONE,
  BUD_SANDBOX_SORT_OPTED,
  BUD_SANDBOX_SORT_SIGNED_UP,
  BUD_SANDBOX_SORT_CHANGED,
} BudSandboxSort;

typedef struct
{
  guint64 writes;              /* through the API, each time a contact was written */
  guint64 written;             /* contacts written at least once */
  guint64 rewritten_same;      /* writes that repeated what that contact was last sent */
  guint64 rewritten_different; /* writes that contradicted it */
  guint64 created;
  guint64 updated;
  guint64 rejected;
  guint64 resubscribed;        /* from unsubscribed, cleaned or archived to subscribed */
} BudSandboxTally;

BudSandboxAudience *bud_sandbox_audience_new         (const char            *id,
                                                      const char            *name,
                                                      BudSandboxFields      *fields);
void                bud_sandbox_audience_free        (BudSandboxAudience    *self);
void                bud_sandbox_audience_lock        (BudSandboxAudience    *self);
void                bud_sandbox_audience_unlock      (BudSandboxAudience    *self);
const char         *bud_sandbox_audience_get_id      (BudSandboxAudience    *self);
const char         *bud_sandbox_audience_get_name    (BudSandboxAudience    *self);
BudSandboxFields   *bud_sandbox_audience_get_fields  (BudSandboxAudience    *self);
BudSandboxTags     *bud_sandbox_audience_get_tags    (BudSandboxAudience    *self);
BudSandboxTally    *bud_sandbox_audience_get_tally   (BudSandboxAudience    *self);
guint32             bud_sandbox_audience_next_batch  (BudSandboxAudience    *self);
guint               bud_sandbox_audience_count       (BudSandboxAudience    *self,
                                                      BudSandboxStatus       status);
guint               bud_sandbox_audience_get_size    (BudSandboxAudience    *self);
BudSandboxMember   *bud_sandbox_audience_get_member  (BudSandboxAudience    *self,
                                                      guint                  index);
BudSandboxMember   *bud_sandbox_audience_find        (BudSandboxAudience    *self,
                                                      const char            *email);
BudSandboxMember   *bud_sandbox_audience_find_any    (BudSandboxAudience    *self,
                                                      const char            *hash_or_email);
BudSandboxMember   *bud_sandbox_audience_add         (BudSandboxAudience    *self,
                                                      const char            *email);
void                bud_sandbox_audience_rename      (BudSandboxAudience    *self,
                                                      BudSandboxMember      *member,
                                                      const char            *email);
void                bud_sandbox_audience_set_values  (BudSandboxAudience    *self,
                                                      BudSandboxMember      *member,
                                                      const char            *values,
                                                      gsize                  length);
void                bud_sandbox_audience_set_tags    (BudSandboxAudience    *self,
                                                      BudSandboxMember      *member,
                                                      BudSandboxTagSet      *tags);
void                bud_sandbox_audience_set_status  (BudSandboxAudience    *self,
                                                      BudSandboxMember      *member,
                                                      BudSandboxStatus       status,
                                                      BudSandboxActor        actor);
void                bud_sandbox_audience_delete_tag  (BudSandboxAudience    *self,
                                                      BudSandboxTag         *tag);
GArray             *bud_sandbox_audience_select      (BudSandboxAudience    *self,
                                                      const BudSandboxQuery *query);
guint32             bud_sandbox_now                  (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxAudience, bud_sandbox_audience_free)

G_END_DECLS
