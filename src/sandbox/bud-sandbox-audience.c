/* bud-sandbox-audience.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-audience.h"
#include "bud-sandbox-values.h"

/* The table of one audience's contacts. Nobody is ever taken out of it: who was deleted for good
 * stays as forgotten, and so can never come back. The caller holds the lock around any use. */
struct _BudSandboxAudience
{
  GMutex lock;
  char *id;                 /* (owned) */
  char *name;               /* (owned) */
  BudSandboxFields *fields; /* (owned) */
  BudSandboxTags *tags;     /* (owned) */
  GPtrArray *members;       /* (owned) (element-type BudSandboxMember), by index */
  GByteArray *statuses;     /* (owned): each member's status again, small enough to scan */
  GHashTable *by_hash;      /* (owned) (element-type BudSandboxMember), by its first 16 bytes */
  guint counts[BUD_SANDBOX_N_STATUSES];
  BudSandboxTally tally;
  guint32 n_emails;
  guint32 n_batches;
  char *hashed;             /* (owned) (nullable): the last address that was hashed */
  guint8 hash[BUD_SANDBOX_HASH_SIZE];

  GArray *view;             /* (owned) (nullable) (element-type guint32): the last selection */
  BudSandboxQuery view_query;
};

static guint
hash_hash (gconstpointer data)
{
  guint32 hash;

  memcpy (&hash, data, sizeof hash);

  return hash;
}

static gboolean
hash_equal (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, BUD_SANDBOX_HASH_SIZE) == 0;
}

static void
member_free (gpointer data)
{
  BudSandboxMember *member = data;

  g_free (member->email);
  g_free (member->values);
  g_free (member);
}

/**
 * bud_sandbox_audience_new:
 * @id: as in a path
 * @name: as people know it
 * @fields: (transfer full): its merge fields
 *
 * Returns: (transfer full): an audience without contacts
 */
BudSandboxAudience *
bud_sandbox_audience_new (const char       *id,
                          const char       *name,
                          BudSandboxFields *fields)
{
  BudSandboxAudience *self = g_new0 (BudSandboxAudience, 1);

  g_mutex_init (&self->lock);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->fields = fields;
  self->tags = bud_sandbox_tags_new ();
  self->members = g_ptr_array_new_with_free_func (member_free);
  self->statuses = g_byte_array_new ();
  self->by_hash = g_hash_table_new (hash_hash, hash_equal);

  return self;
}

void
bud_sandbox_audience_free (BudSandboxAudience *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->view, g_array_unref);
  g_hash_table_unref (self->by_hash);
  g_byte_array_unref (self->statuses);
  g_ptr_array_unref (self->members);
  bud_sandbox_tags_free (self->tags);
  bud_sandbox_fields_free (self->fields);
  g_free (self->hashed);
  g_free (self->name);
  g_free (self->id);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
bud_sandbox_audience_lock (BudSandboxAudience *self)
{
  g_mutex_lock (&self->lock);
}

void
bud_sandbox_audience_unlock (BudSandboxAudience *self)
{
  g_mutex_unlock (&self->lock);
}

const char *
bud_sandbox_audience_get_id (BudSandboxAudience *self)
{
  return self->id;
}

const char *
bud_sandbox_audience_get_name (BudSandboxAudience *self)
{
  return self->name;
}

BudSandboxFields *
bud_sandbox_audience_get_fields (BudSandboxAudience *self)
{
  return self->fields;
}

BudSandboxTags *
bud_sandbox_audience_get_tags (BudSandboxAudience *self)
{
  return self->tags;
}

BudSandboxTally *
bud_sandbox_audience_get_tally (BudSandboxAudience *self)
{
  return &self->tally;
}

guint32
bud_sandbox_audience_next_batch (BudSandboxAudience *self)
{
  return ++self->n_batches;
}

guint
bud_sandbox_audience_count (BudSandboxAudience *self,
                            BudSandboxStatus    status)
{
  g_return_val_if_fail (status < BUD_SANDBOX_N_STATUSES, 0);

  return self->counts[status];
}

guint
bud_sandbox_audience_get_size (BudSandboxAudience *self)
{
  return self->members->len;
}

BudSandboxMember *
bud_sandbox_audience_get_member (BudSandboxAudience *self,
                                 guint               index)
{
  return g_ptr_array_index (self->members, index);
}

