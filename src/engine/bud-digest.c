/* bud-digest.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sodium.h>
#include <string.h>

#include "bud-digest.h"

G_STATIC_ASSERT (BUD_SECRET_SIZE >= crypto_generichash_KEYBYTES_MIN);
G_STATIC_ASSERT (BUD_HASH_SIZE >= crypto_generichash_BYTES_MIN);

/* libsodium finds out what the processor can do only when it is asked to begin. */
static void
ensure_sodium (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  g_once_init_leave (&ready, 1);
}

/**
 * bud_digest_address:
 * @secret: the workspace's secret
 * @address: a normalised address
 * @out: the hash: BLAKE2b of 16 bytes, keyed (RFC 7693)
 */
void
bud_digest_address (const guint8  secret[BUD_SECRET_SIZE],
                    const char   *address,
                    guint8        out[BUD_HASH_SIZE])
{
  ensure_sodium ();
  crypto_generichash (out, BUD_HASH_SIZE, (const guint8 *) address, strlen (address), secret,
                      BUD_SECRET_SIZE);
}

/* A text goes in with its final NUL, so that two texts never run together. */
static void
update_text (crypto_generichash_state *state,
             const char               *text)
{
  crypto_generichash_update (state, (const guint8 *) text, strlen (text) + 1);
}

/**
 * bud_digest_payload:
 * @secret: the workspace's secret
 * @mapping: what the export delivers
 * @customer: one customer of the mapping's selection
 * @out: hash of the destination and of every merge field and tag delivered for the customer
 *
 * A value that is empty is not delivered, so it does not count.
 */
void
bud_digest_payload (const guint8          secret[BUD_SECRET_SIZE],
                    BudMapping           *mapping,
                    const BudCustomerRow *customer,
                    guint8                out[BUD_HASH_SIZE])
{
  const char *const *merge_tags = bud_mapping_get_merge_tags (mapping);
  const char *const *tags = bud_mapping_get_tags (mapping);
  crypto_generichash_state state;

  ensure_sodium ();
  crypto_generichash_init (&state, secret, BUD_SECRET_SIZE, BUD_HASH_SIZE);
  update_text (&state, bud_mapping_get_destination (mapping));

  for (gsize i = 0; merge_tags[i] != NULL; i++)
    {
      const char *value = bud_mapping_get_value (mapping, customer, i);

      if (value == NULL)
        continue;

      update_text (&state, merge_tags[i]);
      update_text (&state, value);
    }

  update_text (&state, "");
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      if (customer->matches[i])
        update_text (&state, tags[i]);
    }

  crypto_generichash_final (&state, out, BUD_HASH_SIZE);
}

/**
 * bud_digest_check:
 * @secret: the workspace's secret
 * @mapping: what the export delivers
 * @customer: (nullable): the customer as he is now
 * @row: what was planned for him
 * @address: his normalised address; filled when it is still that of the plan
 *
 * Returns: whether address and payload are still those of the plan
 */
gboolean
bud_digest_check (const guint8          secret[BUD_SECRET_SIZE],
                  BudMapping           *mapping,
                  const BudCustomerRow *customer,
                  const BudPlanRow     *row,
                  char                  address[BUD_ADDRESS_MAX + 1])
{
  guint8 hash[BUD_HASH_SIZE];

  if (customer == NULL ||
      bud_address_normalise (bud_mapping_get_address (mapping, customer), address) !=
        BUD_ADDRESS_OK)
    return FALSE;

  bud_digest_address (secret, address, hash);
  if (memcmp (hash, row->key, BUD_HASH_SIZE) != 0)
    return FALSE;

  bud_digest_payload (secret, mapping, customer, hash);

  return memcmp (hash, row->payload, BUD_HASH_SIZE) == 0;
}
