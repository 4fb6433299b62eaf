/* test-http.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-error.h"
#include "bud-json.h"
#include "net-client.h"

#define JSON "Content-Type: application/json; charset=utf-8\r\n"
#define PROBLEM "Content-Type: application/problem+json; charset=utf-8\r\n"
#define HTML "Content-Type: text/html\r\n"

static void
test_answer (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_bearer (" sesame\n");
  g_autoptr(BudRequest) request = net_client_request (client, "POST", "/3.0/ping?a=b");
  g_autoptr(GBytes) body = g_bytes_new_static ("{\"x\":1}", 7);
  g_autofree char *seen = NULL;
  g_auto(NetCall) call = { 0 };

  net_server_add (client->server, 200, JSON "X-Request-Id: one\r\n", "{\"ok\":true}");
  bud_request_set_json_body (request, body);
  bud_request_set_authorizer (request, authorizer);
  net_client_send (client, request, &call);

  g_assert_no_error (call.error);
  g_assert_cmpuint (bud_response_get_status (call.response), ==, 200);
  g_assert_true (bud_response_is_success (call.response));
  g_assert_true (bud_response_is_json (call.response));
  g_assert_cmpstr (bud_response_get_content_type (call.response), ==, "application/json");
  g_assert_cmpstr (bud_response_get_header (call.response, "x-REQUEST-id"), ==, "one");
  g_assert_cmpstr (bud_response_get_request_id (call.response), ==, "one");
  g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 1);
  g_assert_cmpmem (g_bytes_get_data (bud_response_get_body (call.response), NULL),
                   g_bytes_get_size (bud_response_get_body (call.response)), "{\"ok\":true}", 11);

  seen = net_server_dup_request (client->server, 0);
  g_assert_true (g_str_has_prefix (seen, "POST /3.0/ping?a=b HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nAuthorization: Bearer sesame\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nUser-Agent: Budstikke/" BUD_VERSION "\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nContent-Type: application/json\r\n"));
  g_assert_nonnull (strstr (seen, "gzip"));
  g_assert_true (g_str_has_suffix (seen, "\r\n\r\n{\"x\":1}"));
}

static void
test_no_token (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_none ();
  g_autoptr(BudRequest) request = net_client_request (client, "GET", "/");
  g_autofree char *seen = NULL;
  g_auto(NetCall) call = { 0 };

  net_server_add (client->server, 401, PROBLEM "WWW-Authenticate: Basic realm=\"x\"\r\n", "{}");
  bud_request_set_authorizer (request, authorizer);
  net_client_send (client, request, &call);

  g_assert_no_error (call.error);
  g_assert_cmpuint (bud_response_get_status (call.response), ==, 401);
  g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 1);
  seen = net_server_dup_request (client->server, 0);
  g_assert_null (strstr (seen, "Authorization"));
}

/* Every kind of final status is an answer, after exactly one request. */
static void
test_final_statuses (void)
{
  const struct
  {
    guint status;
    const char *headers;
  } rows[] = {
    { 200, JSON },    { 201, JSON },     { 204, JSON },    { 301, HTML },    { 302, HTML },
    { 304, "" },      { 307, HTML },     { 308, HTML },    { 400, PROBLEM }, { 400, HTML },
    { 401, PROBLEM }, { 403, PROBLEM },  { 403, JSON },    { 404, PROBLEM }, { 404, HTML },
    { 405, PROBLEM }, { 408, HTML },     { 409, PROBLEM }, { 414, HTML },    { 422, PROBLEM },
    { 426, HTML },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(NetClient) client = net_client_new (NULL);
      g_auto(NetCall) call = { 0 };

      g_test_message ("status %u, %s", rows[i].status, rows[i].headers);
      net_server_add (client->server, rows[i].status, rows[i].headers, "");
      net_client_get (client, "/", &call);

      g_assert_no_error (call.error);
      g_assert_cmpuint (bud_response_get_status (call.response), ==, rows[i].status);
      g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 1);
      g_assert_cmpuint (client->reasons->len, ==, 0);
    }
}

static const struct
{
  guint status;
  const char *headers;
  BudRetryReason reason;
} transient[] = {
  { 429, PROBLEM, BUD_RETRY_RATE_LIMIT }, { 429, "", BUD_RETRY_RATE_LIMIT },
  { 403, HTML, BUD_RETRY_RATE_LIMIT },    { 403, "", BUD_RETRY_RATE_LIMIT },
  { 500, PROBLEM, BUD_RETRY_SERVER },     { 501, HTML, BUD_RETRY_SERVER },
  { 502, HTML, BUD_RETRY_SERVER },        { 503, HTML, BUD_RETRY_SERVER },
  { 504, HTML, BUD_RETRY_SERVER },        { 599, "", BUD_RETRY_SERVER },
};

