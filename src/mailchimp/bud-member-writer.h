/* bud-member-writer.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/* The most members one call may carry:
 * https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/ */
#define BUD_MEMBERS_MAX 500

typedef struct _BudMemberWriter BudMemberWriter;

BudMemberWriter *bud_member_writer_new       (const char *const *merge_tags,
                                              gsize              n_tags,
                                              const char        *status_if_new);
void             bud_member_writer_free      (BudMemberWriter   *self);
gboolean         bud_member_writer_add       (BudMemberWriter   *self,
                                              const char        *address,
                                              const char *const *values);
guint            bud_member_writer_get_count (BudMemberWriter   *self);
GBytes          *bud_member_writer_finish    (BudMemberWriter   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudMemberWriter, bud_member_writer_free)

G_END_DECLS
