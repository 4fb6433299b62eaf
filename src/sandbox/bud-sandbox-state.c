/* bud-sandbox-state.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bud-error.h"
#include "bud-sandbox-oauth.h"
#include "bud-sandbox-state.h"
#include "bud-sandbox-values.h"

/* The account in a file, one JSON object a line. Of each audience: itself, its merge fields, its
 * tags, its contacts, each in the order that gives them the same numbers again. */

static void
append_audience (BudSandboxAudience *audience,
                 GString            *out)
{
  g_string_append_c (out, '{');
  bud_sandbox_json_put_member (out, "audience", bud_sandbox_audience_get_id (audience));
  g_string_append_c (out, ',');
  bud_sandbox_json_put_member (out, "name", bud_sandbox_audience_get_name (audience));
  g_string_append (out, "}\n");
}

static void
append_fields (BudSandboxAudience *audience,
               GString            *out)
{
  const BudSandboxFields *fields = bud_sandbox_audience_get_fields (audience);

  for (guint i = 0; i < bud_sandbox_fields_get_size (fields); i++)
    {
      g_string_append (out, "{\"field\":");
      bud_sandbox_fields_append_field (fields, i, NULL, out);
      g_string_append (out, "}\n");
    }
}

static void
append_tags (BudSandboxAudience *audience,
             GString            *out)
{
  g_autoptr(GPtrArray) tags = bud_sandbox_tags_list (bud_sandbox_audience_get_tags (audience));

  for (guint i = 0; i < tags->len; i++)
    {
      const BudSandboxTag *tag = g_ptr_array_index (tags, i);

      g_string_append_c (out, '{');
      bud_sandbox_json_put_member (out, "tag", tag->name);
      g_string_append_printf (out, ",\"id\":%u,\"created\":%u,\"updated\":%u}\n", tag->id,
                              tag->created_at, tag->updated_at);
    }
}

static void
append_member (const BudSandboxMember *member,
               GString                *out)
{
  const char *cursor = member->values;
  const char *text;
  guint8 number;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  bud_sandbox_json_put_member (out, "member", member->email);
  g_string_append_printf (out, ",\"status\":\"%s\",\"by\":\"%s\",\"email_id\":%u,\"times\":"
                          "[%u,%u,%u,%u],\"text\":%s,\"vip\":%s,\"tags\":[",
                          bud_sandbox_status_to_text (member->status),
                          bud_sandbox_actor_to_text (member->unsubscribed_by), member->email_id,
                          member->last_changed, member->opted_at, member->signed_up_at,
                          member->unsubscribed_at, member->text_only ? "true" : "false",
                          member->vip ? "true" : "false");
  for (guint i = 0; i < member->tags->n_ids; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", member->tags->ids[i]);
  g_string_append (out, "],\"values\":{");
  while (bud_sandbox_values_next (&cursor, &number, &text))
    {
      g_string_append_printf (out, "%s\"%u\":%s", first ? "" : ",", number, text);
      first = FALSE;
    }
  g_string_append (out, "}}\n");
}

static gboolean
flush (GString *out,
       FILE    *file)
{
  gboolean good = fwrite (out->str, 1, out->len, file) == out->len;

  g_string_truncate (out, 0);

  return good;
}

static gboolean
write_audience (BudSandboxAudience *audience,
                GString            *out,
                FILE               *file)
{
  append_audience (audience, out);
  append_fields (audience, out);
  append_tags (audience, out);

  for (guint i = 0; i < bud_sandbox_audience_get_size (audience); i++)
    {
      append_member (bud_sandbox_audience_get_member (audience, i), out);
      if (out->len > 1024 * 1024 && !flush (out, file))
        return FALSE;
    }

  return flush (out, file);
}

static gboolean
write_all (BudSandbox *sandbox,
           FILE       *file)
{
  GPtrArray *audiences = bud_sandbox_get_audiences (sandbox);
  g_auto(GStrv) tokens = bud_sandbox_oauth_list_tokens (bud_sandbox_get_oauth (sandbox));
  g_autoptr(GString) out = g_string_new (NULL);

  for (char **token = tokens; *token != NULL; token++)
    g_string_append_printf (out, "{\"token\":\"%s\"}\n", *token);

  for (guint i = 0; i < audiences->len; i++)
    {
      BudSandboxAudience *audience = g_ptr_array_index (audiences, i);
      gboolean good;

      bud_sandbox_audience_lock (audience);
      good = write_audience (audience, out, file);
      bud_sandbox_audience_unlock (audience);
      if (!good)
        return FALSE;
    }

  return flush (out, file) && fflush (file) == 0 && fsync (fileno (file)) == 0;
}

/**
 * bud_sandbox_state_save:
 * @sandbox: the account
 * @path: a file, which is replaced at once or not at all
 * @error: return location for a #GFileError
 *
 * Returns: whether the account is in the file
 */
gboolean
bud_sandbox_state_save (BudSandbox  *sandbox,
                        const char  *path,
                        GError     **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  FILE *file = g_fopen (temporary, "we");
  gboolean good = file != NULL && fchmod (fileno (file), 0600) == 0 && write_all (sandbox, file);
  int code = errno;

  if (file != NULL && fclose (file) != 0 && good)
    {
      code = errno;
      good = FALSE;
    }
  if (good && g_rename (temporary, path) != 0)
    {
      code = errno;
      good = FALSE;
    }

  if (!good)
    {
      g_unlink (temporary);
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   /* Translators: the first is a file, the second the system's reason */
                   _("The state could not be written to “%s”: %s"), path, g_strerror (code));
    }

  return good;
}

