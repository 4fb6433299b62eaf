/* bud-csv-header.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-csv-parser.h"

G_BEGIN_DECLS

GPtrArray *bud_csv_header_to_fields (const BudCsvRow  *row);
int        bud_csv_header_find      (GPtrArray        *fields,
                                     const char       *name,
                                     BudSourceError    code,
                                     GError          **error);
gboolean   bud_csv_header_apply     (GPtrArray         *fields,
                                     const char *const *types,
                                     int               *chosen,
                                     GError           **error);

G_END_DECLS
