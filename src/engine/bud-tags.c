/* bud-tags.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-await.h"
#include "bud-tags.h"
#include "bud-text.h"

/* Tags are static segments: https://mailchimp.com/developer/marketing/docs/tags/
 * Runs on a run's own thread. */

/* Mailchimp takes “News” and “news” for the same tag. */
static gint64
find_tag (GPtrArray  *tags,
          const char *name)
{
  g_autofree char *wanted = bud_text_fold (name);

  for (guint i = 0; i < tags->len; i++)
    {
      BudTag *tag = g_ptr_array_index (tags, i);
      g_autofree char *folded = bud_text_fold (tag->name);

      if (g_str_equal (folded, wanted))
        return tag->id;
    }

  return -1;
}

static GPtrArray *
list_tags (BudMailchimp  *client,
           const char    *audience,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_mailchimp_list_tags_async (client, audience, cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_mailchimp_list_tags_finish (client, result, error);
}

static gint64
create_tag (BudMailchimp  *client,
            const char    *audience,
            const char    *name,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(BudTag) tag = NULL;
  GAsyncResult *slot = NULL;

  bud_mailchimp_create_tag_async (client, audience, name, cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);
  tag = bud_mailchimp_create_tag_finish (client, result, error);

  return tag != NULL ? tag->id : -1;
}

/* A creation whose answer was lost is refused when it is tried again: the tag is there by then. */
static gint64
create_or_find_tag (BudMailchimp  *client,
                    const char    *audience,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(GError) refusal = NULL;
  g_autoptr(GPtrArray) tags = NULL;
  gint64 id = create_tag (client, audience, name, cancellable, &refusal);

  if (g_error_matches (refusal, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_INVALID) &&
      (tags = list_tags (client, audience, cancellable, NULL)) != NULL)
    id = find_tag (tags, name);
  if (id < 0)
    g_propagate_error (error, g_steal_pointer (&refusal));

  return id;
}

/**
 * bud_tags_ensure:
 * @client: the account, of the calling thread's main context
 * @audience: id of the audience
 * @names: (array zero-terminated=1): names of tags
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Creates the tags that do not exist.
 *
 * Returns: (transfer full) (array): the id of each tag, in the order of @names
 */
gint64 *
bud_tags_ensure (BudMailchimp       *client,
                 const char         *audience,
                 const char *const  *names,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autoptr(GPtrArray) tags = list_tags (client, audience, cancellable, error);
  g_autofree gint64 *ids = NULL;

  if (tags == NULL)
    return NULL;

  ids = g_new0 (gint64, g_strv_length ((GStrv) names) + 1);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      ids[i] = find_tag (tags, names[i]);
      if (ids[i] < 0)
        ids[i] = create_or_find_tag (client, audience, names[i], cancellable, error);
      if (ids[i] < 0)
        return NULL;
    }

  return g_steal_pointer (&ids);
}
