/* bud-mailchimp-pager.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-mailchimp-private.h"

/* Mailchimp never gives more, whatever is asked for:
 * https://mailchimp.com/developer/marketing/docs/methods-parameters/ */
#define PAGE_SIZE 1000

typedef struct
{
  const BudPageReader *reader;
  gpointer data;
  char *path;
  gint64 offset;
} Pager;

static void request_page (GTask *task);

static void
free_pager (Pager *pager)
{
  pager->reader->destroy (pager->data);
  g_free (pager->path);
  g_free (pager);
}

/* Whether there is another page, to which the pager then points. */
static gboolean
turn_page (Pager         *pager,
           const BudPage *page)
{
  gint64 end = page->offset + page->n_items;

  if (page->step_back <= page->n_items && (page->n_items == 0 || end >= page->total_items))
    return FALSE;

  pager->offset = MAX (end - page->step_back, 0);

  return TRUE;
}

static void
on_page_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(BudResponse) response = NULL;
  g_autoptr(GError) error = NULL;
  Pager *pager = g_task_get_task_data (task);
  BudPage page = { .offset = pager->offset };

  response = _bud_mailchimp_call_finish (g_task_get_source_object (task), result, NULL, &error);
  if (response != NULL)
    page.body = bud_response_get_body (response);

  if (response == NULL || !pager->reader->read (&page, pager->data, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (turn_page (pager, &page))
    request_page (g_steal_pointer (&task));
  else
    pager->reader->complete (task, pager->data);
}

static void
request_page (GTask *task)
{
  BudMailchimp *self = g_task_get_source_object (task);
  Pager *pager = g_task_get_task_data (task);
  g_autoptr(BudRequest) request = NULL;
  g_autofree char *path = NULL;

  path = g_strdup_printf ("%s&count=%d&offset=%" G_GINT64_FORMAT, pager->path, PAGE_SIZE,
                          pager->offset);
  request = _bud_mailchimp_build (self, "GET", path);
  _bud_mailchimp_call_async (self, request, g_task_get_cancellable (task), on_page_answered_cb,
                             task);
}

/* Reads page after page. Takes @task, whose source is the client, and @data; @path has a query. */
void
_bud_mailchimp_read_pages (GTask               *task,
                           const BudPageReader *reader,
                           const char          *path,
                           gpointer             data)
{
  Pager *pager = g_new (Pager, 1);

  *pager = (Pager) { .reader = reader, .data = data, .path = g_strdup (path) };
  g_task_set_task_data (task, pager, (GDestroyNotify) free_pager);

  request_page (task);
}

typedef struct
{
  const char *key;
  BudReadFunc read;
  GPtrArray *items;
} Collection;

static gboolean
collect_page (BudPage   *page,
              gpointer   data,
              GError   **error)
{
  Collection *collection = data;
  g_autoptr(JsonNode) root = bud_json_parse (page->body, error);
  JsonObject *object = bud_json_get_root_object (root);
  JsonArray *array = bud_json_get_array (object, collection->key);

  if (root == NULL)
    return FALSE;

  if (array == NULL)
    {
      g_propagate_error (error, bud_mailchimp_error_new (BUD_MAILCHIMP_ERROR_UNEXPECTED));
      return FALSE;
    }

  page->n_items = bud_json_array_get_length (array);
  page->total_items = bud_json_get_int (object, "total_items");
  for (gint64 i = 0; i < page->n_items; i++)
    {
      gpointer item = collection->read (bud_json_array_get_object (array, (guint) i));

      if (item != NULL)
        g_ptr_array_add (collection->items, item);
    }

  return TRUE;
}

static void
complete_collection (GTask    *task,
                     gpointer  data)
{
  Collection *collection = data;

  g_task_return_pointer (task, g_ptr_array_ref (collection->items),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
free_collection (gpointer data)
{
  Collection *collection = data;

  g_ptr_array_unref (collection->items);
  g_free (collection);
}

/* Completes @task with a GPtrArray of what @read makes of the items of all pages under @key, a
 * literal. Takes @task; @destroy frees one item. */
void
_bud_mailchimp_collect (GTask          *task,
                        const char     *path,
                        const char     *key,
                        BudReadFunc     read,
                        GDestroyNotify  destroy)
{
  static const BudPageReader READER = { collect_page, complete_collection, free_collection };
  Collection *collection = g_new (Collection, 1);

  *collection = (Collection) { key, read, g_ptr_array_new_with_free_func (destroy) };
  _bud_mailchimp_read_pages (task, &READER, path, collection);
}
