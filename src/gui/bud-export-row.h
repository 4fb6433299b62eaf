/* bud-export-row.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bud-export-entry.h"

G_BEGIN_DECLS

/* An export in the list, with its actions “export.run” and “export.stop”. */

#define BUD_TYPE_EXPORT_ROW (bud_export_row_get_type ())

G_DECLARE_FINAL_TYPE (BudExportRow, bud_export_row, BUD, EXPORT_ROW, GtkListBoxRow)

GtkWidget      *bud_export_row_new       (BudExportEntry *entry);
BudExportEntry *bud_export_row_get_entry (BudExportRow   *self);

G_END_DECLS
