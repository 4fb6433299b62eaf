/* bud-address.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

#define BUD_ADDRESS_MAX 254

/**
 * BudAddressVerdict:
 * @BUD_ADDRESS_OK: written like an address
 * @BUD_ADDRESS_EMPTY: nothing there
 * @BUD_ADDRESS_INVALID: not written like an address
 */
typedef enum {
  BUD_ADDRESS_OK,
  BUD_ADDRESS_EMPTY,
  BUD_ADDRESS_INVALID,
} BudAddressVerdict;

BudAddressVerdict bud_address_normalise (const char *raw,
                                         char        out[BUD_ADDRESS_MAX + 1]);

G_END_DECLS