/* What the lines so far have built. */
typedef struct
{
  BudSandbox *sandbox;
  BudSandboxAudience *audience; /* (unowned) (nullable): the last one */
} Loader;

static gboolean
load_audience (Loader               *loader,
               const BudSandboxNode *line)
{
  const char *id = bud_sandbox_node_get_text (line, "audience");
  const char *name = bud_sandbox_node_get_text (line, "name");

  if (name == NULL)
    return FALSE;

  loader->audience = bud_sandbox_audience_new (id, name, bud_sandbox_fields_new ());

  return bud_sandbox_add_audience (loader->sandbox, loader->audience);
}

static gboolean
load_field (Loader               *loader,
            const BudSandboxNode *line)
{
  g_auto(BudSandboxProblem) problem = { 0 };

  return bud_sandbox_fields_create (bud_sandbox_audience_get_fields (loader->audience),
                                    bud_sandbox_node_get (line, "field"), &problem);
}

/* Deleted tags left gaps in the numbers. */
static gboolean
load_tag (Loader               *loader,
          const BudSandboxNode *line)
{
  BudSandboxTags *tags = bud_sandbox_audience_get_tags (loader->audience);
  const char *name = bud_sandbox_node_get_text (line, "tag");
  gint64 id = bud_sandbox_node_get_int (line, "id");
  BudSandboxTag *tag;

  while ((tag = bud_sandbox_tags_ensure (tags, name, 0))->id < id)
    bud_sandbox_tags_delete (tags, tag);
  tag->created_at = bud_sandbox_node_get_int (line, "created");
  tag->updated_at = bud_sandbox_node_get_int (line, "updated");

  return tag->id == id;
}

static gboolean
load_values (Loader               *loader,
             BudSandboxMember     *member,
             const BudSandboxNode *values)
{
  g_autoptr(GString) block = g_string_new (NULL);

  for (const BudSandboxNode *node = values != NULL ? values->child : NULL; node != NULL;
       node = node->next)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      guint64 number;

      if (node->key == NULL ||
          !g_ascii_string_to_unsigned (node->key, 10, 1, G_MAXUINT8, &number, NULL))
        return FALSE;
      bud_sandbox_node_append (node, text);
      bud_sandbox_values_put (block, number, text->str, text->len);
    }
  bud_sandbox_audience_set_values (loader->audience, member, block->str, block->len + 1);

  return TRUE;
}

static gboolean
load_member_tags (Loader               *loader,
                  BudSandboxMember     *member,
                  const BudSandboxNode *ids)
{
  BudSandboxTags *tags = bud_sandbox_audience_get_tags (loader->audience);
  BudSandboxTagSet *set = member->tags;

  for (const BudSandboxNode *node = ids != NULL ? ids->child : NULL; node != NULL;
       node = node->next)
    {
      guint32 id = node->text != NULL ? g_ascii_strtoull (node->text, NULL, 10) : 0;

      if (bud_sandbox_tags_get (tags, id) == NULL)
        return FALSE;
      set = bud_sandbox_tags_with (tags, set, id);
    }
  bud_sandbox_audience_set_tags (loader->audience, member, set);

  return TRUE;
}

