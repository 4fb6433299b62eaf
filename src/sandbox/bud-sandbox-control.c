/* bud-sandbox-control.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv.h"
#include "bud-sandbox-control.h"
#include "bud-sandbox-faults.h"
#include "bud-sandbox-oauth.h"
#include "bud-sandbox-values.h"

/* /_sandbox: what people and tests ask and tell the service that the real one does not have. */

static void
append_audience (BudSandboxAudience *audience,
                 GString            *out)
{
  const BudSandboxTally *tally = bud_sandbox_audience_get_tally (audience);

  g_string_append_c (out, '{');
  bud_sandbox_json_put_member (out, "id", bud_sandbox_audience_get_id (audience));
  g_string_append_c (out, ',');
  bud_sandbox_json_put_member (out, "name", bud_sandbox_audience_get_name (audience));
  g_string_append (out, ",\"members\":{");
  for (guint i = 0; i < BUD_SANDBOX_N_STATUSES; i++)
    g_string_append_printf (out, "%s\"%s\":%u", i > 0 ? "," : "", bud_sandbox_status_to_text (i),
                            bud_sandbox_audience_count (audience, i));
  g_string_append_printf (out, "},\"writes\":%" G_GUINT64_FORMAT
                          ",\"written\":%" G_GUINT64_FORMAT
                          ",\"rewritten_same\":%" G_GUINT64_FORMAT
                          ",\"rewritten_different\":%" G_GUINT64_FORMAT
                          ",\"created\":%" G_GUINT64_FORMAT ",\"updated\":%" G_GUINT64_FORMAT
                          ",\"rejected\":%" G_GUINT64_FORMAT
                          ",\"resubscribed\":%" G_GUINT64_FORMAT "}",
                          tally->writes, tally->written, tally->rewritten_same,
                          tally->rewritten_different, tally->created, tally->updated,
                          tally->rejected, tally->resubscribed);
}

static void
get_state (BudSandbox              *sandbox,
           const BudSandboxRequest *request,
           BudSandboxReply         *reply)
{
  GPtrArray *audiences = bud_sandbox_get_audiences (sandbox);

  g_string_append (reply->body, "{\"audiences\":[");
  for (guint i = 0; i < audiences->len; i++)
    {
      BudSandboxAudience *audience = g_ptr_array_index (audiences, i);

      g_string_append (reply->body, i > 0 ? "," : "");
      bud_sandbox_audience_lock (audience);
      append_audience (audience, reply->body);
      bud_sandbox_audience_unlock (audience);
    }
  g_string_append (reply->body, "],");
  bud_sandbox_append_calls (sandbox, reply->body);
  g_string_append (reply->body, ",\"faults\":");
  bud_sandbox_faults_append (bud_sandbox_get_faults (sandbox), reply->body);
  g_string_append_c (reply->body, '}');
}

static void
refuse (BudSandboxReply *reply,
        const char      *detail)
{
  g_auto(BudSandboxProblem) problem = { 0 };

  bud_sandbox_problem_set (&problem, BUD_SANDBOX_BAD_REQUEST, "%s", detail);
  bud_sandbox_reply_problem (reply, &problem);
}

/* A kept JSON text as people read it: a string without its quotes and escapes. */
static char *
value_to_text (const char *json)
{
  g_autoptr(BudSandboxJson) parsed = NULL;
  const BudSandboxNode *root;

  if (json == NULL)
    return g_strdup ("");

  parsed = bud_sandbox_json_parse (json, strlen (json));
  root = bud_sandbox_json_get_root (parsed);

  return g_strdup (root->text != NULL ? root->text : json);
}

