/* bud-http-send.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-backoff.h"
#include "bud-body.h"
#include "bud-http-private.h"

/* One request on its way, through all its attempts. Whatever is pending owns the task. */
typedef struct
{
  BudHttp *http; /* (unowned): the task's source object */
  BudRequest *request;
  const char *host;
  GSource *cancel_watch; /* (owned) (nullable) */
  GSource *timer;        /* (owned) (nullable): the attempt's deadline, or the end of a back-off */
  guint attempt;

  /* Of the current attempt */
  GCancellable *cancellable; /* (owned): never the caller's, which a time-out must not cancel */
  SoupMessage *message;      /* (owned) (nullable) */
  gint64 sent_at;
  gboolean is_cancelled;
  gboolean is_timed_out;
  gboolean is_resting;
  gboolean has_place;
} Send;

static void start_attempt (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
send_free (gpointer data)
{
  Send *send = data;

  clear_source (&send->cancel_watch);
  clear_source (&send->timer);
  g_clear_object (&send->message);
  g_clear_object (&send->cancellable);
  g_clear_pointer (&send->request, bud_request_unref);
  g_free (send);
}

static void
start_timer (GTask       *task,
             guint        milliseconds,
             GSourceFunc  func)
{
  Send *send = g_task_get_task_data (task);

  clear_source (&send->timer);
  send->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (send->timer, func, g_object_ref (task), g_object_unref);
  g_source_attach (send->timer, send->http->context);
}

static void
leave_window (Send *send)
{
  if (!send->has_place)
    return;

  send->has_place = FALSE;
  bud_window_release (send->http->window);
}

static void
fail (GTask  *task,
      GError *error)
{
  Send *send = g_task_get_task_data (task);

  clear_source (&send->cancel_watch);
  clear_source (&send->timer);
  g_task_return_error (task, error);
}

static void
log_attempt (Send        *send,
             BudResponse *response,
             const char  *failure)
{
  BudHttpLogEntry entry = {
    .method = bud_request_get_method (send->request),
    .uri = bud_request_get_uri (send->request),
    .failure = failure,
    .milliseconds = (g_get_monotonic_time () - send->sent_at) / 1000,
    .attempt = send->attempt,
  };

  if (response != NULL)
    {
      entry.status = bud_response_get_status (response);
      entry.n_bytes = g_bytes_get_size (bud_response_get_body (response));
      entry.request_id = bud_response_get_request_id (response);
    }

  _bud_http_log (send->http, &entry);
}

static gboolean
on_rested_cb (gpointer user_data)
{
  GTask *task = user_data;
  Send *send = g_task_get_task_data (task);

  send->is_resting = FALSE;
  start_attempt (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

/* Takes @error for the case that this was the last attempt. */
static void
retry (GTask          *task,
       BudRetryReason  reason,
       const char     *retry_after,
       GError         *error)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr(GError) last_error = error;
  guint delay;

  /* Nothing would end the waiting of a request that was cancelled before it began to wait. */
  if (send->is_cancelled || send->attempt >= send->http->max_attempts)
    {
      fail (task, g_steal_pointer (&last_error));
      return;
    }

  delay = bud_backoff_get_delay (send->http->backoff_base, send->http->backoff_cap, send->attempt,
                                 retry_after, g_get_real_time () / G_USEC_PER_SEC);
  send->is_resting = TRUE;
  start_timer (task, delay, on_rested_cb);
  _bud_http_emit_retrying (send->http, reason, send->attempt, delay);
}

/* A word for the log, and whether another attempt can help. */
static const char *
judge_failure (const GError   *error,
               BudRetryReason *reason,
               gboolean       *is_transient)
{
  *is_transient = FALSE;

  if (error->domain != BUD_NET_ERROR)
    return "cancelled";

  switch ((BudNetError) error->code)
    {
    case BUD_NET_ERROR_OFFLINE:
      *is_transient = TRUE;
      *reason = BUD_RETRY_OFFLINE;
      return "offline";
    case BUD_NET_ERROR_TIMEOUT:
      *is_transient = TRUE;
      *reason = BUD_RETRY_TIMEOUT;
      return "timeout";
    case BUD_NET_ERROR_BROKEN:
      *is_transient = TRUE;
      *reason = BUD_RETRY_CONNECTION;
      return "broken";
    case BUD_NET_ERROR_TLS:
      return "tls";
    case BUD_NET_ERROR_TOO_LARGE:
      return "too-large";
    case BUD_NET_ERROR_INSECURE:
    case BUD_NET_ERROR_UNAVAILABLE:
    default:
      g_return_val_if_reached ("failed");
    }
}

/* No complete answer. Takes @io_error. */
static void
settle_failure (GTask  *task,
                GError *io_error)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr(GError) cause = io_error;
  g_autoptr(GError) error = NULL;
  BudRetryReason reason = BUD_RETRY_CONNECTION;
  const char *word;
  gboolean is_transient;

  /* Ends the connection too, so that nothing more of this answer is read. */
  g_cancellable_cancel (send->cancellable);
  clear_source (&send->timer);
  leave_window (send);

  if (send->is_timed_out && !send->is_cancelled)
    error = bud_net_error_new (BUD_NET_ERROR_TIMEOUT, send->host, 0);
  else
    error = bud_net_error_from_io (cause, send->host);

  word = judge_failure (error, &reason, &is_transient);
  log_attempt (send, NULL, word);

  if (is_transient)
    retry (task, reason, NULL, g_steal_pointer (&error));
  else
    fail (task, g_steal_pointer (&error));
}

/* What limits calls without JSON is not the service's own refusal, but a gate before it. */
static gboolean
is_rate_limit (BudResponse *response)
{
  guint status = bud_response_get_status (response);

  return status == BUD_STATUS_TOO_MANY_REQUESTS ||
         (status == SOUP_STATUS_FORBIDDEN && !bud_response_is_json (response));
}

static gboolean
is_server_trouble (BudResponse *response)
{
  return bud_response_get_status (response) >= 500;
}

static void
tell_window (Send        *send,
             BudResponse *response)
{
  if (is_rate_limit (response))
    bud_window_punish (send->http->window);
  else if (!is_server_trouble (response))
    bud_window_reward (send->http->window);

  leave_window (send);
}

static void
settle_good_answer (GTask       *task,
                    BudResponse *response)
{
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;

  if (!bud_response_is_success (response) ||
      bud_request_check (send->request, response, &error))
    {
      clear_source (&send->cancel_watch);
      g_task_return_pointer (task, bud_response_ref (response),
                             (GDestroyNotify) bud_response_unref);
    }
  else if (g_error_matches (error, BUD_NET_ERROR, BUD_NET_ERROR_BROKEN))
    retry (task, BUD_RETRY_BROKEN, NULL, error);
  else
    fail (task, error);
}

static void
settle_answer (GTask       *task,
               BudResponse *response)
{
  Send *send = g_task_get_task_data (task);
  guint status = bud_response_get_status (response);

  clear_source (&send->timer);
  log_attempt (send, response, NULL);
  tell_window (send, response);

  if (is_rate_limit (response) || is_server_trouble (response))
    retry (task,
           is_rate_limit (response) ? BUD_RETRY_RATE_LIMIT : BUD_RETRY_SERVER,
           bud_response_get_header (response, "Retry-After"),
           bud_net_error_new (BUD_NET_ERROR_UNAVAILABLE, send->host, status));
  else
    settle_good_answer (task, response);
}

static void
on_body_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr(BudResponse) response = NULL;
  g_autoptr(GBytes) body = NULL;
  GError *error = NULL;

  body = bud_body_read_finish (G_INPUT_STREAM (object), result, &error);
  if (body == NULL)
    {
      settle_failure (task, error);
      return;
    }

  response = bud_response_new (soup_message_get_status (send->message),
                               soup_message_get_response_headers (send->message),
                               body, send->attempt);
  settle_answer (task, response);
}

