/* bud-sandbox-server.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/socket.h>

#include "bud-error.h"
#include "bud-sandbox-batches.h"
#include "bud-sandbox-control.h"
#include "bud-sandbox-faults.h"
#include "bud-sandbox-oauth.h"
#include "bud-sandbox-response.h"
#include "bud-sandbox-server.h"
#include "bud-sandbox-sink.h"

/* The wire. Each connection has a thread of its own, which may sleep as the faults demand. */

#define API "/3.0"
#define CONTROL "/_sandbox"
#define RESULTS "/_batches/"
#define TIMEOUT_SECONDS 120
#define MAX_CONNECTIONS 900

struct _BudSandboxServer
{
  BudSandbox *sandbox;       /* (unowned) */
  BudSandboxSink *sink;      /* (owned) (nullable) */
  struct MHD_Daemon *daemon; /* (owned) */
  char *origin;              /* (owned) */
  GMutex log_lock;
  FILE *log;                 /* (unowned) (nullable) */
};

/* One request while it lasts. */
typedef struct
{
  BudSandboxServer *server;
  struct MHD_Connection *connection;
  const char *method;
  const char *path;
  const char *endpoint;     /* what the log and the counters call it */
  GString *body;            /* (owned) */
  GBytes *canned;           /* (owned) (nullable): a body that is shared instead of reply.body */
  BudSandboxReply reply;
  BudSandboxFault fault;
  guint argument;           /* of the fault */
  gint64 started;
  gboolean too_large;
  gboolean entered;
  gboolean admitted;        /* not over the limit */
} Call;

static void
call_free (Call *call)
{
  if (call->entered)
    bud_sandbox_leave (call->server->sandbox, call->admitted);
  g_string_free (call->body, TRUE);
  g_clear_pointer (&call->canned, g_bytes_unref);
  bud_sandbox_reply_clear (&call->reply);
  g_free (call);
}

static enum MHD_Result
collect_query (void               *user_data,
               enum MHD_ValueKind  kind,
               const char         *key,
               const char         *value)
{
  g_hash_table_insert (user_data, g_strdup (key), g_strdup (value != NULL ? value : ""));

  return MHD_YES;
}

static GHashTable *
read_query (struct MHD_Connection *connection)
{
  GHashTable *query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  MHD_get_connection_values (connection, MHD_GET_ARGUMENT_KIND, collect_query, query);

  return query;
}

static const char *
get_header (const Call *call,
            const char *name)
{
  return MHD_lookup_connection_value (call->connection, MHD_HEADER_KIND, name);
}

