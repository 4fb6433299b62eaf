/* bud-export-list.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-export-entry.h"

G_BEGIN_DECLS

/* The exports of a workspace by name: a list model of BudExportEntry. */

#define BUD_TYPE_EXPORT_LIST (bud_export_list_get_type ())

G_DECLARE_FINAL_TYPE (BudExportList, bud_export_list, BUD, EXPORT_LIST, GObject)

BudExportList *bud_export_list_new            (BudContext           *context);
void           bud_export_list_refresh_async  (BudExportList        *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       bud_export_list_refresh_finish (BudExportList        *self,
                                               GAsyncResult         *result,
                                               GError              **error);
gboolean       bud_export_list_is_running     (BudExportList        *self);
void           bud_export_list_stop           (BudExportList        *self);

G_END_DECLS
