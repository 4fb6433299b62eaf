/* bud-connection.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

#define BUD_TYPE_CONNECTION (bud_connection_get_type ())

G_DECLARE_FINAL_TYPE (BudConnection, bud_connection, BUD, CONNECTION, BudItem)

const char *bud_connection_get_type_name  (BudConnection *self);
const char *bud_connection_get_api_root   (BudConnection *self);
const char *bud_connection_get_account    (BudConnection *self);
gboolean    bud_connection_is_shared      (BudConnection *self);
gint64      bud_connection_get_created_at (BudConnection *self);

G_END_DECLS
