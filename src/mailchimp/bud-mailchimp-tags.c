/* bud-mailchimp-tags.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-json-scanner.h"
#include "bud-mailchimp-private.h"

/* Tags are static segments of an audience:
 * https://mailchimp.com/developer/marketing/docs/organize-contacts/ */

/**
 * bud_mailchimp_list_tags_async:
 * @self: a client
 * @audience: an audience's id
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads all tags: https://mailchimp.com/developer/marketing/api/list-segments/list-segments/
 */
void
bud_mailchimp_list_tags_async (BudMailchimp        *self,
                               const char          *audience,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_list_tags_async);

  path = _bud_mailchimp_audience_path (audience,
                                       "/segments?type=static&fields=segments.id,segments.name,"
                                       "segments.member_count,total_items");
  _bud_mailchimp_collect (g_steal_pointer (&task), path, "segments", _bud_tag_read,
                          (GDestroyNotify) bud_tag_unref);
}

/**
 * bud_mailchimp_list_tags_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BudTag): the tags
 */
GPtrArray *
bud_mailchimp_list_tags_finish (BudMailchimp  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A list of addresses; nobody is no list, since an empty one may mean “take all away”. */
static void
set_addresses (JsonBuilder       *builder,
               const char        *name,
               const char *const *addresses)
{
  if (addresses == NULL || addresses[0] == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (gsize i = 0; addresses[i] != NULL; i++)
    json_builder_add_string_value (builder, addresses[i]);
  json_builder_end_array (builder);
}

/**
 * bud_mailchimp_create_tag_async:
 * @self: a client
 * @audience: an audience's id
 * @name: what people call the tag
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes a tag that nobody wears:
 * https://mailchimp.com/developer/marketing/api/list-segments/add-segment/
 */
void
bud_mailchimp_create_tag_async (BudMailchimp        *self,
                                const char          *audience,
                                const char          *name,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(JsonBuilder) body = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_create_tag_async);

  body = json_builder_new ();
  json_builder_begin_object (body);
  json_builder_set_member_name (body, "name");
  json_builder_add_string_value (body, name);
  json_builder_set_member_name (body, "static_segment");
  json_builder_begin_array (body);
  json_builder_end_array (body);
  json_builder_end_object (body);

  path = _bud_mailchimp_audience_path (audience, "/segments");
  _bud_mailchimp_ask (g_steal_pointer (&task), "POST", path, body, _bud_tag_read,
                      (GDestroyNotify) bud_tag_unref);
}

/**
 * bud_mailchimp_create_tag_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full): the new tag
 */
BudTag *
bud_mailchimp_create_tag_finish (BudMailchimp  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef enum {
  ADDED,
  REMOVED,
  ERRORS,
  N_COUNTS
} Count;

static const char *const COUNT_KEYS[N_COUNTS] = { "total_added", "total_removed", "error_count" };

/* The answer repeats every member, so it is scanned; that it is JSON was checked. */
static void
on_tagged_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(BudResponse) response = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *counts = g_new0 (gint64, N_COUNTS);
  BudJsonScanner json;
  const char *text;
  gsize length;

  response = _bud_mailchimp_call_finish (g_task_get_source_object (task), result, NULL, &error);
  if (response == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  text = g_bytes_get_data (bud_response_get_body (response), &length);
  bud_json_scanner_init (&json, text, length);
  if (bud_json_scanner_take_ints (&json, COUNT_KEYS, N_COUNTS, counts))
    g_task_return_pointer (task, g_steal_pointer (&counts), g_free);
  else
    g_task_return_error (task, bud_mailchimp_error_new (BUD_MAILCHIMP_ERROR_UNEXPECTED));
}

static gboolean
is_too_many (const char *const *addresses)
{
  return addresses != NULL && g_strv_length ((char **) addresses) > BUD_MEMBERS_MAX;
}

/**
 * bud_mailchimp_tag_members_async:
 * @self: a client
 * @audience: an audience's id
 * @tag: a tag's id
 * @add: (array zero-terminated=1) (nullable): addresses of members who get the tag, at most
 *   %BUD_MEMBERS_MAX
 * @remove: (array zero-terminated=1) (nullable): addresses of members who lose it, at most as many
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done; with %BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS without a call when
 *   there are more
 * @user_data: for @callback
 *
 * Puts a tag on members and takes it from others:
 * https://mailchimp.com/developer/marketing/api/list-segments/batch-add-or-remove-members/
 */
void
bud_mailchimp_tag_members_async (BudMailchimp        *self,
                                 const char          *audience,
                                 gint64               tag,
                                 const char *const   *add,
                                 const char *const   *remove,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(BudRequest) request = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_tag_members_async);

  if (is_too_many (add) || is_too_many (remove))
    {
      g_task_return_error (task, bud_mailchimp_error_new (BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS));
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  set_addresses (builder, "members_to_add", add);
  set_addresses (builder, "members_to_remove", remove);
  json_builder_end_object (builder);

  path = _bud_mailchimp_audience_path (audience, "/segments/%" G_GINT64_FORMAT, tag);
  request = _bud_mailchimp_build (self, "POST", path);
  _bud_mailchimp_set_body (request, builder);

  _bud_mailchimp_call_async (self, request, cancellable, on_tagged_cb, g_steal_pointer (&task));
}

/**
 * bud_mailchimp_tag_members_finish:
 * @self: a client
 * @result: as given to the callback
 * @n_added: (out) (optional): how many members got the tag
 * @n_removed: (out) (optional): how many lost it
 * @n_errors: (out) (optional): how many faults Mailchimp found
 * @error: return location for an error about the whole call
 *
 * Returns: whether the call was made
 */
gboolean
bud_mailchimp_tag_members_finish (BudMailchimp  *self,
                                  GAsyncResult  *result,
                                  gint64        *n_added,
                                  gint64        *n_removed,
                                  gint64        *n_errors,
                                  GError       **error)
{
  g_autofree gint64 *counts = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  counts = g_task_propagate_pointer (G_TASK (result), error);
  if (counts == NULL)
    return FALSE;

  if (n_added != NULL)
    *n_added = counts[ADDED];
  if (n_removed != NULL)
    *n_removed = counts[REMOVED];
  if (n_errors != NULL)
    *n_errors = counts[ERRORS];

  return TRUE;
}
