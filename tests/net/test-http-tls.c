/* test-http-tls.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "net-client.h"

/* A certificate that nobody trusts, made for one run of the test. */
static GTlsCertificate *
create_certificate (void)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autofree char *key = g_build_filename (g_get_user_cache_dir (), "key.pem", NULL);
  g_autofree char *pem = g_build_filename (g_get_user_cache_dir (), "certificate.pem", NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate;

  if (openssl == NULL)
    {
      g_test_skip ("openssl is not installed: there is no certificate to distrust");
      return NULL;
    }

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                              openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
                              "2", "-subj", "/CN=localhost", "-addext",
                              "subjectAltName=DNS:localhost,IP:127.0.0.1",
                              "-keyout", key, "-out", pem, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));

  certificate = g_tls_certificate_new_from_files (pem, key, &error);
  g_assert_no_error (error);

  return certificate;
}

static gboolean
trust_cb (SoupMessage          *message,
          GTlsCertificate      *certificate,
          GTlsCertificateFlags  errors,
          gpointer              user_data)
{
  return TRUE;
}

static void
on_trusting_sent_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  NetCall *call = user_data;
  g_autoptr(GBytes) body = NULL;

  body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &call->error);
  call->is_done = TRUE;
}

/* That the server is fine apart from its certificate, or the refusal would prove nothing. */
static void
check_server (NetServer *server)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *url = net_server_dup_url (server, "/");
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  g_auto(NetCall) call = { 0 };

  g_signal_connect (message, "accept-certificate", G_CALLBACK (trust_cb), NULL);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                    on_trusting_sent_cb, &call);
  net_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

static void
test_untrusted (void)
{
  g_autoptr(GTlsCertificate) certificate = create_certificate ();
  g_autoptr(NetServer) server = NULL;
  g_autoptr(NetClient) client = NULL;
  g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_bearer ("sesame");
  g_autoptr(BudRequest) request = NULL;
  g_autofree char *url = NULL;
  g_auto(NetCall) call = { 0 };

  if (certificate == NULL)
    return;

  server = net_server_new (certificate);
  net_server_add_bytes (server,
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", -1,
                        NET_ENDING_CLOSE);
  check_server (server);
  g_assert_cmpuint (net_server_get_n_requests (server), ==, 1);

  client = net_client_new (NULL);
  url = net_server_dup_url (server, "/");
  request = bud_request_new ("GET", url);
  bud_request_set_authorizer (request, authorizer);
  net_client_send (client, request, &call);

  g_assert_error (call.error, BUD_NET_ERROR, BUD_NET_ERROR_TLS);
  g_assert_cmpuint (client->reasons->len, ==, 0);
  g_assert_cmpuint (net_server_get_n_requests (server), ==, 1);
  g_assert_cmpuint (net_server_get_n_connections (server), ==, 2);
}

/* What is not TLS at all never sees a request either. */
static void
test_plain_server (void)
{
  g_autoptr(NetClient) client = net_client_new (NULL);
  g_autofree char *url = net_server_dup_url (client->server, "/");
  g_autofree char *secure = g_strconcat ("https", url + 4, NULL);
  g_autoptr(BudRequest) request = bud_request_new ("GET", secure);
  g_auto(NetCall) call = { 0 };

  net_server_add (client->server, 200, "", "{}");
  bud_http_set_max_attempts (client->http, 2);
  bud_http_set_timeout (client->http, 300);
  net_client_send (client, request, &call);

  g_assert_nonnull (call.error);
  g_assert_true (call.error->domain == BUD_NET_ERROR);
  g_assert_cmpuint (net_server_get_n_requests (client->server), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http-tls/untrusted", test_untrusted);
  g_test_add_func ("/http-tls/plain-server", test_plain_server);

  return g_test_run ();
}
