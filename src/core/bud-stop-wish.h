/* bud-stop-wish.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_STOP_WISH (bud_stop_wish_get_type ())

G_DECLARE_FINAL_TYPE (BudStopWish, bud_stop_wish, BUD, STOP_WISH, BudItem)

G_END_DECLS
