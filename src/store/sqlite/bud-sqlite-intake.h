/* bud-sqlite-intake.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-database.h"
#include "bud-intake.h"

G_BEGIN_DECLS

#define BUD_TYPE_SQLITE_INTAKE (bud_sqlite_intake_get_type ())

G_DECLARE_FINAL_TYPE (BudSqliteIntake, bud_sqlite_intake, BUD, SQLITE_INTAKE, BudIntake)

BudIntake *bud_sqlite_intake_new   (const char   *folder,
                                    const char   *source,
                                    GPtrArray    *fields,
                                    GError      **error);
gboolean   bud_sqlite_intake_sweep (BudDatabase  *database,
                                    GError      **error);

G_END_DECLS
