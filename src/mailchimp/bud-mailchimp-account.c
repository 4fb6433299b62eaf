/* bud-mailchimp-account.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-mailchimp-private.h"

static gpointer
read_health (JsonObject *object)
{
  return bud_json_get_string (object, "health_status") != NULL ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * bud_mailchimp_ping_async:
 * @self: a client
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks whether the service answers and accepts the sign-in:
 * https://mailchimp.com/developer/marketing/api/ping/
 */
void
bud_mailchimp_ping_async (BudMailchimp        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_ping_async);

  _bud_mailchimp_ask (g_steal_pointer (&task), "GET", "/ping", NULL, read_health, NULL);
}

gboolean
bud_mailchimp_ping_finish (BudMailchimp  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * bud_mailchimp_get_account_async:
 * @self: a client
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks whose account it is: https://mailchimp.com/developer/marketing/api/root/
 */
void
bud_mailchimp_get_account_async (BudMailchimp        *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_get_account_async);

  _bud_mailchimp_ask (g_steal_pointer (&task), "GET",
                      "/?fields=account_id,account_name,email,pricing_plan_type,total_subscribers",
                      NULL, _bud_account_read, (GDestroyNotify) bud_account_unref);
}

/**
 * bud_mailchimp_get_account_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full): the account
 */
BudAccount *
bud_mailchimp_get_account_finish (BudMailchimp  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