static void
test_transient_statuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transient); i++)
    {
      g_autoptr(NetClient) client = net_client_new (NULL);
      g_auto(NetCall) call = { 0 };

      g_test_message ("status %u, %s", transient[i].status, transient[i].headers);
      net_server_add (client->server, transient[i].status, transient[i].headers, "x");
      net_server_add (client->server, transient[i].status, transient[i].headers, "x");
      net_server_add (client->server, 200, JSON, "{}");
      net_client_get (client, "/", &call);

      g_assert_no_error (call.error);
      g_assert_cmpuint (bud_response_get_status (call.response), ==, 200);
      g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 3);
      g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 3);
      g_assert_cmpuint (client->reasons->len, ==, 2);
      g_assert_cmpuint (g_array_index (client->reasons, BudRetryReason, 1), ==,
                        transient[i].reason);
    }
}

/* Who goes on refusing is given up after eight attempts, with the status kept. */
static void
test_giving_up (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transient); i++)
    {
      g_autoptr(NetClient) client = net_client_new (NULL);
      g_auto(NetCall) call = { 0 };

      net_server_add (client->server, transient[i].status, transient[i].headers, "x");
      net_client_get (client, "/", &call);

      g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_UNAVAILABLE);
      g_assert_cmpuint (bud_net_error_get_status (call.error), ==, transient[i].status);
      g_assert_nonnull (strstr (call.error->message, "127.0.0.1"));
      g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 8);
      g_assert_cmpuint (client->reasons->len, ==, 7);
      g_assert_cmpuint (bud_window_get_n_in_flight (bud_http_get_window (client->http)), ==, 0);
    }
}

#define HEAD "HTTP/1.1 200 OK\r\n" JSON

static const struct
{
  const char *name;
  const char *bytes;
  NetEnding ending;
  BudRetryReason reason;
  BudNetError code;
} faults[] = {
  { "closed without a word", "", NET_ENDING_CLOSE, BUD_RETRY_CONNECTION, BUD_NET_ERROR_BROKEN },
  { "reset without a word", "", NET_ENDING_RESET, BUD_RETRY_CONNECTION, BUD_NET_ERROR_BROKEN },
  { "closed in the head", "HTTP/1.1 200 OK\r\nConte", NET_ENDING_CLOSE, BUD_RETRY_CONNECTION,
    BUD_NET_ERROR_BROKEN },
  { "closed in the body", HEAD "Content-Length: 9\r\n\r\n{}", NET_ENDING_CLOSE,
    BUD_RETRY_CONNECTION, BUD_NET_ERROR_BROKEN },
  { "reset in the body", HEAD "Content-Length: 9\r\n\r\n{}", NET_ENDING_RESET,
    BUD_RETRY_CONNECTION, BUD_NET_ERROR_BROKEN },
  { "closed in a chunk", HEAD "Transfer-Encoding: chunked\r\n\r\n9\r\n{}", NET_ENDING_CLOSE,
    BUD_RETRY_CONNECTION, BUD_NET_ERROR_BROKEN },
  { "not HTTP", "220 mail.example.com ESMTP\r\n\r\n", NET_ENDING_CLOSE, BUD_RETRY_CONNECTION,
    BUD_NET_ERROR_BROKEN },
  { "silent", "", NET_ENDING_HANG, BUD_RETRY_TIMEOUT, BUD_NET_ERROR_TIMEOUT },
  { "silent in the body", HEAD "Content-Length: 9\r\n\r\n{}", NET_ENDING_HANG,
    BUD_RETRY_TIMEOUT, BUD_NET_ERROR_TIMEOUT },
};

static void
test_faults_pass (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr(NetClient) client = net_client_new (NULL);
      g_auto(NetCall) call = { 0 };

      g_test_message ("%s", faults[i].name);
      bud_http_set_timeout (client->http, faults[i].ending == NET_ENDING_HANG ? 50 : 10000);
      net_server_add_bytes (client->server, faults[i].bytes, -1, faults[i].ending);
      net_server_add (client->server, 200, JSON, "{}");
      net_client_get (client, "/", &call);

      g_assert_no_error (call.error);
      g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 2);
      g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 2);
      g_assert_cmpuint (client->reasons->len, ==, 1);
      g_assert_cmpuint (g_array_index (client->reasons, BudRetryReason, 0), ==, faults[i].reason);
    }
}

