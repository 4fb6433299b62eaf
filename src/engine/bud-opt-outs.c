/* bud-opt-outs.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-address.h"
#include "bud-await.h"
#include "bud-digest.h"
#include "bud-opt-outs.h"

/* Reads who in an audience must not get anything from us. Runs on a run's own thread. */

static const struct
{
  const char *status;
  BudReason reason;
} kinds[] = {
  { "archived", BUD_REASON_ARCHIVED },
  { "unsubscribed", BUD_REASON_UNSUBSCRIBED },
  { "cleaned", BUD_REASON_CLEANED },
};

typedef struct
{
  const char *audience;
  GArray *entries; /* (owned) (element-type BudOptOut) */
  BudReason reason;
  guint8 secret[BUD_SECRET_SIZE];
  BudOptOutsProgressFunc progress;
  gpointer progress_data;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
get_secret (BudStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Reading *self = data;

  return bud_store_get_secret (store, self->secret, error);
}

static gboolean
save_entries (BudStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Reading *self = data;

  return bud_store_set_opt_outs (store, self->audience, (BudOptOut *) self->entries->data,
                                 self->entries->len, FALSE, error);
}

static void
note_member (const char *address,
             const char *status,
             const char *last_changed,
             gpointer    data)
{
  Reading *self = data;
  char normalised[BUD_ADDRESS_MAX + 1];
  BudOptOut entry = { .reason = self->reason };

  if (bud_address_normalise (address, normalised) != BUD_ADDRESS_OK)
    return;

  bud_digest_address (self->secret, normalised, entry.key);
  g_array_append_val (self->entries, entry);

  if (self->progress != NULL && self->entries->len % 1000 == 0)
    self->progress (self->entries->len, self->progress_data);
}

static gboolean
read_kind (Reading       *self,
           BudMailchimp  *client,
           const char    *status,
           BudReason      reason,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  self->reason = reason;
  bud_mailchimp_read_members_async (client, self->audience, status, NULL, note_member, self,
                                    cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_mailchimp_read_members_finish (client, result, error) >= 0;
}

/**
 * bud_opt_outs_read:
 * @store: the workspace's store
 * @client: the account, of the calling thread's main context
 * @audience: id of the audience
 * @progress: (nullable): told how many people have been read
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Reads everybody who is archived, unsubscribed or cleaned in the audience into the store, as
 * keyed hashes. What the store knew before stays when the reading fails.
 *
 * Returns: whether the store now knows them all; if not, nothing may be sent
 */
gboolean
bud_opt_outs_read (BudStore                *store,
                   BudMailchimp            *client,
                   const char              *audience,
                   BudOptOutsProgressFunc   progress,
                   gpointer                 data,
                   GCancellable            *cancellable,
                   GError                 **error)
{
  g_auto(Reading) self = {
    .audience = audience,
    .entries = g_array_new (FALSE, FALSE, sizeof (BudOptOut)),
    .progress = progress,
    .progress_data = data,
  };

  if (!bud_await_store (store, get_secret, &self, cancellable, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (!read_kind (&self, client, kinds[i].status, kinds[i].reason, cancellable, error))
        return FALSE;
    }

  return bud_await_store (store, save_entries, &self, cancellable, error);
}
