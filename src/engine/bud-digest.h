/* bud-digest.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-address.h"
#include "bud-mapping.h"
#include "bud-store.h"

G_BEGIN_DECLS

/* Keyed hashes: the ledger and the journal know people and values only by these. */

void     bud_digest_address (const guint8          secret[BUD_SECRET_SIZE],
                             const char           *address,
                             guint8                out[BUD_HASH_SIZE]);
void     bud_digest_payload (const guint8          secret[BUD_SECRET_SIZE],
                             BudMapping           *mapping,
                             const BudCustomerRow *customer,
                             guint8                out[BUD_HASH_SIZE]);
gboolean bud_digest_check   (const guint8          secret[BUD_SECRET_SIZE],
                             BudMapping           *mapping,
                             const BudCustomerRow *customer,
                             const BudPlanRow     *row,
                             char                  address[BUD_ADDRESS_MAX + 1]);

G_END_DECLS
