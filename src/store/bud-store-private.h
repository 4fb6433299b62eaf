/* bud-store-private.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store.h"

G_BEGIN_DECLS

/* For the stores themselves. */

gboolean _bud_store_take_number (BudStore  *self,
                                 BudItem   *item,
                                 GError   **error);

G_END_DECLS
