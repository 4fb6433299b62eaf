/* bud-csv-key-guess.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv-key-guess.h"
#include "bud-field.h"
#include "bud-text.h"

/* Which column identifies a customer: one with a value in every row and no value twice.
 *
 * Each column that may still be the one has a set of the 64-bit hashes of its values (for a million
 * values, two of them fall together by chance once in tens of millions of files). Most columns drop
 * out within a few rows. When the sets need more than BUDGET together, the column with the least
 * promising name is set aside: it stays possible, but nothing more is learnt about it. */

#define BUDGET (56 * 1024 * 1024)
#define FIRST_SLOTS 256
#define NO_RANK G_MAXUINT

typedef enum {
  COLUMN_UNIQUE,    /* so far */
  COLUMN_SET_ASIDE, /* was unique when memory ran short */
  COLUMN_OUT,       /* has an empty value, or one twice */
} ColumnState;

typedef struct
{
  ColumnState state;
  guint rank; /* place of its name in key_names, NO_RANK for any other name */
  guint64 *slots; /* (owned): open addressing; 0 is free */
  gsize n_slots;  /* a power of two */
  gsize n_used;
} Column;

struct _BudCsvKeyGuess
{
  Column *columns; /* (owned) (array length=n_columns) */
  gsize n_columns;
  gsize n_bytes; /* of all sets */
};

/* Names of keys in lower case without spaces and signs, the surest first. */
static const char *const key_names[] = {
  "id", "customerid", "kundeid", "kundenr", "kundenummer", "customerno", "customernr",
  "customernumber", "contactid", "kontaktid", "kontaktnr", "kontaktnummer", "contact",
  "donotmodifycontact", "recordid", "memberid", "medlemsid", "medlemsnr", "medlemsnummer",
  "profileid", "personid", "userid", "brukerid", "leadid", "accountid", "externalid", "euid",
  "leid", "guid", "uuid", "key",
  "email", "emailaddress", "emailaddress1", "epost", "epostadresse", "mail", NULL
};

static guint
rank_of (const char *name)
{
  g_autofree char *folded = bud_text_fold (name);
  char *out = folded;

  for (const char *in = folded; *in != '\0'; in++)
    {
      if (g_ascii_isalnum (*in))
        *out++ = *in;
    }
  *out = '\0';

  for (guint i = 0; key_names[i] != NULL; i++)
    {
      if (g_str_equal (key_names[i], folded))
        return i;
    }

  return NO_RANK;
}

/* FNV-1a, with the last step of MurmurHash3 so that the low bits depend on all of it. */
static guint64
hash_value (const char *value,
            gsize       len)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < len; i++)
    hash = (hash ^ (guint8) value[i]) * G_GUINT64_CONSTANT (0x100000001b3);

  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  hash ^= hash >> 33;

  return hash != 0 ? hash : 1;
}

static void
drop_column (BudCsvKeyGuess *self,
             Column         *column,
             ColumnState     state)
{
  self->n_bytes -= column->n_slots * sizeof (guint64);
  column->n_slots = 0;
  column->n_used = 0;
  column->state = state;
  g_clear_pointer (&column->slots, g_free);
}

/* Returns FALSE when the hash is there already. */
static gboolean
insert (Column  *column,
        guint64  hash)
{
  gsize mask = column->n_slots - 1;
  gsize at = hash & mask;

  for (; column->slots[at] != 0; at = (at + 1) & mask)
    {
      if (column->slots[at] == hash)
        return FALSE;
    }
  column->slots[at] = hash;
  column->n_used++;

  return TRUE;
}

static void
grow (BudCsvKeyGuess *self,
      Column         *column)
{
  g_autofree guint64 *old = g_steal_pointer (&column->slots);
  gsize n_old = column->n_slots;

  column->n_slots = MAX (FIRST_SLOTS, n_old * 2);
  column->n_used = 0;
  column->slots = g_new0 (guint64, column->n_slots);
  self->n_bytes += (column->n_slots - n_old) * sizeof (guint64);

  for (gsize i = 0; i < n_old; i++)
    {
      if (old[i] != 0)
        insert (column, old[i]);
    }
}

/* The column that matters least; never the only one left. */
static Column *
find_least (BudCsvKeyGuess *self)
{
  Column *least = NULL;
  gsize n = 0;

  for (gsize i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];

      if (column->state != COLUMN_UNIQUE)
        continue;
      n++;
      if (least == NULL || column->rank >= least->rank)
        least = column;
    }

  return n > 1 ? least : NULL;
}

/* Makes room for twice the column's set, at the expense of others or of the column itself. */
static gboolean
ensure_budget (BudCsvKeyGuess *self,
               Column         *column)
{
  gsize needed = MAX (FIRST_SLOTS, column->n_slots * 2) * sizeof (guint64);

  while (self->n_bytes + needed > BUDGET)
    {
      Column *least = find_least (self);

      if (least == NULL)
        return TRUE;
      drop_column (self, least, COLUMN_SET_ASIDE);
      if (least == column)
        return FALSE;
    }

  return TRUE;
}

/**
 * bud_csv_key_guess_new:
 * @fields: (element-type BudField): the columns
 *
 * Returns: (transfer full): a guess without any values yet
 */
BudCsvKeyGuess *
bud_csv_key_guess_new (GPtrArray *fields)
{
  BudCsvKeyGuess *self;

  g_return_val_if_fail (fields != NULL, NULL);

  self = g_new0 (BudCsvKeyGuess, 1);
  self->n_columns = fields->len;
  self->columns = g_new0 (Column, fields->len);
  for (gsize i = 0; i < fields->len; i++)
    self->columns[i].rank = rank_of (bud_field_get_name (g_ptr_array_index (fields, i)));

  return self;
}

void
bud_csv_key_guess_free (BudCsvKeyGuess *self)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < self->n_columns; i++)
    g_free (self->columns[i].slots);
  g_free (self->columns);
  g_free (self);
}

/**
 * bud_csv_key_guess_add:
 * @self: a guess
 * @column: index of a column
 * @value: (array length=len): its value in the next row
 * @len: length in bytes; 0 when there is no value
 */
void
bud_csv_key_guess_add (BudCsvKeyGuess *self,
                       gsize           column,
                       const char     *value,
                       gsize           len)
{
  Column *it;

  g_return_if_fail (self != NULL);
  g_return_if_fail (column < self->n_columns);

  it = &self->columns[column];
  if (it->state == COLUMN_OUT || (it->state == COLUMN_SET_ASIDE && len > 0))
    return;

  if (len > 0 && it->n_used * 4 >= it->n_slots * 3)
    {
      if (!ensure_budget (self, it))
        return;
      grow (self, it);
    }

  if (len == 0 || !insert (it, hash_value (value, len)))
    drop_column (self, it, COLUMN_OUT);
}

/**
 * bud_csv_key_guess_get:
 * @self: a guess that has all values
 *
 * Returns: index of the only column that may be a key, or else of the one whose name says so;
 *   -1 when there is none
 */
int
bud_csv_key_guess_get (BudCsvKeyGuess *self)
{
  int best = -1;
  gsize n_possible = 0;

  g_return_val_if_fail (self != NULL, -1);

  for (gsize i = 0; i < self->n_columns; i++)
    {
      const Column *column = &self->columns[i];

      n_possible += column->state != COLUMN_OUT;
      if (column->state == COLUMN_UNIQUE &&
          (best < 0 || column->rank < self->columns[best].rank))
        best = i;
    }

  if (best >= 0 && n_possible > 1 && self->columns[best].rank == NO_RANK)
    return -1;

  return best;
}
