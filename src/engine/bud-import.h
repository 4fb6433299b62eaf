/* bud-import.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-clock.h"
#include "bud-import-report.h"
#include "bud-store.h"

G_BEGIN_DECLS

/* Reads a source into the store: two readings, the first for the shape and the second for the
 * rows, which take the place of the old ones at the very end. Works on a thread of its own; its
 * “progress” signal comes to the main context of the thread that started it. */

#define BUD_TYPE_IMPORT (bud_import_get_type ())

G_DECLARE_FINAL_TYPE (BudImport, bud_import, BUD, IMPORT, GObject)

BudImport       *bud_import_new         (BudStore             *store,
                                         BudClock             *clock,
                                         BudOrigin            *origin,
                                         const char           *rejects_path);
void             bud_import_run_async   (BudImport            *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
BudImportReport *bud_import_run_finish  (BudImport            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
