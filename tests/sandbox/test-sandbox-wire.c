/* test-sandbox-wire.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sandbox-fixture.h"

#define BODY "{\"members\":[{\"email_address\":\"wire@wire.test\",\"status\":\"subscribed\"}]," \
             "\"update_existing\":true}"

/* What each kind of fault looks like from outside, and whether the work was done. */
static const struct
{
  const char *faults;
  guint status;
  const char *type;
  gboolean json;
  gboolean committed;
} kinds[] = {
  { "429@1", 429, "application/problem+json", TRUE, FALSE },
  { "429-bare@1:7", 429, "text/plain", FALSE, FALSE },
  { "403-bare@1", 403, "text/html", FALSE, FALSE },
  { "500@1", 500, "application/problem+json", TRUE, FALSE },
  { "503-html@1", 503, "text/html", FALSE, FALSE },
  { "reset", 0, NULL, FALSE, FALSE },
  { "lost", 0, NULL, FALSE, TRUE },
  { "truncate@1", 200, "application/json", FALSE, TRUE },
  { "html@1", 200, "text/html", FALSE, TRUE },
  { "empty@1", 200, "application/json", FALSE, TRUE },
  { "stall@1:1", 200, "application/json", TRUE, TRUE },
  { "drip@1:5000", 200, "application/json", TRUE, TRUE },
};

static void
set_faults (Sandbox    *sandbox,
            const char *spec)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\":\"%s\"}", spec);
  g_auto(Answer) answer = { 0 };

  sandbox_call (sandbox, "POST", "/_sandbox/faults", body, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
}

static void
check_kind (guint number)
{
  g_autofree char *name = g_strndup (kinds[number].faults,
                                     strcspn (kinds[number].faults, "@:"));
  g_autofree char *fired = g_strdup_printf ("$.faults['%s']", name);
  g_autofree char *filtered = g_strconcat (kinds[number].faults, "~POST/lists", NULL);
  g_auto(Answer) answer = { 0 };
  gint64 started;
  Sandbox sandbox;

  g_test_message ("%s", filtered);
  sandbox_start (&sandbox, NULL);
  set_faults (&sandbox, filtered);
  sandbox_call (&sandbox, "GET", "/lists", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);

  started = g_get_monotonic_time ();
  sandbox_call (&sandbox, "POST", "/lists/" LIST, BODY, &answer);
  started = g_get_monotonic_time () - started;
  g_assert_cmpuint (answer.status, ==, kinds[number].status);
  if (kinds[number].type != NULL)
    g_assert_cmpstr (soup_message_headers_get_content_type (answer.headers, NULL), ==,
                     kinds[number].type);
  g_assert_cmpint (answer.json != NULL, ==, kinds[number].json);
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].members.subscribed"), ==,
                   kinds[number].committed);
  g_assert_cmpint (sandbox_state (&sandbox, fired), >=, 1);

  if (g_str_equal (name, "429-bare"))
    g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Retry-After"), ==, "7");
  if (g_str_equal (name, "stall"))
    g_assert_cmpint (started, >=, G_TIME_SPAN_SECOND);
  if (g_str_equal (name, "drip"))
    g_assert_cmpint (started, >=, G_TIME_SPAN_SECOND / 2);

  set_faults (&sandbox, "");
  sandbox_call (&sandbox, "POST", "/lists/" LIST, BODY, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    check_kind (i);
}

/* The same seed strikes the same requests, and about as many as it says. */
static guint64
count_strikes (Sandbox *sandbox)
{
  guint64 pattern = 0;

  set_faults (sandbox, "seed=7,500%50~GET");
  for (guint i = 0; i < 60; i++)
    {
      g_auto(Answer) answer = { 0 };

      sandbox_call (sandbox, "GET", "/ping", NULL, &answer);
      pattern = pattern << 1 | (answer.status == 500);
    }

  return pattern;
}

static void
test_chance (void)
{
  guint n_strikes = 0;
  guint64 first;
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  first = count_strikes (&sandbox);
  g_assert_cmpuint (count_strikes (&sandbox), ==, first);
  for (guint64 bits = first; bits != 0; bits &= bits - 1)
    n_strikes++;
  g_assert_cmpuint (n_strikes, >, 15);
  g_assert_cmpuint (n_strikes, <, 45);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

/* Requests that are under way together. */
typedef struct
{
  guint n_pending;
  guint n_good;
  guint n_refused;
} Crowd;

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Crowd *crowd = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  if (soup_message_get_status (message) == 429)
    crowd->n_refused++;
  else
    crowd->n_good++;
  crowd->n_pending--;
}

static Crowd
send_crowd (Sandbox *sandbox,
            guint    n_requests)
{
  Crowd crowd = { n_requests, 0, 0 };

  for (guint i = 0; i < n_requests; i++)
    {
      g_autoptr(SoupMessage) message = sandbox_message (sandbox, "GET", "/ping", NULL);

      soup_session_send_and_read_async (sandbox->session, message, G_PRIORITY_DEFAULT, NULL,
                                        on_answer, &crowd);
    }
  while (crowd.n_pending > 0)
    g_main_context_iteration (NULL, TRUE);

  return crowd;
}