static void
test_faults_stay (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr(NetClient) client = net_client_new (NULL);
      g_auto(NetCall) call = { 0 };

      g_test_message ("%s", faults[i].name);
      bud_http_set_timeout (client->http, faults[i].ending == NET_ENDING_HANG ? 50 : 10000);
      bud_http_set_max_attempts (client->http, 3);
      net_server_add_bytes (client->server, faults[i].bytes, -1, faults[i].ending);
      net_client_get (client, "/", &call);

      g_assert_error (call.error, BUD_NET_ERROR, (int) faults[i].code);
      g_assert_nonnull (strstr (call.error->message, "127.0.0.1"));
      g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 3);
    }
}

static void
test_nobody_there (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(NetServer) gone = net_server_new (NULL);
  g_autofree char *url = net_server_dup_url (gone, "/");
  g_autoptr(BudRequest) request = bud_request_new ("GET", url);
  g_auto(NetCall) call = { 0 };

  net_server_free (g_steal_pointer (&gone));
  bud_http_set_max_attempts (client->http, 2);
  net_client_send (client, request, &call);

  g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_OFFLINE);
  g_assert_cmpuint (client->reasons->len, ==, 1);
  g_assert_cmpuint (g_array_index (client->reasons, BudRetryReason, 0), ==, BUD_RETRY_OFFLINE);
}

static gboolean
check_braces (BudResponse  *response,
              gpointer      data,
              GError      **error)
{
  guint *n_checks = data;
  const char *text = g_bytes_get_data (bud_response_get_body (response), NULL);

  ++*n_checks;
  if (*text == '{')
    return TRUE;

  if (*text == '!')
    g_set_error_literal (error, BUD_ERROR, BUD_ERROR_STALE, "final");
  else
    g_set_error_literal (error, BUD_NET_ERROR, BUD_NET_ERROR_BROKEN, "broken");

  return FALSE;
}

static void
test_check (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(BudRequest) request = net_client_request (client, "GET", "/");
  g_auto(NetCall) call = { 0 };
  guint n_checks = 0;

  bud_request_set_check (request, check_braces, &n_checks, NULL);
  net_server_add (client->server, 503, HTML, "never checked");
  net_server_add (client->server, 200, JSON, "garbage");
  net_server_add (client->server, 200, JSON, "{}");
  net_server_add (client->server, 404, JSON, "never checked either");
  net_server_add (client->server, 200, JSON, "!");
  net_server_add (client->server, 200, JSON, "garbage");

  net_client_send (client, request, &call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 3);
  g_assert_cmpuint (g_array_index (client->reasons, BudRetryReason, 1), ==, BUD_RETRY_BROKEN);
  g_assert_cmpuint (n_checks, ==, 2);

  net_client_send (client, request, &call);
  g_assert_cmpuint (bud_response_get_status (call.response), ==, 404);
  g_assert_cmpuint (n_checks, ==, 2);

  net_client_send (client, request, &call);
  g_assert_error (call.error, BUD_ERROR, BUD_ERROR_STALE);
  g_assert_cmpuint (n_checks, ==, 3);

  net_client_send (client, request, &call);
  g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_BROKEN);
  g_assert_cmpuint (n_checks, ==, 3 + 8);
}

static gboolean
check_json (BudResponse  *response,
            gpointer      data,
            GError      **error)
{
  g_autoptr(JsonNode) root = bud_json_parse (bud_response_get_body (response), error);

  return root != NULL;
}

/* libsoup takes a close between two chunks for the end of the body. Only the check can tell. */
static void
test_missing_chunk (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(BudRequest) request = net_client_request (client, "GET", "/");
  g_auto(NetCall) call = { 0 };

  bud_request_set_check (request, check_json, NULL, NULL);
  net_server_add_bytes (client->server, HEAD "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", -1,
                        NET_ENDING_CLOSE);
  net_server_add (client->server, 200, JSON, "{}");
  net_client_send (client, request, &call);

  g_assert_no_error (call.error);
  g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 2);
}

