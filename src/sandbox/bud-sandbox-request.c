/* bud-sandbox-request.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-request.h"

#define DEFAULT_PAGE 10

/**
 * bud_sandbox_request_init:
 * @self: (out caller-allocates): the request
 * @method: such as "GET"; borrowed
 * @path: what follows /3.0, decoded
 * @query: (transfer full): the parameters
 * @body: borrowed
 * @body_length: of @body
 *
 * Returns: whether the path is not too long to be any of ours
 */
gboolean
bud_sandbox_request_init (BudSandboxRequest *self,
                          const char        *method,
                          const char        *path,
                          GHashTable        *query,
                          const char        *body,
                          gsize              body_length)
{
  guint n = 0;

  memset (self, 0, sizeof *self);
  self->method = method;
  self->query = query;
  self->body = body;
  self->body_length = body_length;
  self->owned_parts = g_strsplit (path, "/", -1);

  for (char **part = self->owned_parts; *part != NULL; part++)
    if (**part != '\0')
      {
        if (n == BUD_SANDBOX_MAX_PARTS)
          return FALSE;
        self->parts[n++] = *part;
      }

  return TRUE;
}

void
bud_sandbox_request_clear (BudSandboxRequest *self)
{
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->owned_parts, g_strfreev);
}

const char *
bud_sandbox_request_get (const BudSandboxRequest *self,
                         const char              *name)
{
  return g_hash_table_lookup (self->query, name);
}

gboolean
bud_sandbox_request_get_flag (const BudSandboxRequest *self,
                              const char              *name)
{
  const char *text = bud_sandbox_request_get (self, name);

  return g_strcmp0 (text, "true") == 0 || g_strcmp0 (text, "1") == 0;
}

static gboolean
get_number (const BudSandboxRequest *self,
            const char              *name,
            guint                    fallback,
            guint                   *number,
            BudSandboxProblem       *problem)
{
  const char *text = bud_sandbox_request_get (self, name);
  guint64 value;

  *number = fallback;
  if (text == NULL)
    return TRUE;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &value, NULL))
    return bud_sandbox_problem_schema (problem, name, "This value should be of type integer.");

  *number = value;

  return TRUE;
}

/**
 * bud_sandbox_request_get_page:
 * @self: a request
 * @count: (out): how many things are asked for; 10 if not said, and never more than 1,000
 * @offset: (out): how many to pass over
 * @problem: (out caller-allocates): why not
 *
 * Returns: whether both are numbers
 */
gboolean
bud_sandbox_request_get_page (const BudSandboxRequest *self,
                              guint                   *count,
                              guint                   *offset,
                              BudSandboxProblem       *problem)
{
  if (!get_number (self, "count", DEFAULT_PAGE, count, problem) ||
      !get_number (self, "offset", 0, offset, problem))
    return FALSE;

  *count = MIN (*count, BUD_SANDBOX_MAX_PAGE);

  return TRUE;
}

/**
 * bud_sandbox_request_parse_body:
 * @self: a request
 * @problem: (out caller-allocates): why not
 *
 * Returns: (transfer full) (nullable): the body, which is a JSON object
 */
BudSandboxJson *
bud_sandbox_request_parse_body (const BudSandboxRequest *self,
                                BudSandboxProblem       *problem)
{
  g_autoptr(BudSandboxJson) json = bud_sandbox_json_parse (self->body, self->body_length);
  BudSandboxNode *root;

  if (json == NULL)
    {
      bud_sandbox_problem_set (problem, BUD_SANDBOX_JSON_PARSE_ERROR, NULL);
      return NULL;
    }

  root = bud_sandbox_json_get_root (json);
  if (root->type != BUD_SANDBOX_JSON_OBJECT)
    {
      bud_sandbox_problem_schema (problem, "", "Schema describes object, %s found instead",
                                  bud_sandbox_node_type_name (root));
      return NULL;
    }

  return g_steal_pointer (&json);
}

void
bud_sandbox_reply_init (BudSandboxReply *self)
{
  memset (self, 0, sizeof *self);
  self->status = 200;
  self->body = g_string_new (NULL);
  self->id = g_uuid_string_random ();
}

void
bud_sandbox_reply_clear (BudSandboxReply *self)
{
  if (self->body != NULL)
    g_string_free (g_steal_pointer (&self->body), TRUE);
  g_clear_pointer (&self->allow, g_free);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->id, g_free);
}

/**
 * bud_sandbox_reply_problem:
 * @self: an answer
 * @problem: what it has to say instead
 */
void
bud_sandbox_reply_problem (BudSandboxReply         *self,
                           const BudSandboxProblem *problem)
{
  self->status = bud_sandbox_problem_status (problem);
  self->content_type = "application/problem+json; charset=utf-8";
  g_string_truncate (self->body, 0);
  bud_sandbox_problem_append (problem, self->id, self->body);
}

/**
 * bud_sandbox_reply_refuse:
 * @self: an answer
 * @kind: a kind whose usual text says it all
 */
void
bud_sandbox_reply_refuse (BudSandboxReply       *self,
                          BudSandboxProblemKind  kind)
{
  BudSandboxProblem problem = { kind };

  bud_sandbox_reply_problem (self, &problem);
}
