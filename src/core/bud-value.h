/* bud-value.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/* The stored form of a customer's value is UTF-8 text in one canonical spelling per type:
 * integer "-12", decimal "1234.5", date "2026-12-31" or "2026-12-31T23:59:59", boolean "0"/"1",
 * text as it is. No value is NULL or "". */

gboolean bud_value_canonical (BudFieldType  type,
                              const char   *raw,
                              GString      *out);

G_END_DECLS
