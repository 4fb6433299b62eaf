/* bud-field.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

#define BUD_TYPE_FIELD (bud_field_get_type ())

GType         bud_field_get_type      (void);
BudField     *bud_field_new           (const char     *name,
                                       BudFieldType    type,
                                       const char     *column);
BudField     *bud_field_ref           (BudField       *self);
void          bud_field_unref         (BudField       *self);
const char   *bud_field_get_name      (const BudField *self);
BudFieldType  bud_field_get_field_type (const BudField *self);
const char   *bud_field_get_column    (const BudField *self);

BudField     *bud_field_find          (GPtrArray      *fields,
                                       const char     *name);
BudField     *bud_field_require       (GPtrArray      *fields,
                                       const char     *name,
                                       GError        **error);
const char   *bud_field_type_to_label (BudFieldType    type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudField, bud_field_unref)

G_END_DECLS
