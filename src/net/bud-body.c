/* bud-body.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-body.h"

/* Room when nothing is known of the length, and the most that is read at once: what a socket holds
 * while its reader is busy elsewhere. */
#define STEP (64 * 1024)
#define STEP_MAX (512 * 1024)

typedef struct
{
  GByteArray *bytes; /* (owned): what was read, and room for the next step */
  gsize n_read;
  gsize n_expected;
  gsize n_max;
} BodyData;

static void
body_data_free (gpointer data)
{
  BodyData *body = data;

  g_clear_pointer (&body->bytes, g_byte_array_unref);
  g_free (body);
}

static void read_step (GTask *task);

static void
on_step_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BodyData *body = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n_read;

  n_read = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);
  if (n_read < 0)
    {
      g_task_return_error (task, error);
      return;
    }

  body->n_read += (gsize) n_read;
  if (body->n_read > body->n_max)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "Body too large");
  else if (n_read > 0)
    read_step (g_steal_pointer (&task));
  else
    {
      g_byte_array_set_size (body->bytes, (guint) body->n_read);
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&body->bytes)),
                             (GDestroyNotify) g_bytes_unref);
    }
}

/* Up to one byte more than expected, so that a body as long as it said needs no more room. */
static gsize
get_step (const BodyData *body)
{
  return body->n_read <= body->n_expected
         ? MIN (body->n_expected + 1 - body->n_read, STEP_MAX)
         : STEP;
}

static void
read_step (GTask *task)
{
  BodyData *body = g_task_get_task_data (task);
  gsize n_step = get_step (body);

  g_byte_array_set_size (body->bytes, (guint) (body->n_read + n_step));
  g_input_stream_read_async (g_task_get_source_object (task),
                             body->bytes->data + body->n_read, n_step, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), on_step_read_cb, task);
}

/**
 * bud_body_read_async:
 * @stream: an answer's body
 * @n_expected: how long it says it is, 0 when it does not say
 * @n_max: longest body taken, in bytes, well below 4 GiB
 * @cancellable: (nullable): stops the reading
 * @callback: called with the whole body
 * @user_data: for @callback
 */
void
bud_body_read_async (GInputStream        *stream,
                     gsize                n_expected,
                     gsize                n_max,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  BodyData *body;

  g_return_if_fail (G_IS_INPUT_STREAM (stream));

  body = g_new0 (BodyData, 1);
  body->n_expected = n_expected > 0 ? n_expected : STEP - 1;
  body->n_max = n_max;

  task = g_task_new (stream, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_body_read_async);
  g_task_set_task_data (task, body, body_data_free);

  if (n_expected > n_max)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "Body too large");
  else
    {
      body->bytes = g_byte_array_sized_new ((guint) body->n_expected + 1);
      read_step (g_steal_pointer (&task));
    }
}

/**
 * bud_body_read_finish:
 * @stream: as given to bud_body_read_async()
 * @result: as given to the callback
 * @error: return location for a #GIOErrorEnum; %G_IO_ERROR_MESSAGE_TOO_LARGE past the limit
 *
 * Returns: (transfer full): the whole body, or %NULL with @error set
 */
GBytes *
bud_body_read_finish (GInputStream  *stream,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
