/* bud-sqlite-store.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store.h"

G_BEGIN_DECLS

/* A workspace in a folder, in two SQLite files. */

#define BUD_TYPE_SQLITE_STORE (bud_sqlite_store_get_type ())

G_DECLARE_FINAL_TYPE (BudSqliteStore, bud_sqlite_store, BUD, SQLITE_STORE, BudStore)

void      bud_sqlite_store_open_async  (const char           *folder,
                                        gboolean              create,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
BudStore *bud_sqlite_store_open_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
