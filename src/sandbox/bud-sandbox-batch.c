/* bud-sandbox-batch.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-batch.h"
#include "bud-sandbox-change.h"
#include "bud-sandbox-member-json.h"

/* What a member takes in an answer, about. */
#define MEMBER_SIZE 3600

/* POST /lists/{list_id}: up to 500 contacts at once, each with a verdict of its own. */
typedef struct
{
  BudSandboxAudience *audience;  /* locked */
  BudSandboxMemberJson *writer;  /* (owned) */
  GString *body;                 /* new members; the answer itself */
  GString *updated;              /* (owned) */
  GString *errors;               /* (owned) */
  guint n_created;
  guint n_updated;
  guint n_errors;
  guint32 number;                /* of this call */
  BudSandboxApplyFlags flags;
  gboolean skip_duplicates;
} Batch;

static void
add_error (Batch                   *batch,
           const BudSandboxChange  *change,
           const BudSandboxProblem *problem)
{
  const char *email = change->email != NULL ? change->email : "";
  GString *out = batch->errors;
  gboolean exists = problem->kind == BUD_SANDBOX_MEMBER_EXISTS;
  g_autofree char *text = NULL;

  if (exists)
    text = g_strdup_printf ("%s is already a list member, do you want to update? please provide "
                            "update_existing:true in the request body", email);
  else if (problem->field != NULL && problem->detail == NULL)
    text = g_strdup (problem->message);
  else
    text = g_strdup (bud_sandbox_problem_get_detail (problem));

  g_string_append (out, batch->n_errors++ > 0 ? ",{" : "{");
  bud_sandbox_json_put_member (out, "email_address", email);
  g_string_append_c (out, ',');
  bud_sandbox_json_put_member (out, "error", text);
  g_string_append_printf (out, ",\"error_code\":\"%s\",",
                          exists ? "ERROR_CONTACT_EXISTS" : "ERROR_GENERIC");
  bud_sandbox_json_put_member (out, "field", problem->field != NULL ? problem->field : "");
  g_string_append_c (out, ',');
  bud_sandbox_json_put_member (out, "field_message",
                               problem->field != NULL ? problem->message : "");
  g_string_append_c (out, '}');
}

static gboolean
is_duplicate (Batch                  *batch,
              const BudSandboxChange *change)
{
  BudSandboxMember *member;

  if (change->email == NULL)
    return FALSE;

  member = bud_sandbox_audience_find (batch->audience, change->email);

  return member != NULL && member->batch == batch->number;
}

static void
apply_one (Batch                  *batch,
           const BudSandboxChange *change)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  BudSandboxMember *member;
  gboolean created = FALSE;

  if (is_duplicate (batch, change))
    {
      if (batch->skip_duplicates)
        return;
      bud_sandbox_problem_set (&problem, BUD_SANDBOX_INVALID_RESOURCE,
                               "%s is more than once in this request.", change->email);
      add_error (batch, change, &problem);
      return;
    }

  member = bud_sandbox_change_apply (change, batch->audience, NULL, batch->flags, &created,
                                     &problem);
  if (member == NULL)
    {
      add_error (batch, change, &problem);
      return;
    }

  member->batch = batch->number;
  if (created)
    g_string_append (batch->body, batch->n_created++ > 0 ? "," : "");
  else
    g_string_append (batch->updated, batch->n_updated++ > 0 ? "," : "");
  bud_sandbox_member_json_append (batch->writer, member, created ? batch->body : batch->updated);
}

static BudSandboxApplyFlags
read_flags (BudSandbox              *sandbox,
            const BudSandboxRequest *request,
            const BudSandboxNode    *root)
{
  const BudSandboxConfig *config = bud_sandbox_get_config (sandbox);
  BudSandboxApplyFlags flags = 0;

  if (!bud_sandbox_node_get_flag (root, "update_existing"))
    flags |= BUD_SANDBOX_APPLY_ADD_ONLY;
  if (bud_sandbox_node_get_flag (root, "sync_tags"))
    flags |= BUD_SANDBOX_APPLY_SYNC_TAGS;
  if (bud_sandbox_request_get_flag (request, "skip_merge_validation"))
    flags |= BUD_SANDBOX_APPLY_SKIP_REQUIRED;
  if (config->refuse_examples)
    flags |= BUD_SANDBOX_APPLY_REFUSE_EXAMPLES;
  if (config->silent_compliance)
    flags |= BUD_SANDBOX_APPLY_SILENT_COMPLIANCE;

  return flags;
}

