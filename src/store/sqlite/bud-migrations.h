/* bud-migrations.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-database.h"

G_BEGIN_DECLS

/* What brings a file of the workspace from one version to the next. The file's version is the
 * number of steps it has been through. */
typedef struct
{
  const char *const *steps; /* (array length=n_steps) */
  guint n_steps;
} BudMigrations;

extern const BudMigrations bud_workspace_migrations;
extern const BudMigrations bud_customers_migrations;

gboolean bud_migrations_run (const BudMigrations  *self,
                             BudDatabase          *database,
                             const char           *path,
                             gboolean              create,
                             GError              **error);

G_END_DECLS
