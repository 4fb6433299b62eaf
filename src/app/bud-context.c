/* bud-context.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-context.h"
#include "bud-enums.h"
#include "bud-keyring-libsecret.h"
#include "bud-person.h"
#include "bud-sqlite-store.h"
#include "bud-text.h"

struct _BudContext
{
  GObject parent_instance;

  char *folder;
  char *user;
  BudStore *store;
  BudClock *clock;
  BudKeyring *keyring;
  BudWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (BudContext, bud_context, G_TYPE_OBJECT)

static void
bud_context_dispose (GObject *object)
{
  BudContext *self = BUD_CONTEXT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->keyring);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (bud_context_parent_class)->dispose (object);
}

static void
bud_context_finalize (GObject *object)
{
  BudContext *self = BUD_CONTEXT (object);

  g_free (self->folder);
  g_free (self->user);

  G_OBJECT_CLASS (bud_context_parent_class)->finalize (object);
}

static void
bud_context_class_init (BudContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bud_context_dispose;
  object_class->finalize = bud_context_finalize;
}

static void
bud_context_init (BudContext *self)
{
  self->clock = bud_clock_new_system ();
  self->user = g_strdup (g_get_user_name ());
}

/**
 * bud_context_dup_default_folder:
 *
 * Returns: (transfer full): the folder of the workspace that is used when none is named
 */
char *
bud_context_dup_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "budstikke", "default", NULL);
}

/* Open */

/* Who makes a workspace is its first administrator. */
static gboolean
furnish (BudContext  *self,
         BudStore    *store,
         GError     **error)
{
  g_autofree char *name = g_path_get_basename (self->folder);
  g_autoptr(BudPerson) person = NULL;

  self->workspace = g_object_new (BUD_TYPE_WORKSPACE,
                                  "name", name,
                                  "created-at", bud_clock_unix (self->clock),
                                  NULL);
  person = g_object_new (BUD_TYPE_PERSON,
                         "name", self->user,
                         "role", bud_enum_nick (BUD_TYPE_ROLE, BUD_ROLE_ADMINISTRATOR),
                         NULL);

  return bud_store_save (store, BUD_ITEM (self->workspace), error) &&
         bud_store_save (store, BUD_ITEM (person), error);
}

static gboolean
settle_in (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  BudContext *self = BUD_CONTEXT (data);
  g_autoptr(GPtrArray) workspaces = bud_store_list (store, BUD_TYPE_WORKSPACE, error);

  if (workspaces == NULL)
    return FALSE;
  if (workspaces->len == 0)
    return furnish (self, store, error);

  self->workspace = g_object_ref (g_ptr_array_index (workspaces, 0));

  return TRUE;
}

static void
on_settled_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BudContext *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!bud_store_run_finish (BUD_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->keyring = bud_keyring_new_libsecret (bud_item_get_id (BUD_ITEM (self->workspace)));
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
on_store_open_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BudContext *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  self->store = bud_sqlite_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  bud_store_run_async (self->store, G_PRIORITY_DEFAULT, settle_in, self, NULL, cancellable,
                       on_settled_cb, g_steal_pointer (&task));
}

/**
 * bud_context_open_async:
 * @folder: the workspace's folder
 * @create: make a workspace there; an existing one is an error
 * @cancellable: (nullable): stops it
 * @callback: called when it is open
 * @user_data: for @callback
 */
void
bud_context_open_async (const char          *folder,
                        gboolean             create,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  BudContext *self;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (folder != NULL);

  self = g_object_new (BUD_TYPE_CONTEXT, NULL);
  self->folder = g_canonicalize_filename (folder, NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_context_open_async);
  g_task_set_task_data (task, self, g_object_unref);

  bud_sqlite_store_open_async (self->folder, create, cancellable, on_store_open_cb,
                               g_steal_pointer (&task));
}

/**
 * bud_context_open_finish:
 * @result: the result
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Returns: (transfer full): the open workspace
 */
BudContext *
bud_context_open_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
bud_context_get_folder (BudContext *self)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return self->folder;
}

/**
 * bud_context_get_user:
 * @self: a context
 *
 * Returns: (transfer none): the name of the person who is signed in to this computer
 */
const char *
bud_context_get_user (BudContext *self)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return self->user;
}

BudStore *
bud_context_get_store (BudContext *self)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return self->store;
}

BudClock *
bud_context_get_clock (BudContext *self)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return self->clock;
}

BudKeyring *
bud_context_get_keyring (BudContext *self)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return self->keyring;
}

/**
 * bud_context_set_keyring:
 * @self: a context
 * @keyring: where tokens are kept from now on, in place of the desktop's keyring
 *
 * For tests: a keyring in memory asks nobody for a password.
 */
void
bud_context_set_keyring (BudContext *self,
                         BudKeyring *keyring)
{
  g_return_if_fail (BUD_IS_CONTEXT (self));
  g_return_if_fail (BUD_IS_KEYRING (keyring));

  g_set_object (&self->keyring, keyring);
}

BudWorkspace *
bud_context_get_workspace (BudContext *self)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return self->workspace;
}

/**
 * bud_context_dup_path:
 * @self: a context
 * @name: a file's name
 *
 * Returns: (transfer full): the path of that file in the workspace's folder
 */
char *
bud_context_dup_path (BudContext *self,
                      const char *name)
{
  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  return g_build_filename (self->folder, name, NULL);
}

/**
 * bud_context_new_http:
 * @self: a context
 *
 * Returns: (transfer full): an HTTP client of the calling thread's main context for questions that
 *   a person waits for, so it gives up after the second try
 */
BudHttp *
bud_context_new_http (BudContext *self)
{
  BudHttp *http;

  g_return_val_if_fail (BUD_IS_CONTEXT (self), NULL);

  http = bud_http_new (NULL);
  bud_http_set_max_attempts (http, 2);

  return http;
}

/* Authorise */

static void
on_secret_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  char *secret;
  GError *error = NULL;

  secret = bud_keyring_lookup_finish (BUD_KEYRING (source), result, &error);
  if (secret == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, bud_authorizer_new_bearer (secret), g_object_unref);
  bud_keyring_free_secret (secret);
}

/**
 * bud_context_authorize_async:
 * @self: a context
 * @connection: a connection of the workspace
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Fetches the connection's token from the keyring.
 */
void
bud_context_authorize_async (BudContext          *self,
                             BudConnection       *connection,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_CONTEXT (self));
  g_return_if_fail (BUD_IS_CONNECTION (connection));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_context_authorize_async);
  bud_keyring_lookup_async (self->keyring, bud_item_get_id (BUD_ITEM (connection)), cancellable,
                            on_secret_cb, g_steal_pointer (&task));
}

/**
 * bud_context_authorize_finish:
 * @self: a context
 * @result: the result
 * @error: return location for a %BUD_AUTH_ERROR
 *
 * Returns: (transfer full): what signs requests to the connection's account
 */
BudAuthorizer *
bud_context_authorize_finish (BudContext    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
