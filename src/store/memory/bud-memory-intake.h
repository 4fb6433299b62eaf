/* bud-memory-intake.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-intake.h"
#include "bud-memory-customers.h"

G_BEGIN_DECLS

#define BUD_TYPE_MEMORY_INTAKE (bud_memory_intake_get_type ())

G_DECLARE_FINAL_TYPE (BudMemoryIntake, bud_memory_intake, BUD, MEMORY_INTAKE, BudIntake)

BudIntake *bud_memory_intake_new (BudMemoryCustomers  *customers,
                                  const char          *source,
                                  GPtrArray           *fields,
                                  GError             **error);

G_END_DECLS
