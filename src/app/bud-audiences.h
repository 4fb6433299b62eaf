/* bud-audiences.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"
#include "bud-export.h"
#include "bud-mailchimp.h"

G_BEGIN_DECLS

void          bud_audiences_connect_async  (BudContext           *context,
                                            BudConnection        *connection,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
BudMailchimp *bud_audiences_connect_finish (BudContext           *context,
                                            GAsyncResult         *result,
                                            GError              **error);
BudAudience  *bud_audiences_find           (GPtrArray            *audiences,
                                            const char           *name_or_id,
                                            GError              **error);
void          bud_audiences_verify_async   (BudContext           *context,
                                            BudExport            *export,
                                            BudConnection        *connection,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean      bud_audiences_verify_finish  (BudContext           *context,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
