/* bud-http.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "bud-net"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-error.h"
#include "bud-http-private.h"
#include "bud-net-enums.h"

/* Mailchimp takes ten connections of one user at a time. */
#define MAX_CONNECTIONS 10
/* Mailchimp gives up after 120 seconds, and is given the time to say so. */
#define TIMEOUT (130 * 1000)
#define BACKOFF_BASE 500
#define BACKOFF_CAP (60 * 1000)
#define MAX_ATTEMPTS 8

typedef enum {
  SIGNAL_RETRYING,
  N_SIGNALS,
} BudHttpSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudHttp, bud_http, G_TYPE_OBJECT)

static SoupSession *
create_session (void)
{
  /* The time-out is ours, for a whole attempt: libsoup's own starts again with every byte. */
  SoupSession *session = soup_session_new_with_options ("user-agent", "Budstikke/" BUD_VERSION,
                                                        "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS,
                                                        "timeout", 0,
                                                        NULL);

  /* Only an authorizer puts a token on a message. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  return session;
}

static void
bud_http_dispose (GObject *object)
{
  BudHttp *self = BUD_HTTP (object);

  g_clear_object (&self->session);
  g_clear_object (&self->direct_session);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (bud_http_parent_class)->dispose (object);
}

static void
bud_http_finalize (GObject *object)
{
  BudHttp *self = BUD_HTTP (object);

  bud_http_set_log (self, NULL, NULL, NULL);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (bud_http_parent_class)->finalize (object);
}

static void
bud_http_class_init (BudHttpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bud_http_dispose;
  object_class->finalize = bud_http_finalize;

  /**
   * BudHttp::retrying:
   * @self: the client
   * @reason: why
   * @attempt: the attempt that failed, from 1
   * @delay: how long the client waits before the next one, in milliseconds
   *
   * A request is going to be sent again.
   */
  signals[SIGNAL_RETRYING] =
    g_signal_new ("retrying", BUD_TYPE_HTTP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, BUD_TYPE_RETRY_REASON, G_TYPE_UINT, G_TYPE_UINT);
}

static void
bud_http_init (BudHttp *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->session = create_session ();
  self->direct_session = create_session ();
  soup_session_set_proxy_resolver (self->direct_session, NULL);

  self->timeout = TIMEOUT;
  self->backoff_base = BACKOFF_BASE;
  self->backoff_cap = BACKOFF_CAP;
  self->max_attempts = MAX_ATTEMPTS;
  self->max_body = BUD_HTTP_MAX_BODY;
}

/**
 * bud_http_new:
 * @window: (nullable): bounds how many requests are open at a time; %NULL for a window of its own
 *
 * The client belongs to the thread-default main context of its creation: requests are sent, and
 * their callbacks called, only there.
 *
 * Returns: (transfer full): a client
 */
BudHttp *
bud_http_new (BudWindow *window)
{
  BudHttp *self;

  g_return_val_if_fail (window == NULL || BUD_IS_WINDOW (window), NULL);

  self = g_object_new (BUD_TYPE_HTTP, NULL);
  self->window = window != NULL ? g_object_ref (window) : bud_window_new (MAX_CONNECTIONS);

  return self;
}

/**
 * bud_http_get_window:
 * @self: a client
 *
 * Returns: (transfer none): the window that its requests pass
 */
BudWindow *
bud_http_get_window (BudHttp *self)
{
  g_return_val_if_fail (BUD_IS_HTTP (self), NULL);

  return self->window;
}

/**
 * bud_http_set_timeout:
 * @self: a client
 * @milliseconds: how long one attempt may take, from sending to the last byte
 */
void
bud_http_set_timeout (BudHttp *self,
                      guint    milliseconds)
{
  g_return_if_fail (BUD_IS_HTTP (self));

  self->timeout = milliseconds;
}

/**
 * bud_http_set_backoff:
 * @self: a client
 * @base_milliseconds: longest wait after a first attempt; doubled after each further one
 * @cap_milliseconds: longest wait of all
 */
