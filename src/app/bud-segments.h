/* bud-segments.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"
#include "bud-rule.h"
#include "bud-segment.h"
#include "bud-selection.h"

G_BEGIN_DECLS

gboolean      bud_segments_save   (BudContext    *context,
                                   BudSegment    *segment,
                                   GError       **error);
gboolean      bud_segments_remove (BudContext    *context,
                                   const char    *name_or_id,
                                   GError       **error);
BudRule      *bud_segments_bind   (BudContext    *context,
                                   BudSegment    *segment,
                                   GError       **error);
BudSelection *bud_segments_select (BudContext    *context,
                                   BudSegment    *segment,
                                   GError       **error);

G_END_DECLS
