/* bud-export.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_EXPORT (bud_export_get_type ())

G_DECLARE_FINAL_TYPE (BudExport, bud_export, BUD, EXPORT, BudItem)

const char        *bud_export_get_connection    (BudExport *self);
const char        *bud_export_get_audience      (BudExport *self);
const char        *bud_export_get_audience_name (BudExport *self);
const char        *bud_export_get_email_field   (BudExport *self);
const char *const *bud_export_get_merge_fields  (BudExport *self);
const char *const *bud_export_get_segments      (BudExport *self);

G_END_DECLS
