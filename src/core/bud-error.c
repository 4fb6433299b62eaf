/* bud-error.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-error.h"

G_DEFINE_QUARK (bud-error-quark, bud_error)
