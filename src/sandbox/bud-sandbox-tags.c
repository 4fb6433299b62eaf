/* bud-sandbox-tags.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-tags.h"

/* Static segments, which is what tags are. Contacts point at shared, sorted sets, so a million
 * contacts with the same tags cost one set. Sets live as long as the audience. */
struct _BudSandboxTags
{
  GPtrArray *tags;        /* (owned) (element-type BudSandboxTag), in the order of their ids */
  GHashTable *by_name;    /* (owned) (element-type utf8 BudSandboxTag), by folded name */
  GHashTable *sets;       /* (owned) (element-type BudSandboxTagSet) */
  BudSandboxTagSet *none; /* also in @sets */
};

static guint
set_hash (gconstpointer data)
{
  const BudSandboxTagSet *set = data;
  guint hash = set->n_ids;

  for (guint i = 0; i < set->n_ids; i++)
    hash = hash * 31 + set->ids[i];

  return hash;
}

static gboolean
set_equal (gconstpointer a,
           gconstpointer b)
{
  const BudSandboxTagSet *one = a;
  const BudSandboxTagSet *other = b;

  return one->n_ids == other->n_ids &&
         memcmp (one->ids, other->ids, one->n_ids * sizeof *one->ids) == 0;
}

static void
tag_free (gpointer data)
{
  BudSandboxTag *tag = data;

  g_free (tag->name);
  g_free (tag);
}

BudSandboxTags *
bud_sandbox_tags_new (void)
{
  BudSandboxTags *self = g_new0 (BudSandboxTags, 1);

  self->tags = g_ptr_array_new_with_free_func (tag_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sets = g_hash_table_new_full (set_hash, set_equal, g_free, NULL);
  self->none = g_malloc0 (sizeof *self->none);
  g_hash_table_add (self->sets, self->none);

  return self;
}

void
bud_sandbox_tags_free (BudSandboxTags *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->sets);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->tags);
  g_free (self);
}

BudSandboxTagSet *
bud_sandbox_tags_get_none (BudSandboxTags *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->none;
}

/**
 * bud_sandbox_tags_list:
 * @self: an audience's tags
 *
 * Returns: (transfer container) (element-type BudSandboxTag): those that were not deleted
 */
GPtrArray *
bud_sandbox_tags_list (BudSandboxTags *self)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < self->tags->len; i++)
    {
      BudSandboxTag *tag = g_ptr_array_index (self->tags, i);

      if (tag->name != NULL)
        g_ptr_array_add (list, tag);
    }

  return list;
}

BudSandboxTag *
bud_sandbox_tags_find (BudSandboxTags *self,
                       const char     *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_hash_table_lookup (self->by_name, folded);
}

/**
 * bud_sandbox_tags_ensure:
 * @self: an audience's tags
 * @name: a tag's name; upper and lower case are the same
 * @now: Unix seconds
 *
 * Returns: (transfer none): the tag of that name, made if there was none
 */
BudSandboxTag *
bud_sandbox_tags_ensure (BudSandboxTags *self,
                         const char     *name,
                         guint32         now)
{
  BudSandboxTag *tag;

  g_return_val_if_fail (self != NULL, NULL);

  if ((tag = bud_sandbox_tags_find (self, name)) != NULL)
    return tag;

  tag = g_new0 (BudSandboxTag, 1);
  tag->name = g_strdup (name);
  tag->id = self->tags->len + 1;
  tag->created_at = now;
  tag->updated_at = now;
  g_ptr_array_add (self->tags, tag);
  g_hash_table_insert (self->by_name, g_utf8_casefold (name, -1), tag);

  return tag;
}

BudSandboxTag *
bud_sandbox_tags_get (BudSandboxTags *self,
                      guint32         id)
{
  BudSandboxTag *tag;

  if (id == 0 || id > self->tags->len)
    return NULL;

  tag = g_ptr_array_index (self->tags, id - 1);

  return tag->name != NULL ? tag : NULL;
}

/**
 * bud_sandbox_tags_delete:
 * @self: an audience's tags
 * @tag: one of them, that no contact has any more
 *
 * Its id is never given again.
 */
void
bud_sandbox_tags_delete (BudSandboxTags *self,
                         BudSandboxTag  *tag)
{
  g_autofree char *folded = g_utf8_casefold (tag->name, -1);

  g_hash_table_remove (self->by_name, folded);
  g_clear_pointer (&tag->name, g_free);
}

/**
 * bud_sandbox_tags_count:
 * @self: an audience's tags
 * @id: a tag
 *
 * Returns: how many live contacts have it
 */
guint
bud_sandbox_tags_count (BudSandboxTags *self,
                        guint32         id)
{
  GHashTableIter iter;
  gpointer data;
  guint count = 0;

  g_hash_table_iter_init (&iter, self->sets);
  while (g_hash_table_iter_next (&iter, &data, NULL))
    {
      BudSandboxTagSet *set = data;

      if (set->n_live > 0 && bud_sandbox_tag_set_has (set, id))
        count += set->n_live;
    }

  return count;
}

gboolean
bud_sandbox_tag_set_has (const BudSandboxTagSet *set,
                         guint32                 id)
{
  for (guint i = 0; i < set->n_ids; i++)
    if (set->ids[i] == id)
      return TRUE;

  return FALSE;
}

static BudSandboxTagSet *
intern (BudSandboxTags   *self,
        BudSandboxTagSet *set)
{
  BudSandboxTagSet *known = g_hash_table_lookup (self->sets, set);

  if (known != NULL)
    {
      g_free (set);
      return known;
    }

  g_hash_table_add (self->sets, set);

  return set;
}

static BudSandboxTagSet *
new_set (guint n_ids)
{
  BudSandboxTagSet *set = g_malloc0 (sizeof *set + n_ids * sizeof *set->ids);

  set->n_ids = n_ids;

  return set;
}

/**
 * bud_sandbox_tags_with:
 * @self: an audience's tags
 * @set: one of its sets
 * @id: a tag
 *
 * Returns: (transfer none): the set that has @id too
 */
BudSandboxTagSet *
bud_sandbox_tags_with (BudSandboxTags         *self,
                       const BudSandboxTagSet *set,
                       guint32                 id)
{
  BudSandboxTagSet *more;
  guint at = 0;

  if (bud_sandbox_tag_set_has (set, id))
    return (BudSandboxTagSet *) set;

  more = new_set (set->n_ids + 1);
  while (at < set->n_ids && set->ids[at] < id)
    at++;
  memcpy (more->ids, set->ids, at * sizeof *set->ids);
  more->ids[at] = id;
  memcpy (more->ids + at + 1, set->ids + at, (set->n_ids - at) * sizeof *set->ids);

  return intern (self, more);
}

/**
 * bud_sandbox_tags_without:
 * @self: an audience's tags
 * @set: one of its sets
 * @id: a tag
 *
 * Returns: (transfer none): the set that lacks @id
 */
BudSandboxTagSet *
bud_sandbox_tags_without (BudSandboxTags         *self,
                          const BudSandboxTagSet *set,
                          guint32                 id)
{
  BudSandboxTagSet *fewer;
  guint n = 0;

  if (!bud_sandbox_tag_set_has (set, id))
    return (BudSandboxTagSet *) set;

  fewer = new_set (set->n_ids - 1);
  for (guint i = 0; i < set->n_ids; i++)
    if (set->ids[i] != id)
      fewer->ids[n++] = set->ids[i];

  return intern (self, fewer);
}