static void
test_retry_after (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_auto(NetCall) call = { 0 };

  bud_http_set_backoff (client->http, 1, 300);
  net_server_add (client->server, 429, "Retry-After: 3600\r\n", "");
  net_server_add (client->server, 503, "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT\r\n", "");
  net_server_add (client->server, 503, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "");
  net_server_add (client->server, 503, "Retry-After: soon\r\n", "");
  net_server_add (client->server, 200, JSON, "{}");
  net_client_get (client, "/", &call);

  g_assert_no_error (call.error);
  g_assert_cmpuint (client->delays->len, ==, 4);
  g_assert_cmpuint (g_array_index (client->delays, guint, 0), >=, 300);
  g_assert_cmpuint (g_array_index (client->delays, guint, 1), >=, 300);
  g_assert_cmpuint (g_array_index (client->delays, guint, 2), <=, 4);
  g_assert_cmpuint (g_array_index (client->delays, guint, 3), <=, 8);
}

static void
test_insecure (void)
{
  const char *refused[] = {
    "http://api.example.com/", "http://192.0.2.1/", "http://[2001:db8::1]/", "http://0.0.0.0/",
    "http://localhost.example.com/", "http://localhost@example.com/", "http://127.0.0.1.nip.io/",
    "http://127.1/", "http://2130706433/", "HTTP://example.com/", "http://[::ffff:192.0.2.1]/",
  };
  const char *senseless[] = {
    "", "/3.0/ping", "api.example.com", "ftp://127.0.0.1/", "file:///etc/passwd", "https://",
    "http:///x", "javascript:1", "https://example.com:port/",
  };
  g_autoptr(NetClient) client = net_client_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refused) + G_N_ELEMENTS (senseless); i++)
    {
      gboolean is_senseless = i >= G_N_ELEMENTS (refused);
      const char *url = is_senseless ? senseless[i - G_N_ELEMENTS (refused)] : refused[i];
      g_autoptr(BudRequest) request = bud_request_new ("GET", url);
      g_auto(NetCall) call = { 0 };

      g_test_message ("%s", url);
      net_client_send (client, request, &call);
      if (is_senseless)
        g_assert_error (call.error, BUD_ERROR, BUD_ERROR_INVALID);
      else
        g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_INSECURE);
      g_assert_cmpuint (client->log->len, ==, 0);
      g_assert_cmpuint (client->reasons->len, ==, 0);
    }
}

static void
test_loopback_names (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autofree char *url = net_server_dup_url (client->server, "");
  const char *names[] = { "127.0.0.1", "127.0.0.2", "localhost", "LOCALHOST" };

  net_server_add (client->server, 200, JSON, "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *other = g_strdup_printf ("http://%s%s", names[i], strrchr (url, ':'));
      g_autoptr(BudRequest) request = bud_request_new ("GET", other);
      g_auto(NetCall) call = { 0 };

      /* Only one of these is bound, but all are allowed. */
      bud_http_set_max_attempts (client->http, 1);
      net_client_send (client, request, &call);
      if (g_str_equal (names[i], "127.0.0.2"))
        g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_OFFLINE);
      else
        g_assert_no_error (call.error);
    }
}

static void
test_redirect (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(NetServer) other = net_server_new (NULL);
  g_autofree char *target = net_server_dup_url (other, "/stolen");
  g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", target);
  g_auto(NetCall) call = { 0 };

  net_server_add (other, 200, JSON, "{}");
  net_server_add (client->server, 302, headers, "");
  net_client_get (client, "/", &call);

  g_assert_cmpuint (bud_response_get_status (call.response), ==, 302);
  g_assert_cmpuint (net_server_get_n_connections (other), ==, 0);
}

static void
test_too_large (void)
{
  const struct
  {
    const char *bytes;
    NetEnding ending;
  } rows[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n", NET_ENDING_HANG },
    { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", NET_ENDING_FLOOD },
    { "HTTP/1.1 200 OK\r\n\r\n", NET_ENDING_FLOOD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(NetClient) client = net_client_new (NULL);
      g_auto(NetCall) call = { 0 };

      g_test_message ("%s", rows[i].bytes);
      bud_http_set_max_body (client->http, 100000);
      net_server_add_bytes (client->server, rows[i].bytes, -1, rows[i].ending);
      net_client_get (client, "/", &call);

      g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_TOO_LARGE);
      g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 1);

      /* The rest is not drained: the flood ends while the client still lives. */
      if (rows[i].ending == NET_ENDING_FLOOD)
        {
          while (net_server_get_n_fed_up (client->server) == 0)
            net_run_for (5);
        }
    }
}

