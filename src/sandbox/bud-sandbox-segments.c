/* bud-sandbox-segments.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-sandbox-member-json.h"
#include "bud-sandbox-members-api.h"
#include "bud-sandbox-segments.h"

/* Static segments, which are tags under another name. */

static void
append_segment (BudSandboxAudience  *audience,
                const BudSandboxTag *tag,
                GString             *out)
{
  guint count = bud_sandbox_tags_count (bud_sandbox_audience_get_tags (audience), tag->id);

  g_string_append_printf (out, "{\"id\":%u,", tag->id);
  bud_sandbox_json_put_member (out, "name", tag->name);
  g_string_append_printf (out, ",\"member_count\":%u,\"type\":\"static\",\"created_at\":", count);
  bud_sandbox_json_put_time (out, tag->created_at);
  g_string_append (out, ",\"updated_at\":");
  bud_sandbox_json_put_time (out, tag->updated_at);
  g_string_append_printf (out, ",\"options\":{\"match\":\"any\",\"conditions\":[]},"
                          "\"list_id\":\"%s\",\"_links\":[]}",
                          bud_sandbox_audience_get_id (audience));
}

void
bud_sandbox_get_segments (BudSandbox              *sandbox,
                          BudSandboxAudience      *audience,
                          const BudSandboxRequest *request,
                          BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(GPtrArray) tags = NULL;
  guint count;
  guint offset;

  if (!bud_sandbox_request_get_page (request, &count, &offset, &problem))
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  g_string_append (reply->body, "{\"segments\":[");
  bud_sandbox_audience_lock (audience);
  tags = bud_sandbox_tags_list (bud_sandbox_audience_get_tags (audience));
  for (guint i = offset; i < tags->len && i - offset < count; i++)
    {
      g_string_append (reply->body, i > offset ? "," : "");
      append_segment (audience, g_ptr_array_index (tags, i), reply->body);
    }
  bud_sandbox_audience_unlock (audience);
  g_string_append_printf (reply->body, "],\"list_id\":\"%s\",\"total_items\":%u,\"_links\":[]}",
                          bud_sandbox_audience_get_id (audience), tags->len);
}

/* Addresses of one direction, and what became of them. */
typedef struct
{
  GString *members;  /* (owned) */
  GString *unknown;  /* (owned) */
  guint n_members;
  guint n_unknown;
} Moved;

static void
move_one (BudSandboxAudience   *audience,
          const char           *email,
          guint32               id,
          gboolean              add,
          BudSandboxMemberJson *writer,
          Moved                *moved)
{
  BudSandboxTags *tags = bud_sandbox_audience_get_tags (audience);
  BudSandboxMember *member = bud_sandbox_audience_find (audience, email);
  BudSandboxTagSet *set;

  if (member == NULL || member->status >= BUD_SANDBOX_ARCHIVED)
    {
      g_string_append (moved->unknown, moved->n_unknown++ > 0 ? "," : "");
      bud_sandbox_json_put_string (moved->unknown, email);
      return;
    }

  set = add ? bud_sandbox_tags_with (tags, member->tags, id)
            : bud_sandbox_tags_without (tags, member->tags, id);
  if (set == member->tags)
    return;

  bud_sandbox_audience_set_tags (audience, member, set);
  g_string_append (moved->members, moved->n_members++ > 0 ? "," : "");
  bud_sandbox_member_json_append (writer, member, moved->members);
}

static Moved
move_all (BudSandbox           *sandbox,
          BudSandboxAudience   *audience,
          const BudSandboxNode *emails,
          guint32               id,
          gboolean              add)
{
  Moved moved = { g_string_new (NULL), g_string_new (NULL), 0, 0 };
  g_autoptr(BudSandboxMemberJson) writer = NULL;

  writer = bud_sandbox_member_json_new (audience, bud_sandbox_get_base (sandbox), NULL, FALSE);
  for (const BudSandboxNode *node = emails != NULL ? emails->child : NULL; node != NULL;
       node = node->next)
    if (node->type == BUD_SANDBOX_JSON_STRING)
      move_one (audience, node->text, id, add, writer, &moved);

  return moved;
}

