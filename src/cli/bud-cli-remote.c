/* bud-cli-remote.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-audiences.h"
#include "bud-cli-list.h"
#include "bud-cli-remote.h"

/**
 * bud_cli_open_client:
 * @cli: the command's surroundings
 * @name_or_id: a connection of the workspace
 * @error: return location
 *
 * Returns: (transfer full): a client that holds the connection's token
 */
BudMailchimp *
bud_cli_open_client (BudCli      *cli,
                     const char  *name_or_id,
                     GError     **error)
{
  g_autoptr(BudConnection) connection = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  connection = bud_cli_find_item (cli, BUD_TYPE_CONNECTION, name_or_id, error);
  if (connection == NULL)
    return NULL;

  bud_audiences_connect_async (cli->context, connection, cli->cancellable, bud_await_ready,
                               &slot);
  result = bud_await (&slot);

  return bud_audiences_connect_finish (cli->context, result, error);
}

BudAccount *
bud_cli_get_account (BudCli        *cli,
                     BudMailchimp  *client,
                     GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_mailchimp_get_account_async (client, cli->cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_mailchimp_get_account_finish (client, result, error);
}

GPtrArray *
bud_cli_list_audiences (BudCli        *cli,
                        BudMailchimp  *client,
                        GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_mailchimp_list_audiences_async (client, cli->cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_mailchimp_list_audiences_finish (client, result, error);
}

GPtrArray *
bud_cli_list_merge_fields (BudCli        *cli,
                           BudMailchimp  *client,
                           const char    *audience,
                           GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_mailchimp_list_merge_fields_async (client, audience, cli->cancellable, bud_await_ready,
                                         &slot);
  result = bud_await (&slot);

  return bud_mailchimp_list_merge_fields_finish (client, result, error);
}