static SoupSession *
new_crowd_session (guint n_requests)
{
  return g_object_new (SOUP_TYPE_SESSION, "max-conns", n_requests, "max-conns-per-host",
                       n_requests, NULL);
}

static void
test_limit (void)
{
  const char *const options[] = { "--limit=3", "--latency=500", NULL };
  Sandbox sandbox;
  Crowd crowd;

  sandbox_start (&sandbox, options);
  g_clear_object (&sandbox.session);
  sandbox.session = new_crowd_session (8);
  crowd = send_crowd (&sandbox, 8);
  g_assert_cmpuint (crowd.n_good, ==, 3);
  g_assert_cmpuint (crowd.n_refused, ==, 5);
  g_assert_cmpint (sandbox_state (&sandbox, "$.over_limit"), ==, 5);
  g_assert_cmpint (sandbox_state (&sandbox, "$.most_at_once"), >=, 4);
  g_assert_cmpint (sandbox_state (&sandbox, "$.requests"), ==, 8);
  g_assert_cmpint (sandbox_state (&sandbox, "$.calls['GET /ping']"), ==, 3);

  crowd = send_crowd (&sandbox, 3);
  g_assert_cmpuint (crowd.n_good, ==, 3);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static guint
count_descriptors (Sandbox *sandbox)
{
  g_autofree char *path = NULL;
  g_autoptr(GDir) dir = NULL;
  guint count = 0;

  path = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (sandbox->process));
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

static void
test_descriptors (void)
{
  const char *const options[] = { "--faults=reset@100-200,lost@201-300", NULL };
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autofree char *host = NULL;
  Sandbox sandbox;
  guint before;
  guint after;

  sandbox_start (&sandbox, options);
  host = g_strdup (sandbox.origin + strlen ("http://"));
  before = count_descriptors (&sandbox);
  for (guint i = 0; i < 3000; i++)
    {
      static const char request[] = "GET /3.0/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                    "Authorization: Bearer k\r\n\r\n";
      g_autoptr(GSocketConnection) connection = NULL;
      char answer[1024];
      gsize n_read;

      connection = g_socket_client_connect_to_host (client, host, 80, NULL, NULL);
      g_assert_nonnull (connection);
      g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (
                         G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, NULL));
      g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                               sizeof answer, &n_read, NULL, NULL);
    }

  /* The last connections may still be on their way out. */
  for (guint i = 0; (after = count_descriptors (&sandbox)) > before + 2 && i < 50; i++)
    g_usleep (100 * 1000);
  g_assert_cmpuint (after, <=, before + 2);
  g_assert_cmpint (sandbox_state (&sandbox, "$.requests"), ==, 3000);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_gzip (void)
{
  const char *const options[] = { "--gzip", "--members=50", NULL };
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?count=50", NULL, &answer);
  g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Content-Encoding"), ==, "gzip");
  g_assert_cmpint (answer_int (&answer, "$.total_items"), ==, 50);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_sink (void)
{
  const char *const options[] = { "--sink", NULL };
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  sandbox_call (&sandbox, "POST", "/lists/" LIST, BODY, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_created"), ==, 1);
  g_assert_cmpuint (answer.length, >, 3000);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members", NULL, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_items"), ==, 0);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

/* The log says what was asked and never about whom, nor with which key. */
static void
test_log (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  g_autofree char *option = g_strconcat ("--log=", path, NULL);
  const char *const options[] = { option, "--faults=lost@2~POST", NULL };
  g_autofree char *log = NULL;
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  sandbox_call (&sandbox, "POST", "/lists/" LIST, BODY, &answer);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members/wire@wire.test", NULL, &answer);
  sandbox_call (&sandbox, "POST", "/lists/" LIST, BODY, &answer);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);

  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, " POST /lists/{list_id} 200 "));
  g_assert_nonnull (strstr (log, " GET /lists/{list_id}/members/{hash} 200 "));
  g_assert_nonnull (strstr (log, " lost\n"));
  g_assert_null (strstr (log, "wire"));
  g_assert_null (strstr (log, "key"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A signal ends what still waits. */
static void
test_stop_while_waiting (void)
{
  const char *const options[] = { "--faults=stall:60", NULL };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gint64 started = g_get_monotonic_time ();
  Sandbox sandbox;
  SoupMessage *message;

  sandbox_start (&sandbox, options);
  message = sandbox_message (&sandbox, "GET", "/ping", NULL);
  soup_session_send_async (sandbox.session, message, G_PRIORITY_DEFAULT, cancellable, NULL, NULL);
  g_object_unref (message);
  while (g_get_monotonic_time () - started < G_TIME_SPAN_SECOND / 2)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 20 * G_TIME_SPAN_SECOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sandbox/wire/faults", test_faults);
  g_test_add_func ("/sandbox/wire/chance", test_chance);
  g_test_add_func ("/sandbox/wire/limit", test_limit);
  g_test_add_func ("/sandbox/wire/descriptors", test_descriptors);
  g_test_add_func ("/sandbox/wire/gzip", test_gzip);
  g_test_add_func ("/sandbox/wire/sink", test_sink);
  g_test_add_func ("/sandbox/wire/log", test_log);
  g_test_add_func ("/sandbox/wire/stop", test_stop_while_waiting);

  return g_test_run ();
}