/* How long the body says it is; 0 when it does not say, or says it of the encoded form. */
static gsize
get_expected_length (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset length = soup_message_headers_get_content_length (headers);

  if (length <= 0 || soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    return 0;

  return (gsize) length;
}

static void
on_message_sent_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr(GInputStream) stream = NULL;
  GError *error = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (stream == NULL)
    {
      settle_failure (task, error);
      return;
    }

  bud_body_read_async (stream, get_expected_length (send->message), send->http->max_body,
                       send->cancellable, on_body_read_cb, g_steal_pointer (&task));
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  Send *send = g_task_get_task_data (user_data);

  send->is_timed_out = TRUE;
  g_cancellable_cancel (send->cancellable);

  return G_SOURCE_REMOVE;
}

static SoupMessage *
create_message (BudRequest *request)
{
  SoupMessage *message = soup_message_new_from_uri (bud_request_get_method (request),
                                                    bud_request_get_uri (request));

  /* Every request is harmless to repeat. Without the flag libsoup opens a new connection for each
   * POST. A redirect would carry the token to wherever it points. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json, application/problem+json");

  if (bud_request_get_body (request) != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json",
                                              bud_request_get_body (request));
  if (bud_request_get_authorizer (request) != NULL)
    bud_authorizer_apply (bud_request_get_authorizer (request), message);

  return message;
}

static void
send_message (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  gboolean is_plain = g_str_equal (g_uri_get_scheme (bud_request_get_uri (send->request)), "http");

  g_clear_object (&send->message);
  send->message = create_message (send->request);
  send->sent_at = g_get_monotonic_time ();
  start_timer (task, send->http->timeout, on_deadline_cb);

  soup_session_send_async (is_plain ? send->http->direct_session : send->http->session,
                           send->message, G_PRIORITY_DEFAULT, send->cancellable,
                           on_message_sent_cb, task);
}

static void
on_place_acquired_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;

  send->has_place = bud_window_acquire_finish (BUD_WINDOW (object), result, &error);

  /* The place can have been given in the moment of the cancellation. */
  if (send->has_place && g_cancellable_set_error_if_cancelled (send->cancellable, &error))
    leave_window (send);

  if (send->has_place)
    send_message (g_steal_pointer (&task));
  else
    fail (task, error);
}

