/* bud-connections.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-access.h"
#include "bud-connections.h"
#include "bud-error.h"
#include "bud-export.h"
#include "bud-mailchimp.h"
#include "bud-names.h"

/* Add: check the right -> ask the account for its name -> token into the keyring -> save.
 * The first thing that fails ends it, and a token without a connection is taken out again. */

typedef struct
{
  BudContext *context;
  BudConnection *connection;
  BudMailchimp *client;
  char *api_key; /* (owned) (nullable): cleared as soon as the keyring has it */
  GError *cause; /* (owned) (nullable): why the token is taken out of the keyring again */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *self = data;

  g_object_unref (self->context);
  g_object_unref (self->connection);
  g_clear_object (&self->client);
  g_clear_pointer (&self->api_key, bud_keyring_free_secret);
  g_clear_error (&self->cause);
  g_free (self);
}

static gboolean
may_add (BudStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Addition *self = data;
  const char *name = bud_item_get_name (BUD_ITEM (self->connection));
  g_autoptr(BudConnection) namesake = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!bud_access_check (self->context, BUD_RIGHT_EDIT_CONNECTIONS, NULL, error) ||
      !bud_names_check (name, error))
    return FALSE;

  namesake = bud_store_find (store, BUD_TYPE_CONNECTION, name, &local_error);
  if (namesake == NULL)
    return TRUE;

  g_set_error (error, BUD_ERROR, BUD_ERROR_EXISTS,
               _("There is a connection called “%s” already. Choose another name."), name);

  return FALSE;
}

static gboolean
save_connection (BudStore      *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Addition *self = data;

  g_object_set (self->connection,
                "created-at", bud_clock_unix (bud_context_get_clock (self->context)),
                NULL);

  return bud_store_save (store, BUD_ITEM (self->connection), error);
}

static void
on_token_withdrawn_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Addition *self = g_task_get_task_data (task);

  bud_keyring_clear_finish (BUD_KEYRING (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&self->cause));
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Addition *self = g_task_get_task_data (task);

  if (bud_store_run_finish (BUD_STORE (source), result, &self->cause))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  bud_keyring_clear_async (bud_context_get_keyring (self->context),
                           bud_item_get_id (BUD_ITEM (self->connection)), NULL,
                           on_token_withdrawn_cb, g_steal_pointer (&task));
}

