/* bud-audiences.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-audiences.h"
#include "bud-error.h"
#include "bud-mapping.h"
#include "bud-text.h"

/* Connect */

static void
on_authorized_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BudConnection *connection = g_task_get_task_data (task);
  g_autoptr(BudAuthorizer) authorizer = NULL;
  g_autoptr(BudHttp) http = NULL;
  GError *error = NULL;

  authorizer = bud_context_authorize_finish (BUD_CONTEXT (source), result, &error);
  if (authorizer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  http = bud_context_new_http (BUD_CONTEXT (source));
  g_task_return_pointer (task,
                         bud_mailchimp_new (http, bud_connection_get_api_root (connection),
                                            authorizer),
                         g_object_unref);
}

/**
 * bud_audiences_connect_async:
 * @context: an open workspace
 * @connection: one of its connections
 * @cancellable: (nullable): stops it
 * @callback: called with a client
 * @user_data: for @callback
 *
 * Makes a client that holds the connection's token. Nothing is sent yet.
 */
void
bud_audiences_connect_async (BudContext          *context,
                             BudConnection       *connection,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_CONTEXT (context));
  g_return_if_fail (BUD_IS_CONNECTION (connection));

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_audiences_connect_async);
  g_task_set_task_data (task, g_object_ref (connection), g_object_unref);

  bud_context_authorize_async (context, connection, cancellable, on_authorized_cb,
                               g_steal_pointer (&task));
}

/**
 * bud_audiences_connect_finish:
 * @context: an open workspace
 * @result: the result
 * @error: return location for a %BUD_AUTH_ERROR
 *
 * Returns: (transfer full): a client of the calling thread's main context
 */
BudMailchimp *
bud_audiences_connect_finish (BudContext    *context,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Find */

/**
 * bud_audiences_find:
 * @audiences: (element-type BudAudience): the audiences of an account
 * @name_or_id: the one that is meant
 * @error: return location for %BUD_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the audience
 */
BudAudience *
bud_audiences_find (GPtrArray   *audiences,
                    const char  *name_or_id,
                    GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *nearest;

  g_return_val_if_fail (name_or_id != NULL, NULL);

  for (guint i = 0; i < audiences->len; i++)
    {
      BudAudience *audience = g_ptr_array_index (audiences, i);

      if (g_str_equal (audience->id, name_or_id) || g_str_equal (audience->name, name_or_id))
        return bud_audience_ref (audience);

      g_ptr_array_add (names, audience->name);
    }

  nearest = bud_text_nearest (name_or_id, (const char *const *) names->pdata, names->len);
  if (nearest != NULL)
    g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND,
                 _("The account has no audience “%s”. Did you mean “%s”?"), name_or_id, nearest);
  else
    g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND,
                 _("The account has no audience “%s”."), name_or_id);

  return NULL;
}

/* Verify: connect -> audiences -> merge fields */

typedef struct
{
  BudExport *export;
  BudMailchimp *client; /* (owned) (nullable) */
} Verification;

static void
verification_free (gpointer data)
{
  Verification *self = data;

  g_object_unref (self->export);
  g_clear_object (&self->client);
  g_free (self);
}

static gboolean
has_merge_field (GPtrArray  *fields,
                 const char *merge_tag)
{
  for (guint i = 0; i < fields->len; i++)
    {
      BudMergeField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->tag, merge_tag))
        return TRUE;
    }

  return FALSE;
}

/* Mailchimp passes over an unknown merge tag in silence, so we do not. */
static gboolean
check_merge_fields (GPtrArray    *fields,
                    BudExport    *export,
                    GError      **error)
{
  const char *const *pairs = bud_export_get_merge_fields (export);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      g_autofree char *merge_tag = NULL;
      g_autofree char *field = NULL;

      if (!bud_mapping_split_pair (pairs[i], &merge_tag, &field, error))
        return FALSE;

      if (has_merge_field (fields, merge_tag))
        continue;

      g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND,
                   /* Translators: an audience's name, and a merge tag such as FNAME */
                   _("The audience “%s” has no merge field “%s”. Choose one that it has, or add "
                     "it in Mailchimp."), bud_export_get_audience_name (export), merge_tag);
      return FALSE;
    }

  return TRUE;
}

static void
on_merge_fields_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Verification *self = g_task_get_task_data (task);
  g_autoptr(GPtrArray) fields = NULL;
  GError *error = NULL;

  fields = bud_mailchimp_list_merge_fields_finish (self->client, result, &error);

  if (fields != NULL && check_merge_fields (fields, self->export, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_audiences_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Verification *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GPtrArray) audiences = NULL;
  g_autoptr(BudAudience) audience = NULL;
  GError *error = NULL;

  audiences = bud_mailchimp_list_audiences_finish (self->client, result, &error);
  if (audiences != NULL)
    audience = bud_audiences_find (audiences, bud_export_get_audience (self->export), &error);
  if (audience == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_set (self->export, "audience", audience->id, "audience-name", audience->name, NULL);
  bud_mailchimp_list_merge_fields_async (self->client, audience->id, cancellable,
                                         on_merge_fields_cb, g_steal_pointer (&task));
}

static void
on_connected_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Verification *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  self->client = bud_audiences_connect_finish (BUD_CONTEXT (source), result, &error);
  if (self->client == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  bud_mailchimp_list_audiences_async (self->client, cancellable, on_audiences_cb,
                                      g_steal_pointer (&task));
}

/**
 * bud_audiences_verify_async:
 * @context: an open workspace
 * @export: an export whose audience is given by id or name
 * @connection: the account it goes to
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the account whether the export's audience and merge fields exist, and notes the audience's
 * id and name in @export.
 */
void
bud_audiences_verify_async (BudContext          *context,
                            BudExport           *export,
                            BudConnection       *connection,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Verification *self;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_CONTEXT (context));
  g_return_if_fail (BUD_IS_EXPORT (export));

  self = g_new0 (Verification, 1);
  self->export = g_object_ref (export);

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_audiences_verify_async);
  g_task_set_task_data (task, self, verification_free);

  bud_audiences_connect_async (context, connection, cancellable, on_connected_cb,
                               g_steal_pointer (&task));
}

gboolean
bud_audiences_verify_finish (BudContext    *context,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
