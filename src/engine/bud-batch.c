/* bud-batch.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-address.h"
#include "bud-batch.h"
#include "bud-mailchimp-error.h"
#include "bud-member-writer.h"

/* One person: the texts belong to the batch's chunk. */
typedef struct
{
  const char *address;
  const char **values; /* (owned): one for each merge tag */
  gboolean *tagged;    /* (owned): one for each tag */
} Person;

struct _BudBatch
{
  gatomicrefcount ref_count;
  BudMapping *mapping;  /* (owned) */
  GStringChunk *texts;  /* (owned) */
  GArray *rows;         /* (owned) (element-type BudPlanRow), in step with people */
  GArray *people;       /* (owned) (element-type Person) */
};

static void
clear_person (gpointer data)
{
  Person *person = data;

  g_clear_pointer (&person->values, g_free);
  g_clear_pointer (&person->tagged, g_free);
}

BudBatch *
bud_batch_new (BudMapping *mapping)
{
  BudBatch *self;

  g_return_val_if_fail (BUD_IS_MAPPING (mapping), NULL);

  self = g_new0 (BudBatch, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->mapping = g_object_ref (mapping);
  self->texts = g_string_chunk_new (64 * 1024);
  self->rows = g_array_new (FALSE, FALSE, sizeof (BudPlanRow));
  self->people = g_array_new (FALSE, FALSE, sizeof (Person));
  g_array_set_clear_func (self->people, clear_person);

  return self;
}

BudBatch *
bud_batch_ref (BudBatch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_batch_unref (BudBatch *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->mapping);
  g_string_chunk_free (self->texts);
  g_array_unref (self->rows);
  g_array_unref (self->people);
  g_free (self);
}

static const char *
keep (BudBatch   *self,
      const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

static void
append (BudBatch         *self,
        const BudPlanRow *row,
        Person            person)
{
  BudPlanRow kept = *row;

  kept.customer = keep (self, row->customer);
  kept.detail = keep (self, row->detail);
  g_array_append_val (self->rows, kept);
  g_array_append_val (self->people, person);
}

/**
 * bud_batch_add:
 * @self: a batch with less than %BUD_BATCH_MAX people
 * @row: the person's place in the plan
 * @address: the person's normalised address
 * @customer: the person's values, of the mapping's selection
 */
void
bud_batch_add (BudBatch             *self,
               const BudPlanRow     *row,
               const char           *address,
               const BudCustomerRow *customer)
{
  gsize n_values = g_strv_length ((GStrv) bud_mapping_get_merge_tags (self->mapping));
  Person person;

  g_return_if_fail (self->rows->len < BUD_BATCH_MAX);

  person.address = keep (self, address);
  person.values = g_new (const char *, n_values + 1);
  for (gsize i = 0; i < n_values; i++)
    person.values[i] = keep (self, bud_mapping_get_value (self->mapping, customer, i));
  person.tagged = g_memdup2 (customer->matches,
                             bud_mapping_get_n_tags (self->mapping) * sizeof (gboolean));

  append (self, row, person);
}

guint
bud_batch_get_size (BudBatch *self)
{
  return self->rows->len;
}

gint64
bud_batch_get_first_seq (BudBatch *self)
{
  g_return_val_if_fail (self->rows->len > 0, 0);

  return bud_batch_get_rows (self)[0].seq;
}

gint64
bud_batch_get_last_seq (BudBatch *self)
{
  g_return_val_if_fail (self->rows->len > 0, 0);

  return bud_batch_get_rows (self)[self->rows->len - 1].seq;
}

const BudPlanRow *
bud_batch_get_rows (BudBatch *self)
{
  return (const BudPlanRow *) self->rows->data;
}

/**
 * bud_batch_encode:
 * @self: a batch
 * @status_if_new: what new members become: "subscribed" or "pending"
 *
 * Returns: (transfer full): the body of a batch upsert
 */
GBytes *
bud_batch_encode (BudBatch   *self,
                  const char *status_if_new)
{
  const char *const *merge_tags = bud_mapping_get_merge_tags (self->mapping);
  g_autoptr(BudMemberWriter) writer = NULL;

  writer = bud_member_writer_new (merge_tags, g_strv_length ((GStrv) merge_tags), status_if_new);
  for (guint i = 0; i < self->people->len; i++)
    {
      Person *person = &g_array_index (self->people, Person, i);

      bud_member_writer_add (writer, person->address, person->values);
    }

  return bud_member_writer_finish (writer);
}

static GHashTable *
index_by_address (BudBatch *self)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->people->len; i++)
    g_hash_table_insert (index, (gpointer) g_array_index (self->people, Person, i).address,
                         &g_array_index (self->rows, BudPlanRow, i));

  return index;
}

