/* bud-csv-source.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

#define BUD_TYPE_CSV_SOURCE (bud_csv_source_get_type ())

G_DECLARE_FINAL_TYPE (BudCsvSource, bud_csv_source, BUD, CSV_SOURCE, BudSource)

BudSource *bud_csv_source_new (BudOrigin  *origin,
                               GError    **error);

G_END_DECLS
