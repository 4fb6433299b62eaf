/* bud-sandbox-response.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "bud-sandbox-response.h"

/* Blocking: for worker threads only. Those of the server are. */

#define GZIP_FROM 1024
#define DRIPS_PER_SECOND 10

static GBytes *
gzip (GBytes *plain)
{
  g_autoptr(GConverter) converter = NULL;
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) stream = NULL;

  converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  stream = g_converter_output_stream_new (memory, converter);
  g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                             NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* A body that comes a few bytes at a time. */
typedef struct
{
  BudSandbox *sandbox;
  GBytes *bytes; /* (owned) */
  gsize step;
} Drip;

static ssize_t
read_drip (void     *user_data,
           uint64_t  position,
           char     *buffer,
           size_t    size)
{
  Drip *drip = user_data;
  gsize length;
  const char *data = g_bytes_get_data (drip->bytes, &length);

  if (!bud_sandbox_sleep (drip->sandbox, 1000 / DRIPS_PER_SECOND))
    return MHD_CONTENT_READER_END_WITH_ERROR;

  size = MIN (MIN (size, drip->step), length - position);
  memcpy (buffer, data + position, size);

  return size;
}

static void
drip_free (void *user_data)
{
  Drip *drip = user_data;

  g_bytes_unref (drip->bytes);
  g_free (drip);
}

static struct MHD_Response *
make_dripping (BudSandbox *sandbox,
               GBytes     *bytes,
               guint       bytes_per_second)
{
  Drip *drip = g_new (Drip, 1);

  drip->sandbox = sandbox;
  drip->bytes = g_bytes_ref (bytes);
  drip->step = MAX (1, bytes_per_second / DRIPS_PER_SECOND);

  return MHD_create_response_from_callback (g_bytes_get_size (bytes), 32 * 1024, read_drip, drip,
                                            drip_free);
}

static void
unref_bytes (void *data)
{
  g_bytes_unref (data);
}

static gboolean
wants_gzip (BudSandbox *sandbox,
            GBytes     *bytes,
            const char *accepted)
{
  return bud_sandbox_get_config (sandbox)->gzip &&
         g_bytes_get_size (bytes) >= GZIP_FROM && accepted != NULL &&
         strstr (accepted, "gzip") != NULL;
}

static void
add_headers (struct MHD_Response   *response,
             const BudSandboxReply *reply,
             guint                  retry_after)
{
  MHD_add_response_header (response, "Content-Type",
                           reply->content_type != NULL ? reply->content_type
                                                       : "application/json; charset=utf-8");
  MHD_add_response_header (response, "X-Request-Id", reply->id);
  MHD_add_response_header (response, "Cache-Control", "no-store");
  if (reply->allow != NULL)
    MHD_add_response_header (response, "Allow", reply->allow);
  if (reply->location != NULL)
    MHD_add_response_header (response, "Location", reply->location);
  if (reply->status == 429 && retry_after > 0)
    {
      char seconds[16];

      g_snprintf (seconds, sizeof seconds, "%u", retry_after);
      MHD_add_response_header (response, "Retry-After", seconds);
    }
}

/**
 * bud_sandbox_response_new:
 * @sandbox: the account
 * @reply: the answer, whose body is taken
 * @canned: (nullable): a body that is shared instead
 * @fault: what goes wrong
 * @argument: the number that belongs to @fault
 * @accepted: (nullable): the client's Accept-Encoding
 * @size: (out): bytes that the body takes on the wire
 *
 * Returns: (transfer full): the answer for libmicrohttpd
 */
struct MHD_Response *
bud_sandbox_response_new (BudSandbox      *sandbox,
                          BudSandboxReply *reply,
                          GBytes          *canned,
                          BudSandboxFault  fault,
                          guint            argument,
                          const char      *accepted,
                          gsize           *size)
{
  g_autoptr(GBytes) bytes = NULL;
  struct MHD_Response *response;
  gboolean compressed;

  if (canned != NULL)
    bytes = g_bytes_ref (canned);
  else
    bytes = g_string_free_to_bytes (g_steal_pointer (&reply->body));

  if ((compressed = wants_gzip (sandbox, bytes, accepted)))
    {
      g_autoptr(GBytes) plain = g_steal_pointer (&bytes);

      bytes = gzip (plain);
    }

  *size = g_bytes_get_size (bytes);
  if (fault == BUD_SANDBOX_FAULT_DRIP)
    response = make_dripping (sandbox, bytes, argument);
  else
    response = MHD_create_response_from_buffer_with_free_callback_cls (
        *size, (void *) g_bytes_get_data (bytes, NULL), unref_bytes, g_bytes_ref (bytes));

  add_headers (response, reply, argument);
  if (compressed)
    MHD_add_response_header (response, "Content-Encoding", "gzip");
  MHD_add_response_header (response, "Vary", "Accept-Encoding");

  return response;
}