void
bud_http_set_backoff (BudHttp *self,
                      guint    base_milliseconds,
                      guint    cap_milliseconds)
{
  g_return_if_fail (BUD_IS_HTTP (self));

  self->backoff_base = base_milliseconds;
  self->backoff_cap = cap_milliseconds;
}

/**
 * bud_http_set_max_attempts:
 * @self: a client
 * @max_attempts: how many times a request is sent at most, at least 1
 */
void
bud_http_set_max_attempts (BudHttp *self,
                           guint    max_attempts)
{
  g_return_if_fail (BUD_IS_HTTP (self));
  g_return_if_fail (max_attempts >= 1);

  self->max_attempts = max_attempts;
}

/**
 * bud_http_set_max_body:
 * @self: a client
 * @n_bytes: the largest answer taken, at most %BUD_HTTP_MAX_BODY
 */
void
bud_http_set_max_body (BudHttp *self,
                       gsize    n_bytes)
{
  g_return_if_fail (BUD_IS_HTTP (self));
  g_return_if_fail (n_bytes <= BUD_HTTP_MAX_BODY);

  self->max_body = n_bytes;
}

/**
 * bud_http_set_log:
 * @self: a client
 * @func: (nullable): called on the client's main context with one line for each attempt
 * @data: for @func
 * @destroy: (nullable): frees @data
 */
void
bud_http_set_log (BudHttp        *self,
                  BudHttpLogFunc  func,
                  gpointer        data,
                  GDestroyNotify  destroy)
{
  g_return_if_fail (BUD_IS_HTTP (self));

  if (self->log_destroy != NULL)
    self->log_destroy (self->log_data);
  self->log = func;
  self->log_data = data;
  self->log_destroy = destroy;
}

void
_bud_http_log (BudHttp               *self,
               const BudHttpLogEntry *entry)
{
  g_autofree char *line = bud_http_log_format (entry);

  g_debug ("%s", line);
  if (self->log != NULL)
    self->log (line, self->log_data);
}

void
_bud_http_emit_retrying (BudHttp        *self,
                         BudRetryReason  reason,
                         guint           attempt,
                         guint           delay)
{
  g_signal_emit (self, signals[SIGNAL_RETRYING], 0, reason, attempt, delay);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  /* GIO never asks a name server about this one (RFC 6761 §6.3). */
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
check_address (GUri    *uri,
               GError **error)
{
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' ||
      (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    {
      g_set_error_literal (error, BUD_ERROR, BUD_ERROR_INVALID,
                           _("The service’s address is not a web address, so nothing was sent. "
                             "It should begin with “https://”."));
      return FALSE;
    }

  if (g_str_equal (scheme, "http") && !is_loopback (host))
    {
      g_propagate_error (error, bud_net_error_new (BUD_NET_ERROR_INSECURE, host, 0));
      return FALSE;
    }

  return TRUE;
}

/**
 * bud_http_send_async:
 * @self: a client
 * @request: what to send
 * @cancellable: (nullable): stops sending, reading and waiting at once
 * @callback: called with the final answer
 * @user_data: for @callback
 *
 * |[
 *   ┌─▶ wait for room in the window ─▶ send ─▶ read the body ─▶ judge ─▶ final: callback
 *   │                                                            │
 *   └──── back-off, outside the window ◀── transient ◀────────────┘
 * ]|
 *
 * Transient: 429, 403 without JSON (as Mailchimp and what stands before it limit calls), 5xx, no
 * answer in time, a service out of reach, a connection that breaks, an answer that the request's
 * check finds broken.
 */
void
bud_http_send_async (BudHttp             *self,
                     BudRequest          *request,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (BUD_IS_HTTP (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_http_send_async);
  g_return_if_fail (g_task_get_context (task) == self->context);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (check_address (bud_request_get_uri (request), &error))
    _bud_http_send (g_steal_pointer (&task), request);
  else
    g_task_return_error (task, error);
}

/**
 * bud_http_send_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: return location for a #BudNetError, %BUD_ERROR_INVALID for an address that is none,
 *   %G_IO_ERROR_CANCELLED, or whatever the request's check says
 *
 * Returns: (transfer full): the final answer, whatever its status, or %NULL with @error set
 */
BudResponse *
bud_http_send_finish (BudHttp       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
