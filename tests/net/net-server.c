/* net-server.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/socket.h>

#include "net-server.h"

typedef struct
{
  GBytes *bytes;
  NetEnding ending;
} Reply;

struct _NetServer
{
  GSocketService *service;
  GTlsCertificate *certificate;
  guint16 port;

  GMutex lock; /* everything below */
  GCond changed;
  GPtrArray *replies;
  GPtrArray *requests;
  guint n_connections;
  guint n_threads;
  guint n_open;
  guint max_open;
  guint n_fed_up;
  gboolean released;
};

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_bytes_unref (reply->bytes);
  g_free (reply);
}

static gsize
parse_length (const char *head)
{
  const char *field = strcasestr (head, "\r\ncontent-length:");

  return field != NULL ? g_ascii_strtoull (field + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

static gboolean
read_some (GInputStream *input,
           GString      *into)
{
  char buffer[4096];
  gssize n_read = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

  if (n_read <= 0)
    return FALSE;

  g_string_append_len (into, buffer, n_read);

  return TRUE;
}

static gboolean
read_head (GInputStream *input,
           GString      *request)
{
  while (strstr (request->str, "\r\n\r\n") == NULL)
    if (!read_some (input, request))
      return FALSE;

  return TRUE;
}

static gboolean
read_body (GInputStream *input,
           GString      *request)
{
  gsize n_head = strstr (request->str, "\r\n\r\n") + 4 - request->str;
  gsize n_all = n_head + parse_length (request->str);

  while (request->len < n_all)
    if (!read_some (input, request))
      return FALSE;

  return TRUE;
}

static const Reply *
begin_request (NetServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint index = self->requests->len;

  g_assert_cmpuint (self->replies->len, >, 0);
  g_ptr_array_add (self->requests, NULL);
  self->n_open++;
  self->max_open = MAX (self->max_open, self->n_open);
  g_cond_broadcast (&self->changed);

  return g_ptr_array_index (self->replies, MIN (index, self->replies->len - 1));
}

static void
keep_request (NetServer *self,
              GString   *request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->requests->len; i++)
    if (g_ptr_array_index (self->requests, i) == NULL)
      {
        g_ptr_array_index (self->requests, i) = g_strndup (request->str, request->len);
        return;
      }
}

static void
end_request (NetServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_open--;
}

static void
wait_for_release (NetServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->released)
    g_cond_wait (&self->changed, &self->lock);
}

static void
flood (NetServer     *self,
       GOutputStream *output)
{
  char drops[4096];

  memset (drops, 'x', sizeof drops);
  while (g_output_stream_write_all (output, drops, sizeof drops, NULL, NULL, NULL))
    continue;

  g_mutex_lock (&self->lock);
  self->n_fed_up++;
  g_mutex_unlock (&self->lock);
}

static void
reset (GSocketConnection *connection)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)),
              SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* Returns: whether the connection goes on. */
static gboolean
serve_one (NetServer         *self,
           GSocketConnection *connection,
           GIOStream         *stream)
{
  g_autoptr(GString) request = g_string_new (NULL);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  const Reply *reply;
  gboolean is_brief;
  gsize length;
  const void *data;

  if (!read_head (g_io_stream_get_input_stream (stream), request))
    return FALSE;

  reply = begin_request (self);
  if (reply->ending == NET_ENDING_DEAF)
    wait_for_release (self);
  else
    read_body (g_io_stream_get_input_stream (stream), request);
  keep_request (self, request);

  /* Before the client can know of the answer and send its next request. */
  is_brief = reply->ending == NET_ENDING_KEEP || reply->ending == NET_ENDING_DEAF;
  if (is_brief)
    end_request (self);

  data = g_bytes_get_data (reply->bytes, &length);
  if (length > 0)
    g_output_stream_write_all (output, data, length, NULL, NULL, NULL);

  if (reply->ending == NET_ENDING_HANG)
    wait_for_release (self);
  else if (reply->ending == NET_ENDING_FLOOD)
    flood (self, output);
  else if (reply->ending == NET_ENDING_RESET)
    reset (connection);

  if (!is_brief)
    end_request (self);

  return reply->ending == NET_ENDING_KEEP;
}

static gboolean
on_run_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                user_data)
{
  NetServer *self = user_data;
  g_autoptr(GIOStream) stream = NULL;

  if (self->certificate != NULL)
    stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    stream = g_object_ref (G_IO_STREAM (connection));

  while (serve_one (self, connection, stream))
    continue;

  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->lock);
  self->n_threads--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

static gboolean
on_incoming_cb (GSocketService    *service,
                GSocketConnection *connection,
                GObject           *source,
                gpointer           user_data)
{
  NetServer *self = user_data;

  g_mutex_lock (&self->lock);
  self->n_connections++;
  self->n_threads++;
  g_mutex_unlock (&self->lock);

  return FALSE;
}

NetServer *
net_server_new (GTlsCertificate *certificate)
{
  NetServer *self = g_new0 (NetServer, 1);
  GError *error = NULL;
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->replies = g_ptr_array_new_with_free_func (reply_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;

  self->service = g_threaded_socket_service_new (64);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run_cb), self);
  g_socket_service_start (self->service);

  return self;
}

/* Every client must have closed its connections. */
void
net_server_free (NetServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  net_server_release (self);

  g_mutex_lock (&self->lock);
  while (self->n_threads > 0)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  g_clear_object (&self->service);
  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->replies);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
net_server_add_bytes (NetServer  *self,
                      const void *data,
                      gssize      length,
                      NetEnding   ending)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Reply *reply = g_new0 (Reply, 1);

  reply->bytes = g_bytes_new (data, length < 0 ? strlen (data) : (gsize) length);
  reply->ending = ending;
  g_ptr_array_add (self->replies, reply);
}

/* @headers: lines that each end with CR and LF, or "" */
void
net_server_add (NetServer  *self,
                guint       status,
                const char *headers,
                const char *body)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("HTTP/1.1 %u Words\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          status, headers, strlen (body), body);
  net_server_add_bytes (self, text, -1, NET_ENDING_KEEP);
}

/* Lets everybody go who hangs, now and from now on. */
void
net_server_release (NetServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->released = TRUE;
  g_cond_broadcast (&self->changed);
}

char *
net_server_dup_url (NetServer  *self,
                    const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http",
                          self->port, path);
}

static guint
get_counter (NetServer   *self,
             const guint *counter)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return *counter;
}

guint
net_server_get_n_requests (NetServer *self)
{
  return get_counter (self, &self->requests->len);
}

guint
net_server_get_n_connections (NetServer *self)
{
  return get_counter (self, &self->n_connections);
}

guint
net_server_get_n_open (NetServer *self)
{
  return get_counter (self, &self->n_open);
}

guint
net_server_get_max_open (NetServer *self)
{
  return get_counter (self, &self->max_open);
}

guint
net_server_get_n_fed_up (NetServer *self)
{
  return get_counter (self, &self->n_fed_up);
}

char *
net_server_dup_request (NetServer *self,
                        guint      index)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_assert_cmpuint (index, <, self->requests->len);

  return g_strdup (g_ptr_array_index (self->requests, index));
}
