/* bud-mailchimp-audiences.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-mailchimp-private.h"

/**
 * bud_mailchimp_list_audiences_async:
 * @self: a client
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads all audiences: https://mailchimp.com/developer/marketing/api/lists/get-lists-info/
 */
void
bud_mailchimp_list_audiences_async (BudMailchimp        *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_list_audiences_async);

  _bud_mailchimp_collect (g_steal_pointer (&task),
                          "/lists?fields=lists.id,lists.name,lists.stats.member_count,"
                          "lists.double_optin,total_items",
                          "lists", _bud_audience_read, (GDestroyNotify) bud_audience_unref);
}

/**
 * bud_mailchimp_list_audiences_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BudAudience): the audiences
 */
GPtrArray *
bud_mailchimp_list_audiences_finish (BudMailchimp  *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bud_mailchimp_list_merge_fields_async:
 * @self: a client
 * @audience: an audience's id
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads all merge fields; the e-mail address is none of them:
 * https://mailchimp.com/developer/marketing/api/list-merges/list-merge-fields/
 */
void
bud_mailchimp_list_merge_fields_async (BudMailchimp        *self,
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
  g_task_set_source_tag (task, bud_mailchimp_list_merge_fields_async);

  path = _bud_mailchimp_audience_path (audience,
                                       "/merge-fields?fields=merge_fields.tag,merge_fields.name,"
                                       "merge_fields.type,merge_fields.required,"
                                       "merge_fields.options,total_items");
  _bud_mailchimp_collect (g_steal_pointer (&task), path, "merge_fields", _bud_merge_field_read,
                          (GDestroyNotify) bud_merge_field_unref);
}

/**
 * bud_mailchimp_list_merge_fields_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BudMergeField): the merge fields
 */
GPtrArray *
bud_mailchimp_list_merge_fields_finish (BudMailchimp  *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/**
 * bud_mailchimp_create_merge_field_async:
 * @self: a client
 * @audience: an audience's id
 * @tag: the field's name in calls: A–Z, 0–9 and _, at most ten
 * @name: what people call it
 * @type: as in #BudMergeField
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Adds a merge field that members need not have:
 * https://mailchimp.com/developer/marketing/api/list-merges/add-merge-field/
 */
void
bud_mailchimp_create_merge_field_async (BudMailchimp        *self,
                                        const char          *audience,
                                        const char          *tag,
                                        const char          *name,
                                        const char          *type,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(JsonBuilder) body = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);
  g_return_if_fail (tag != NULL && name != NULL && type != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_create_merge_field_async);

  body = json_builder_new ();
  json_builder_begin_object (body);
  set_text (body, "tag", tag);
  set_text (body, "name", name);
  set_text (body, "type", type);
  json_builder_end_object (body);

  path = _bud_mailchimp_audience_path (audience, "/merge-fields");
  _bud_mailchimp_ask (g_steal_pointer (&task), "POST", path, body, _bud_merge_field_read,
                      (GDestroyNotify) bud_merge_field_unref);
}

/**
 * bud_mailchimp_create_merge_field_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full): the new merge field, with the tag that it really got
 */
BudMergeField *
bud_mailchimp_create_merge_field_finish (BudMailchimp  *self,
                                         GAsyncResult  *result,
                                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
