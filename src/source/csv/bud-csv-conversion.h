/* bud-csv-conversion.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-csv-file.h"
#include "bud-csv-parser.h"

G_BEGIN_DECLS

typedef struct _BudCsvConversion BudCsvConversion;

BudCsvConversion *bud_csv_conversion_new    (const BudSourceShape *shape,
                                             BudCsvFile           *file,
                                             BudSourceRowFunc      row,
                                             BudSourceRejectFunc   reject,
                                             gpointer              data);
void              bud_csv_conversion_free   (BudCsvConversion     *self);
gboolean          bud_csv_conversion_begin  (const BudCsvRow      *header,
                                             gpointer              self,
                                             GError              **error);
gboolean          bud_csv_conversion_add    (const BudCsvRow      *row,
                                             gpointer              self,
                                             GError              **error);
gboolean          bud_csv_conversion_reject (const BudReject      *reject,
                                             gpointer              self,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCsvConversion, bud_csv_conversion_free)

G_END_DECLS