static gboolean
is_below (const char *path,
          const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* Answers like a service, or a box in front of it, that did not even look at the request. */
static gboolean
fail_before (Call *call)
{
  BudSandboxReply *reply = &call->reply;

  switch (call->fault)
    {
    case BUD_SANDBOX_FAULT_429:
      bud_sandbox_reply_refuse (reply, BUD_SANDBOX_TOO_MANY_REQUESTS);
      return TRUE;
    case BUD_SANDBOX_FAULT_429_BARE:
      reply->status = 429;
      reply->content_type = "text/plain";
      return TRUE;
    case BUD_SANDBOX_FAULT_403_BARE:
      reply->status = 403;
      reply->content_type = "text/html";
      return TRUE;
    case BUD_SANDBOX_FAULT_500:
      bud_sandbox_reply_refuse (reply, BUD_SANDBOX_INTERNAL_ERROR);
      return TRUE;
    case BUD_SANDBOX_FAULT_503_HTML:
      reply->status = 503;
      reply->content_type = "text/html";
      g_string_assign (reply->body, "<html><head><title>Request Blocked</title></head><body>"
                       "<h1>Request Blocked</h1><p>Reference Number: 18.2f1d0</p></body></html>");
      return TRUE;
    case BUD_SANDBOX_FAULT_RESET:
    case BUD_SANDBOX_FAULT_LOST:
    case BUD_SANDBOX_FAULT_TRUNCATE:
    case BUD_SANDBOX_FAULT_STALL:
    case BUD_SANDBOX_FAULT_DRIP:
    case BUD_SANDBOX_FAULT_HTML:
    case BUD_SANDBOX_FAULT_EMPTY:
    case BUD_SANDBOX_N_FAULTS:
      break;
    }

  return FALSE;
}

/* Spoils an answer to something that has been done. */
static void
fail_after (Call *call)
{
  GString *body = call->reply.body;

  if (call->fault == BUD_SANDBOX_FAULT_TRUNCATE)
    g_string_truncate (body, body->len / 2);
  else if (call->fault == BUD_SANDBOX_FAULT_EMPTY)
    g_string_truncate (body, 0);
  else if (call->fault == BUD_SANDBOX_FAULT_STALL)
    bud_sandbox_sleep (call->server->sandbox, call->argument * G_GINT64_CONSTANT (1000));
  else if (call->fault == BUD_SANDBOX_FAULT_HTML)
    {
      call->reply.status = 200;
      call->reply.content_type = "text/html";
      g_string_assign (body, "<html><body><h1>We will be right back</h1></body></html>");
    }
}

/* A batch post to an audience of ours, when nothing is to be kept of it. */
static gboolean
is_for_sink (Call                    *call,
             const BudSandboxRequest *request)
{
  return call->server->sink != NULL && g_str_equal (request->method, "POST") &&
         g_strcmp0 (request->parts[0], "lists") == 0 && request->parts[1] != NULL &&
         request->parts[2] == NULL &&
         bud_sandbox_get_audience (call->server->sandbox, request->parts[1]) != NULL;
}

static void
answer_api (Call              *call,
            BudSandboxRequest *request)
{
  BudSandbox *sandbox = call->server->sandbox;
  BudSandboxProblemKind door;

  door = bud_sandbox_oauth_check (bud_sandbox_get_oauth (sandbox),
                                  get_header (call, "Authorization"));
  if (door != BUD_SANDBOX_OK)
    {
      bud_sandbox_reply_refuse (&call->reply, door);
      call->endpoint = "unauthorized";
    }
  else if (is_for_sink (call, request))
    {
      call->canned = bud_sandbox_sink_answer (call->server->sink, call->body->str,
                                              call->body->len);
      call->endpoint = "POST /lists/{list_id}";
    }
  else
    {
      call->endpoint = bud_sandbox_router_answer (sandbox, request, &call->reply);
    }

  bud_sandbox_count_call (sandbox, call->endpoint);
}

static void
answer_result (Call *call)
{
  g_autofree char *id = g_strdup (call->path + strlen (RESULTS));
  char *dot = strchr (id, '.');

  if (dot != NULL)
    *dot = '\0';

  call->canned = bud_sandbox_batches_dup_result (
      bud_sandbox_get_batches (call->server->sandbox), id);
  call->reply.content_type = "application/gzip";
  if (call->canned == NULL)
    bud_sandbox_reply_refuse (&call->reply, BUD_SANDBOX_NOT_FOUND);
}

/* Work that the limit, the latency and the faults are for. */
static void
answer_service (Call              *call,
                BudSandboxRequest *request)
{
  BudSandbox *sandbox = call->server->sandbox;
  const BudSandboxConfig *config = bud_sandbox_get_config (sandbox);

  call->entered = TRUE;
  call->admitted = bud_sandbox_enter (sandbox);
  if (!call->admitted)
    {
      bud_sandbox_reply_refuse (&call->reply, BUD_SANDBOX_TOO_MANY_REQUESTS);
      call->endpoint = "over the limit";
      return;
    }

  call->fault = bud_sandbox_faults_pick (bud_sandbox_get_faults (sandbox), call->method,
                                         call->path, &call->argument);
  if (config->latency_ms > 0)
    bud_sandbox_sleep (sandbox, config->latency_ms);
  if (call->fault == BUD_SANDBOX_FAULT_RESET || fail_before (call))
    return;

  if (is_below (call->path, API))
    answer_api (call, request);
  else
    bud_sandbox_oauth_answer (bud_sandbox_get_oauth (sandbox), call->path, request,
                              get_header (call, "Authorization"), call->server->origin,
                              &call->reply);
  fail_after (call);
}

static void
answer (Call *call)
{
  g_auto(BudSandboxRequest) request = { 0 };
  const char *path = call->path;
  gboolean api = is_below (path, API);
  gboolean control = is_below (path, CONTROL);
  gboolean oauth = is_below (path, "/oauth2");

  call->endpoint = oauth ? path : "other";
  path += api ? strlen (API) : control ? strlen (CONTROL) : 0;

  if (call->too_large)
    bud_sandbox_reply_refuse (&call->reply, BUD_SANDBOX_TOO_LARGE);
  else if (!bud_sandbox_request_init (&request, call->method, path, read_query (call->connection),
                                      call->body->str, call->body->len))
    bud_sandbox_reply_refuse (&call->reply, BUD_SANDBOX_NOT_FOUND);
  else if (control)
    bud_sandbox_control_answer (call->server->sandbox, &request, &call->reply);
  else if (g_str_has_prefix (call->path, RESULTS))
    answer_result (call);
  else if (api || oauth)
    answer_service (call, &request);
  else
    bud_sandbox_reply_refuse (&call->reply, BUD_SANDBOX_NOT_FOUND);
}

/* Closes the connection with a RST instead of an answer. */
static enum MHD_Result
reset (Call *call)
{
  const union MHD_ConnectionInfo *info;
  struct linger now = { 1, 0 };

  info = MHD_get_connection_info (call->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info != NULL)
    setsockopt (info->connect_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);

  return MHD_NO;
}

/* No address, no query and no header: the log of a practice may be shown to anybody. */
static void
write_log (Call  *call,
           gsize  size)
{
  BudSandboxServer *self = call->server;
  gint64 took = g_get_monotonic_time () - call->started;

  if (self->log == NULL)
    return;

  g_mutex_lock (&self->log_lock);
  fprintf (self->log, "%" G_GINT64_FORMAT " %s %u in=%zu out=%zu us=%" G_GINT64_FORMAT " %s\n",
           g_get_real_time () / G_TIME_SPAN_MILLISECOND, call->endpoint, call->reply.status,
           call->body->len, size, took,
           call->fault != BUD_SANDBOX_NO_FAULT ? bud_sandbox_fault_to_text (call->fault) : "-");
  fflush (self->log);
  g_mutex_unlock (&self->log_lock);
}

static enum MHD_Result
finish (Call *call)
{
  struct MHD_Response *response;
  enum MHD_Result result;
  gsize size = 0;

  answer (call);

  if (call->fault == BUD_SANDBOX_FAULT_RESET || call->fault == BUD_SANDBOX_FAULT_LOST)
    {
      write_log (call, 0);
      return reset (call);
    }

  response = bud_sandbox_response_new (call->server->sandbox, &call->reply, call->canned,
                                       call->fault, call->argument,
                                       get_header (call, "Accept-Encoding"), &size);
  write_log (call, size);
  result = MHD_queue_response (call->connection, call->reply.status, response);
  MHD_destroy_response (response);

  return result;
}

static enum MHD_Result
on_request (void                   *user_data,
            struct MHD_Connection  *connection,
            const char             *path,
            const char             *method,
            const char             *version,
            const char             *data,
            size_t                 *size,
            void                  **call_data)
{
  Call *call = *call_data;

  if (call == NULL)
    {
      call = g_new0 (Call, 1);
      call->server = user_data;
      call->connection = connection;
      call->method = method;
      call->path = path;
      call->body = g_string_new (NULL);
      call->fault = BUD_SANDBOX_NO_FAULT;
      call->started = g_get_monotonic_time ();
      bud_sandbox_reply_init (&call->reply);
      *call_data = call;
      return MHD_YES;
    }

  if (*size == 0)
    return finish (call);

  call->too_large = call->too_large || call->body->len + *size > BUD_SANDBOX_MAX_BODY;
  if (!call->too_large)
    g_string_append_len (call->body, data, *size);
  *size = 0;

  return MHD_YES;
}

static void
on_completed (void                             *user_data,
              struct MHD_Connection            *connection,
              void                            **call_data,
              enum MHD_RequestTerminationCode   code)
{
  g_clear_pointer ((Call **) call_data, call_free);
}

/**
 * bud_sandbox_server_start:
 * @sandbox: (transfer none): the account, which outlives the server
 * @port: where to listen on 127.0.0.1; 0 for any free port
 * @log: (nullable): where a line for each request goes
 * @error: return location for a #BudError
 *
 * Serves the account on threads of its own, and tells it its address.
 *
 * Returns: (transfer full): the server, or %NULL with @error set
 */
BudSandboxServer *
bud_sandbox_server_start (BudSandbox  *sandbox,
                          guint16      port,
                          FILE        *log,
                          GError     **error)
{
  BudSandboxServer *self = g_new0 (BudSandboxServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET };
  g_autofree char *base = NULL;

  address.sin_port = htons (port);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->sandbox = sandbox;
  self->log = log;
  g_mutex_init (&self->log_lock);
  if (bud_sandbox_get_config (sandbox)->sink)
    self->sink = bud_sandbox_sink_new ();

  self->daemon = MHD_start_daemon (MHD_USE_THREAD_PER_CONNECTION |
                                   MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC,
                                   port, NULL, NULL, on_request, self,
                                   MHD_OPTION_SOCK_ADDR, (struct sockaddr *) &address,
                                   MHD_OPTION_CONNECTION_LIMIT, (unsigned int) MAX_CONNECTIONS,
                                   MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int) TIMEOUT_SECONDS,
                                   MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) 256 * 1024,
                                   MHD_OPTION_NOTIFY_COMPLETED, on_completed, self,
                                   MHD_OPTION_END);
  if (self->daemon == NULL)
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_BUSY,
                   _("Port %u on this computer cannot be used: %s. Choose another with --port."),
                   port, g_strerror (errno));
      bud_sandbox_server_stop (self);
      return NULL;
    }

  port = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  self->origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  base = g_strconcat (self->origin, API, NULL);
  bud_sandbox_set_base (sandbox, base);

  return self;
}

/**
 * bud_sandbox_server_stop:
 * @self: (transfer full): a server
 *
 * Ends whatever still waits, and frees @self. No request is under way any more.
 */
void
bud_sandbox_server_stop (BudSandboxServer *self)
{
  g_return_if_fail (self != NULL);

  bud_sandbox_stop (self->sandbox);
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  g_clear_pointer (&self->sink, bud_sandbox_sink_free);
  g_mutex_clear (&self->log_lock);
  g_free (self->origin);
  g_free (self);
}
