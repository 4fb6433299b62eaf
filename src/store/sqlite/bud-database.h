/* bud-database.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "bud-statement.h"

G_BEGIN_DECLS

/* One connection to SQLite, for one thread at a time. */

typedef gboolean (*BudDatabaseFunc) (BudDatabase  *self,
                                     gpointer      data,
                                     GError      **error);

BudDatabase  *bud_database_open            (const char       *path,
                                            GError          **error);
void          bud_database_close           (BudDatabase      *self);
gboolean      bud_database_is_read_only    (BudDatabase      *self);
gboolean      bud_database_in_transaction  (BudDatabase      *self);
GCancellable *bud_database_set_cancellable (BudDatabase      *self,
                                            GCancellable     *cancellable);

gboolean      bud_database_exec            (BudDatabase      *self,
                                            const char       *sql,
                                            GError          **error);
gboolean      bud_database_get_int64       (BudDatabase      *self,
                                            const char       *sql,
                                            gint64           *value,
                                            GError          **error);
gboolean      bud_database_transaction     (BudDatabase      *self,
                                            BudDatabaseFunc   func,
                                            gpointer          data,
                                            GError          **error);
BudStatement *bud_database_prepare         (BudDatabase      *self,
                                            const char       *sql,
                                            GError          **error);
BudStatement *bud_database_cached          (BudDatabase      *self,
                                            const char       *sql,
                                            GError          **error);
gint64        bud_database_get_changes     (BudDatabase      *self);

void          bud_database_set_error       (BudDatabase      *self,
                                            int               code,
                                            GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudDatabase, bud_database_close)

G_END_DECLS