static char *
tags_to_text (BudSandboxAudience     *audience,
              const BudSandboxMember *member)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < member->tags->n_ids; i++)
    {
      const BudSandboxTag *tag;

      tag = bud_sandbox_tags_get (bud_sandbox_audience_get_tags (audience), member->tags->ids[i]);
      g_string_append_printf (text, "%s%s", i > 0 ? ";" : "", tag->name);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_member_row (BudSandboxAudience     *audience,
                   const BudSandboxMember *member,
                   GString                *out)
{
  const BudSandboxFields *fields = bud_sandbox_audience_get_fields (audience);
  g_autoptr(GPtrArray) row = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (row, g_strdup (member->email));
  g_ptr_array_add (row, g_strdup (bud_sandbox_status_to_text (member->status)));
  for (guint i = 0; i < bud_sandbox_fields_get_size (fields); i++)
    g_ptr_array_add (row, value_to_text (bud_sandbox_values_get (member->values, i + 1)));
  g_ptr_array_add (row, tags_to_text (audience, member));
  bud_csv_append_row (out, (const char *const *) row->pdata, row->len);
}

static void
append_header_row (BudSandboxAudience *audience,
                   GString            *out)
{
  const BudSandboxFields *fields = bud_sandbox_audience_get_fields (audience);
  g_autoptr(GPtrArray) row = g_ptr_array_new ();

  g_ptr_array_add (row, (char *) "EMAIL");
  g_ptr_array_add (row, (char *) "STATUS");
  for (guint i = 0; i < bud_sandbox_fields_get_size (fields); i++)
    g_ptr_array_add (row, bud_sandbox_fields_get (fields, i)->tag);
  g_ptr_array_add (row, (char *) "TAGS");
  bud_csv_append_row (out, (const char *const *) row->pdata, row->len);
}

static void
get_members (BudSandbox              *sandbox,
             const BudSandboxRequest *request,
             BudSandboxReply         *reply)
{
  const char *id = bud_sandbox_request_get (request, "list");
  BudSandboxAudience *audience = id != NULL ? bud_sandbox_get_audience (sandbox, id) : NULL;

  if (audience == NULL)
    {
      refuse (reply, "There is no such list.");
      return;
    }

  reply->content_type = "text/csv; charset=utf-8";
  bud_sandbox_audience_lock (audience);
  append_header_row (audience, reply->body);
  for (guint i = 0; i < bud_sandbox_audience_get_size (audience); i++)
    append_member_row (audience, bud_sandbox_audience_get_member (audience, i), reply->body);
  bud_sandbox_audience_unlock (audience);
}

static const char *
set_member (BudSandbox           *sandbox,
            const BudSandboxNode *root)
{
  const char *id = bud_sandbox_node_get_text (root, "list");
  const char *email = bud_sandbox_node_get_text (root, "email");
  const char *by = bud_sandbox_node_get_text (root, "by");
  BudSandboxStatus status = bud_sandbox_status_parse (bud_sandbox_node_get_text (root, "status"));
  BudSandboxAudience *audience = id != NULL ? bud_sandbox_get_audience (sandbox, id) : NULL;
  BudSandboxActor actor = BUD_SANDBOX_BY_MEMBER;
  BudSandboxMember *member;

  if (audience == NULL)
    return "There is no such list.";
  if (email == NULL || status == BUD_SANDBOX_ANY_STATUS)
    return "An email and a status are needed.";
  if (by != NULL && !bud_sandbox_actor_parse (by, &actor))
    return "It is by api, member or admin.";

  bud_sandbox_audience_lock (audience);
  member = bud_sandbox_audience_find (audience, email);
  if (member == NULL)
    member = bud_sandbox_audience_add (audience, email);
  bud_sandbox_audience_set_status (audience, member, status, actor);
  bud_sandbox_audience_unlock (audience);

  return NULL;
}

static void
post_members (BudSandbox              *sandbox,
              const BudSandboxRequest *request,
              BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  const char *fault;

  if (json == NULL)
    bud_sandbox_reply_problem (reply, &problem);
  else if ((fault = set_member (sandbox, bud_sandbox_json_get_root (json))) != NULL)
    refuse (reply, fault);
  else
    g_string_append (reply->body, "{}");
}

static void
post_faults (BudSandbox              *sandbox,
             const BudSandboxRequest *request,
             BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  g_autoptr(GError) error = NULL;
  const char *spec;

  if (json == NULL)
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  spec = bud_sandbox_node_get_text (bud_sandbox_json_get_root (json), "faults");
  if (spec == NULL)
    refuse (reply, "A text called faults is needed.");
  else if (!bud_sandbox_faults_set (bud_sandbox_get_faults (sandbox), spec, &error))
    refuse (reply, error->message);
  else
    g_string_append (reply->body, "{}");
}

static void
post_revoke (BudSandbox              *sandbox,
             const BudSandboxRequest *request,
             BudSandboxReply         *reply)
{
  bud_sandbox_oauth_revoke (bud_sandbox_get_oauth (sandbox));
  g_string_append (reply->body, "{}");
}

static const struct
{
  const char *method;
  const char *name;
  void (*handler) (BudSandbox              *sandbox,
                   const BudSandboxRequest *request,
                   BudSandboxReply         *reply);
} controls[] = {
  { "GET", "state", get_state },
  { "GET", "members", get_members },
  { "POST", "members", post_members },
  { "POST", "faults", post_faults },
  { "POST", "revoke", post_revoke },
};

/**
 * bud_sandbox_control_answer:
 * @sandbox: the account
 * @request: a request to /_sandbox, of which the path is what follows
 * @reply: the answer
 */
void
bud_sandbox_control_answer (BudSandbox              *sandbox,
                            const BudSandboxRequest *request,
                            BudSandboxReply         *reply)
{
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_strcmp0 (request->parts[0], controls[i].name) == 0 && request->parts[1] == NULL &&
        g_str_equal (request->method, controls[i].method))
      {
        controls[i].handler (sandbox, request, reply);
        return;
      }

  bud_sandbox_reply_refuse (reply, BUD_SANDBOX_NOT_FOUND);
}
