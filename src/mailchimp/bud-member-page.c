/* bud-member-page.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-json-scanner.h"
#include "bud-member-page.h"

static const char *const KEYS[] = { "email_address", "status", "last_changed" };

#define N_KEYS G_N_ELEMENTS (KEYS)

static void
tell_member (const BudJsonText *texts,
             GString           *scratch,
             BudMemberFunc      func,
             gpointer           data)
{
  gsize starts[N_KEYS];

  /* The three texts one after the other, each with its end. */
  g_string_truncate (scratch, 0);
  for (gsize i = 0; i < N_KEYS; i++)
    {
      starts[i] = scratch->len;
      if (texts[i].data != NULL)
        bud_json_text_append (&texts[i], scratch);
      g_string_append_c (scratch, '\0');
    }

  func (scratch->str + starts[0], scratch->str + starts[1], scratch->str + starts[2], data);
}

static gint64
scan_members (BudJsonScanner *json,
              BudMemberFunc   func,
              gpointer        data)
{
  g_autoptr(GString) scratch = g_string_sized_new (512);
  BudJsonText texts[N_KEYS];
  gint64 n_items = 0;

  if (!bud_json_scanner_enter_array (json))
    return 0;

  while (bud_json_scanner_next_element (json))
    {
      n_items++;
      if (bud_json_scanner_take_texts (json, KEYS, N_KEYS, texts) && texts[0].data != NULL)
        tell_member (texts, scratch, func, data);
    }

  return n_items;
}

/**
 * bud_member_page_scan:
 * @body: an answer of GET /lists/{list_id}/members
 * @func: (scope call): called for each member; when the page turns out to be broken, for those
 *   before the fault
 * @data: for @func
 * @n_items: (out): how many members the page has
 * @total_items: (out): how many members there are on all pages
 *
 * Returns: %FALSE when the body is not whole JSON
 */
gboolean
bud_member_page_scan (GBytes        *body,
                      BudMemberFunc  func,
                      gpointer       data,
                      gint64        *n_items,
                      gint64        *total_items)
{
  BudJsonScanner json;
  BudJsonText key;
  const char *text;
  gsize length;

  g_return_val_if_fail (body != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  *n_items = *total_items = 0;
  text = g_bytes_get_data (body, &length);

  bud_json_scanner_init (&json, text, length);
  if (bud_json_scanner_enter_object (&json))
    while (bud_json_scanner_next_key (&json, &key))
      {
        if (bud_json_text_is (&key, "members"))
          *n_items += scan_members (&json, func, data);
        else if (bud_json_text_is (&key, "total_items"))
          bud_json_scanner_take_int (&json, total_items);
        else
          bud_json_scanner_skip (&json);
      }

  return bud_json_scanner_finish (&json);
}
