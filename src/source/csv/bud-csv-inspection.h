/* bud-csv-inspection.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-csv-parser.h"

G_BEGIN_DECLS

typedef struct _BudCsvInspection BudCsvInspection;

BudCsvInspection *bud_csv_inspection_new      (const char          *key,
                                               const char *const   *types);
void              bud_csv_inspection_free     (BudCsvInspection    *self);
gboolean          bud_csv_inspection_begin    (const BudCsvRow     *header,
                                               gpointer             self,
                                               GError             **error);
gboolean          bud_csv_inspection_add      (const BudCsvRow     *row,
                                               gpointer             self,
                                               GError             **error);
gboolean          bud_csv_inspection_reject   (const BudReject     *reject,
                                               gpointer             self,
                                               GError             **error);
BudSourceShape   *bud_csv_inspection_to_shape (BudCsvInspection    *self,
                                               const char          *encoding,
                                               char                 delimiter,
                                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCsvInspection, bud_csv_inspection_free)

G_END_DECLS
