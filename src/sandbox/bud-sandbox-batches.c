/* bud-sandbox-batches.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "bud-sandbox-batches.h"

/* Blocking: for worker threads only. Those of the server are. */

#define TAR_BLOCK 512

/* /batches: calls that are queued, done one after another on one thread, and reported in a
 * gzipped tar of JSON. */
typedef struct
{
  char *id;             /* (owned) */
  BudSandboxJson *json; /* (owned) */
  const char *status;
  guint n_operations;
  guint n_finished;
  guint n_errored;
  guint32 submitted_at;
  guint32 completed_at;
  GBytes *result;       /* (owned) (nullable) */
} Batch;

struct _BudSandboxBatches
{
  BudSandbox *sandbox; /* (unowned) */
  GThreadPool *pool;   /* (owned) */
  GMutex lock;
  GPtrArray *batches;  /* (owned) (element-type Batch) */
};

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_clear_pointer (&batch->json, bud_sandbox_json_free);
  g_clear_pointer (&batch->result, g_bytes_unref);
  g_free (batch->id);
  g_free (batch);
}

static GHashTable *
read_params (const BudSandboxNode *operation)
{
  GHashTable *query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const BudSandboxNode *params = bud_sandbox_node_get (operation, "params");
  const BudSandboxNode *node = params != NULL ? params->child : NULL;

  for (; node != NULL; node = node->next)
    {
      g_autoptr(GString) text = g_string_new (node->text);

      if (node->text == NULL)
        bud_sandbox_node_append (node, text);
      if (node->key != NULL)
        g_hash_table_insert (query, g_strdup (node->key), g_strdup (text->str));
    }

  return query;
}

static guint
run_operation (BudSandboxBatches    *self,
               const BudSandboxNode *operation,
               GString              *out)
{
  const char *method = bud_sandbox_node_get_text (operation, "method");
  const char *path = bud_sandbox_node_get_text (operation, "path");
  const char *body = bud_sandbox_node_get_text (operation, "body");
  const char *id = bud_sandbox_node_get_text (operation, "operation_id");
  g_auto(BudSandboxRequest) request = { 0 };
  g_auto(BudSandboxReply) reply = { 0 };

  bud_sandbox_reply_init (&reply);
  if (bud_sandbox_request_init (&request, method != NULL ? method : "", path != NULL ? path : "",
                                read_params (operation), body != NULL ? body : "",
                                body != NULL ? strlen (body) : 0))
    bud_sandbox_router_answer (self->sandbox, &request, &reply);
  else
    bud_sandbox_reply_refuse (&reply, BUD_SANDBOX_NOT_FOUND);

  g_string_append_printf (out, "{\"status_code\":%u,\"operation_id\":", reply.status);
  bud_sandbox_json_put_string (out, id != NULL ? id : "");
  g_string_append (out, ",\"response\":");
  bud_sandbox_json_put_string (out, reply.body->str);
  g_string_append_c (out, '}');

  return reply.status;
}

/* POSIX.1-1988 ustar, one regular file: a header block, the contents, padding, two zero blocks. */
static GBytes *
make_tar (const char *name,
          GString    *contents)
{
  GByteArray *tar = g_byte_array_new ();
  gsize padded = (contents->len + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
  char *header;
  guint sum = 0;

  g_byte_array_set_size (tar, TAR_BLOCK + padded + 2 * TAR_BLOCK);
  memset (tar->data, 0, tar->len);
  header = (char *) tar->data;
  g_strlcpy (header, name, 100);
  g_snprintf (header + 100, 8, "%07o", 0644);
  g_snprintf (header + 108, 8, "%07o", 0);
  g_snprintf (header + 116, 8, "%07o", 0);
  g_snprintf (header + 124, 12, "%011" G_GINT64_MODIFIER "o", (guint64) contents->len);
  g_snprintf (header + 136, 12, "%011o", bud_sandbox_now ());
  header[156] = '0';
  memcpy (header + 257, "ustar\0" "00", 8);

  memset (header + 148, ' ', 8);
  for (guint i = 0; i < TAR_BLOCK; i++)
    sum += tar->data[i];
  g_snprintf (header + 148, 8, "%06o", sum);
  memcpy (tar->data + TAR_BLOCK, contents->str, contents->len);

  return g_byte_array_free_to_bytes (tar);
}

static GBytes *
pack (const char *name,
      GString    *contents)
{
  g_autoptr(GBytes) tar = make_tar (name, contents);
  g_autoptr(GConverter) gzip = NULL;
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) stream = NULL;

  gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  stream = g_converter_output_stream_new (memory, gzip);
  g_output_stream_write_all (stream, g_bytes_get_data (tar, NULL), g_bytes_get_size (tar), NULL,
                             NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
set_status (BudSandboxBatches *self,
            Batch             *batch,
            const char        *status)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  batch->status = status;
}

static void
run_operations (BudSandboxBatches *self,
                Batch             *batch,
                GString           *out)
{
  const BudSandboxNode *operations;

  operations = bud_sandbox_node_get (bud_sandbox_json_get_root (batch->json), "operations");
  g_string_append_c (out, '[');
  for (const BudSandboxNode *node = operations->child; node != NULL; node = node->next)
    {
      guint status;

      g_string_append (out, node != operations->child ? "," : "");
      status = run_operation (self, node, out);

      g_mutex_lock (&self->lock);
      batch->n_finished++;
      batch->n_errored += status >= 400 ? 1 : 0;
      g_mutex_unlock (&self->lock);
    }
  g_string_append_c (out, ']');
}

static void
run_batch (gpointer data,
           gpointer user_data)
{
  BudSandboxBatches *self = user_data;
  Batch *batch = data;
  g_autofree char *name = g_strdup_printf ("%s.json", batch->id);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GBytes) result = NULL;

  set_status (self, batch, "started");
  run_operations (self, batch, out);
  set_status (self, batch, "finalizing");
  result = pack (name, out);

  g_mutex_lock (&self->lock);
  batch->result = g_steal_pointer (&result);
  batch->completed_at = bud_sandbox_now ();
  batch->status = "finished";
  g_mutex_unlock (&self->lock);
}

