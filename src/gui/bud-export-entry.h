/* bud-export-entry.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"
#include "bud-export.h"
#include "bud-run.h"

G_BEGIN_DECLS

/* One export as the window shows it: the export, its last run, and the run that is going on. The
 * run is carried out here and not in a widget, so it goes on when its row is scrolled away,
 * rebuilt or closed. */

#define BUD_TYPE_EXPORT_ENTRY (bud_export_entry_get_type ())

G_DECLARE_FINAL_TYPE (BudExportEntry, bud_export_entry, BUD, EXPORT_ENTRY, GObject)

BudExportEntry *bud_export_entry_new          (BudContext     *context,
                                               BudExport      *export);
void            bud_export_entry_update       (BudExportEntry *self,
                                               BudExport      *export,
                                               BudRun         *last_run);
const char     *bud_export_entry_get_id       (BudExportEntry *self);
const char     *bud_export_entry_get_name     (BudExportEntry *self);
BudRun         *bud_export_entry_get_last_run (BudExportEntry *self);
double          bud_export_entry_get_fraction (BudExportEntry *self);
gboolean        bud_export_entry_is_running   (BudExportEntry *self);
gboolean        bud_export_entry_is_stopping  (BudExportEntry *self);
void            bud_export_entry_run          (BudExportEntry *self);
void            bud_export_entry_stop         (BudExportEntry *self);

G_END_DECLS
