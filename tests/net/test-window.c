/* test-window.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "net-client.h"

typedef struct
{
  BudWindow *window;
  GString *order; /* (owned): a letter for each outcome, a capital one for a cancellation */
} Fixture;

typedef struct
{
  Fixture *fixture;
  char letter;
} Caller;

static void
on_acquired_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autofree Caller *caller = user_data;
  g_autoptr(GError) error = NULL;
  char letter = caller->letter;

  if (!bud_window_acquire_finish (BUD_WINDOW (object), result, &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      letter = g_ascii_toupper (letter);
    }

  g_string_append_c (caller->fixture->order, letter);
}

static void
acquire (Fixture      *f,
         char          letter,
         GCancellable *cancellable)
{
  Caller *caller = g_new0 (Caller, 1);

  caller->fixture = f;
  caller->letter = letter;
  bud_window_acquire_async (f->window, cancellable, on_acquired_cb, caller);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->window = bud_window_new (GPOINTER_TO_UINT (data));
  f->order = g_string_new (NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->window);
  g_string_free (f->order, TRUE);
}

static void
test_order (Fixture       *f,
            gconstpointer  data)
{
  for (char letter = 'a'; letter <= 'e'; letter++)
    acquire (f, letter, NULL);
  net_run_for (0);
  g_assert_cmpstr (f->order->str, ==, "ab");
  g_assert_cmpuint (bud_window_get_n_in_flight (f->window), ==, 2);
  g_assert_cmpuint (bud_window_get_n_waiting (f->window), ==, 3);

  bud_window_release (f->window);
  net_run_for (0);
  g_assert_cmpstr (f->order->str, ==, "abc");

  bud_window_release (f->window);
  bud_window_release (f->window);
  net_run_for (0);
  g_assert_cmpstr (f->order->str, ==, "abcde");

  bud_window_release (f->window);
  bud_window_release (f->window);
  g_assert_cmpuint (bud_window_get_n_in_flight (f->window), ==, 0);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GCancellable) granted = g_cancellable_new ();

  acquire (f, 'a', NULL);
  acquire (f, 'b', granted);
  acquire (f, 'c', cancellable);
  acquire (f, 'd', NULL);
  net_run_for (0);
  g_cancellable_cancel (cancellable);
  net_run_for (0);
  g_assert_cmpstr (f->order->str, ==, "abC");
  g_assert_cmpuint (bud_window_get_n_waiting (f->window), ==, 1);

  bud_window_release (f->window);
  net_run_for (0);
  g_assert_cmpstr (f->order->str, ==, "abCd");

  acquire (f, 'e', cancellable);
  net_run_for (0);
  g_assert_cmpstr (f->order->str, ==, "abCdE");

  bud_window_release (f->window);
  bud_window_release (f->window);
}

/* A place that was given before the cancellation is reported as given, for somebody must release
 * it. */
static void
test_cancel_granted (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  acquire (f, 'a', cancellable);
  g_cancellable_cancel (cancellable);
  net_run_for (0);

  g_assert_cmpuint (bud_window_get_n_in_flight (f->window), ==, 1);
  g_assert_cmpstr (f->order->str, ==, "a");
  bud_window_release (f->window);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  ++*(guint *) user_data;
}

static void
test_limit (Fixture       *f,
            gconstpointer  data)
{
  const guint after_punishment[] = { 4, 2, 1, 1 };
  guint n_notified = 0;

  g_signal_connect (f->window, "notify::limit", G_CALLBACK (count_cb), &n_notified);
  for (gsize i = 0; i < G_N_ELEMENTS (after_punishment); i++)
    {
      bud_window_punish (f->window);
      g_assert_cmpuint (bud_window_get_limit (f->window), ==, after_punishment[i]);
    }
  g_assert_cmpuint (n_notified, ==, 3);

  for (guint limit = 2; limit <= 9; limit++)
    {
      for (guint i = 0; i < BUD_WINDOW_GOOD_ANSWERS - 1; i++)
        bud_window_reward (f->window);
      g_assert_cmpuint (bud_window_get_limit (f->window), ==, limit - 1);
      bud_window_reward (f->window);
      g_assert_cmpuint (bud_window_get_limit (f->window), ==, limit);
    }

  for (guint i = 0; i < 10 * BUD_WINDOW_GOOD_ANSWERS; i++)
    bud_window_reward (f->window);
  g_assert_cmpuint (bud_window_get_limit (f->window), ==, 9);

  /* A refusal in between starts the count again. */
  bud_window_punish (f->window);
  for (guint i = 0; i < BUD_WINDOW_GOOD_ANSWERS - 1; i++)
    bud_window_reward (f->window);
  bud_window_punish (f->window);
  for (guint i = 0; i < BUD_WINDOW_GOOD_ANSWERS - 1; i++)
    bud_window_reward (f->window);
  g_assert_cmpuint (bud_window_get_limit (f->window), ==, 2);
}