/* The service may answer with the address as it knows it, in other upper and lower case. */
static BudPlanRow *
find_row (GHashTable *index,
          const char *address)
{
  BudPlanRow *row = g_hash_table_lookup (index, address);
  char normalised[BUD_ADDRESS_MAX + 1];

  if (row != NULL || bud_address_normalise (address, normalised) != BUD_ADDRESS_OK)
    return row;

  return g_hash_table_lookup (index, normalised);
}

/**
 * bud_batch_reject_all:
 * @self: a batch that the service refuses as a whole, and that cannot be divided any more
 * @detail: the service's words
 */
void
bud_batch_reject_all (BudBatch   *self,
                      const char *detail)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BudPlanRow *row = &g_array_index (self->rows, BudPlanRow, i);

      row->outcome = BUD_OUTCOME_REJECTED;
      row->reason = BUD_REASON_OTHER;
      row->detail = keep (self, detail);
    }
}

static void
note_arrived (GHashTable *index,
              GPtrArray  *addresses,
              BudOutcome  outcome)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      BudPlanRow *row = find_row (index, g_ptr_array_index (addresses, i));

      if (row == NULL)
        continue;

      row->outcome = outcome;
      row->reason = BUD_REASON_NONE;
      row->detail = NULL;
    }
}

/**
 * bud_batch_apply_answer:
 * @self: the batch that was sent
 * @answer: what the service said to it
 *
 * Gives every person an outcome. Who is not mentioned counts as rejected, and is tried again.
 */
void
bud_batch_apply_answer (BudBatch        *self,
                        BudUpsertAnswer *answer)
{
  g_autoptr(GHashTable) index = index_by_address (self);

  bud_batch_reject_all (self, _("Mailchimp’s answer does not mention this person."));
  note_arrived (index, answer->created, BUD_OUTCOME_ADDED);
  note_arrived (index, answer->updated, BUD_OUTCOME_UPDATED);

  for (guint i = 0; i < answer->errors->len; i++)
    {
      BudMemberError *error = g_ptr_array_index (answer->errors, i);
      BudPlanRow *row = find_row (index, error->address);
      g_autofree char *detail = bud_mailchimp_redact (error->message);

      if (row == NULL)
        continue;

      row->outcome = BUD_OUTCOME_REJECTED;
      row->reason = bud_member_error_reason (error);
      row->detail = keep (self, detail);
    }
}

static Person
dup_person (BudBatch     *self,
            const Person *person,
            BudBatch     *into)
{
  gsize n_values = g_strv_length ((GStrv) bud_mapping_get_merge_tags (self->mapping));
  Person copy;

  copy.address = keep (into, person->address);
  copy.values = g_new (const char *, n_values + 1);
  for (gsize i = 0; i < n_values; i++)
    copy.values[i] = keep (into, person->values[i]);
  copy.tagged = g_memdup2 (person->tagged,
                           bud_mapping_get_n_tags (self->mapping) * sizeof (gboolean));

  return copy;
}

/**
 * bud_batch_split:
 * @self: a batch of two people or more
 * @first: (out): the first half
 * @second: (out): the rest
 *
 * Used to find the person for whose sake a whole request is refused.
 */
void
bud_batch_split (BudBatch  *self,
                 BudBatch **first,
                 BudBatch **second)
{
  g_return_if_fail (self->rows->len >= 2);

  *first = bud_batch_new (self->mapping);
  *second = bud_batch_new (self->mapping);

  for (guint i = 0; i < self->rows->len; i++)
    {
      BudBatch *half = i < self->rows->len / 2 ? *first : *second;

      append (half, &g_array_index (self->rows, BudPlanRow, i),
              dup_person (self, &g_array_index (self->people, Person, i), half));
    }
}

/**
 * bud_batch_dup_tagged:
 * @self: a batch with outcomes
 * @tag: index of a tag of the mapping
 *
 * Returns: (transfer full) (array zero-terminated=1): addresses that arrived and get the tag
 */
GStrv
bud_batch_dup_tagged (BudBatch *self,
                      gsize     tag)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      BudOutcome outcome = g_array_index (self->rows, BudPlanRow, i).outcome;
      Person *person = &g_array_index (self->people, Person, i);

      if (person->tagged[tag] &&
          (outcome == BUD_OUTCOME_ADDED || outcome == BUD_OUTCOME_UPDATED))
        g_strv_builder_add (builder, person->address);
    }

  return g_strv_builder_end (builder);
}

guint
bud_batch_count (BudBatch   *self,
                 BudOutcome  outcome)
{
  guint count = 0;

  for (guint i = 0; i < self->rows->len; i++)
    count += g_array_index (self->rows, BudPlanRow, i).outcome == outcome;

  return count;
}