/**
 * bud_sandbox_batches_new:
 * @sandbox: (transfer none): the account, which outlives them
 *
 * Returns: (transfer full): no batches yet
 */
BudSandboxBatches *
bud_sandbox_batches_new (BudSandbox *sandbox)
{
  BudSandboxBatches *self = g_new0 (BudSandboxBatches, 1);

  self->sandbox = sandbox;
  self->batches = g_ptr_array_new_with_free_func (batch_free);
  g_mutex_init (&self->lock);
  /* One thread: the service runs one batch at a time. */
  self->pool = g_thread_pool_new (run_batch, self, 1, FALSE, NULL);

  return self;
}

void
bud_sandbox_batches_free (BudSandboxBatches *self)
{
  g_return_if_fail (self != NULL);

  g_thread_pool_free (self->pool, TRUE, TRUE);
  g_ptr_array_unref (self->batches);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
append_batch (BudSandboxBatches *self,
              const Batch       *batch,
              GString           *out)
{
  g_autofree char *origin = g_strdup (bud_sandbox_get_base (self->sandbox));
  gboolean known = batch->status != NULL && !g_str_equal (batch->status, "pending");

  origin[strlen (origin) - strlen ("/3.0")] = '\0';
  g_string_append_printf (out, "{\"id\":\"%s\",\"status\":\"%s\",\"total_operations\":%u,"
                          "\"finished_operations\":%u,\"errored_operations\":%u,"
                          "\"submitted_at\":", batch->id, batch->status,
                          known ? batch->n_operations : 0, batch->n_finished, batch->n_errored);
  bud_sandbox_json_put_time (out, batch->submitted_at);
  g_string_append (out, ",\"completed_at\":");
  bud_sandbox_json_put_time (out, batch->completed_at);
  if (batch->result != NULL)
    g_string_append_printf (out, ",\"response_body_url\":\"%s/_batches/%s.tar.gz\"", origin,
                            batch->id);
  else
    g_string_append (out, ",\"response_body_url\":\"\"");
  g_string_append (out, ",\"_links\":[]}");
}

static Batch *
find (BudSandboxBatches *self,
      const char        *id)
{
  for (guint i = 0; i < self->batches->len; i++)
    {
      Batch *batch = g_ptr_array_index (self->batches, i);

      if (g_str_equal (batch->id, id))
        return batch;
    }

  return NULL;
}

/**
 * bud_sandbox_batches_dup_result:
 * @self: the batches
 * @id: which
 *
 * Returns: (transfer full) (nullable): its gzipped tar, once it is finished
 */
GBytes *
bud_sandbox_batches_dup_result (BudSandboxBatches *self,
                                const char        *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Batch *batch = find (self, id);

  return batch != NULL && batch->result != NULL ? g_bytes_ref (batch->result) : NULL;
}

void
bud_sandbox_post_batches (BudSandbox              *sandbox,
                          BudSandboxAudience      *audience,
                          const BudSandboxRequest *request,
                          BudSandboxReply         *reply)
{
  BudSandboxBatches *self = bud_sandbox_get_batches (sandbox);
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  g_autofree char *uuid = g_uuid_string_random ();
  const BudSandboxNode *operations = NULL;
  Batch *batch;

  if (json != NULL)
    operations = bud_sandbox_node_get (bud_sandbox_json_get_root (json), "operations");
  if (json != NULL && (operations == NULL || operations->type != BUD_SANDBOX_JSON_ARRAY))
    bud_sandbox_problem_schema (&problem, "operations", "This value should not be blank.");
  if (operations == NULL || problem.kind != BUD_SANDBOX_OK)
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  batch = g_new0 (Batch, 1);
  batch->id = g_strndup (uuid + 24, 10);
  batch->status = "pending";
  batch->n_operations = operations->n_children;
  batch->submitted_at = bud_sandbox_now ();
  batch->json = g_steal_pointer (&json);
  append_batch (self, batch, reply->body);

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->batches, batch);
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (self->pool, batch, NULL);
}

void
bud_sandbox_get_batch_list (BudSandbox              *sandbox,
                            BudSandboxAudience      *audience,
                            const BudSandboxRequest *request,
                            BudSandboxReply         *reply)
{
  BudSandboxBatches *self = bud_sandbox_get_batches (sandbox);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_string_append (reply->body, "{\"batches\":[");
  for (guint i = 0; i < self->batches->len; i++)
    {
      g_string_append (reply->body, i > 0 ? "," : "");
      append_batch (self, g_ptr_array_index (self->batches, i), reply->body);
    }
  g_string_append_printf (reply->body, "],\"total_items\":%u,\"_links\":[]}",
                          self->batches->len);
}

void
bud_sandbox_get_batch (BudSandbox              *sandbox,
                       BudSandboxAudience      *audience,
                       const BudSandboxRequest *request,
                       BudSandboxReply         *reply)
{
  BudSandboxBatches *self = bud_sandbox_get_batches (sandbox);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Batch *batch = find (self, request->parts[1]);

  if (batch != NULL)
    append_batch (self, batch, reply->body);
  else
    bud_sandbox_reply_refuse (reply, BUD_SANDBOX_NOT_FOUND);
}