static void
on_token_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Addition *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  g_clear_pointer (&self->api_key, bud_keyring_free_secret);

  if (!bud_keyring_store_finish (BUD_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  bud_store_run_async (bud_context_get_store (self->context), G_PRIORITY_DEFAULT,
                       save_connection, self, NULL, cancellable, on_saved_cb,
                       g_steal_pointer (&task));
}

static void
on_account_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Addition *self = g_task_get_task_data (task);
  BudItem *item = BUD_ITEM (self->connection);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(BudAccount) account = NULL;
  GError *error = NULL;

  account = bud_mailchimp_get_account_finish (self->client, result, &error);
  if (account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_set (item, "account", account->name, NULL);
  bud_keyring_store_async (bud_context_get_keyring (self->context), bud_item_get_id (item),
                           bud_item_get_name (item), self->api_key, cancellable,
                           on_token_stored_cb, g_steal_pointer (&task));
}

static void
on_may_add_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Addition *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(BudAuthorizer) authorizer = NULL;
  g_autoptr(BudHttp) http = NULL;
  GError *error = NULL;

  if (!bud_store_run_finish (BUD_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  http = bud_context_new_http (self->context);
  authorizer = bud_authorizer_new_bearer (self->api_key);
  self->client = bud_mailchimp_new (http, bud_connection_get_api_root (self->connection),
                                    authorizer);
  bud_mailchimp_get_account_async (self->client, cancellable, on_account_cb,
                                   g_steal_pointer (&task));
}

/**
 * bud_connections_add_async:
 * @context: an open workspace
 * @connection: a connection with a name and a type; without an address of the API, it is the one
 *   that @api_key names
 * @api_key: the account's API key
 * @cancellable: (nullable): stops it
 * @callback: called when the connection is saved or refused
 * @user_data: for @callback
 *
 * Tries the key, puts it into the keyring and saves the connection.
 */
void
bud_connections_add_async (BudContext          *context,
                           BudConnection       *connection,
                           const char          *api_key,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Addition *self;
  g_autoptr(GTask) task = NULL;
  g_autofree char *api_root = NULL;
  GError *error = NULL;

  g_return_if_fail (BUD_IS_CONTEXT (context));
  g_return_if_fail (BUD_IS_CONNECTION (connection));
  g_return_if_fail (api_key != NULL);

  self = g_new0 (Addition, 1);
  self->context = g_object_ref (context);
  self->connection = g_object_ref (connection);
  self->api_key = g_strdup (api_key);

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_connections_add_async);
  g_task_set_task_data (task, self, addition_free);

  if (bud_connection_get_api_root (connection) == NULL)
    {
      api_root = bud_mailchimp_api_root_for_key (api_key, &error);
      if (api_root == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_object_set (connection, "api-root", api_root, NULL);
    }

  bud_store_run_async (bud_context_get_store (context), G_PRIORITY_DEFAULT, may_add, self, NULL,
                       cancellable, on_may_add_cb, g_steal_pointer (&task));
}

gboolean
bud_connections_add_finish (BudContext    *context,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Remove: refuse while exports use it -> remove it -> clear the keyring. */

typedef struct
{
  BudContext *context;
  char *name_or_id;
  char *id;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *self = data;

  g_object_unref (self->context);
  g_free (self->name_or_id);
  g_free (self->id);
  g_free (self);
}

static gboolean
check_unused (BudStore       *store,
              BudConnection  *connection,
              GError        **error)
{
  g_autoptr(GPtrArray) exports = bud_store_list (store, BUD_TYPE_EXPORT, error);
  g_autoptr(GPtrArray) users = NULL;
  g_autofree char *names = NULL;

  if (exports == NULL)
    return FALSE;

  users = g_ptr_array_new ();
  for (guint i = 0; i < exports->len; i++)
    {
      BudExport *export = g_ptr_array_index (exports, i);

      if (g_strcmp0 (bud_export_get_connection (export),
                     bud_item_get_id (BUD_ITEM (connection))) == 0)
        g_ptr_array_add (users, export);
    }

  if (users->len == 0)
    return TRUE;

  names = bud_names_join (users);
  g_set_error (error, BUD_ERROR, BUD_ERROR_IN_USE,
               /* Translators: a connection's name, and a list of exports */
               _("The connection “%s” is used by these exports: %s. Remove or detach them first."),
               bud_item_get_name (BUD_ITEM (connection)), names);

  return FALSE;
}

static gboolean
remove_connection (BudStore      *store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Removal *self = data;
  g_autoptr(BudConnection) connection = NULL;

  if (!bud_access_check (self->context, BUD_RIGHT_EDIT_CONNECTIONS, NULL, error))
    return FALSE;

  connection = bud_store_find (store, BUD_TYPE_CONNECTION, self->name_or_id, error);
  if (connection == NULL || !check_unused (store, connection, error))
    return FALSE;

  self->id = g_strdup (bud_item_get_id (BUD_ITEM (connection)));

  return bud_store_remove (store, BUD_ITEM (connection), error);
}

static void
on_token_cleared_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (bud_keyring_clear_finish (BUD_KEYRING (source), result, &error) ||
      g_error_matches (error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_prefix_error (&error, "%s ",
                  _("The connection is removed, but its key is still in the keyring."));
  g_task_return_error (task, error);
}

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Removal *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!bud_store_run_finish (BUD_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  bud_keyring_clear_async (bud_context_get_keyring (self->context), self->id, NULL,
                           on_token_cleared_cb, g_steal_pointer (&task));
}

/**
 * bud_connections_remove_async:
 * @context: an open workspace
 * @name_or_id: a connection
 * @cancellable: (nullable): stops it
 * @callback: called when it is gone or refused
 * @user_data: for @callback
 *
 * Removes a connection that no export uses, and its token.
 */
void
bud_connections_remove_async (BudContext          *context,
                              const char          *name_or_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Removal *self;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_CONTEXT (context));

  self = g_new0 (Removal, 1);
  self->context = g_object_ref (context);
  self->name_or_id = g_strdup (name_or_id);

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_connections_remove_async);
  g_task_set_task_data (task, self, removal_free);

  bud_store_run_async (bud_context_get_store (context), G_PRIORITY_DEFAULT, remove_connection,
                       self, NULL, cancellable, on_removed_cb, g_steal_pointer (&task));
}

gboolean
bud_connections_remove_finish (BudContext    *context,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
