/* bud-csv.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

void bud_csv_append_row (GString           *out,
                         const char *const *values,
                         gsize              n_values);

G_END_DECLS