/* Takes @task. */
static void
start_attempt (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  send->attempt++;
  send->is_timed_out = FALSE;
  g_clear_object (&send->cancellable);
  send->cancellable = g_cancellable_new ();

  bud_window_acquire_async (send->http->window, send->cancellable, on_place_acquired_cb, task);
}

static gboolean
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  Send *send = g_task_get_task_data (task);

  send->is_cancelled = TRUE;
  g_cancellable_cancel (send->cancellable);

  /* Only a back-off has nothing pending that would report the cancellation. */
  if (send->is_resting)
    {
      GError *error = NULL;

      g_cancellable_set_error_if_cancelled (cancellable, &error);
      fail (task, error);
    }

  return G_SOURCE_REMOVE;
}

/* The caller's cancellable may be cancelled on any thread; all that follows happens on ours. */
static void
watch_cancellable (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) == NULL)
    return;

  send->cancel_watch = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (send->cancel_watch, G_SOURCE_FUNC (on_cancelled_cb), task, NULL);
  g_source_attach (send->cancel_watch, send->http->context);
}

/**
 * _bud_http_send:
 * @task: (transfer full): of bud_http_send_async()
 * @request: a request to an address that was checked
 */
void
_bud_http_send (GTask      *task,
                BudRequest *request)
{
  Send *send = g_new0 (Send, 1);

  send->http = g_task_get_source_object (task);
  send->request = bud_request_ref (request);
  send->host = g_uri_get_host (bud_request_get_uri (request));
  g_task_set_task_data (task, send, send_free);

  watch_cancellable (task);
  start_attempt (task);
}
