/* test-http-cancel.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "net-client.h"

/* Whenever a request is cancelled: one callback with CANCELLED, soon, and the window's place given
 * back. */
typedef struct
{
  NetClient *client;
  BudRequest *request;
  GCancellable *cancellable;
  NetCall call;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(BudWindow) window = bud_window_new (1);

  f->client = net_client_new (window);
  f->request = net_client_request (f->client, "POST", "/");
  f->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  net_call_clear (&f->call);
  g_clear_pointer (&f->request, bud_request_unref);
  g_clear_object (&f->cancellable);
  g_clear_pointer (&f->client, net_client_free);
}

static BudWindow *
get_window (Fixture *f)
{
  return bud_http_get_window (f->client->http);
}

static void
start (Fixture *f)
{
  net_client_start (f->client, f->request, f->cancellable, &f->call);
}

static void
cancel_and_check (Fixture *f)
{
  gint64 begin = g_get_monotonic_time ();

  g_assert_false (f->call.is_done);
  g_cancellable_cancel (f->cancellable);
  net_call_wait (&f->call);

  g_assert_error (f->call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (bud_window_get_n_in_flight (get_window (f)), ==, 0);
  g_assert_cmpuint (bud_window_get_n_waiting (get_window (f)), ==, 0);
}

static gboolean
has_request (gpointer data)
{
  return net_server_get_n_open (((Fixture *) data)->client->server) > 0;
}

static gboolean
is_resting (gpointer data)
{
  return ((Fixture *) data)->client->reasons->len > 0;
}

static void
test_before (Fixture       *f,
             gconstpointer  data)
{
  g_cancellable_cancel (f->cancellable);
  start (f);
  cancel_and_check (f);
  g_assert_cmpuint (net_server_get_n_connections (f->client->server), ==, 0);
}

static void
test_at_once (Fixture       *f,
              gconstpointer  data)
{
  start (f);
  cancel_and_check (f);
  g_assert_cmpuint (net_server_get_n_requests (f->client->server), ==, 0);
}

static void
on_acquired_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(gboolean *) user_data = bud_window_acquire_finish (BUD_WINDOW (object), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_queued (Fixture       *f,
             gconstpointer  data)
{
  gboolean acquired = FALSE;

  bud_window_acquire_async (get_window (f), NULL, on_acquired_cb, &acquired);
  net_wait_until (is_set, &acquired);

  start (f);
  net_run_for (10);
  g_assert_cmpuint (bud_window_get_n_waiting (get_window (f)), ==, 1);
  g_cancellable_cancel (f->cancellable);
  net_call_wait (&f->call);

  g_assert_error (f->call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (bud_window_get_n_waiting (get_window (f)), ==, 0);
  g_assert_cmpuint (bud_window_get_n_in_flight (get_window (f)), ==, 1);
  g_assert_cmpuint (net_server_get_n_connections (f->client->server), ==, 0);
  bud_window_release (get_window (f));
}

static void
test_sending (Fixture       *f,
              gconstpointer  data)
{
  gsize size = 32 * 1024 * 1024;
  g_autoptr(GBytes) body = g_bytes_new_take (g_malloc0 (size), size);

  bud_request_set_json_body (f->request, body);
  net_server_add_bytes (f->client->server, "", -1, NET_ENDING_DEAF);
  start (f);
  net_wait_until (has_request, f);
  cancel_and_check (f);
}

static void
test_waiting (Fixture       *f,
              gconstpointer  data)
{
  net_server_add_bytes (f->client->server, "", -1, NET_ENDING_HANG);
  start (f);
  net_wait_until (has_request, f);
  cancel_and_check (f);
}

static void
test_reading (Fixture       *f,
              gconstpointer  data)
{
  net_server_add_bytes (f->client->server,
                        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nbegun", -1, NET_ENDING_HANG);
  start (f);
  net_wait_until (has_request, f);
  net_run_for (50);
  cancel_and_check (f);
}

static void
test_flooded (Fixture       *f,
              gconstpointer  data)
{
  net_server_add_bytes (f->client->server, "HTTP/1.1 200 OK\r\n\r\n", -1, NET_ENDING_FLOOD);
  start (f);
  net_wait_until (has_request, f);
  cancel_and_check (f);
}

static void
test_resting (Fixture       *f,
              gconstpointer  data)
{
  bud_http_set_backoff (f->client->http, 3600 * 1000, 3600 * 1000);
  net_server_add (f->client->server, 503, "Retry-After: 3600\r\n", "");
  start (f);
  net_wait_until (is_resting, f);

  /* Others may use the place in the meantime. */
  g_assert_cmpuint (bud_window_get_n_in_flight (get_window (f)), ==, 0);
  cancel_and_check (f);
  g_assert_cmpuint (net_server_get_n_requests (f->client->server), ==, 1);
}

static gpointer
cancel_thread (gpointer data)
{
  g_usleep (10 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_other_thread (Fixture       *f,
                   gconstpointer  data)
{
  GThread *thread;

  net_server_add_bytes (f->client->server, "", -1, NET_ENDING_HANG);
  start (f);
  thread = g_thread_new ("cancel", cancel_thread, f->cancellable);
  net_call_wait (&f->call);
  g_thread_join (thread);

  g_assert_error (f->call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* At whichever moment it comes, a cancellation gives one outcome and leaves nothing behind. */
static void
test_sweep (Fixture       *f,
            gconstpointer  data)
{
  net_server_add (f->client->server, 503, "", "");
  net_server_add (f->client->server, 200, "", "{}");
  bud_http_set_backoff (f->client->http, 4, 4);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_auto(NetCall) call = { 0 };

      net_client_start (f->client, f->request, cancellable, &call);
      for (guint n = 0; n < i / 4; n++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (20);
        }

      g_cancellable_cancel (cancellable);
      net_call_wait (&call);
      if (call.error != NULL)
        g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      net_run_for (0);
      g_assert_cmpuint (bud_window_get_n_in_flight (get_window (f)), ==, 0);
      g_assert_cmpuint (bud_window_get_n_waiting (get_window (f)), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/http-cancel/before", test_before },
    { "/http-cancel/at-once", test_at_once },
    { "/http-cancel/queued", test_queued },
    { "/http-cancel/sending", test_sending },
    { "/http-cancel/waiting", test_waiting },
    { "/http-cancel/reading", test_reading },
    { "/http-cancel/flooded", test_flooded },
    { "/http-cancel/resting", test_resting },
    { "/http-cancel/other-thread", test_other_thread },
    { "/http-cancel/sweep", test_sweep },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
