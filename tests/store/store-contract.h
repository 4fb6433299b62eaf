/* store-contract.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store.h"

G_BEGIN_DECLS

/* What every implementation of BudStore must do. */

typedef BudStore *(*ContractMake) (void);

void store_contract_add (const char   *name,
                         ContractMake  make);

G_END_DECLS
