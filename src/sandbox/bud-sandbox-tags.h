/* bud-sandbox-tags.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-types.h"

G_BEGIN_DECLS

/* A set of tags, the same object for all who have the same tags. */
struct _BudSandboxTagSet
{
  guint n_ids;
  guint n_live; /* how many contacts, neither archived nor forgotten, have just these tags */
  guint32 ids[];
};

typedef struct
{
  char *name; /* (owned) (nullable): %NULL once deleted */
  guint32 id;
  guint32 created_at;
  guint32 updated_at;
} BudSandboxTag;

BudSandboxTags   *bud_sandbox_tags_new       (void);
void              bud_sandbox_tags_free      (BudSandboxTags         *self);
BudSandboxTagSet *bud_sandbox_tags_get_none  (BudSandboxTags         *self);
GPtrArray        *bud_sandbox_tags_list      (BudSandboxTags         *self);
BudSandboxTag    *bud_sandbox_tags_find      (BudSandboxTags         *self,
                                              const char             *name);
BudSandboxTag    *bud_sandbox_tags_ensure    (BudSandboxTags         *self,
                                              const char             *name,
                                              guint32                 now);
BudSandboxTag    *bud_sandbox_tags_get       (BudSandboxTags         *self,
                                              guint32                 id);
void              bud_sandbox_tags_delete    (BudSandboxTags         *self,
                                              BudSandboxTag          *tag);
guint             bud_sandbox_tags_count     (BudSandboxTags         *self,
                                              guint32                 id);
BudSandboxTagSet *bud_sandbox_tags_with      (BudSandboxTags         *self,
                                              const BudSandboxTagSet *set,
                                              guint32                 id);
BudSandboxTagSet *bud_sandbox_tags_without   (BudSandboxTags         *self,
                                              const BudSandboxTagSet *set,
                                              guint32                 id);
gboolean          bud_sandbox_tag_set_has    (const BudSandboxTagSet *set,
                                              guint32                 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxTags, bud_sandbox_tags_free)

G_END_DECLS
