/* bud-sandbox-select.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-select.h"

/* `fields` and `exclude_fields` of a GET: paths with points, such as lists.name, that go through
 * arrays as if they were not there. */

static gboolean
is_below (const char *path,
          const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

/* Whether @path is asked for, or leads to something that is. */
static gboolean
leads (char       **names,
       const char  *path)
{
  for (char **name = names; *name != NULL; name++)
    if (is_below (path, *name) || is_below (*name, path))
      return TRUE;

  return FALSE;
}

static gboolean
is_excluded (char       **names,
             const char  *path)
{
  for (char **name = names; *name != NULL; name++)
    if (is_below (path, *name))
      return TRUE;

  return FALSE;
}

static void append_selected (const BudSandboxNode *node,
                             const char           *path,
                             char                **names,
                             gboolean              exclude,
                             GString              *out);

static void
append_children (const BudSandboxNode *node,
                 const char           *path,
                 char                **names,
                 gboolean              exclude,
                 GString              *out)
{
  gboolean first = TRUE;

  for (const BudSandboxNode *child = node->child; child != NULL; child = child->next)
    {
      g_autofree char *inner = NULL;

      if (child->key != NULL)
        inner = g_strconcat (path, *path != '\0' ? "." : "", child->key, NULL);
      if (inner != NULL && (exclude ? is_excluded (names, inner) : !leads (names, inner)))
        continue;

      g_string_append (out, first ? "" : ",");
      first = FALSE;
      if (inner != NULL)
        {
          bud_sandbox_json_put_string (out, child->key);
          g_string_append_c (out, ':');
        }
      append_selected (child, inner != NULL ? inner : path, names, exclude, out);
    }
}

static void
append_selected (const BudSandboxNode *node,
                 const char           *path,
                 char                **names,
                 gboolean              exclude,
                 GString              *out)
{
  gboolean object = node->type == BUD_SANDBOX_JSON_OBJECT;

  if (!object && node->type != BUD_SANDBOX_JSON_ARRAY)
    {
      bud_sandbox_node_append (node, out);
      return;
    }

  g_string_append_c (out, object ? '{' : '[');
  append_children (node, path, names, exclude, out);
  g_string_append_c (out, object ? '}' : ']');
}

static gboolean
names_are_known (const BudSandboxNode *root,
                 char                **names)
{
  for (char **name = names; *name != NULL; name++)
    {
      gboolean found = FALSE;

      for (const BudSandboxNode *node = root->child; node != NULL; node = node->next)
        found = found || is_below (*name, node->key);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

/**
 * bud_sandbox_select_fields:
 * @request: a GET
 * @body: the whole answer, a JSON object, which shrinks to what was asked for
 * @problem: (out caller-allocates): a name that the answer does not have
 *
 * Returns: whether @body is now what was asked for
 */
gboolean
bud_sandbox_select_fields (const BudSandboxRequest *request,
                           GString                 *body,
                           BudSandboxProblem       *problem)
{
  const char *fields = bud_sandbox_request_get (request, "fields");
  const char *excluded = bud_sandbox_request_get (request, "exclude_fields");
  g_autoptr(BudSandboxJson) json = NULL;
  g_auto(GStrv) names = NULL;

  if (fields == NULL && excluded == NULL)
    return TRUE;

  json = bud_sandbox_json_parse (body->str, body->len);
  g_return_val_if_fail (json != NULL, FALSE);

  names = g_strsplit (fields != NULL ? fields : excluded, ",", -1);
  if (!names_are_known (bud_sandbox_json_get_root (json), names))
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_FIELDS_INVALID, NULL);

  g_string_truncate (body, 0);
  append_selected (bud_sandbox_json_get_root (json), "", names, fields == NULL, body);

  return TRUE;
}