static void
test_largest (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autofree char *body = g_strnfill (300000, 'y');
  g_auto(NetCall) call = { 0 };

  bud_http_set_max_body (client->http, 300000);
  net_server_add (client->server, 200, JSON, body);
  net_client_get (client, "/", &call);

  g_assert_no_error (call.error);
  g_assert_cmpmem (g_bytes_get_data (bud_response_get_body (call.response), NULL),
                   g_bytes_get_size (bud_response_get_body (call.response)), body, 300000);
}

static GBytes *
gzip (const char *text)
{
  g_autoptr(GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (zip));

  g_assert_true (g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_gzip (NetServer  *server,
          GBytes     *zipped,
          gsize       n_sent,
          NetEnding   ending)
{
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\n" JSON "Content-Encoding: gzip\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           g_bytes_get_size (zipped));
  g_autoptr(GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) head, strlen (head));
  g_byte_array_append (all, g_bytes_get_data (zipped, NULL), n_sent);
  net_server_add_bytes (server, all->data, all->len, ending);
}

/* The limit is for the decoded answer: a small bomb of zeroes must not pass. */
static void
test_gzip (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autofree char *text = g_strnfill (200000, 'z');
  g_autofree char *bomb = g_strnfill (200001, 'z');
  g_autoptr(GBytes) zipped = gzip (text);
  g_autoptr(GBytes) zipped_bomb = gzip (bomb);
  g_auto(NetCall) call = { 0 };

  bud_http_set_max_body (client->http, 200000);
  g_assert_cmpuint (g_bytes_get_size (zipped), <, 1000);
  add_gzip (client->server, zipped, g_bytes_get_size (zipped) / 2, NET_ENDING_CLOSE);
  add_gzip (client->server, zipped, g_bytes_get_size (zipped), NET_ENDING_KEEP);
  add_gzip (client->server, zipped_bomb, g_bytes_get_size (zipped_bomb), NET_ENDING_KEEP);

  net_client_get (client, "/", &call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 2);
  g_assert_cmpmem (g_bytes_get_data (bud_response_get_body (call.response), NULL),
                   g_bytes_get_size (bud_response_get_body (call.response)), text, 200000);

  net_client_get (client, "/", &call);
  g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_TOO_LARGE);
}

static void
test_kept_connection (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autoptr(BudRequest) request = net_client_request (client, "POST", "/");
  g_autoptr(GBytes) body = g_bytes_new_static ("{}", 2);

  bud_request_set_json_body (request, body);
  net_server_add (client->server, 200, JSON, "{}");
  for (int i = 0; i < 5; i++)
    {
      g_auto(NetCall) call = { 0 };

      net_client_send (client, request, &call);
      g_assert_no_error (call.error);
    }

  g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 5);
  g_assert_cmpuint (net_server_get_n_connections (client->server), ==, 1);
}

/* An idle connection that the server closed in the meantime costs nothing. */
static void
test_stale_connection (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_auto(NetCall) call = { 0 };

  net_server_add_bytes (client->server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", -1,
                        NET_ENDING_CLOSE);
  for (int i = 0; i < 3; i++)
    {
      net_client_get (client, "/", &call);
      g_assert_no_error (call.error);
      g_assert_cmpuint (bud_response_get_n_attempts (call.response), ==, 1);
      net_run_for (20);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http/answer", test_answer);
  g_test_add_func ("/http/no-token", test_no_token);
  g_test_add_func ("/http/final-statuses", test_final_statuses);
  g_test_add_func ("/http/transient-statuses", test_transient_statuses);
  g_test_add_func ("/http/giving-up", test_giving_up);
  g_test_add_func ("/http/faults-pass", test_faults_pass);
  g_test_add_func ("/http/faults-stay", test_faults_stay);
  g_test_add_func ("/http/nobody-there", test_nobody_there);
  g_test_add_func ("/http/check", test_check);
  g_test_add_func ("/http/missing-chunk", test_missing_chunk);
  g_test_add_func ("/http/retry-after", test_retry_after);
  g_test_add_func ("/http/insecure", test_insecure);
  g_test_add_func ("/http/loopback-names", test_loopback_names);
  g_test_add_func ("/http/redirect", test_redirect);
  g_test_add_func ("/http/too-large", test_too_large);
  g_test_add_func ("/http/largest", test_largest);
  g_test_add_func ("/http/gzip", test_gzip);
  g_test_add_func ("/http/kept-connection", test_kept_connection);
  g_test_add_func ("/http/stale-connection", test_stale_connection);

  return g_test_run ();
}
