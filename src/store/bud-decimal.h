/* bud-decimal.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for every double written without an exponent. */
#define BUD_DECIMAL_SIZE 400

const char *bud_decimal_format (double      value,
                                char        out[BUD_DECIMAL_SIZE]);
gboolean    bud_decimal_parse  (const char *text,
                                double     *value);

G_END_DECLS
