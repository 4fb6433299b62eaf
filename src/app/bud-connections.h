/* bud-connections.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"

G_BEGIN_DECLS

/* Adding and removing touch the keyring as well as the store, so these two do not block. */

void           bud_connections_add_async     (BudContext           *context,
                                              BudConnection        *connection,
                                              const char           *api_key,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       bud_connections_add_finish    (BudContext           *context,
                                              GAsyncResult         *result,
                                              GError              **error);
void           bud_connections_remove_async  (BudContext           *context,
                                              const char           *name_or_id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       bud_connections_remove_finish (BudContext           *context,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
