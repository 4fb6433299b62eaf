/* bud-upsert-answer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-json-scanner.h"
#include "bud-upsert-answer.h"

/* Five hundred addresses and some errors fill one or two blocks of texts. */
#define TEXT_BLOCK 16384

typedef struct
{
  BudJsonScanner json;
  BudUpsertAnswer *answer;
  GString *scratch;
  gint64 n_errors;
  gboolean known;
} Scan;

typedef void (*ReadElement) (Scan      *scan,
                             GPtrArray *into);

static const char *
keep (Scan              *scan,
      const BudJsonText *text)
{
  g_string_truncate (scan->scratch, 0);
  if (text->data != NULL)
    bud_json_text_append (text, scan->scratch);

  return g_string_chunk_insert_len (scan->answer->texts, scan->scratch->str, scan->scratch->len);
}

static void
read_member (Scan      *scan,
             GPtrArray *into)
{
  static const char *const KEYS[] = { "email_address" };
  BudJsonText address;

  if (bud_json_scanner_take_texts (&scan->json, KEYS, 1, &address) && address.data != NULL)
    g_ptr_array_add (into, (gpointer) keep (scan, &address));
}

static void
read_error (Scan      *scan,
            GPtrArray *into)
{
  static const char *const KEYS[] = {
    "email_address", "error_code", "error", "field", "field_message",
  };
  BudJsonText texts[G_N_ELEMENTS (KEYS)];
  BudMemberError *error;

  bud_json_scanner_take_texts (&scan->json, KEYS, G_N_ELEMENTS (KEYS), texts);

  error = g_new (BudMemberError, 1);
  *error = (BudMemberError) {
    .address = keep (scan, &texts[0]),
    .code = keep (scan, &texts[1]),
    .message = keep (scan, &texts[2]),
    .field = keep (scan, &texts[3]),
    .field_message = keep (scan, &texts[4]),
  };
  g_ptr_array_add (into, error);
}

static void
read_array (Scan        *scan,
            ReadElement  read,
            GPtrArray   *into)
{
  if (!bud_json_scanner_enter_array (&scan->json))
    return;

  while (bud_json_scanner_next_element (&scan->json))
    read (scan, into);
}

static void
read_count (Scan   *scan,
            gint64 *count)
{
  scan->known |= bud_json_scanner_take_int (&scan->json, count);
}

static void
read_value (Scan              *scan,
            const BudJsonText *key)
{
  BudUpsertAnswer *answer = scan->answer;

  if (bud_json_text_is (key, "new_members"))
    read_array (scan, read_member, answer->created);
  else if (bud_json_text_is (key, "updated_members"))
    read_array (scan, read_member, answer->updated);
  else if (bud_json_text_is (key, "errors"))
    read_array (scan, read_error, answer->errors);
  else if (bud_json_text_is (key, "total_created"))
    read_count (scan, &answer->n_created);
  else if (bud_json_text_is (key, "total_updated"))
    read_count (scan, &answer->n_updated);
  else if (bud_json_text_is (key, "error_count"))
    read_count (scan, &scan->n_errors);
  else
    bud_json_scanner_skip (&scan->json);
}

static BudUpsertAnswer *
create_answer (void)
{
  BudUpsertAnswer *self = g_new0 (BudUpsertAnswer, 1);

  self->created = g_ptr_array_new ();
  self->updated = g_ptr_array_new ();
  self->errors = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_string_chunk_new (TEXT_BLOCK);

  return self;
}

/**
 * bud_upsert_answer_scan:
 * @body: the answer of POST /lists/{list_id}, up to some 2 MB as it repeats every member
 *
 * Reads who was created, updated and refused, and steps over everything else. Only whole JSON
 * counts, and only such as has the documented counters and names everybody it counts as refused:
 * https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL when it is broken
 */
BudUpsertAnswer *
bud_upsert_answer_scan (GBytes *body)
{
  g_autoptr(BudUpsertAnswer) answer = NULL;
  g_autoptr(GString) scratch = NULL;
  const char *data;
  gsize length;
  BudJsonText key;
  Scan scan;

  g_return_val_if_fail (body != NULL, NULL);

  answer = create_answer ();
  scratch = g_string_sized_new (256);
  scan = (Scan) { .answer = answer, .scratch = scratch };
  data = g_bytes_get_data (body, &length);

  bud_json_scanner_init (&scan.json, data, length);
  if (bud_json_scanner_enter_object (&scan.json))
    while (bud_json_scanner_next_key (&scan.json, &key))
      read_value (&scan, &key);

  if (!bud_json_scanner_finish (&scan.json) || !scan.known ||
      scan.n_errors > (gint64) answer->errors->len)
    return NULL;

  return g_steal_pointer (&answer);
}

void
bud_upsert_answer_free (BudUpsertAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->created);
  g_ptr_array_unref (self->updated);
  g_ptr_array_unref (self->errors);
  g_string_chunk_free (self->texts);
  g_free (self);
}