guint32
bud_sandbox_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* One write asks for the same address several times over. */
static const guint8 *
hash_email (BudSandboxAudience *self,
            const char         *email)
{
  g_autoptr(GChecksum) checksum = NULL;
  g_autofree char *lower = NULL;
  gsize size = BUD_SANDBOX_HASH_SIZE;

  if (g_strcmp0 (self->hashed, email) == 0)
    return self->hash;

  checksum = g_checksum_new (G_CHECKSUM_MD5);
  lower = g_utf8_strdown (email, -1);
  g_checksum_update (checksum, (const guchar *) lower, -1);
  g_checksum_get_digest (checksum, self->hash, &size);
  g_free (self->hashed);
  self->hashed = g_strdup (email);

  return self->hash;
}

/**
 * bud_sandbox_audience_find:
 * @self: an audience
 * @email: an address; upper and lower case are the same
 *
 * Returns: (transfer none) (nullable): the contact, whatever its status
 */
BudSandboxMember *
bud_sandbox_audience_find (BudSandboxAudience *self,
                           const char         *email)
{
  return g_hash_table_lookup (self->by_hash, hash_email (self, email));
}

static gboolean
parse_hash (const char *text,
            guint8      hash[BUD_SANDBOX_HASH_SIZE])
{
  if (strlen (text) != BUD_SANDBOX_HASH_SIZE * 2)
    return FALSE;

  for (guint i = 0; i < BUD_SANDBOX_HASH_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      hash[i] = high << 4 | low;
    }

  return TRUE;
}

/**
 * bud_sandbox_audience_find_any:
 * @self: an audience
 * @hash_or_email: what stands in a path: MD5 of the lower-case address, or the address
 *
 * Returns: (transfer none) (nullable): the contact, unless forgotten
 */
BudSandboxMember *
bud_sandbox_audience_find_any (BudSandboxAudience *self,
                               const char         *hash_or_email)
{
  guint8 hash[BUD_SANDBOX_HASH_SIZE];
  BudSandboxMember *member;

  if (parse_hash (hash_or_email, hash))
    member = g_hash_table_lookup (self->by_hash, hash);
  else
    member = bud_sandbox_audience_find (self, hash_or_email);

  return member != NULL && member->status != BUD_SANDBOX_FORGOTTEN ? member : NULL;
}

static gboolean
is_live (guint8 status)
{
  return status != BUD_SANDBOX_ARCHIVED && status != BUD_SANDBOX_FORGOTTEN;
}

static void
touch (BudSandboxAudience *self)
{
  g_clear_pointer (&self->view, g_array_unref);
}

/**
 * bud_sandbox_audience_add:
 * @self: an audience
 * @email: an address that it does not have
 *
 * Returns: (transfer none): a new contact, pending
 */
BudSandboxMember *
bud_sandbox_audience_add (BudSandboxAudience *self,
                          const char         *email)
{
  BudSandboxMember *member = g_new0 (BudSandboxMember, 1);

  memcpy (member->hash, hash_email (self, email), sizeof member->hash);
  member->email = g_strdup (email);
  member->values = g_strdup ("");
  member->tags = bud_sandbox_tags_get_none (self->tags);
  member->tags->n_live++;
  member->status = BUD_SANDBOX_PENDING;
  member->index = self->members->len;
  member->email_id = ++self->n_emails;
  member->last_changed = bud_sandbox_now ();
  g_ptr_array_add (self->members, member);
  g_byte_array_append (self->statuses, &member->status, 1);
  g_hash_table_add (self->by_hash, member);
  self->counts[member->status]++;
  touch (self);

  return member;
}

/**
 * bud_sandbox_audience_rename:
 * @self: an audience
 * @member: one of its contacts
 * @email: an address that it does not have yet
 *
 * The contact stays who it is, under another address and so another hash.
 */
void
bud_sandbox_audience_rename (BudSandboxAudience *self,
                             BudSandboxMember   *member,
                             const char         *email)
{
  g_hash_table_remove (self->by_hash, member);
  g_free (member->email);
  member->email = g_strdup (email);
  member->email_id = ++self->n_emails;
  memcpy (member->hash, hash_email (self, email), sizeof member->hash);
  g_hash_table_add (self->by_hash, member);
  member->last_changed = bud_sandbox_now ();
  touch (self);
}

void
bud_sandbox_audience_set_values (BudSandboxAudience *self,
                                 BudSandboxMember   *member,
                                 const char         *values,
                                 gsize               length)
{
  if (bud_sandbox_values_length (member->values) == length &&
      memcmp (member->values, values, length) == 0)
    return;

  g_free (member->values);
  member->values = g_memdup2 (values, length);
  member->last_changed = bud_sandbox_now ();
  touch (self);
}

void
bud_sandbox_audience_set_tags (BudSandboxAudience *self,
                               BudSandboxMember   *member,
                               BudSandboxTagSet   *tags)
{
  if (member->tags == tags)
    return;

  if (is_live (member->status))
    {
      member->tags->n_live--;
      tags->n_live++;
    }
  member->tags = tags;
  member->last_changed = bud_sandbox_now ();
  touch (self);
}

