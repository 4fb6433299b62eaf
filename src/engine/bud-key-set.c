/* bud-key-set.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-key-set.h"

struct _BudKeySet
{
  gsize n_slots;
  gsize n_keys;
  gsize capacity;
  guint8 (*slots)[BUD_HASH_SIZE]; /* (owned): open addressing; an all-zero slot is free */
};

static const guint8 free_slot[BUD_HASH_SIZE];

/**
 * bud_key_set_new:
 * @capacity: how many keys it will hold at most
 *
 * Returns: (transfer full): an empty set, four fifths full when @capacity is reached
 */
BudKeySet *
bud_key_set_new (gsize capacity)
{
  BudKeySet *self = g_new0 (BudKeySet, 1);

  self->capacity = capacity;
  self->n_slots = capacity + capacity / 4 + 16;
  self->slots = g_malloc0_n (self->n_slots, BUD_HASH_SIZE);

  return self;
}

void
bud_key_set_free (BudKeySet *self)
{
  g_free (self->slots);
  g_free (self);
}

/**
 * bud_key_set_add:
 * @self: a set
 * @key: a hash; its bytes are as good as random, so the first eight choose the slot
 *
 * Returns: whether the key is new
 */
gboolean
bud_key_set_add (BudKeySet    *self,
                 const guint8  key[BUD_HASH_SIZE])
{
  guint64 start;
  gsize slot;

  g_return_val_if_fail (self->n_keys < self->capacity, FALSE);

  memcpy (&start, key, sizeof start);

  for (slot = start % self->n_slots;
       memcmp (self->slots[slot], free_slot, BUD_HASH_SIZE) != 0;
       slot = slot + 1 == self->n_slots ? 0 : slot + 1)
    {
      if (memcmp (self->slots[slot], key, BUD_HASH_SIZE) == 0)
        return FALSE;
    }

  memcpy (self->slots[slot], key, BUD_HASH_SIZE);
  self->n_keys++;

  return TRUE;
}
