/* bud-sandbox-members-api.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-change.h"
#include "bud-sandbox-member-json.h"
#include "bud-sandbox-members-api.h"

static gboolean
read_time (const BudSandboxRequest *request,
           const char              *name,
           guint32                 *seconds,
           BudSandboxProblem       *problem)
{
  const char *text = bud_sandbox_request_get (request, name);
  g_autofree char *mended = NULL;
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = NULL;

  *seconds = 0;
  if (text == NULL)
    return TRUE;

  /* A plus sign that the client forgot to escape arrives as a space. */
  mended = g_strdup (text);
  if (strlen (mended) > 19 && mended[19] == ' ')
    mended[19] = '+';

  time = g_date_time_new_from_iso8601 (mended, utc);
  if (time == NULL)
    return bud_sandbox_problem_schema (problem, name, "Value is not a valid date-time");

  *seconds = CLAMP (g_date_time_to_unix (time), 0, G_MAXUINT32);

  return TRUE;
}

static gboolean
read_sort (const BudSandboxRequest *request,
           BudSandboxQuery         *query,
           BudSandboxProblem       *problem)
{
  static const char *const names[] = { "", "timestamp_opt", "timestamp_signup", "last_changed" };
  const char *field = bud_sandbox_request_get (request, "sort_field");
  const char *direction = bud_sandbox_request_get (request, "sort_dir");

  query->descending = g_strcmp0 (direction, "DESC") == 0;
  if (field == NULL)
    return TRUE;

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], field))
      {
        query->sort = i;
        return TRUE;
      }

  return bud_sandbox_problem_schema (problem, "sort_field", "Value must be one of: "
                                     "timestamp_opt, timestamp_signup, last_changed");
}

static gboolean
read_query (const BudSandboxRequest *request,
            BudSandboxQuery         *query,
            BudSandboxProblem       *problem)
{
  const char *status = bud_sandbox_request_get (request, "status");

  query->status = bud_sandbox_status_parse (status);
  if (query->status == BUD_SANDBOX_FORGOTTEN ||
      (status != NULL && query->status == BUD_SANDBOX_ANY_STATUS))
    return bud_sandbox_problem_schema (problem, "status", "Value must be one of: subscribed, "
                                       "unsubscribed, cleaned, pending, transactional, archived");

  if (!read_time (request, "since_last_changed", &query->since, problem) ||
      !read_time (request, "before_last_changed", &query->before, problem) ||
      !read_time (request, "unsubscribed_since", &query->unsubscribed_since, problem) ||
      !read_sort (request, query, problem))
    return FALSE;

  if (query->unsubscribed_since != 0 && query->status != BUD_SANDBOX_UNSUBSCRIBED)
    return bud_sandbox_problem_set_field (problem, NULL, "unsubscribed_since", "Only members "
                                          "with the status unsubscribed can be asked for.");

  return TRUE;
}

/* The properties of a member that `fields` leaves; what is not about members is cut later. */
static gboolean
read_fields (const BudSandboxRequest  *request,
             char                   ***names,
             gboolean                 *exclude,
             BudSandboxProblem        *problem)
{
  const char *fields = bud_sandbox_request_get (request, "fields");
  const char *excluded = bud_sandbox_request_get (request, "exclude_fields");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) paths = NULL;

  *exclude = fields == NULL;
  if (fields == NULL && excluded == NULL)
    return TRUE;

  paths = g_strsplit (fields != NULL ? fields : excluded, ",", -1);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *name = NULL;

      if (g_str_equal (*path, "members") && !*exclude)
        return TRUE;
      if (!g_str_has_prefix (*path, "members."))
        continue;

      name = g_strndup (*path + 8, strcspn (*path + 8, "."));
      if (!bud_sandbox_member_json_knows (name))
        return bud_sandbox_problem_set (problem, BUD_SANDBOX_FIELDS_INVALID, NULL);
      if (!*exclude || strchr (*path + 8, '.') == NULL)
        g_strv_builder_add (builder, name);
    }
  *names = g_strv_builder_end (builder);

  return TRUE;
}

/**
 * bud_sandbox_append_page:
 * @sandbox: the account
 * @audience: one of its audiences
 * @request: a GET of members, with filters
 * @tag: only members who have it; 0 for any
 * @reply: the answer
 */
