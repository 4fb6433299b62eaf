/* bud-memory-store.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store.h"

G_BEGIN_DECLS

/* A workspace that lives as long as the object: for tests, and for trying things out. */

#define BUD_TYPE_MEMORY_STORE (bud_memory_store_get_type ())

G_DECLARE_FINAL_TYPE (BudMemoryStore, bud_memory_store, BUD, MEMORY_STORE, BudStore)

BudStore *bud_memory_store_new (void);

G_END_DECLS
