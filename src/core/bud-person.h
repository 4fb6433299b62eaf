/* bud-person.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_PERSON (bud_person_get_type ())

G_DECLARE_FINAL_TYPE (BudPerson, bud_person, BUD, PERSON, BudItem)

BudRole bud_person_get_role (BudPerson *self);

G_END_DECLS
