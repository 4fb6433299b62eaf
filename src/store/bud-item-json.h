/* bud-item-json.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

char    *bud_item_to_json   (BudItem     *item,
                             const char  *previous,
                             GError     **error);
BudItem *bud_item_from_json (GType        type,
                             const char  *json,
                             GError     **error);

G_END_DECLS