static gboolean
load_times (BudSandboxMember     *member,
            const BudSandboxNode *times)
{
  guint32 *slots[] = {
    &member->last_changed, &member->opted_at, &member->signed_up_at, &member->unsubscribed_at,
  };
  const BudSandboxNode *node = times != NULL ? times->child : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++, node = node->next)
    {
      if (node == NULL || node->type != BUD_SANDBOX_JSON_NUMBER)
        return FALSE;
      *slots[i] = g_ascii_strtoull (node->text, NULL, 10);
    }

  return TRUE;
}

static gboolean
load_member (Loader               *loader,
             const BudSandboxNode *line)
{
  const char *email = bud_sandbox_node_get_text (line, "member");
  const char *by = bud_sandbox_node_get_text (line, "by");
  BudSandboxStatus status = bud_sandbox_status_parse (bud_sandbox_node_get_text (line, "status"));
  BudSandboxActor actor;
  BudSandboxMember *member;

  if (by == NULL || !bud_sandbox_actor_parse (by, &actor) || status == BUD_SANDBOX_ANY_STATUS ||
      bud_sandbox_audience_find (loader->audience, email) != NULL)
    return FALSE;

  member = bud_sandbox_audience_add (loader->audience, email);
  if (!load_values (loader, member, bud_sandbox_node_get (line, "values")) ||
      !load_member_tags (loader, member, bud_sandbox_node_get (line, "tags")))
    return FALSE;

  bud_sandbox_audience_set_status (loader->audience, member, status, actor);
  member->unsubscribed_by = actor;
  member->email_id = bud_sandbox_node_get_int (line, "email_id");
  member->text_only = bud_sandbox_node_get_flag (line, "text");
  member->vip = bud_sandbox_node_get_flag (line, "vip");

  return load_times (member, bud_sandbox_node_get (line, "times"));
}

static gboolean
load_line (Loader               *loader,
           const BudSandboxNode *line)
{
  const char *token = bud_sandbox_node_get_text (line, "token");

  if (token != NULL)
    {
      bud_sandbox_oauth_add_token (bud_sandbox_get_oauth (loader->sandbox), token);
      return TRUE;
    }
  if (bud_sandbox_node_get_text (line, "audience") != NULL)
    return load_audience (loader, line);
  if (loader->audience == NULL)
    return FALSE;
  if (bud_sandbox_node_get_text (line, "member") != NULL)
    return load_member (loader, line);
  if (bud_sandbox_node_get (line, "field") != NULL)
    return load_field (loader, line);

  return bud_sandbox_node_get_text (line, "tag") != NULL && load_tag (loader, line);
}

static gboolean
load_lines (Loader      *loader,
            FILE        *file,
            const char  *path,
            GError     **error)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  gboolean good = TRUE;

  for (guint n = 1; good && (length = getline (&line, &size, file)) >= 0; n++)
    {
      g_autoptr(BudSandboxJson) json = bud_sandbox_json_parse (line, length);

      good = json != NULL && load_line (loader, bud_sandbox_json_get_root (json));
      if (!good)
        g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                     _("Line %u of “%s” is not the state of a practice account. Move the file "
                       "away to start afresh."), n, path);
    }
  free (line);

  return good;
}

/**
 * bud_sandbox_state_load:
 * @sandbox: an account, not served yet
 * @path: a file
 * @error: return location for %BUD_ERROR_INVALID or a #GFileError
 *
 * Returns: whether the account is what the file says; a file that is not there says nothing
 */
gboolean
bud_sandbox_state_load (BudSandbox  *sandbox,
                        const char  *path,
                        GError     **error)
{
  Loader loader = { sandbox, NULL };
  FILE *file = g_fopen (path, "re");
  gboolean good;

  if (file == NULL && errno == ENOENT)
    return TRUE;
  if (file == NULL)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   /* Translators: the first is a file, the second the system's reason */
                   _("The state could not be read from “%s”: %s"), path, g_strerror (code));
      return FALSE;
    }

  good = load_lines (&loader, file, path, error);
  fclose (file);

  return good;
}
