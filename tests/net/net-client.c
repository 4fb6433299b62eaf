/* net-client.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "net-client.h"

/* Long enough for a loaded computer, short enough for a test that hangs. */
#define PATIENCE (20 * G_USEC_PER_SEC)

static void
on_retrying_cb (BudHttp        *http,
                BudRetryReason  reason,
                guint           attempt,
                guint           delay,
                gpointer        user_data)
{
  NetClient *self = user_data;

  g_array_append_val (self->reasons, reason);
  g_array_append_val (self->delays, delay);
}

static void
on_logged_cb (const char *line,
              gpointer    user_data)
{
  NetClient *self = user_data;

  g_string_append_printf (self->log, "%s\n", line);
}

NetClient *
net_client_new (BudWindow *window)
{
  NetClient *self = g_new0 (NetClient, 1);

  self->server = net_server_new (NULL);
  self->reasons = g_array_new (FALSE, FALSE, sizeof (BudRetryReason));
  self->delays = g_array_new (FALSE, FALSE, sizeof (guint));
  self->log = g_string_new (NULL);
  self->http = bud_http_new (window);
  bud_http_set_backoff (self->http, 1, 5);
  bud_http_set_log (self->http, on_logged_cb, self, NULL);
  g_signal_connect (self->http, "retrying", G_CALLBACK (on_retrying_cb), self);

  return self;
}

void
net_client_free (NetClient *self)
{
  g_assert_finalize_object (self->http);
  net_run_for (0);
  net_server_free (self->server);
  g_array_unref (self->reasons);
  g_array_unref (self->delays);
  g_string_free (self->log, TRUE);
  g_free (self);
}

static void
on_sent_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  NetCall *call = user_data;

  g_assert_false (call->is_done);
  call->is_done = TRUE;
  call->response = bud_http_send_finish (BUD_HTTP (object), result, &call->error);
  g_assert_true ((call->response == NULL) == (call->error != NULL));
}

void
net_client_start (NetClient    *self,
                  BudRequest   *request,
                  GCancellable *cancellable,
                  NetCall      *call)
{
  bud_http_send_async (self->http, request, cancellable, on_sent_cb, call);
}

static gboolean
is_call_done (gpointer data)
{
  return ((NetCall *) data)->is_done;
}

void
net_call_wait (NetCall *call)
{
  net_wait_until (is_call_done, call);
}

void
net_call_clear (NetCall *call)
{
  g_clear_pointer (&call->response, bud_response_unref);
  g_clear_error (&call->error);
  call->is_done = FALSE;
}

void
net_client_send (NetClient  *self,
                 BudRequest *request,
                 NetCall    *call)
{
  net_call_clear (call);
  net_client_start (self, request, NULL, call);
  net_call_wait (call);
}

void
net_client_get (NetClient  *self,
                const char *path,
                NetCall    *call)
{
  g_autoptr(BudRequest) request = net_client_request (self, "GET", path);

  net_client_send (self, request, call);
}

BudRequest *
net_client_request (NetClient  *self,
                    const char *method,
                    const char *path)
{
  g_autofree char *url = net_server_dup_url (self->server, path);

  return bud_request_new (method, url);
}

static gboolean
wake_up_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
net_wait_until (gboolean (*condition) (gpointer data),
                gpointer   data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint tick = g_timeout_add (2, wake_up_cb, NULL);

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (tick);
}

static gboolean
is_past (gpointer data)
{
  return g_get_monotonic_time () >= *(gint64 *) data;
}

void
net_run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  net_wait_until (is_past, &end);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
