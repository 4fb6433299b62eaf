/* bud-upsert-answer.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-member-error.h"

G_BEGIN_DECLS

/**
 * BudUpsertAnswer:
 * @n_created: how many became new members
 * @n_updated: how many existed
 * @created: (element-type utf8): addresses of the new members
 * @updated: (element-type utf8): addresses of the members who existed
 * @errors: (element-type BudMemberError): who was refused, and why
 *
 * What Mailchimp did with one batch. All texts belong to the answer. A sent address that is in
 * none of the three was passed over in silence.
 */
typedef struct
{
  gint64 n_created;
  gint64 n_updated;
  GPtrArray *created;
  GPtrArray *updated;
  GPtrArray *errors;

  /*< private >*/
  GStringChunk *texts;
} BudUpsertAnswer;

BudUpsertAnswer *bud_upsert_answer_scan (GBytes          *body);
void             bud_upsert_answer_free (BudUpsertAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudUpsertAnswer, bud_upsert_answer_free)

G_END_DECLS
