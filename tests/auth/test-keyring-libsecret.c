/* test-keyring-libsecret.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsecret/secret.h>
#include <string.h>

#include "bud-keyring-libsecret.h"
#include "keyring-contract.h"

/* Runs inside with-keyring.sh, on a keyring of its own whose password is “test”. */

#define LOGIN "/org/freedesktop/secrets/collection/login"

static BudKeyring *
create_keyring (void)
{
  return bud_keyring_new_libsecret ("workspace");
}

static void
check_lookup (const char   *connection_id,
              BudAuthError  code)
{
  g_autoptr(BudKeyring) keyring = create_keyring ();
  g_auto(KeyringCall) call = { 0 };

  keyring_lookup (keyring, connection_id, &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, (int) code);
}

static void
store (const char *connection_id,
       const char *secret)
{
  g_autoptr(BudKeyring) keyring = create_keyring ();
  g_auto(KeyringCall) call = { 0 };

  keyring_store (keyring, connection_id, "Butikken", secret, &call);
  g_assert_no_error (call.error);
}

static void
clear (const char *connection_id)
{
  g_autoptr(BudKeyring) keyring = create_keyring ();
  g_auto(KeyringCall) call = { 0 };

  keyring_clear (keyring, connection_id, &call);
  g_assert_no_error (call.error);
}

static GVariant *
call_service (const char *interface,
              const char *method,
              const char *parameters)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) arguments = g_variant_parse (NULL, parameters, NULL, NULL, &error);
  GVariant *reply;

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                       interface, method, arguments, NULL,
                                       G_DBUS_CALL_FLAGS_NONE, 5000, NULL, &error);
  g_assert_no_error (error);

  return reply;
}

static void
lock (void)
{
  g_autoptr(GVariant) reply = NULL;

  reply = call_service ("org.freedesktop.Secret.Service", "Lock",
                        "([objectpath '" LOGIN "'],)");
}

/* gnome-keyring's own call for tests: unlocks without a prompt. */
static void
unlock (void)
{
  g_autoptr(GVariant) session = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autofree char *parameters = NULL;
  const char *path;

  session = call_service ("org.freedesktop.Secret.Service", "OpenSession", "('plain', <''>)");
  g_variant_get_child (session, 1, "&o", &path);
  parameters = g_strdup_printf ("(objectpath '" LOGIN "', (objectpath '%s', @ay [], "
                                "[byte 0x74, 0x65, 0x73, 0x74], 'text/plain'))", path);
  reply = call_service ("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                        "UnlockWithMasterPassword", parameters);
}

/* The items as any other program sees them. */
static GList *
list_items (void)
{
  g_autoptr(SecretService) service = NULL;
  g_autoptr(GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  GList *items;

  service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_hash_table_insert (attributes, (gpointer) "xdg:schema",
                       (gpointer) "io.github.budstikke.Budstikke");
  items = secret_service_search_sync (service, NULL, attributes, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);

  return items;
}

static void
test_contract (void)
{
  BudKeyring *keyring = create_keyring ();

  keyring_test_contract (keyring);
  keyring_run_for (50);
  g_assert_finalize_object (keyring);
  g_assert_null (list_items ());
}

static void
test_item (void)
{
  g_autolist(SecretItem) items = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  g_autofree char *label = NULL;
  GHashTableIter iter;
  gpointer value;

  store ("c1", "hidden-us6");
  items = list_items ();
  g_assert_cmpuint (g_list_length (items), ==, 1);

  label = secret_item_get_label (items->data);
  g_assert_cmpstr (label, ==, "Budstikke: Butikken");

  attributes = secret_item_get_attributes (items->data);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "workspace"), ==, "workspace");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "connection"), ==, "c1");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "kind"), ==, "token");
  g_hash_table_iter_init (&iter, attributes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_assert_null (strstr (value, "hidden"));

  clear ("c1");
}

static void
test_workspaces_apart (void)
{
  g_autoptr(BudKeyring) other = bud_keyring_new_libsecret ("other");
  g_auto(KeyringCall) call = { 0 };

  store ("c2", "ours");
  keyring_lookup (other, "c2", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NOT_FOUND);
  keyring_clear (other, "c2", &call);
  g_assert_no_error (call.error);

  g_clear_object (&other);
  other = create_keyring ();
  keyring_lookup (other, "c2", &call);
  g_assert_cmpstr (call.secret, ==, "ours");
  clear ("c2");
}

static void
test_replaced (void)
{
  g_autolist(SecretItem) items = NULL;

  for (int i = 0; i < 3; i++)
    store ("c3", "again");
  items = list_items ();
  g_assert_cmpuint (g_list_length (items), ==, 1);
  clear ("c3");
}

static void
test_deleted_elsewhere (void)
{
  g_autolist(SecretItem) items = NULL;
  g_autoptr(GError) error = NULL;

  store ("c4", "gone");
  items = list_items ();
  secret_item_delete_sync (items->data, NULL, &error);
  g_assert_no_error (error);

  check_lookup ("c4", BUD_AUTH_ERROR_NOT_FOUND);
  clear ("c4");
}

/* Every verb says LOCKED, not NOT_FOUND, and nothing waits for a prompt that cannot be shown. */
static void
test_locked (void)
{
  g_autoptr(BudKeyring) keyring = create_keyring ();
  gint64 begin;
  g_auto(KeyringCall) call = { 0 };

  store ("c5", "kept");
  lock ();
  begin = g_get_monotonic_time ();

  check_lookup ("c5", BUD_AUTH_ERROR_LOCKED);
  check_lookup ("never stored", BUD_AUTH_ERROR_NOT_FOUND);
  keyring_clear (keyring, "c5", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_LOCKED);
  keyring_store (keyring, "c5", "Butikken", "newer", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_LOCKED);
  keyring_store (keyring, "new", "Butikken", "newer", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_LOCKED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);

  unlock ();
  keyring_lookup (keyring, "c5", &call);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.secret, ==, "kept");
  clear ("c5");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/keyring-libsecret/contract", test_contract);
  g_test_add_func ("/keyring-libsecret/item", test_item);
  g_test_add_func ("/keyring-libsecret/workspaces-apart", test_workspaces_apart);
  g_test_add_func ("/keyring-libsecret/replaced", test_replaced);
  g_test_add_func ("/keyring-libsecret/deleted-elsewhere", test_deleted_elsewhere);
  g_test_add_func ("/keyring-libsecret/locked", test_locked);

  return g_test_run ();
}