void
bud_sandbox_append_page (BudSandbox              *sandbox,
                         BudSandboxAudience      *audience,
                         const BudSandboxRequest *request,
                         guint32                  tag,
                         BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxMemberJson) writer = NULL;
  g_auto(GStrv) names = NULL;
  BudSandboxQuery query = { .tag = tag };
  GArray *selected;
  gboolean exclude;
  guint count;
  guint offset;

  if (!bud_sandbox_request_get_page (request, &count, &offset, &problem) ||
      !read_query (request, &query, &problem) ||
      !read_fields (request, &names, &exclude, &problem))
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  g_string_append (reply->body, "{\"members\":[");
  bud_sandbox_audience_lock (audience);
  writer = bud_sandbox_member_json_new (audience, bud_sandbox_get_base (sandbox),
                                        (const char *const *) names, exclude);
  selected = bud_sandbox_audience_select (audience, &query);
  for (guint i = offset; i < selected->len && i - offset < count; i++)
    {
      guint32 index = g_array_index (selected, guint32, i);

      g_string_append (reply->body, i > offset ? "," : "");
      bud_sandbox_member_json_append (writer, bud_sandbox_audience_get_member (audience, index),
                                      reply->body);
    }
  g_string_append_printf (reply->body, "],\"list_id\":\"%s\",\"total_items\":%u,\"_links\":[]}",
                          bud_sandbox_audience_get_id (audience), selected->len);
  bud_sandbox_audience_unlock (audience);
}

void
bud_sandbox_get_members (BudSandbox              *sandbox,
                         BudSandboxAudience      *audience,
                         const BudSandboxRequest *request,
                         BudSandboxReply         *reply)
{
  bud_sandbox_append_page (sandbox, audience, request, 0, reply);
}

static void
append_member (BudSandbox         *sandbox,
               BudSandboxAudience *audience,
               BudSandboxMember   *member,
               BudSandboxReply    *reply)
{
  g_autoptr(BudSandboxMemberJson) writer = NULL;

  writer = bud_sandbox_member_json_new (audience, bud_sandbox_get_base (sandbox), NULL, FALSE);
  bud_sandbox_member_json_append (writer, member, reply->body);
}

/* In single calls the service is stricter about the shape of a merge value than in batches. */
static gboolean
check_values (const BudSandboxNode *values,
              BudSandboxProblem    *problem)
{
  const BudSandboxNode *node = values != NULL ? values->child : NULL;

  for (; node != NULL; node = node->next)
    if (node->type < BUD_SANDBOX_JSON_NUMBER || node->type == BUD_SANDBOX_JSON_ARRAY)
      {
        g_autofree char *field = g_strconcat ("merge_fields.", node->key, NULL);

        return bud_sandbox_problem_schema (problem, field,
                                           "Data did not match any of the schemas described in "
                                           "anyOf.");
      }

  return TRUE;
}

static void
write_member (BudSandbox              *sandbox,
              BudSandboxAudience      *audience,
              const BudSandboxRequest *request,
              BudSandboxMember        *addressed,
              BudSandboxApplyFlags     flags,
              BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  BudSandboxChange change = { 0 };
  BudSandboxMember *member = NULL;
  gboolean created;

  if (bud_sandbox_get_config (sandbox)->refuse_examples)
    flags |= BUD_SANDBOX_APPLY_REFUSE_EXAMPLES;
  if (bud_sandbox_request_get_flag (request, "skip_merge_validation"))
    flags |= BUD_SANDBOX_APPLY_SKIP_REQUIRED;

  if (json != NULL &&
      bud_sandbox_change_parse (&change, bud_sandbox_json_get_root (json), "", &problem) &&
      check_values (change.values, &problem))
    member = bud_sandbox_change_apply (&change, audience, addressed, flags, &created, &problem);

  if (member != NULL)
    append_member (sandbox, audience, member, reply);
  else
    bud_sandbox_reply_problem (reply, &problem);
}

void
bud_sandbox_post_member (BudSandbox              *sandbox,
                         BudSandboxAudience      *audience,
                         const BudSandboxRequest *request,
                         BudSandboxReply         *reply)
{
  bud_sandbox_audience_lock (audience);
  write_member (sandbox, audience, request, NULL, BUD_SANDBOX_APPLY_ADD_ONLY, reply);
  bud_sandbox_audience_unlock (audience);
}

void
bud_sandbox_put_member (BudSandbox              *sandbox,
                        BudSandboxAudience      *audience,
                        const BudSandboxRequest *request,
                        BudSandboxReply         *reply)
{
  bud_sandbox_audience_lock (audience);
  write_member (sandbox, audience, request,
                bud_sandbox_audience_find_any (audience, request->parts[3]), 0, reply);
  bud_sandbox_audience_unlock (audience);
}

/* What needs the contact to be there. */
typedef void (*WithMember) (BudSandbox              *sandbox,
                            BudSandboxAudience      *audience,
                            const BudSandboxRequest *request,
                            BudSandboxMember        *member,
                            BudSandboxReply         *reply);

static void
with_member (BudSandbox              *sandbox,
             BudSandboxAudience      *audience,
             const BudSandboxRequest *request,
             BudSandboxReply         *reply,
             WithMember               action)
{
  BudSandboxMember *member;

  bud_sandbox_audience_lock (audience);
  member = bud_sandbox_audience_find_any (audience, request->parts[3]);
  if (member != NULL)
    action (sandbox, audience, request, member, reply);
  else
    bud_sandbox_reply_refuse (reply, BUD_SANDBOX_NOT_FOUND);
  bud_sandbox_audience_unlock (audience);
}