static void
moved_clear (Moved *moved)
{
  g_string_free (moved->members, TRUE);
  g_string_free (moved->unknown, TRUE);
}

static gboolean
check_emails (const BudSandboxNode *emails,
              const char           *field,
              BudSandboxProblem    *problem)
{
  if (emails == NULL)
    return TRUE;

  if (emails->type != BUD_SANDBOX_JSON_ARRAY)
    return bud_sandbox_problem_schema (problem, field, "Schema describes array, %s found instead",
                                       bud_sandbox_node_type_name (emails));
  if (emails->n_children > BUD_SANDBOX_MAX_MEMBERS)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_INVALID_RESOURCE,
                                    "Maximum allowed member items exceeded, please provide at "
                                    "most %d items in members_to_add field or members_to_remove "
                                    "field", BUD_SANDBOX_MAX_MEMBERS);

  return TRUE;
}

static gboolean
check_create (BudSandboxAudience   *audience,
              const BudSandboxNode *root,
              BudSandboxProblem    *problem)
{
  const char *name = bud_sandbox_node_get_text (root, "name");
  const BudSandboxNode *emails = bud_sandbox_node_get (root, "static_segment");

  if (name == NULL || *name == '\0')
    return bud_sandbox_problem_schema (problem, "name", "This value should not be blank.");
  if (emails == NULL || emails->type != BUD_SANDBOX_JSON_ARRAY)
    return bud_sandbox_problem_schema (problem, "static_segment",
                                       "Only static segments can be practised with.");
  if (bud_sandbox_tags_find (bud_sandbox_audience_get_tags (audience), name) != NULL)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_BAD_REQUEST,
                                    "Sorry, that tag already exists.");

  return TRUE;
}

static void
create (BudSandbox           *sandbox,
        BudSandboxAudience   *audience,
        const BudSandboxNode *root,
        BudSandboxReply      *reply)
{
  BudSandboxTag *tag;
  Moved moved;

  tag = bud_sandbox_tags_ensure (bud_sandbox_audience_get_tags (audience),
                                 bud_sandbox_node_get_text (root, "name"), bud_sandbox_now ());
  moved = move_all (sandbox, audience, bud_sandbox_node_get (root, "static_segment"), tag->id,
                    TRUE);
  moved_clear (&moved);
  append_segment (audience, tag, reply->body);
}

void
bud_sandbox_post_segments (BudSandbox              *sandbox,
                           BudSandboxAudience      *audience,
                           const BudSandboxRequest *request,
                           BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);

  if (json != NULL)
    {
      const BudSandboxNode *root = bud_sandbox_json_get_root (json);

      bud_sandbox_audience_lock (audience);
      if (check_create (audience, root, &problem))
        create (sandbox, audience, root, reply);
      bud_sandbox_audience_unlock (audience);
    }

  if (problem.kind != BUD_SANDBOX_OK)
    bud_sandbox_reply_problem (reply, &problem);
}

static BudSandboxTag *
find_segment (BudSandboxAudience      *audience,
              const BudSandboxRequest *request,
              BudSandboxReply         *reply)
{
  BudSandboxTag *tag = NULL;
  guint64 id;

  if (g_ascii_string_to_unsigned (request->parts[3], 10, 1, G_MAXUINT32, &id, NULL))
    tag = bud_sandbox_tags_get (bud_sandbox_audience_get_tags (audience), id);
  if (tag == NULL)
    bud_sandbox_reply_refuse (reply, BUD_SANDBOX_NOT_FOUND);

  return tag;
}

