/* bud-stop-wish.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-stop-wish.h"

/* Somebody's wish that a run stops; its name is the run's id. A thing of its own, because the run
 * itself is written all the time by the process that carries it out. */
struct _BudStopWish
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudStopWish, bud_stop_wish, BUD_TYPE_ITEM)

static void
bud_stop_wish_class_init (BudStopWishClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* who wished it */
    bud_item_param_text ("by"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "stop-wish", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_stop_wish_init (BudStopWish *self)
{
}
