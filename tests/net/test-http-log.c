/* test-http-log.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "net-client.h"

#define TOKEN "00112233445566778899aabbccddeeff-us6"
#define ADDRESS "kari.nordmann@example.com"
#define HASH "d41d8cd98f00b204e9800998ecf8427e"
#define BODY "ola.nordmann@example.com"

static void
test_redaction (void)
{
  const struct
  {
    const char *url;
    const char *shown;
  } rows[] = {
    { "https://us6.api.mailchimp.com/3.0/ping", "/3.0/ping" },
    { "https://a.example/3.0/lists/0a1b2c3d4e/merge-fields?count=1000&offset=0",
      "/3.0/lists/0a1b2c3d4e/merge-fields?count=…&offset=…" },
    { "https://a.example/3.0/lists/0a1b2c3d4e/members/" HASH "/tags",
      "/3.0/lists/0a1b2c3d4e/members/…/tags" },
    { "https://a.example/members/" ADDRESS, "/members/…" },
    { "https://a.example/members/kari%40example.com", "/members/…" },
    { "https://a.example/members/+4799999999", "/members/…" },
    { "https://a.example/members/99999999", "/members/…" },
    { "https://a.example/x?" ADDRESS "=1&query=" ADDRESS "&" ADDRESS, "/x?…=…&query=…&…=…" },
    { "https://a.example/x?code=" TOKEN "&state=1&", "/x?code=…&state=…" },
    { "https://a.example/" TOKEN "/x", "/…/x" },
    { "https://a.example/search?a=b?c=" ADDRESS, "/search?a=…" },
    { "https://user:" TOKEN "@a.example/x#" ADDRESS, "/x" },
    { "https://a.example/Ola%20Nordmann/x", "/…/x" },
    { "https://a.example/a//b/?", "/a//b/" },
    { "https://a.example", "/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GUri) uri = g_uri_parse (rows[i].url, SOUP_HTTP_URI_FLAGS, NULL);
      g_autofree char *shown = bud_http_log_redact_path (uri);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_line (void)
{
  g_autoptr(GUri) uri = g_uri_parse ("https://a.example/x", SOUP_HTTP_URI_FLAGS, NULL);
  BudHttpLogEntry entry = {
    .method = "GET",
    .uri = uri,
    .status = 200,
    .n_bytes = 12,
    .milliseconds = 34,
    .request_id = "01234567-89ab-cdef-0123-456789abcdef",
    .attempt = 2,
  };
  g_autofree char *answered = bud_http_log_format (&entry);
  g_autofree char *failed = NULL;

  g_assert_cmpstr (answered, ==, "GET a.example /x 200 12 bytes 34 ms attempt 2 "
                                 "id 01234567-89ab-cdef-0123-456789abcdef");

  entry.failure = "timeout";
  entry.request_id = TOKEN;
  failed = bud_http_log_format (&entry);
  g_assert_cmpstr (failed, ==, "GET a.example /x timeout 12 bytes 34 ms attempt 2");
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (user_data, "%s\n", (const char *) fields[i].value);

  return G_LOG_WRITER_HANDLED;
}

/* Nothing of a real exchange that is anybody's business shows up in the log, the debug messages or
 * the error, however it ends. */
static void
test_secrets (void)
{
  const char *secrets[] = { TOKEN, "aabbccddeeff", "Bearer", ADDRESS, "nordmann", HASH, "@" };
  g_autoptr(GString) debug = g_string_new (NULL);
  g_autoptr(NetClient) client = NULL;
  g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_bearer (TOKEN);
  g_autoptr(BudRequest) request = NULL;
  g_autoptr(GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  g_auto(NetCall) call = { 0 };

  g_log_set_writer_func (write_log, debug, NULL);
  client = net_client_new (NULL);
  request = net_client_request (client, "PUT", "/members/" HASH "?email=" ADDRESS);
  bud_request_set_json_body (request, body);
  bud_request_set_authorizer (request, authorizer);
  bud_http_set_max_attempts (client->http, 5);

  net_server_add (client->server, 429, "X-Request-Id: " TOKEN "\r\n", BODY);
  net_server_add (client->server, 500, "X-Request-Id: " ADDRESS "\r\n", TOKEN);
  net_server_add_bytes (client->server, BODY TOKEN, -1, NET_ENDING_CLOSE);
  net_server_add_bytes (client->server, "", -1, NET_ENDING_RESET);
  net_server_add (client->server, 503, "X-Request-Id: " HASH "\r\n", BODY);
  net_client_send (client, request, &call);

  g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_UNAVAILABLE);
  g_string_append (debug, client->log->str);
  g_string_append (debug, call.error->message);
  g_assert_nonnull (strstr (client->log->str, "PUT 127.0.0.1 /members/…?email=… 429 "));
  g_assert_nonnull (strstr (client->log->str, " broken "));
  g_assert_nonnull (strstr (debug->str, "attempt 5"));

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strcasestr (debug->str, secrets[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http-log/redaction", test_redaction);
  g_test_add_func ("/http-log/line", test_line);
  g_test_add_func ("/http-log/secrets", test_secrets);

  return g_test_run ();
}
