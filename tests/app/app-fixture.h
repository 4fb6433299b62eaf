/* app-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-await.h"
#include "bud-context.h"

G_BEGIN_DECLS

/* A new workspace of the signed-in person, with its tokens in memory. */

typedef gboolean (*AppVerb) (BudContext  *context,
                             gpointer     data,
                             GError     **error);

BudContext *app_open     (void);
void        app_import   (BudContext  *context);
void        app_set_role (BudContext  *context,
                          const char  *role);
gboolean    app_call     (BudContext  *context,
                          AppVerb      verb,
                          gpointer     data,
                          GError     **error);
void        app_call_ok  (BudContext  *context,
                          AppVerb      verb,
                          gpointer     data);
void        app_refused  (BudContext  *context,
                          AppVerb      verb,
                          gpointer     data,
                          int          code,
                          const char  *words);
void        app_save     (BudContext  *context,
                          gpointer     item);
gpointer    app_find     (BudContext  *context,
                          GType        type,
                          const char  *name);

G_END_DECLS
