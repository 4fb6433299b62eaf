/* bud-selection.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-rule.h"
#include "bud-store-types.h"

G_BEGIN_DECLS

/* Which customers, and what of each: the people in any of the rules (everybody when there is no
 * rule), the fields wanted, and on request what an export last delivered for each. */

#define BUD_TYPE_SELECTION (bud_selection_get_type ())

GType         bud_selection_get_type   (void);
BudSelection *bud_selection_new        (GDateTime          *now);
BudSelection *bud_selection_copy       (const BudSelection *self);
BudSelection *bud_selection_ref        (BudSelection       *self);
void          bud_selection_unref      (BudSelection       *self);

void          bud_selection_add_field  (BudSelection       *self,
                                        BudField           *field);
void          bud_selection_add_rule   (BudSelection       *self,
                                        BudRule            *rule);
void          bud_selection_set_ledger (BudSelection       *self,
                                        const char         *export_id);
void          bud_selection_set_page   (BudSelection       *self,
                                        const char         *after_id,
                                        gint64              limit);

GPtrArray    *bud_selection_get_fields (const BudSelection *self);
GPtrArray    *bud_selection_get_rules  (const BudSelection *self);
const char   *bud_selection_get_ledger (const BudSelection *self);
const char   *bud_selection_get_after  (const BudSelection *self);
gint64        bud_selection_get_limit  (const BudSelection *self);
GDateTime    *bud_selection_get_now    (const BudSelection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSelection, bud_selection_unref)

G_END_DECLS
