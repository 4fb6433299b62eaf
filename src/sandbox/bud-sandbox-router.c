/* bud-sandbox-router.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-batch.h"
#include "bud-sandbox-batches.h"
#include "bud-sandbox-lists-api.h"
#include "bud-sandbox-members-api.h"
#include "bud-sandbox-router.h"
#include "bud-sandbox-segments.h"
#include "bud-sandbox-select.h"

/* A part in braces stands for anything; the one after "lists" names an audience. */
static const struct
{
  const char *endpoint;
  BudSandboxHandler handler;
} routes[] = {
  { "GET /", bud_sandbox_get_account },
  { "GET /ping", bud_sandbox_get_ping },
  { "GET /lists", bud_sandbox_get_lists },
  { "GET /lists/{list_id}", bud_sandbox_get_list },
  { "POST /lists/{list_id}", bud_sandbox_batch_upsert },
  { "GET /lists/{list_id}/merge-fields", bud_sandbox_get_merge_fields },
  { "POST /lists/{list_id}/merge-fields", bud_sandbox_post_merge_field },
  { "GET /lists/{list_id}/members", bud_sandbox_get_members },
  { "POST /lists/{list_id}/members", bud_sandbox_post_member },
  { "GET /lists/{list_id}/members/{hash}", bud_sandbox_get_member },
  { "PUT /lists/{list_id}/members/{hash}", bud_sandbox_put_member },
  { "PATCH /lists/{list_id}/members/{hash}", bud_sandbox_patch_member },
  { "DELETE /lists/{list_id}/members/{hash}", bud_sandbox_delete_member },
  { "POST /lists/{list_id}/members/{hash}/tags", bud_sandbox_post_member_tags },
  { "POST /lists/{list_id}/members/{hash}/actions/delete-permanent", bud_sandbox_forget_member },
  { "GET /lists/{list_id}/segments", bud_sandbox_get_segments },
  { "POST /lists/{list_id}/segments", bud_sandbox_post_segments },
  { "GET /lists/{list_id}/segments/{segment_id}", bud_sandbox_get_segment },
  { "POST /lists/{list_id}/segments/{segment_id}", bud_sandbox_post_segment },
  { "DELETE /lists/{list_id}/segments/{segment_id}", bud_sandbox_delete_segment },
  { "GET /lists/{list_id}/segments/{segment_id}/members", bud_sandbox_get_segment_members },
  { "POST /batches", bud_sandbox_post_batches },
  { "GET /batches", bud_sandbox_get_batch_list },
  { "GET /batches/{batch_id}", bud_sandbox_get_batch },
};

static gboolean
path_fits (const char              *pattern,
           const BudSandboxRequest *request)
{
  guint n = 0;

  while (*pattern == '/' && pattern[1] != '\0')
    {
      gsize length = strcspn (pattern + 1, "/");
      const char *part = request->parts[n++];

      if (part == NULL)
        return FALSE;
      if (pattern[1] != '{' &&
          (strlen (part) != length || strncmp (part, pattern + 1, length) != 0))
        return FALSE;
      pattern += 1 + length;
    }

  return request->parts[n] == NULL;
}

static gboolean
method_fits (const char *endpoint,
             const char *method)
{
  gsize length = strlen (method);

  return strncmp (endpoint, method, length) == 0 && endpoint[length] == ' ';
}

static void
run (BudSandbox              *sandbox,
     BudSandboxHandler        handler,
     const BudSandboxRequest *request,
     BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  BudSandboxAudience *audience = NULL;

  if (g_strcmp0 (request->parts[0], "lists") == 0 && request->parts[1] != NULL &&
      (audience = bud_sandbox_get_audience (sandbox, request->parts[1])) == NULL)
    {
      bud_sandbox_reply_refuse (reply, BUD_SANDBOX_NOT_FOUND);
      return;
    }

  handler (sandbox, audience, request, reply);

  if (reply->status == 200 && g_str_equal (request->method, "GET") &&
      !bud_sandbox_select_fields (request, reply->body, &problem))
    bud_sandbox_reply_problem (reply, &problem);
}

/**
 * bud_sandbox_router_answer:
 * @sandbox: the account
 * @request: a request that may enter
 * @reply: the answer
 *
 * Returns: (transfer none): the endpoint, such as "GET /lists/{list_id}", for logs and counters
 */
const char *
bud_sandbox_router_answer (BudSandbox              *sandbox,
                           const BudSandboxRequest *request,
                           BudSandboxReply         *reply)
{
  g_autoptr(GString) allow = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      const char *endpoint = routes[i].endpoint;

      if (!path_fits (strchr (endpoint, '/'), request))
        continue;
      if (method_fits (endpoint, request->method))
        {
          run (sandbox, routes[i].handler, request, reply);
          return endpoint;
        }
      g_string_append (allow, allow->len > 0 ? ", " : "");
      g_string_append_len (allow, endpoint, strcspn (endpoint, " "));
    }

  if (allow->len == 0)
    {
      bud_sandbox_reply_refuse (reply, BUD_SANDBOX_NOT_FOUND);
      return "unknown";
    }

  bud_sandbox_reply_refuse (reply, BUD_SANDBOX_METHOD_NOT_ALLOWED);
  reply->allow = g_string_free (g_steal_pointer (&allow), FALSE);

  return "wrong method";
}