/* The schema holds for the whole body: one member that does not fit it refuses all. */
static GArray *
read_members (const BudSandboxNode *root,
              BudSandboxProblem    *problem)
{
  const BudSandboxNode *members = bud_sandbox_node_get (root, "members");
  g_autoptr(GArray) changes = NULL;
  guint i = 0;

  if (members == NULL || members->type != BUD_SANDBOX_JSON_ARRAY)
    {
      bud_sandbox_problem_schema (problem, "members", "Schema describes array, %s found instead",
                                  members != NULL ? bud_sandbox_node_type_name (members) : "NULL");
      return NULL;
    }
  if (members->n_children > BUD_SANDBOX_MAX_MEMBERS)
    {
      bud_sandbox_problem_set (problem, BUD_SANDBOX_INVALID_RESOURCE, "Maximum allowed member "
                               "items exceeded, please provide at most %d items in members field",
                               BUD_SANDBOX_MAX_MEMBERS);
      return NULL;
    }

  changes = g_array_sized_new (FALSE, TRUE, sizeof (BudSandboxChange), members->n_children);
  for (const BudSandboxNode *node = members->child; node != NULL; node = node->next)
    {
      g_autofree char *path = g_strdup_printf ("members.item:%u.", i++);
      BudSandboxChange change;

      if (node->type != BUD_SANDBOX_JSON_OBJECT)
        {
          bud_sandbox_problem_schema (problem, path, "Schema describes object, %s found instead",
                                      bud_sandbox_node_type_name (node));
          return NULL;
        }
      if (!bud_sandbox_change_parse (&change, node, path, problem))
        return NULL;
      g_array_append_val (changes, change);
    }

  return g_steal_pointer (&changes);
}

static void
finish (Batch *batch)
{
  const char *id = bud_sandbox_audience_get_id (batch->audience);

  bud_sandbox_json_put (batch->body, "],\"updated_members\":[", 21);
  bud_sandbox_json_put (batch->body, batch->updated->str, batch->updated->len);
  bud_sandbox_json_put (batch->body, "],\"errors\":[", 12);
  bud_sandbox_json_put (batch->body, batch->errors->str, batch->errors->len);
  g_string_append_printf (batch->body, "],\"total_created\":%u,\"total_updated\":%u,"
                          "\"error_count\":%u,\"_links\":[{\"rel\":\"lists\",\"href\":\"/lists\","
                          "\"method\":\"GET\"},{\"rel\":\"self\",\"href\":\"/lists/%s\","
                          "\"method\":\"POST\"}]}",
                          batch->n_created, batch->n_updated, batch->n_errors, id);
}

/**
 * bud_sandbox_batch_upsert:
 * @sandbox: the account
 * @audience: one of its audiences
 * @request: a POST to it
 * @reply: the answer
 */
void
bud_sandbox_batch_upsert (BudSandbox              *sandbox,
                          BudSandboxAudience      *audience,
                          const BudSandboxRequest *request,
                          BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  g_autoptr(GArray) changes = NULL;
  g_autoptr(GString) updated = NULL;
  g_autoptr(GString) errors = NULL;
  g_autoptr(BudSandboxMemberJson) writer = NULL;
  const BudSandboxNode *root;
  Batch batch = { 0 };

  root = json != NULL ? bud_sandbox_json_get_root (json) : NULL;
  if (root == NULL || (changes = read_members (root, &problem)) == NULL)
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  updated = g_string_sized_new (changes->len * MEMBER_SIZE);
  errors = g_string_new (NULL);
  g_string_set_size (reply->body, changes->len * MEMBER_SIZE);
  g_string_assign (reply->body, "{\"new_members\":[");

  bud_sandbox_audience_lock (audience);
  writer = bud_sandbox_member_json_new (audience, bud_sandbox_get_base (sandbox), NULL, FALSE);
  batch.audience = audience;
  batch.writer = writer;
  batch.body = reply->body;
  batch.updated = updated;
  batch.errors = errors;
  batch.number = bud_sandbox_audience_next_batch (audience);
  batch.flags = read_flags (sandbox, request, root);
  batch.skip_duplicates = bud_sandbox_request_get_flag (request, "skip_duplicate_check");
  for (guint i = 0; i < changes->len; i++)
    apply_one (&batch, &g_array_index (changes, BudSandboxChange, i));
  bud_sandbox_audience_unlock (audience);

  finish (&batch);
}