void
bud_sandbox_get_segment (BudSandbox              *sandbox,
                         BudSandboxAudience      *audience,
                         const BudSandboxRequest *request,
                         BudSandboxReply         *reply)
{
  BudSandboxTag *tag;

  bud_sandbox_audience_lock (audience);
  if ((tag = find_segment (audience, request, reply)) != NULL)
    append_segment (audience, tag, reply->body);
  bud_sandbox_audience_unlock (audience);
}

static void
append_unknown (const Moved *moved,
                gboolean    *first,
                GString     *out)
{
  if (moved->n_unknown == 0)
    return;

  g_string_append_printf (out, "%s{\"email_addresses\":[%s],\"error\":\"Email addresses do not "
                          "exist in the audience.\"}", *first ? "" : ",", moved->unknown->str);
  *first = FALSE;
}

static void
change_segment (BudSandbox           *sandbox,
                BudSandboxAudience   *audience,
                BudSandboxTag        *tag,
                const BudSandboxNode *root,
                BudSandboxReply      *reply)
{
  GString *out = reply->body;
  gboolean first = TRUE;
  Moved added;
  Moved removed;

  added = move_all (sandbox, audience, bud_sandbox_node_get (root, "members_to_add"), tag->id,
                    TRUE);
  removed = move_all (sandbox, audience, bud_sandbox_node_get (root, "members_to_remove"),
                      tag->id, FALSE);
  tag->updated_at = bud_sandbox_now ();

  g_string_append (out, "{\"members_added\":[");
  g_string_append_len (out, added.members->str, added.members->len);
  g_string_append (out, "],\"members_removed\":[");
  g_string_append_len (out, removed.members->str, removed.members->len);
  g_string_append (out, "],\"errors\":[");
  append_unknown (&added, &first, out);
  append_unknown (&removed, &first, out);
  g_string_append_printf (out, "],\"total_added\":%u,\"total_removed\":%u,\"error_count\":%u,"
                          "\"_links\":[]}", added.n_members, removed.n_members,
                          added.n_unknown + removed.n_unknown);
  moved_clear (&added);
  moved_clear (&removed);
}

void
bud_sandbox_post_segment (BudSandbox              *sandbox,
                          BudSandboxAudience      *audience,
                          const BudSandboxRequest *request,
                          BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  const BudSandboxNode *root = json != NULL ? bud_sandbox_json_get_root (json) : NULL;
  BudSandboxTag *tag;

  bud_sandbox_audience_lock (audience);
  tag = find_segment (audience, request, reply);
  if (tag != NULL && root != NULL &&
      check_emails (bud_sandbox_node_get (root, "members_to_add"), "members_to_add", &problem) &&
      check_emails (bud_sandbox_node_get (root, "members_to_remove"), "members_to_remove",
                    &problem))
    change_segment (sandbox, audience, tag, root, reply);
  bud_sandbox_audience_unlock (audience);

  if (tag != NULL && problem.kind != BUD_SANDBOX_OK)
    bud_sandbox_reply_problem (reply, &problem);
}

void
bud_sandbox_delete_segment (BudSandbox              *sandbox,
                            BudSandboxAudience      *audience,
                            const BudSandboxRequest *request,
                            BudSandboxReply         *reply)
{
  BudSandboxTag *tag;

  bud_sandbox_audience_lock (audience);
  if ((tag = find_segment (audience, request, reply)) != NULL)
    {
      bud_sandbox_audience_delete_tag (audience, tag);
      reply->status = 204;
    }
  bud_sandbox_audience_unlock (audience);
}

void
bud_sandbox_get_segment_members (BudSandbox              *sandbox,
                                 BudSandboxAudience      *audience,
                                 const BudSandboxRequest *request,
                                 BudSandboxReply         *reply)
{
  BudSandboxTag *tag;
  guint32 id;

  bud_sandbox_audience_lock (audience);
  tag = find_segment (audience, request, reply);
  id = tag != NULL ? tag->id : 0;
  bud_sandbox_audience_unlock (audience);

  if (id != 0)
    bud_sandbox_append_page (sandbox, audience, request, id, reply);
}
