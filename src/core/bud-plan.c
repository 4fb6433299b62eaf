/* bud-plan.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-plan.h"

/* The exact list of what a run would do to each person, made before anything is sent.
 * Its name is its number; its rows are in the store. */
struct _BudPlan
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudPlan, bud_plan, BUD_TYPE_ITEM)

static void
bud_plan_class_init (BudPlanClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* id of the export */
    bud_item_param_text ("export"),
    /* fingerprint of everything the plan was made from; another one means it is stale */
    bud_item_param_text ("inputs"),
    /* Unix seconds */
    bud_item_param_int64 ("created-at"),
    /* people in the export's segments */
    bud_item_param_int64 ("members"),
    /* people to add */
    bud_item_param_int64 ("adds"),
    /* people to update */
    bud_item_param_int64 ("updates"),
    /* people who need nothing */
    bud_item_param_int64 ("unchanged"),
    /* people who will not be sent */
    bud_item_param_int64 ("held-back"),
    /* requests a run will make */
    bud_item_param_int64 ("calls"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "plan", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_plan_init (BudPlan *self)
{
}

const char *
bud_plan_get_export (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "export");
}

const char *
bud_plan_get_inputs (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "inputs");
}

gint64
bud_plan_get_created_at (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "created-at");
}

gint64
bud_plan_get_members (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "members");
}

gint64
bud_plan_get_adds (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "adds");
}

gint64
bud_plan_get_updates (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "updates");
}

gint64
bud_plan_get_unchanged (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "unchanged");
}

gint64
bud_plan_get_held_back (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "held-back");
}

gint64
bud_plan_get_calls (BudPlan *self)
{
  g_return_val_if_fail (BUD_IS_PLAN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "calls");
}
