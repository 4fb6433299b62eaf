/* bud-mailchimp-members.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>

#include "bud-mailchimp-private.h"

typedef struct
{
  BudMailchimp *client; /* (unowned): the task's source object */
  BudUpsertAnswer *answer;
} Upsert;

static void
free_upsert (Upsert *upsert)
{
  g_clear_pointer (&upsert->answer, bud_upsert_answer_free);
  g_free (upsert);
}

/* The check is the reading, so a cut answer is asked for again, and none is read twice. */
static gboolean
check_upsert (BudResponse  *response,
              gpointer      data,
              GError      **error)
{
  Upsert *upsert = data;

  g_clear_pointer (&upsert->answer, bud_upsert_answer_free);
  upsert->answer = bud_upsert_answer_scan (bud_response_get_body (response));

  return upsert->answer != NULL || _bud_mailchimp_refuse_broken (upsert->client, response, error);
}

static void
on_upserted_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(BudResponse) response = NULL;
  g_autoptr(GError) error = NULL;
  Upsert *upsert = g_task_get_task_data (task);

  response = _bud_mailchimp_call_finish (upsert->client, result, NULL, &error);
  if (response == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&upsert->answer),
                           (GDestroyNotify) bud_upsert_answer_free);
}

/**
 * bud_mailchimp_upsert_members_async:
 * @self: a client
 * @audience: an audience's id
 * @body: what bud_member_writer_finish() gave
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Adds and updates up to %BUD_MEMBERS_MAX members in one call; doing it twice does no harm.
 * https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/
 */
void
bud_mailchimp_upsert_members_async (BudMailchimp        *self,
                                    const char          *audience,
                                    GBytes              *body,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(BudRequest) request = NULL;
  g_autofree char *path = NULL;
  Upsert *upsert;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);
  g_return_if_fail (body != NULL);

  upsert = g_new0 (Upsert, 1);
  upsert->client = self;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_upsert_members_async);
  g_task_set_task_data (task, upsert, (GDestroyNotify) free_upsert);

  path = _bud_mailchimp_audience_path (audience, "?skip_merge_validation=false");
  request = _bud_mailchimp_build (self, "POST", path);
  bud_request_set_json_body (request, body);
  bud_request_set_check (request, check_upsert, upsert, NULL);

  _bud_mailchimp_call_async (self, request, cancellable, on_upserted_cb, g_steal_pointer (&task));
}

/**
 * bud_mailchimp_upsert_members_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error about the whole batch
 *
 * Returns: (transfer full): what became of each member, the refused ones among them
 */
BudUpsertAnswer *
bud_mailchimp_upsert_members_finish (BudMailchimp  *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_archived_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(BudResponse) response = NULL;
  g_autoptr(GError) error = NULL;
  guint status;

  response = _bud_mailchimp_call_finish (g_task_get_source_object (task), result, &status, &error);

  /* Nobody there, or nobody whom mail could reach: both are what was wanted. */
  if (response != NULL || status == SOUP_STATUS_NOT_FOUND ||
      status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * bud_mailchimp_archive_member_async:
 * @self: a client
 * @audience: an audience's id
 * @address: a member's e-mail address, UTF-8
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Archives a member, who can be brought back; somebody unknown, archived, bounced or pending is
 * left as he is: https://mailchimp.com/developer/marketing/api/list-members/archive-list-member/
 */
void
bud_mailchimp_archive_member_async (BudMailchimp        *self,
                                    const char          *audience,
                                    const char          *address,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(BudRequest) request = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);
  g_return_if_fail (address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_archive_member_async);

  hash = bud_mailchimp_subscriber_hash (address);
  path = _bud_mailchimp_audience_path (audience, "/members/%s", hash);
  request = _bud_mailchimp_build (self, "DELETE", path);

  _bud_mailchimp_call_async (self, request, cancellable, on_archived_cb, g_steal_pointer (&task));
}

gboolean
bud_mailchimp_archive_member_finish (BudMailchimp  *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
