/* bud-keyring.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-keyring.h"

G_DEFINE_ABSTRACT_TYPE (BudKeyring, bud_keyring, G_TYPE_OBJECT)

static void
bud_keyring_class_init (BudKeyringClass *klass)
{
}

static void
bud_keyring_init (BudKeyring *self)
{
}

/**
 * bud_keyring_store_async:
 * @self: a keyring
 * @connection_id: whose token it is
 * @label: what people call the connection; shown by programs that list the keyring
 * @secret: the token, UTF-8 text
 * @cancellable: (nullable): stops waiting at once
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * Keeps a token in place of the one that the connection had.
 */
void
bud_keyring_store_async (BudKeyring          *self,
                         const char          *connection_id,
                         const char          *label,
                         const char          *secret,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_KEYRING (self));
  g_return_if_fail (connection_id != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_keyring_store_async);

  if (!g_task_return_error_if_cancelled (task))
    BUD_KEYRING_GET_CLASS (self)->store (self, connection_id, label, secret, task);
}

/**
 * bud_keyring_store_finish:
 * @self: a keyring
 * @result: as given to the callback
 * @error: return location for a #BudAuthError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the token is kept
 */
gboolean
bud_keyring_store_finish (BudKeyring    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bud_keyring_lookup_async:
 * @self: a keyring
 * @connection_id: whose token to look up
 * @cancellable: (nullable): stops waiting at once
 * @callback: called with the token
 * @user_data: for @callback
 */
void
bud_keyring_lookup_async (BudKeyring          *self,
                          const char          *connection_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_KEYRING (self));
  g_return_if_fail (connection_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_keyring_lookup_async);

  if (!g_task_return_error_if_cancelled (task))
    BUD_KEYRING_GET_CLASS (self)->lookup (self, connection_id, task);
}

/**
 * bud_keyring_lookup_finish:
 * @self: a keyring
 * @result: as given to the callback
 * @error: return location for a #BudAuthError, %BUD_AUTH_ERROR_NOT_FOUND when there is no token,
 *   or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the token, for bud_keyring_free_secret(); or %NULL with @error set
 */
char *
bud_keyring_lookup_finish (BudKeyring    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bud_keyring_clear_async:
 * @self: a keyring
 * @connection_id: whose token to forget; it is no error when there is none
 * @cancellable: (nullable): stops waiting at once
 * @callback: called when it is gone
 * @user_data: for @callback
 */
void
bud_keyring_clear_async (BudKeyring          *self,
                         const char          *connection_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_KEYRING (self));
  g_return_if_fail (connection_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_keyring_clear_async);

  if (!g_task_return_error_if_cancelled (task))
    BUD_KEYRING_GET_CLASS (self)->clear (self, connection_id, task);
}

/**
 * bud_keyring_clear_finish:
 * @self: a keyring
 * @result: as given to the callback
 * @error: return location for a #BudAuthError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the token is gone
 */
gboolean
bud_keyring_clear_finish (BudKeyring    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bud_keyring_free_secret:
 * @secret: (transfer full) (nullable): text in memory of g_malloc()
 *
 * Wipes the text before its memory is given back.
 */
void
bud_keyring_free_secret (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
