/* bench-sandbox.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How fast the practice Mailchimp takes batch posts, from a client that costs next to nothing:
 * blocking sockets, bodies by printf, answers thrown away. Not a test.
 *
 *   bench-sandbox PORT CONNECTIONS POSTS
 */

#define BATCH 500

typedef struct
{
  int port;
  int first;
  int n_posts;
  gint64 n_bytes;
} Worker;

static GString *
make_request (int number)
{
  g_autoptr(GString) body = g_string_new ("{\"update_existing\":true,\"members\":[");
  GString *request = g_string_new (NULL);

  for (int i = 0; i < BATCH; i++)
    g_string_append_printf (body, "%s{\"email_address\":\"bench%d@bench.test\",\"status_if_new\":"
                            "\"subscribed\",\"merge_fields\":{\"FNAME\":\"First%d\",\"LNAME\":"
                            "\"Last%d\",\"PHONE\":\"+47 22 33 44 55\"},\"email_type\":\"html\","
                            "\"tags\":[\"Newsletter\",\"Oslo\"]}", i > 0 ? "," : "",
                            number * BATCH + i, i, i);
  g_string_append (body, "]}");
  g_string_printf (request, "POST /3.0/lists/abc123 HTTP/1.1\r\nHost: a\r\nAuthorization: "
                   "Bearer k\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                   body->len);
  g_string_append_len (request, body->str, body->len);

  return request;
}

static int
connect_to (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("Cannot connect: %s", g_strerror (errno));

  return fd;
}

static void
send_all (int         fd,
          const char *data,
          gsize       length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n <= 0)
        g_error ("Cannot send: %s", g_strerror (errno));
      data += n;
      length -= n;
    }
}

/* Reads one answer and returns its length. */
static gsize
receive (int   fd,
         char *buffer,
         gsize size)
{
  gsize have = 0;
  gsize need = 0;

  while (need == 0 || have < need)
    {
      ssize_t n = read (fd, buffer + (need == 0 ? have : 0), need == 0 ? size - have - 1 : size);
      char *end;

      if (n <= 0)
        g_error ("Cannot receive: %s", g_strerror (errno));
      have += n;
      if (need != 0)
        continue;

      buffer[have] = '\0';
      if ((end = strstr (buffer, "\r\n\r\n")) == NULL)
        continue;
      if (strncmp (buffer, "HTTP/1.1 200", 12) != 0)
        g_error ("Not answered with 200: %.60s", buffer);
      need = end + 4 - buffer + strtoull (strstr (buffer, "Content-Length: ") + 16, NULL, 10);
    }

  return have;
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  g_autofree char *buffer = g_malloc (256 * 1024);
  int fd = connect_to (worker->port);

  for (int i = 0; i < worker->n_posts; i++)
    {
      g_autoptr(GString) request = make_request (worker->first + i);

      send_all (fd, request->str, request->len);
      worker->n_bytes += receive (fd, buffer, 256 * 1024);
    }
  close (fd);

  return NULL;
}

int
main (int    argc,
      char **argv)
{
  int n_workers = argc > 3 ? g_ascii_strtoll (argv[2], NULL, 10) : 0;
  int n_posts = argc > 3 ? g_ascii_strtoll (argv[3], NULL, 10) / MAX (n_workers, 1) : 0;
  g_autofree Worker *workers = g_new0 (Worker, MAX (n_workers, 1));
  g_autofree GThread **threads = g_new0 (GThread *, MAX (n_workers, 1));
  gint64 n_bytes = 0;
  gint64 started;
  double seconds;

  if (n_posts <= 0)
    {
      g_printerr ("bench-sandbox PORT CONNECTIONS POSTS\n");
      return 2;
    }

  started = g_get_monotonic_time ();
  for (int i = 0; i < n_workers; i++)
    {
      workers[i] = (Worker) { g_ascii_strtoll (argv[1], NULL, 10), i * n_posts, n_posts, 0 };
      threads[i] = g_thread_new ("bench", work, &workers[i]);
    }
  for (int i = 0; i < n_workers; i++)
    {
      g_thread_join (threads[i]);
      n_bytes += workers[i].n_bytes;
    }

  seconds = (g_get_monotonic_time () - started) / (double) G_USEC_PER_SEC;
  printf ("%d posts of %d members in %.2f s: %.0f posts/s, %.0f members/s, %.0f MB/s received\n",
          n_workers * n_posts, BATCH, seconds, n_workers * n_posts / seconds,
          n_workers * n_posts * BATCH / seconds, n_bytes / seconds / 1e6);

  return 0;
}
