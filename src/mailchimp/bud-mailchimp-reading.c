/* bud-mailchimp-reading.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-mailchimp-private.h"

/* So many members of a page are asked for again with the next one, half of a short page at most:
 * the reading must come forward. */
#define OVERLAP 50

/* So often the reading turns back before it gives up. */
#define TURNS_MAX 5

typedef struct
{
  BudMemberFunc func;
  gpointer data;

  GHashTable *tail;   /* (element-type utf8 utf8): the last members of the page before */
  GPtrArray *recent;  /* (element-type utf8): this page's members, in their order */
  guint n_known;      /* how many of this page's members are in the tail */
  guint n_turns;
  gint64 n_told;
} Reading;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_hash_table_unref (reading->tail);
  g_ptr_array_unref (reading->recent);
  g_free (reading);
}

static void
on_member (const char *address,
           const char *status,
           const char *last_changed,
           gpointer    data)
{
  Reading *reading = data;
  char *mark = g_strjoin ("\n", address, status, last_changed, NULL);

  g_ptr_array_add (reading->recent, mark);
  if (g_hash_table_contains (reading->tail, mark))
    {
      reading->n_known++;
      return;
    }

  reading->n_told++;
  reading->func (address, status, last_changed, reading->data);
}

/* Says how many members of this page the next one is to have too. */
static guint
remember_tail (Reading *reading)
{
  guint length = reading->recent->len;
  guint overlap = MIN (length / 2, OVERLAP);

  g_hash_table_remove_all (reading->tail);
  for (guint i = length - overlap; i < length; i++)
    g_hash_table_add (reading->tail, g_strdup (g_ptr_array_index (reading->recent, i)));

  return overlap;
}

/* Nobody of the page before is seen again: more people left than the overlap covers, and those who
 * moved up into their places would be missed. */
static gboolean
is_torn (Reading *reading)
{
  return g_hash_table_size (reading->tail) > 0 && reading->n_known == 0;
}

static gboolean
read_page (BudPage   *page,
           gpointer   data,
           GError   **error)
{
  Reading *reading = data;
  gboolean torn;

  reading->n_known = 0;
  g_ptr_array_set_size (reading->recent, 0);
  if (!bud_member_page_scan (page->body, on_member, reading, &page->n_items, &page->total_items))
    {
      g_propagate_error (error, bud_mailchimp_error_new (BUD_MAILCHIMP_ERROR_UNEXPECTED));
      return FALSE;
    }

  torn = is_torn (reading);
  if (torn && ++reading->n_turns > TURNS_MAX)
    {
      g_set_error_literal (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_UNAVAILABLE,
                           _("The audience changed too much while it was read. Try again when "
                             "nobody else works on it."));
      return FALSE;
    }

  if (torn)
    {
      g_hash_table_remove_all (reading->tail);
      page->step_back = page->n_items + page->offset;
    }
  else
    {
      page->step_back = remember_tail (reading);
    }

  return TRUE;
}

static void
complete_reading (GTask    *task,
                  gpointer  data)
{
  Reading *reading = data;

  g_task_return_int (task, (gssize) reading->n_told);
}

static void
append_filter (GString    *path,
               const char *name,
               const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;

  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (path, "&%s=%s", name, escaped);
}

static char *
build_path (const char *audience,
            const char *status,
            const char *since_last_changed)
{
  g_autofree char *start = NULL;
  g_autoptr(GString) path = NULL;

  start = _bud_mailchimp_audience_path (audience,
                                        "/members?fields=members.email_address,members.status,"
                                        "members.last_changed,total_items"
                                        "&sort_field=last_changed&sort_dir=ASC");
  path = g_string_new (start);
  append_filter (path, "status", status);
  append_filter (path, "since_last_changed", since_last_changed);

  return g_string_free (g_steal_pointer (&path), FALSE);
}

/**
 * bud_mailchimp_read_members_async:
 * @self: a client
 * @audience: an audience's id
 * @status: (nullable): only members who are "subscribed", "unsubscribed", "cleaned", "archived" or
 *   "pending"; %NULL for whoever Mailchimp shows without a filter
 * @since_last_changed: (nullable): only members who changed after that, ISO 8601
 * @func: (scope async): called for each member, in the caller's main context
 * @func_data: for @func
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads members, a page after the other:
 * https://mailchimp.com/developer/marketing/api/list-members/list-members-info/
 *
 * Nobody may be missed while others work on the audience. The oldest change comes first, so whoever
 * changes or joins meanwhile comes again at the end; and as each page begins among the last members
 * of the one before, people who leave do not pull others past us unseen. When a page does not meet
 * the one before, the reading begins anew. So @func may be told of somebody twice, the later word
 * being the newer one.
 */
void
bud_mailchimp_read_members_async (BudMailchimp        *self,
                                  const char          *audience,
                                  const char          *status,
                                  const char          *since_last_changed,
                                  BudMemberFunc        func,
                                  gpointer             func_data,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  static const BudPageReader READER = { read_page, complete_reading, free_reading };
  g_autoptr(GTask) task = NULL;
  g_autofree char *path = NULL;
  Reading *reading;

  g_return_if_fail (BUD_IS_MAILCHIMP (self));
  g_return_if_fail (audience != NULL);
  g_return_if_fail (func != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_mailchimp_read_members_async);

  reading = g_new0 (Reading, 1);
  reading->func = func;
  reading->data = func_data;
  reading->tail = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading->recent = g_ptr_array_new_with_free_func (g_free);

  path = build_path (audience, status, since_last_changed);
  _bud_mailchimp_read_pages (g_steal_pointer (&task), &READER, path, reading);
}

/**
 * bud_mailchimp_read_members_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for an error; what the function was told then is not everybody
 *
 * Returns: how often the function was called, -1 with @error set
 */
gint64
bud_mailchimp_read_members_finish (BudMailchimp  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
