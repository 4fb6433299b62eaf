/* bud-csv-delimiter.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-csv-parser.h"

G_BEGIN_DECLS

char     bud_csv_delimiter_guess       (const char       *sample,
                                        gsize             len);
gboolean bud_csv_delimiter_parse       (const char       *setting,
                                        char             *delimiter,
                                        GError          **error);
gboolean bud_csv_delimiter_is_sep_line (const BudCsvRow  *row);

G_END_DECLS
