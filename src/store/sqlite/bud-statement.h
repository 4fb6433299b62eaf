/* bud-statement.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* One prepared statement. Parameters count from 1, columns from 0, as in SQLite. What is bound
 * must stay alive until the statement has been run, or reset. A parameter that cannot be bound
 * fails the next step. */

typedef struct _BudDatabase BudDatabase;
typedef struct _BudStatement BudStatement;

BudStatement *bud_statement_new        (BudDatabase          *database,
                                        sqlite3_stmt         *handle);
void          bud_statement_free       (BudStatement         *self);
gboolean      bud_statement_is_busy    (BudStatement         *self);

void          bud_statement_bind_text  (BudStatement         *self,
                                        int                   parameter,
                                        const char           *text);
void          bud_statement_bind_int64 (BudStatement         *self,
                                        int                   parameter,
                                        gint64                number);
void          bud_statement_bind_double (BudStatement        *self,
                                        int                   parameter,
                                        double                number);
void          bud_statement_bind_blob  (BudStatement         *self,
                                        int                   parameter,
                                        gconstpointer         data,
                                        gsize                 size);

gboolean      bud_statement_step       (BudStatement         *self,
                                        gboolean             *has_row,
                                        GError              **error);
gboolean      bud_statement_run        (BudStatement         *self,
                                        GError              **error);
void          bud_statement_reset      (BudStatement         *self);

gboolean      bud_statement_is_null    (BudStatement         *self,
                                        int                   column);
gboolean      bud_statement_is_double  (BudStatement         *self,
                                        int                   column);
const char   *bud_statement_get_text   (BudStatement         *self,
                                        int                   column);
gint64        bud_statement_get_int64  (BudStatement         *self,
                                        int                   column);
double        bud_statement_get_double (BudStatement         *self,
                                        int                   column);
const guint8 *bud_statement_get_blob   (BudStatement         *self,
                                        int                   column,
                                        gsize                 size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudStatement, bud_statement_free)

G_END_DECLS
