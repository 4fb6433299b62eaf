/* test-connections.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "bud-connections.h"
#include "bud-error.h"
#include "bud-export.h"
#include "bud-mailchimp-error.h"
#include "sandbox-fixture.h"

#define KEY "practice"

static BudConnection *
new_connection (Sandbox    *sandbox,
                const char *name)
{
  return g_object_new (BUD_TYPE_CONNECTION,
                       "name", name,
                       "type", "mailchimp",
                       "api-root", sandbox_get_api_root (sandbox),
                       NULL);
}

static gboolean
add (BudContext     *context,
     BudConnection  *connection,
     const char     *key,
     GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_connections_add_async (context, connection, key, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_connections_add_finish (context, result, error);
}

static gboolean
remove_by_name (BudContext  *context,
                const char  *name,
                GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_connections_remove_async (context, name, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_connections_remove_finish (context, result, error);
}

static char *
look_up (BudContext    *context,
         BudConnection *connection)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_keyring_lookup_async (bud_context_get_keyring (context),
                            bud_item_get_id (BUD_ITEM (connection)), NULL, bud_await_ready,
                            &slot);
  result = bud_await (&slot);

  return bud_keyring_lookup_finish (bud_context_get_keyring (context), result, NULL);
}

static void
assert_token (BudContext    *context,
              BudConnection *connection,
              const char    *expected)
{
  char *token = look_up (context, connection);

  g_assert_cmpstr (token, ==, expected);
  if (token != NULL)
    bud_keyring_free_secret (token);
}

static void
test_add_and_remove (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--api-key=" KEY);
  g_autoptr(BudContext) context = app_open ();
  g_autoptr(BudConnection) connection = new_connection (sandbox, "Shop");
  g_autoptr(BudConnection) saved = NULL;
  g_autoptr(BudConnection) gone = NULL;
  g_autoptr(GError) error = NULL;

  add (context, connection, KEY, &error);
  g_assert_no_error (error);
  saved = app_find (context, BUD_TYPE_CONNECTION, "Shop");
  g_assert_nonnull (saved);
  g_assert_cmpstr (bud_connection_get_account (saved), !=, NULL);
  g_assert_false (bud_connection_is_shared (saved));
  assert_token (context, saved, KEY);

  g_assert_true (remove_by_name (context, "Shop", &error));
  g_assert_no_error (error);
  gone = app_find (context, BUD_TYPE_CONNECTION, "Shop");
  g_assert_null (gone);
  assert_token (context, connection, NULL);

  g_assert_false (remove_by_name (context, "Shop", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
}

/* Nothing is sent to anybody when it is known before that it comes to nothing. */
static void
test_refused (void)
{
  static const struct
  {
    const char *name;
    const char *role;
    int code;
  } cases[] = {
    { "Shop", "administrator", BUD_ERROR_EXISTS },
    { " Shop", "administrator", BUD_ERROR_INVALID },
    { "Other", "contributor", BUD_ERROR_NOT_PERMITTED },
    { "Other", "viewer", BUD_ERROR_NOT_PERMITTED },
    { "Other", NULL, BUD_ERROR_NOT_PERMITTED },
  };
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(BudContext) context = app_open ();
  g_autoptr(BudConnection) first = new_connection (sandbox, "Shop");
  g_autoptr(GError) first_error = NULL;
  gint64 n_requests;

  add (context, first, KEY, &first_error);
  g_assert_no_error (first_error);
  n_requests = sandbox_get_count (sandbox, "requests");
  g_assert_cmpint (n_requests, >, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BudConnection) connection = new_connection (sandbox, cases[i].name);
      g_autoptr(GError) error = NULL;

      app_set_role (context, cases[i].role);
      g_assert_false (add (context, connection, KEY, &error));
      g_assert_error (error, BUD_ERROR, cases[i].code);
      assert_token (context, connection, NULL);
    }

  g_assert_cmpint (sandbox_get_count (sandbox, "requests"), ==, n_requests);
  g_assert_false (remove_by_name (context, "Shop", &first_error));
  g_assert_error (first_error, BUD_ERROR, BUD_ERROR_NOT_PERMITTED);
}

static void
test_wrong_key (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--api-key=" KEY);
  g_autoptr(BudContext) context = app_open ();
  g_autoptr(BudConnection) connection = new_connection (sandbox, "Shop");
  g_autoptr(BudConnection) saved = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (add (context, connection, "mistyped", &error));
  g_assert_error (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_UNAUTHORIZED);
  g_assert_null (strstr (error->message, "mistyped"));
  assert_token (context, connection, NULL);
  saved = app_find (context, BUD_TYPE_CONNECTION, "Shop");
  g_assert_null (saved);
}

static gboolean
fail_to_save (BudStore  *store,
              BudItem   *item,
              GError   **error)
{
  g_set_error_literal (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FULL, "Full.");

  return FALSE;
}

/* A token without a connection would never be found again. */
static void
test_not_saved (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(BudContext) context = app_open ();
  g_autoptr(BudConnection) connection = new_connection (sandbox, "Shop");
  g_autoptr(GError) error = NULL;
  BudStoreClass *store_class = BUD_STORE_GET_CLASS (bud_context_get_store (context));
  gboolean (*save) (BudStore *, BudItem *, GError **) = store_class->save;

  store_class->save = fail_to_save;
  g_assert_false (add (context, connection, KEY, &error));
  store_class->save = save;

  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FULL);
  g_assert_cmpint (sandbox_get_count (sandbox, "requests"), >, 0);
  assert_token (context, connection, NULL);
}

static void
test_in_use (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(BudContext) context = app_open ();
  g_autoptr(BudConnection) connection = new_connection (sandbox, "Shop");
  g_autoptr(BudExport) export = NULL;
  g_autoptr(GError) error = NULL;

  add (context, connection, KEY, &error);
  g_assert_no_error (error);
  export = g_object_new (BUD_TYPE_EXPORT,
                         "name", "News",
                         "connection", bud_item_get_id (BUD_ITEM (connection)),
                         NULL);
  app_save (context, export);

  g_assert_false (remove_by_name (context, "Shop", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_IN_USE);
  g_assert_nonnull (strstr (error->message, "News"));
  assert_token (context, connection, KEY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/connections/add-and-remove", test_add_and_remove);
  g_test_add_func ("/connections/refused", test_refused);
  g_test_add_func ("/connections/wrong-key", test_wrong_key);
  g_test_add_func ("/connections/not-saved", test_not_saved);
  g_test_add_func ("/connections/in-use", test_in_use);

  return g_test_run ();
}
