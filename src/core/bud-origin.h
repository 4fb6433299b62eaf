/* bud-origin.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_ORIGIN (bud_origin_get_type ())

G_DECLARE_FINAL_TYPE (BudOrigin, bud_origin, BUD, ORIGIN, BudItem)

const char        *bud_origin_get_type_name   (BudOrigin *self);
const char        *bud_origin_get_location    (BudOrigin *self);
const char        *bud_origin_get_encoding    (BudOrigin *self);
const char        *bud_origin_get_delimiter   (BudOrigin *self);
const char        *bud_origin_get_key         (BudOrigin *self);
const char *const *bud_origin_get_types       (BudOrigin *self);
gint64             bud_origin_get_imported_at (BudOrigin *self);
gint64             bud_origin_get_rows        (BudOrigin *self);
gint64             bud_origin_get_rejected    (BudOrigin *self);

G_END_DECLS
