/* bud-key-set.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store-types.h"

G_BEGIN_DECLS

/* A set of address hashes in one block of memory: 20 MB for a million people, where a hash table
 * of pointers takes four times as much. */

typedef struct _BudKeySet BudKeySet;

BudKeySet *bud_key_set_new  (gsize         capacity);
void       bud_key_set_free (BudKeySet    *self);
gboolean   bud_key_set_add  (BudKeySet    *self,
                             const guint8  key[BUD_HASH_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudKeySet, bud_key_set_free)

G_END_DECLS
