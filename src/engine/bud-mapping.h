/* bud-mapping.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-clock.h"
#include "bud-export.h"
#include "bud-selection.h"
#include "bud-store.h"

G_BEGIN_DECLS

/* An export made concrete: its names looked up, its rules bound to the fields of today. */

#define BUD_TYPE_MAPPING (bud_mapping_get_type ())

G_DECLARE_FINAL_TYPE (BudMapping, bud_mapping, BUD, MAPPING, GObject)

BudMapping         *bud_mapping_new             (BudStore              *store,
                                                 BudExport             *export,
                                                 BudClock              *clock,
                                                 GError               **error);
BudSelection       *bud_mapping_get_selection   (BudMapping            *self);
const char *const  *bud_mapping_get_merge_tags  (BudMapping            *self);
const char *const  *bud_mapping_get_tags        (BudMapping            *self);
const char         *bud_mapping_get_destination (BudMapping            *self);
gsize               bud_mapping_get_n_tags      (BudMapping            *self);
const char         *bud_mapping_get_inputs      (BudMapping            *self);
const char         *bud_mapping_get_address     (BudMapping            *self,
                                                 const BudCustomerRow  *customer);
const char         *bud_mapping_get_value       (BudMapping            *self,
                                                 const BudCustomerRow  *customer,
                                                 gsize                  index);

gboolean            bud_mapping_split_pair      (const char            *pair,
                                                 char                 **merge_tag,
                                                 char                 **field,
                                                 GError               **error);

G_END_DECLS
