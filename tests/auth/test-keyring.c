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
    g_test_add_func ("/keyring/empty-bus", test_empty_bus);

  return g_test_run ();
}
