/* bud-segment.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-segment.h"

/* A named rule over customer fields. */
struct _BudSegment
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudSegment, bud_segment, BUD_TYPE_ITEM)

static void
bud_segment_class_init (BudSegmentClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* the rule, in its text form */
    bud_item_param_text ("rule"),
    /* what the segment is for, in its maker's words */
    bud_item_param_text ("description"),
    /* an inactive segment keeps its rule and is not exported */
    bud_item_param_flag ("active", TRUE),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "segment", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_segment_init (BudSegment *self)
{
}

const char *
bud_segment_get_rule (BudSegment *self)
{
  g_return_val_if_fail (BUD_IS_SEGMENT (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "rule");
}

const char *
bud_segment_get_description (BudSegment *self)
{
  g_return_val_if_fail (BUD_IS_SEGMENT (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "description");
}

gboolean
bud_segment_is_active (BudSegment *self)
{
  g_return_val_if_fail (BUD_IS_SEGMENT (self), FALSE);

  return bud_item_get_flag (BUD_ITEM (self), "active");
}
