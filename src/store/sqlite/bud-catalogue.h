/* bud-catalogue.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-database.h"
#include "bud-profile-field.h"

G_BEGIN_DECLS

/* What customers.db holds: which sources, in which tables, with which fields. */
typedef struct
{
  gint64 position;
  char *id;
  gint64 rows_table;
  GPtrArray *fields; /* (element-type BudField), columns "c0", "c1" … */
} BudCatalogueSource;

/**
 * BudCatalogue:
 * @sources: (element-type BudCatalogueSource): in the order in which they were first imported
 * @merged: (element-type BudProfileField): what they make together
 * @fields: (element-type BudField): the same for the outside, with columns "p1", "p7" …
 */
typedef struct
{
  GPtrArray *sources;
  GPtrArray *merged;
  GPtrArray *fields;
} BudCatalogue;

BudCatalogue *bud_catalogue_load            (BudDatabase         *database,
                                             GError             **error);
void          bud_catalogue_free            (BudCatalogue        *self);
gboolean      bud_catalogue_changed         (BudDatabase         *database,
                                             GError             **error);
void          bud_catalogue_append_profile  (const BudCatalogue  *self,
                                             GString             *sql);
void          bud_catalogue_append_values   (const BudCatalogue  *self,
                                             guint                first_source,
                                             GString             *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCatalogue, bud_catalogue_free)

G_END_DECLS
