/* test-keyring.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-keyring-libsecret.h"
#include "bud-keyring-memory.h"
#include "keyring-contract.h"

static void
test_memory (void)
{
  BudKeyring *keyring = bud_keyring_new_memory ();

  keyring_test_contract (keyring);
  g_assert_finalize_object (keyring);
}

static void
test_memory_apart (void)
{
  g_autoptr(BudKeyring) one = bud_keyring_new_memory ();
  g_autoptr(BudKeyring) other = bud_keyring_new_memory ();
  g_auto(KeyringCall) call = { 0 };

  keyring_store (one, "c", "C", "secret", &call);
  keyring_lookup (other, "c", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NOT_FOUND);
}

static void
check_no_service (void)
{
  g_autoptr(BudKeyring) keyring = bud_keyring_new_libsecret ("w");
  g_auto(KeyringCall) call = { 0 };

  keyring_lookup (keyring, "c", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NO_SERVICE);
  g_assert_nonnull (strstr (call.error->message, "gnome-keyring-daemon"));
  keyring_store (keyring, "c", "C", "secret", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NO_SERVICE);
  g_assert_null (strstr (call.error->message, "secret"));
  keyring_clear (keyring, "c", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NO_SERVICE);
}

/* In a process of its own, for the bus is looked up once in a process. */
static void
test_no_bus (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      check_no_service ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_no_bus_at_all (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      g_unsetenv ("DISPLAY");
      g_setenv ("XDG_RUNTIME_DIR", g_get_user_cache_dir (), TRUE);
      check_no_service ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* A bus on which nobody keeps secrets, and that knows of nobody to start. */
static void
test_empty_bus (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);

      g_test_dbus_up (bus);
      check_no_service ();
      g_test_dbus_stop (bus);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static GDBusMessage *
swallow (GDBusConnection *connection,
         GDBusMessage    *message,
         gboolean         incoming,
         gpointer         user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_object_unref (message);

  return NULL;
}

/* Takes the service's name and never answers, as a service does that waits for its prompt. */
static GDBusConnection *
start_silent_service (GTestDBus *bus)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow, NULL, NULL);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
check_silent_service (void)
{
  g_autoptr(BudKeyring) keyring = bud_keyring_new_libsecret ("w");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gint64 begin = g_get_monotonic_time ();
  g_auto(KeyringCall) call = { 0 };

  keyring_start_lookup (keyring, "c", cancellable, &call);
  keyring_run_for (50);
  g_assert_false (call.is_done);
  g_cancellable_cancel (cancellable);
  keyring_wait (&call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  bud_keyring_libsecret_set_timeout (BUD_KEYRING_LIBSECRET (keyring), 100);
  keyring_store (keyring, "c", "C", "secret", &call);
  g_assert_error (call.error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NO_SERVICE);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  keyring_run_for (50);
}

static void
test_silent_service (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_autoptr(GDBusConnection) service = NULL;

      g_test_dbus_up (bus);
      service = start_silent_service (bus);
      g_dbus_connection_set_exit_on_close (service, FALSE);
      check_silent_service ();
      g_test_dbus_stop (bus);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dbus_daemon = g_find_program_in_path ("dbus-daemon");

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/keyring/memory", test_memory);
  g_test_add_func ("/keyring/memory-apart", test_memory_apart);
  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add_func ("/keyring/no-bus-at-all", test_no_bus_at_all);
  if (dbus_daemon != NULL)
    {
      g_test_add_func ("/keyring/empty-bus", test_empty_bus);
      g_test_add_func ("/keyring/silent-service", test_silent_service);
    }

  return g_test_run ();
}
