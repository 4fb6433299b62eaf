/* keyring-contract.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "keyring-contract.h"

#define PATIENCE (20 * G_USEC_PER_SEC)

void
keyring_call_clear (KeyringCall *call)
{
  g_clear_pointer (&call->secret, bud_keyring_free_secret);
  g_clear_error (&call->error);
  call->is_done = FALSE;
  call->ok = FALSE;
}

static gboolean
wake_up_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
keyring_wait (KeyringCall *call)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint tick = g_timeout_add (10, wake_up_cb, NULL);

  while (!call->is_done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (tick);
}

void
keyring_run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  guint tick = g_timeout_add (2, wake_up_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (tick);
}

static void
on_stored_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  KeyringCall *call = user_data;

  g_assert_false (call->is_done);
  call->is_done = TRUE;
  call->ok = bud_keyring_store_finish (BUD_KEYRING (object), result, &call->error);
  g_assert_true (call->ok == (call->error == NULL));
}

static void
on_looked_up_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  KeyringCall *call = user_data;

  g_assert_false (call->is_done);
  call->is_done = TRUE;
  call->secret = bud_keyring_lookup_finish (BUD_KEYRING (object), result, &call->error);
  g_assert_true ((call->secret != NULL) == (call->error == NULL));
}

static void
on_cleared_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  KeyringCall *call = user_data;

  g_assert_false (call->is_done);
  call->is_done = TRUE;
  call->ok = bud_keyring_clear_finish (BUD_KEYRING (object), result, &call->error);
  g_assert_true (call->ok == (call->error == NULL));
}

void
keyring_start_lookup (BudKeyring   *keyring,
                      const char   *connection_id,
                      GCancellable *cancellable,
                      KeyringCall  *call)
{
  keyring_call_clear (call);
  bud_keyring_lookup_async (keyring, connection_id, cancellable, on_looked_up_cb, call);
}

void
keyring_store (BudKeyring  *keyring,
               const char  *connection_id,
               const char  *label,
               const char  *secret,
               KeyringCall *call)
{
  keyring_call_clear (call);
  bud_keyring_store_async (keyring, connection_id, label, secret, NULL, on_stored_cb, call);
  keyring_wait (call);
}

void
keyring_lookup (BudKeyring  *keyring,
                const char  *connection_id,
                KeyringCall *call)
{
  keyring_start_lookup (keyring, connection_id, NULL, call);
  keyring_wait (call);
}

void
keyring_clear (BudKeyring  *keyring,
               const char  *connection_id,
               KeyringCall *call)
{
  keyring_call_clear (call);
  bud_keyring_clear_async (keyring, connection_id, NULL, on_cleared_cb, call);
  keyring_wait (call);
}

static void
check_missing (BudKeyring *keyring,
               const char *connection_id)
{
  g_auto(KeyringCall) call = { 0 };

  keyring_lookup (keyring, connection_id, &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NOT_FOUND);
}

static void
check_present (BudKeyring *keyring,
               const char *connection_id,
               const char *secret)
{
  g_auto(KeyringCall) call = { 0 };

  keyring_lookup (keyring, connection_id, &call);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.secret, ==, secret);
}

static void
check_cancelled (BudKeyring *keyring)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(KeyringCall) call = { 0 };

  keyring_start_lookup (keyring, "one", cancellable, &call);
  g_cancellable_cancel (cancellable);
  keyring_wait (&call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Cancelled before it begins. */
  keyring_start_lookup (keyring, "one", cancellable, &call);
  keyring_wait (&call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What every keyring does. @keyring is empty before and after. */
void
keyring_test_contract (BudKeyring *keyring)
{
  g_auto(KeyringCall) call = { 0 };

  check_missing (keyring, "one");
  keyring_clear (keyring, "one", &call);
  g_assert_no_error (call.error);

  keyring_store (keyring, "one", "Vår butikk", "first-us6", &call);
  g_assert_no_error (call.error);
  keyring_store (keyring, "two", "Vår butikk", "næste ⚿ token", &call);
  g_assert_no_error (call.error);
  check_present (keyring, "one", "first-us6");
  check_present (keyring, "two", "næste ⚿ token");
  check_missing (keyring, "three");
  check_missing (keyring, "");

  keyring_store (keyring, "one", "Another name", "second-us6", &call);
  g_assert_no_error (call.error);
  check_present (keyring, "one", "second-us6");
  check_cancelled (keyring);

  keyring_clear (keyring, "one", &call);
  g_assert_no_error (call.error);
  check_missing (keyring, "one");
  check_present (keyring, "two", "næste ⚿ token");

  keyring_clear (keyring, "two", &call);
  g_assert_no_error (call.error);
  check_missing (keyring, "two");
}