/* Nine calls that were open together are refused together: that halves the window once. */
static void
test_burst (Fixture       *f,
            gconstpointer  data)
{
  for (char letter = 'a'; letter <= 'i'; letter++)
    acquire (f, letter, NULL);
  acquire (f, 'j', NULL);
  net_run_for (0);

  for (guint i = 0; i < 9; i++)
    {
      bud_window_punish (f->window);
      bud_window_release (f->window);
      g_assert_cmpuint (bud_window_get_limit (f->window), ==, 4);
      g_assert_cmpuint (bud_window_get_n_in_flight (f->window), ==, i < 5 ? 8 - i : 9 - i);
    }

  /* One that was sent under the new limit halves it again. */
  bud_window_punish (f->window);
  g_assert_cmpuint (bud_window_get_limit (f->window), ==, 2);
  net_run_for (0);
  bud_window_release (f->window);
}

static gboolean
has_three_open (gpointer data)
{
  return net_server_get_n_open (data) == 3;
}

/* The client's side: many requests, never more open at the server than the window has room for. */
static void
test_bound (void)
{
  g_autoptr(BudWindow) window = bud_window_new (3);
  g_autoptr(NetClient) client = net_client_new (window);
  g_autoptr(BudRequest) request = net_client_request (client, "GET", "/");
  NetCall calls[30] = { 0 };

  net_server_add_bytes (client->server,
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", -1,
                        NET_ENDING_DEAF);
  net_server_add (client->server, 503, "", "");
  net_server_add_bytes (client->server,
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", -1,
                        NET_ENDING_DEAF);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    net_client_start (client, request, NULL, &calls[i]);

  net_wait_until (has_three_open, client->server);
  net_run_for (50);
  net_server_release (client->server);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      net_call_wait (&calls[i]);
      g_assert_no_error (calls[i].error);
      net_call_clear (&calls[i]);
    }

  g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 31);
  g_assert_cmpuint (net_server_get_max_open (client->server), ==, 3);
  g_assert_cmpuint (bud_window_get_limit (window), ==, 3);
}

static void
test_shrinks (void)
{
  g_autoptr(BudWindow) window = bud_window_new (8);
  g_autoptr(NetClient) client = net_client_new (window);
  g_auto(NetCall) call = { 0 };

  net_server_add (client->server, 429, "", "");
  net_server_add (client->server, 403, "Content-Type: text/html\r\n", "");
  net_server_add (client->server, 503, "", "");
  net_server_add (client->server, 200, "", "{}");
  net_client_get (client, "/", &call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (bud_window_get_limit (window), ==, 2);

  for (guint i = 1; i < BUD_WINDOW_GOOD_ANSWERS; i++)
    net_client_get (client, "/", &call);
  g_assert_cmpuint (bud_window_get_limit (window), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/window/order", Fixture, GUINT_TO_POINTER (2), set_up, test_order, tear_down);
  g_test_add ("/window/cancel", Fixture, GUINT_TO_POINTER (2), set_up, test_cancel, tear_down);
  g_test_add ("/window/cancel-granted", Fixture, GUINT_TO_POINTER (2), set_up,
              test_cancel_granted, tear_down);
  g_test_add ("/window/limit", Fixture, GUINT_TO_POINTER (9), set_up, test_limit, tear_down);
  g_test_add ("/window/burst", Fixture, GUINT_TO_POINTER (9), set_up, test_burst, tear_down);
  g_test_add_func ("/window/bound", test_bound);
  g_test_add_func ("/window/shrinks", test_shrinks);

  return g_test_run ();
}
