/* bud-segment.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_SEGMENT (bud_segment_get_type ())

G_DECLARE_FINAL_TYPE (BudSegment, bud_segment, BUD, SEGMENT, BudItem)

const char *bud_segment_get_rule        (BudSegment *self);
const char *bud_segment_get_description (BudSegment *self);
gboolean    bud_segment_is_active       (BudSegment *self);

G_END_DECLS
