/* bud-context.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-authorizer.h"
#include "bud-clock.h"
#include "bud-connection.h"
#include "bud-http.h"
#include "bud-keyring.h"
#include "bud-store.h"
#include "bud-workspace.h"

G_BEGIN_DECLS

/* The composition root: an open workspace with everything that belongs to it. The verbs of the
 * other files of this folder take it and block, so they run on the store's thread; those whose
 * names end in _async do not block and run anywhere. */

#define BUD_TYPE_CONTEXT (bud_context_get_type ())

G_DECLARE_FINAL_TYPE (BudContext, bud_context, BUD, CONTEXT, GObject)

char          *bud_context_dup_default_folder (void);
void           bud_context_open_async         (const char           *folder,
                                               gboolean              create,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
BudContext    *bud_context_open_finish        (GAsyncResult         *result,
                                               GError              **error);

const char    *bud_context_get_folder         (BudContext           *self);
const char    *bud_context_get_user           (BudContext           *self);
BudStore      *bud_context_get_store          (BudContext           *self);
BudClock      *bud_context_get_clock          (BudContext           *self);
BudKeyring    *bud_context_get_keyring        (BudContext           *self);
void           bud_context_set_keyring        (BudContext           *self,
                                               BudKeyring           *keyring);
BudWorkspace  *bud_context_get_workspace      (BudContext           *self);
char          *bud_context_dup_path           (BudContext           *self,
                                               const char           *name);
BudHttp       *bud_context_new_http           (BudContext           *self);

void           bud_context_authorize_async    (BudContext           *self,
                                               BudConnection        *connection,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
BudAuthorizer *bud_context_authorize_finish   (BudContext           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
