/* bud-keyring-memory.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-keyring.h"

G_BEGIN_DECLS

#define BUD_TYPE_KEYRING_MEMORY (bud_keyring_memory_get_type ())

G_DECLARE_FINAL_TYPE (BudKeyringMemory, bud_keyring_memory, BUD, KEYRING_MEMORY, BudKeyring)

BudKeyring *bud_keyring_new_memory (void);

G_END_DECLS