static void
do_get (BudSandbox              *sandbox,
        BudSandboxAudience      *audience,
        const BudSandboxRequest *request,
        BudSandboxMember        *member,
        BudSandboxReply         *reply)
{
  append_member (sandbox, audience, member, reply);
}

void
bud_sandbox_get_member (BudSandbox              *sandbox,
                        BudSandboxAudience      *audience,
                        const BudSandboxRequest *request,
                        BudSandboxReply         *reply)
{
  with_member (sandbox, audience, request, reply, do_get);
}

static void
do_patch (BudSandbox              *sandbox,
          BudSandboxAudience      *audience,
          const BudSandboxRequest *request,
          BudSandboxMember        *member,
          BudSandboxReply         *reply)
{
  write_member (sandbox, audience, request, member, 0, reply);
}

void
bud_sandbox_patch_member (BudSandbox              *sandbox,
                          BudSandboxAudience      *audience,
                          const BudSandboxRequest *request,
                          BudSandboxReply         *reply)
{
  with_member (sandbox, audience, request, reply, do_patch);
}

static void
do_delete (BudSandbox              *sandbox,
           BudSandboxAudience      *audience,
           const BudSandboxRequest *request,
           BudSandboxMember        *member,
           BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };

  if (member->status == BUD_SANDBOX_CLEANED || member->status == BUD_SANDBOX_PENDING ||
      member->status == BUD_SANDBOX_ARCHIVED)
    {
      bud_sandbox_problem_set (&problem, BUD_SANDBOX_METHOD_NOT_ALLOWED,
                               "This list member cannot be removed. Can not archive a contact "
                               "that is bounced, pending or archived");
      bud_sandbox_reply_problem (reply, &problem);
      reply->allow = g_strdup ("GET, PUT");
      return;
    }

  bud_sandbox_audience_set_status (audience, member, BUD_SANDBOX_ARCHIVED, BUD_SANDBOX_BY_API);
  reply->status = 204;
}

void
bud_sandbox_delete_member (BudSandbox              *sandbox,
                           BudSandboxAudience      *audience,
                           const BudSandboxRequest *request,
                           BudSandboxReply         *reply)
{
  with_member (sandbox, audience, request, reply, do_delete);
}

static void
do_forget (BudSandbox              *sandbox,
           BudSandboxAudience      *audience,
           const BudSandboxRequest *request,
           BudSandboxMember        *member,
           BudSandboxReply         *reply)
{
  bud_sandbox_audience_set_values (audience, member, "", 1);
  bud_sandbox_audience_set_tags (audience, member,
                                 bud_sandbox_tags_get_none (
                                     bud_sandbox_audience_get_tags (audience)));
  bud_sandbox_audience_set_status (audience, member, BUD_SANDBOX_FORGOTTEN, BUD_SANDBOX_BY_API);
  reply->status = 204;
}

void
bud_sandbox_forget_member (BudSandbox              *sandbox,
                           BudSandboxAudience      *audience,
                           const BudSandboxRequest *request,
                           BudSandboxReply         *reply)
{
  with_member (sandbox, audience, request, reply, do_forget);
}

static void
do_tag (BudSandbox              *sandbox,
        BudSandboxAudience      *audience,
        const BudSandboxRequest *request,
        BudSandboxMember        *member,
        BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  BudSandboxTags *tags = bud_sandbox_audience_get_tags (audience);
  BudSandboxTagSet *set = member->tags;
  const BudSandboxNode *array;

  if (json == NULL)
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  array = bud_sandbox_node_get (bud_sandbox_json_get_root (json), "tags");
  for (const BudSandboxNode *node = array != NULL ? array->child : NULL; node != NULL;
       node = node->next)
    {
      const char *name = bud_sandbox_node_get_text (node, "name");
      const char *status = bud_sandbox_node_get_text (node, "status");
      gboolean active = g_strcmp0 (status, "active") == 0;
      BudSandboxTag *tag;

      if (name == NULL || (!active && g_strcmp0 (status, "inactive") != 0))
        {
          bud_sandbox_problem_schema (&problem, "tags", "A tag has a name, and a status of "
                                      "active or inactive.");
          bud_sandbox_reply_problem (reply, &problem);
          return;
        }

      tag = active ? bud_sandbox_tags_ensure (tags, name, bud_sandbox_now ())
                   : bud_sandbox_tags_find (tags, name);
      if (active)
        set = bud_sandbox_tags_with (tags, set, tag->id);
      else if (tag != NULL)
        set = bud_sandbox_tags_without (tags, set, tag->id);
    }

  bud_sandbox_audience_set_tags (audience, member, set);
  reply->status = 204;
}

void
bud_sandbox_post_member_tags (BudSandbox              *sandbox,
                              BudSandboxAudience      *audience,
                              const BudSandboxRequest *request,
                              BudSandboxReply         *reply)
{
  with_member (sandbox, audience, request, reply, do_tag);
}
