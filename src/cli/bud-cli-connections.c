/* bud-cli-connections.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-cli.h"
#include "bud-cli-list.h"
#include "bud-cli-remote.h"
#include "bud-cli-secret.h"
#include "bud-connections.h"

/* List and show */

static const BudCliColumn columns[] = {
  { "name", N_("Connection") },
  { "id", N_("Id") },
  { "type", N_("Type") },
  { "account", N_("Account") },
  { "shared", N_("Shared with contributors") },
  { "created", N_("Created") },
  { "api", N_("Address") },
};

static void
print_connection (BudCliOutput *output,
                  gpointer      item)
{
  bud_cli_output_text (output, bud_item_get_name (item));
  bud_cli_output_text (output, bud_item_get_id (item));
  bud_cli_output_text (output, bud_connection_get_type_name (item));
  bud_cli_output_text (output, bud_connection_get_account (item));
  bud_cli_output_flag (output, bud_connection_is_shared (item));
  bud_cli_output_time (output, bud_connection_get_created_at (item));
  bud_cli_output_text (output, bud_connection_get_api_root (item));
}

static int
run_list (BudCli  *cli,
          char   **arguments)
{
  return bud_cli_list_items (cli, BUD_TYPE_CONNECTION, columns, G_N_ELEMENTS (columns),
                             print_connection);
}

static void
show_connection (BudCli        *cli,
                 BudConnection *connection)
{
  g_autoptr(BudCliOutput) output = NULL;

  output = bud_cli_output_new_details (cli->json, columns, G_N_ELEMENTS (columns));
  print_connection (output, connection);
}

static int
run_show (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudConnection) connection = NULL;

  connection = bud_cli_find_item (cli, BUD_TYPE_CONNECTION, arguments[0], &error);
  if (connection == NULL)
    return bud_cli_fail (cli, error);

  show_connection (cli, connection);

  return BUD_CLI_DONE;
}

/* Add */

static char *api_key_file;
static char *server;
static gboolean shared;

static const GOptionEntry add_options[] = {
  { "api-key-file", 0, 0, G_OPTION_ARG_FILENAME, &api_key_file,
    N_("File whose first line is the API key; - for the standard input (asks)"), N_("FILE") },
  { "server", 0, 0, G_OPTION_ARG_STRING, &server,
    N_("Address of a practice Mailchimp on this computer"), N_("URL") },
  { "shared", 0, 0, G_OPTION_ARG_NONE, &shared, N_("Let contributors use it"), NULL },
  G_OPTION_ENTRY_NULL
};

static int
run_add (BudCli  *cli,
         char   **arguments)
{
  g_autoptr(BudConnection) connection = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;
  char *api_key;

  if (!g_str_equal (arguments[0], "mailchimp"))
    return bud_cli_usage (cli, _("The only type of connection is “mailchimp”."));

  api_key = bud_cli_secret_read (api_key_file, cli->cancellable, &error);
  if (api_key == NULL)
    return bud_cli_fail (cli, error);

  connection = g_object_new (BUD_TYPE_CONNECTION,
                             "name", arguments[1],
                             "type", arguments[0],
                             "api-root", server,
                             "shared", shared,
                             NULL);
  bud_connections_add_async (cli->context, connection, api_key, cli->cancellable,
                             bud_await_ready, &slot);
  bud_cli_secret_free (api_key);
  result = bud_await (&slot);
  if (!bud_connections_add_finish (cli->context, result, &error))
    return bud_cli_fail (cli, error);

  show_connection (cli, connection);

  return BUD_CLI_DONE;
}

/* Test and remove */

static const BudCliColumn test_columns[] = {
  { "account", N_("Account") },
  { "email", N_("Owner") },
  { "plan", N_("Subscription") },
  { "subscribers", N_("Subscribers") },
};

static int
run_test (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudMailchimp) client = bud_cli_open_client (cli, arguments[0], &error);
  g_autoptr(BudAccount) account = NULL;
  g_autoptr(BudCliOutput) output = NULL;

  if (client == NULL || (account = bud_cli_get_account (cli, client, &error)) == NULL)
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_details (cli->json, test_columns, G_N_ELEMENTS (test_columns));
  bud_cli_output_text (output, account->name);
  bud_cli_output_text (output, account->email);
  bud_cli_output_text (output, account->plan);
  bud_cli_output_number (output, account->total_subscribers);

  return BUD_CLI_DONE;
}

static int
run_remove (BudCli  *cli,
            char   **arguments)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;

  bud_connections_remove_async (cli->context, arguments[0], cli->cancellable, bud_await_ready,
                                &slot);
  result = bud_await (&slot);
  if (!bud_connections_remove_finish (cli->context, result, &error))
    return bud_cli_fail (cli, error);

  return BUD_CLI_DONE;
}

const BudCliCommand bud_cli_connections_commands[] = {
  { "connections", "add", N_("mailchimp NAME"), 2, 2, N_("Connect an account at Mailchimp"),
    add_options, TRUE, run_add },
  { "connections", "list", "", 0, 0, N_("List the connections"), NULL, TRUE, run_list },
  { "connections", "show", N_("CONNECTION"), 1, 1, N_("Show a connection"), NULL, TRUE, run_show },
  { "connections", "test", N_("CONNECTION"), 1, 1, N_("Ask the account whether it answers"), NULL,
    TRUE, run_test },
  { "connections", "remove", N_("CONNECTION"), 1, 1, N_("Remove a connection and its key"), NULL,
    TRUE, run_remove },
  { NULL }
};
