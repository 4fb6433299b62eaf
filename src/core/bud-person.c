/* bud-person.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-enums.h"
#include "bud-person.h"
#include "bud-text.h"

/* Somebody who works in this workspace, and the role he or she has. */
struct _BudPerson
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudPerson, bud_person, BUD_TYPE_ITEM)

static void
bud_person_class_init (BudPersonClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* nick of a BudRole */
    bud_item_param_text ("role"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "person", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_person_init (BudPerson *self)
{
}

BudRole
bud_person_get_role (BudPerson *self)
{
  g_return_val_if_fail (BUD_IS_PERSON (self), BUD_ROLE_VIEWER);

  return bud_enum_parse (BUD_TYPE_ROLE, bud_item_get_text (BUD_ITEM (self), "role"),
                         BUD_ROLE_VIEWER);
}