static gboolean
is_resubscription (guint8           before,
                   BudSandboxStatus after)
{
  return after == BUD_SANDBOX_SUBSCRIBED &&
         (before == BUD_SANDBOX_UNSUBSCRIBED || before == BUD_SANDBOX_CLEANED ||
          before == BUD_SANDBOX_ARCHIVED);
}

/**
 * bud_sandbox_audience_set_status:
 * @self: an audience
 * @member: one of its contacts
 * @status: its new status, whatever the rules of the API say
 * @actor: who wants it so
 */
void
bud_sandbox_audience_set_status (BudSandboxAudience *self,
                                 BudSandboxMember   *member,
                                 BudSandboxStatus    status,
                                 BudSandboxActor     actor)
{
  guint8 before = member->status;

  if (before == status)
    return;

  if (is_resubscription (before, status))
    self->tally.resubscribed++;
  if (is_live (before) && !is_live (status))
    member->tags->n_live--;
  if (!is_live (before) && is_live (status))
    member->tags->n_live++;

  self->counts[before]--;
  self->counts[status]++;
  self->statuses->data[member->index] = status;
  member->status = status;
  member->last_changed = bud_sandbox_now ();
  if (status == BUD_SANDBOX_UNSUBSCRIBED)
    {
      member->unsubscribed_by = actor;
      member->unsubscribed_at = member->last_changed;
    }
  if (status == BUD_SANDBOX_SUBSCRIBED)
    member->opted_at = member->last_changed;
  touch (self);
}

/**
 * bud_sandbox_audience_delete_tag:
 * @self: an audience
 * @tag: one of its tags
 *
 * Takes the tag from everybody and forgets it.
 */
void
bud_sandbox_audience_delete_tag (BudSandboxAudience *self,
                                 BudSandboxTag      *tag)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      BudSandboxMember *member = g_ptr_array_index (self->members, i);

      bud_sandbox_audience_set_tags (self, member,
                                     bud_sandbox_tags_without (self->tags, member->tags, tag->id));
    }

  bud_sandbox_tags_delete (self->tags, tag);
}

static gboolean
matches (const BudSandboxMember *member,
         const BudSandboxQuery  *query)
{
  return (query->since == 0 || member->last_changed > query->since) &&
         (query->before == 0 || member->last_changed < query->before) &&
         (query->unsubscribed_since == 0 ||
          member->unsubscribed_at > query->unsubscribed_since) &&
         (query->tag == 0 || bud_sandbox_tag_set_has (member->tags, query->tag));
}

static guint32
sort_value (const BudSandboxMember *member,
            guint32                 sort)
{
  switch ((BudSandboxSort) sort)
    {
    case BUD_SANDBOX_SORT_OPTED:
      return member->opted_at;
    case BUD_SANDBOX_SORT_SIGNED_UP:
      return member->signed_up_at;
    case BUD_SANDBOX_SORT_CHANGED:
      return member->last_changed;
    case BUD_SANDBOX_SORT_NONE:
      break;
    }

  return member->index;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  BudSandboxAudience *self = user_data;
  const BudSandboxQuery *query = &self->view_query;
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;
  guint32 x = sort_value (g_ptr_array_index (self->members, one), query->sort);
  guint32 y = sort_value (g_ptr_array_index (self->members, other), query->sort);

  if (x == y)
    return one < other ? -1 : one > other;

  return (x < y) == !query->descending ? -1 : 1;
}

/**
 * bud_sandbox_audience_select:
 * @self: an audience
 * @query: which contacts, in which order
 *
 * The same query again costs nothing as long as nobody wrote: pages are cut from one selection.
 *
 * Returns: (transfer none) (element-type guint32): their indexes, until the next write
 */
GArray *
bud_sandbox_audience_select (BudSandboxAudience    *self,
                             const BudSandboxQuery *query)
{
  if (self->view != NULL && memcmp (&self->view_query, query, sizeof *query) == 0)
    return self->view;

  touch (self);
  self->view = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->view_query = *query;

  for (guint32 i = 0; i < self->members->len; i++)
    {
      guint8 status = self->statuses->data[i];

      if (query->status == BUD_SANDBOX_ANY_STATUS ? !is_live (status) : status != query->status)
        continue;
      if (matches (g_ptr_array_index (self->members, i), query))
        g_array_append_val (self->view, i);
    }

  if (query->sort != BUD_SANDBOX_SORT_NONE || query->descending)
    g_array_sort_with_data (self->view, compare, self);

  return self->view;
}
