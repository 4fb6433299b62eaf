/* bud-batch.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-mailchimp.h"
#include "bud-mapping.h"

G_BEGIN_DECLS

/* https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/: “Up to 500
 * members may be added or updated with each API call.” */
#define BUD_BATCH_MAX 500

/* The people of one request, with what is sent for each and what came of it. */

typedef struct _BudBatch BudBatch;

BudBatch         *bud_batch_new           (BudMapping            *mapping);
BudBatch         *bud_batch_ref           (BudBatch              *self);
void              bud_batch_unref         (BudBatch              *self);

void              bud_batch_add           (BudBatch              *self,
                                           const BudPlanRow      *row,
                                           const char            *address,
                                           const BudCustomerRow  *customer);
guint             bud_batch_get_size      (BudBatch              *self);
gint64            bud_batch_get_first_seq (BudBatch              *self);
gint64            bud_batch_get_last_seq  (BudBatch              *self);
const BudPlanRow *bud_batch_get_rows      (BudBatch              *self);

GBytes           *bud_batch_encode        (BudBatch              *self,
                                           const char            *status_if_new);
void              bud_batch_apply_answer  (BudBatch              *self,
                                           BudUpsertAnswer       *answer);
void              bud_batch_reject_all    (BudBatch              *self,
                                           const char            *detail);
void              bud_batch_split         (BudBatch              *self,
                                           BudBatch             **first,
                                           BudBatch             **second);
GStrv             bud_batch_dup_tagged    (BudBatch              *self,
                                           gsize                  tag);
guint             bud_batch_count         (BudBatch              *self,
                                           BudOutcome             outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudBatch, bud_batch_unref)

G_END_DECLS
