/* test-sandbox-service.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sandbox-fixture.h"

#define REDIRECT "http://127.0.0.1:8765/back"
#define CLIENT "--client=app:s3cret:" REDIRECT

static void
test_auth (void)
{
  const char *const options[] = { "--api-key=key-us1", NULL };
  static const struct
  {
    const char *header;
    const char *title; /* (nullable) */
  } cases[] = {
    { NULL, "API Key Missing" },
    { "Bearer key-us1", NULL },
    { "OAuth key-us1", NULL },
    { "apikey key-us1", NULL },
    { "Basic YW55OmtleS11czE=", NULL },
    { "Basic YW55Om5vcGU=", "API Key Invalid" },
    { "Bearer nope", "API Key Invalid" },
    { "Digest x", "API Key Missing" },
  };
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].header);
      g_free (sandbox.authorization);
      sandbox.authorization = g_strdup (cases[i].header);
      sandbox_call (&sandbox, "GET", "/ping", NULL, &answer);
      if (cases[i].title != NULL)
        answer_assert_problem (&answer, 401, cases[i].title, "API key");
      else
        g_assert_cmpstr (answer_text (&answer, "health_status"), ==, "Everything's Chimpy!");
    }
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_lists (void)
{
  const char *const options[] = { "--audience=second=Another", "--members=3", NULL };
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  sandbox_call (&sandbox, "GET", "/", NULL, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_subscribers"), ==, 3);
  sandbox_call (&sandbox, "GET", "/lists?count=1&offset=1&fields=lists.id,total_items", NULL,
                &answer);
  g_assert_cmpstr (answer.text, ==, "{\"lists\":[{\"id\":\"second\"}],\"total_items\":2}");
  sandbox_call (&sandbox, "GET", "/lists/" LIST "?exclude_fields=_links", NULL, &answer);
  g_assert_cmpstr (answer_text (&answer, "name"), ==, "Test list");
  g_assert_false (json_object_has_member (answer_object (&answer), "_links"));
  g_assert_cmpint (answer_int (&answer, "$.stats.member_count"), ==, 3);
  sandbox_call (&sandbox, "GET", "/lists?fields=nonsense", NULL, &answer);
  answer_assert_problem (&answer, 422, "Requested Fields Invalid", NULL);
  sandbox_call (&sandbox, "GET", "/lists?count=x", NULL, &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", NULL);
  sandbox_call (&sandbox, "POST", "/lists/none", "{\"members\":[]}", &answer);
  answer_assert_problem (&answer, 404, "Resource Not Found",
                         "The requested resource could not be found.");
  sandbox_call (&sandbox, "GET", "/nowhere", NULL, &answer);
  answer_assert_problem (&answer, 404, "Resource Not Found", NULL);
  sandbox_call (&sandbox, "DELETE", "/lists", NULL, &answer);
  answer_assert_problem (&answer, 405, "Method Not Allowed", NULL);
  g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Allow"), ==, "GET");
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
assert_page (Sandbox    *sandbox,
             const char *query,
             guint       n_members,
             guint       total)
{
  g_autofree char *path = g_strconcat ("/lists/" LIST "/members?", query, NULL);
  g_auto(Answer) answer = { 0 };
  JsonArray *members;

  g_test_message ("%s", query);
  sandbox_call (sandbox, "GET", path, NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  members = json_object_get_array_member (answer_object (&answer), "members");
  g_assert_cmpuint (json_array_get_length (members), ==, n_members);
  g_assert_cmpint (answer_int (&answer, "$.total_items"), ==, total);
}

static void
set_status (Sandbox    *sandbox,
            guint       number,
            const char *status)
{
  g_autofree char *body = NULL;
  g_auto(Answer) answer = { 0 };

  body = g_strdup_printf ("{\"list\":\"" LIST "\",\"email\":\"person%07u@people.example\","
                          "\"status\":\"%s\"}", number, status);
  sandbox_call (sandbox, "POST", "/_sandbox/members", body, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
}

static void
test_pages (void)
{
  const char *const options[] = { "--members=2500", NULL };
  g_autofree char *path = NULL;
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  assert_page (&sandbox, "", 10, 2500);
  assert_page (&sandbox, "count=1000&offset=2000", 500, 2500);
  assert_page (&sandbox, "count=5000", 1000, 2500);
  assert_page (&sandbox, "count=0", 0, 2500);
  assert_page (&sandbox, "count=10&offset=2500", 0, 2500);

  for (guint i = 1; i <= 30; i++)
    set_status (&sandbox, i, i <= 5 ? "archived" : i <= 12 ? "unsubscribed"
                             : i <= 15 ? "cleaned" : "pending");
  assert_page (&sandbox, "status=archived", 5, 5);
  assert_page (&sandbox, "status=unsubscribed&count=4&offset=4", 3, 7);
  assert_page (&sandbox, "status=cleaned", 3, 3);
  assert_page (&sandbox, "status=pending", 10, 15);
  assert_page (&sandbox, "status=subscribed", 10, 2470);
  assert_page (&sandbox, "count=1", 1, 2495);
  assert_page (&sandbox, "since_last_changed=2020-01-01T00:00:00%2B00:00&count=1", 1, 2495);
  assert_page (&sandbox, "since_last_changed=2120-01-01T00:00:00Z", 0, 2495 - 2495);
  assert_page (&sandbox, "before_last_changed=2020-01-01T00:00:00Z", 0, 0);
  assert_page (&sandbox, "status=unsubscribed&unsubscribed_since=2020-01-01T00:00:00Z", 7, 7);

  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?status=archived&count=1&"
                "fields=members.email_address,members.status", NULL, &answer);
  g_assert_cmpstr (answer.text, ==, "{\"members\":[{\"email_address\":"
                   "\"person0000001@people.example\",\"status\":\"archived\"}]}");
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?status=archived&count=1&"
                "fields=members.merge_fields.FNAME,total_items", NULL, &answer);
  g_assert_cmpstr (answer.text, ==, "{\"members\":[{\"merge_fields\":{\"FNAME\":\"Ola\"}}],"
                   "\"total_items\":5}");
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?sort_field=last_changed&sort_dir=ASC&"
                "status=subscribed&count=1&fields=members.email_address", NULL, &answer);
  g_assert_cmpstr (answer.text, ==,
                   "{\"members\":[{\"email_address\":\"person0000031@people.example\"}]}");
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?fields=members.nonsense", NULL, &answer);
  answer_assert_problem (&answer, 422, "Requested Fields Invalid", NULL);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?status=forgotten", NULL, &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", NULL);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members?since_last_changed=x", NULL, &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", NULL);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_segments (void)
{
  const char *const options[] = { "--members=20", NULL };
  g_autoptr(GString) many = g_string_new ("{\"members_to_add\":[\"a@b.test\"");
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  for (guint i = 0; i < 500; i++)
    g_string_append (many, ",\"a@b.test\"");
  g_string_append (many, "]}");

  sandbox_start (&sandbox, options);
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/segments",
                "{\"name\":\"Guests\",\"static_segment\":[\"person0000001@people.example\"]}",
                &answer);
  g_assert_cmpint (answer_int (&answer, "$.id"), ==, 1);
  g_assert_cmpint (answer_int (&answer, "$.member_count"), ==, 1);
  g_assert_cmpstr (answer_text (&answer, "type"), ==, "static");
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/segments",
                "{\"name\":\"guests\",\"static_segment\":[]}", &answer);
  answer_assert_problem (&answer, 400, "Bad Request", "already exists");

  sandbox_call (&sandbox, "POST", "/lists/" LIST "/segments/1",
                "{\"members_to_add\":[\"PERSON0000002@people.example\",\"nobody@b.test\","
                "\"person0000001@people.example\"],\"members_to_remove\":"
                "[\"person0000001@people.example\"]}", &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_added"), ==, 1);
  g_assert_cmpint (answer_int (&answer, "$.total_removed"), ==, 1);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 1);
  g_assert_nonnull (strstr (answer.text, "{\"email_addresses\":[\"nobody@b.test\"]"));
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/segments/1", many->str, &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", "Maximum allowed member items exceeded, "
                         "please provide at most 500 items in members_to_add field or "
                         "members_to_remove field");

  sandbox_call (&sandbox, "GET", "/lists/" LIST "/segments/1/members?fields=members.email_address",
                NULL, &answer);
  g_assert_cmpstr (answer.text, ==,
                   "{\"members\":[{\"email_address\":\"person0000002@people.example\"}]}");
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/segments?type=static", NULL, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_items"), ==, 1);
  sandbox_call (&sandbox, "DELETE", "/lists/" LIST "/segments/1", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 204);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/segments/1", NULL, &answer);
  answer_assert_problem (&answer, 404, "Resource Not Found", NULL);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members/person0000002@people.example", NULL,
                &answer);
  g_assert_cmpint (answer_int (&answer, "$.tags_count"), ==, 0);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static char *
authorize (Sandbox    *sandbox,
           const char *decision)
{
  g_autofree char *form = NULL;
  g_auto(Answer) answer = { 0 };

  form = g_strdup_printf ("client_id=app&redirect_uri=http%%3A%%2F%%2F127.0.0.1%%3A8765%%2Fback&"
                          "state=a%%26b&decision=%s", decision);
  sandbox_call (sandbox, "POST", "/oauth2/authorize", form, &answer);
  g_assert_cmpuint (answer.status, ==, 302);

  return g_strdup (soup_message_headers_get_one (answer.headers, "Location"));
}

static void
test_oauth (void)
{
  const char *const options[] = { CLIENT, NULL };
  g_autofree char *allowed = NULL;
  g_autofree char *denied = NULL;
  g_autofree char *form = NULL;
  g_autofree char *code = NULL;
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  g_clear_pointer (&sandbox.authorization, g_free);
  sandbox_call (&sandbox, "GET", "/oauth2/authorize?response_type=code&client_id=app&"
                "redirect_uri=" REDIRECT "&state=%22%3Cx%3E", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_nonnull (strstr (answer.text, "value=\"allow\""));
  g_assert_nonnull (strstr (answer.text, "value=\"&quot;&lt;x&gt;\""));
  sandbox_call (&sandbox, "GET", "/oauth2/authorize?response_type=code&client_id=app&"
                "redirect_uri=http://127.0.0.1:8765/other", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 400);
  g_assert_nonnull (strstr (answer.text, "redirect_uri_mismatch"));
  sandbox_call (&sandbox, "GET", "/oauth2/authorize?response_type=code&client_id=app&"
                "redirect_uri=http://localhost:8765/back", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 400);

  denied = authorize (&sandbox, "deny");
  g_assert_cmpstr (denied, ==, REDIRECT "?error=access_denied&state=a%26b");
  allowed = authorize (&sandbox, "allow");
  g_assert_true (g_str_has_prefix (allowed, REDIRECT "?code="));
  g_assert_true (g_str_has_suffix (allowed, "&state=a%26b"));
  code = g_strndup (allowed + strlen (REDIRECT "?code="), 32);

  form = g_strdup_printf ("grant_type=authorization_code&client_id=app&client_secret=s3cret&"
                          "redirect_uri=" REDIRECT "&code=%s", code);
  sandbox_call (&sandbox, "POST", "/oauth2/token",
                "grant_type=authorization_code&client_id=app&client_secret=wrong&code=x", &answer);
  g_assert_cmpstr (answer_text (&answer, "error"), ==, "invalid_client");
  sandbox_call (&sandbox, "POST", "/oauth2/token", form, &answer);
  g_assert_cmpint (answer_int (&answer, "$.expires_in"), ==, 0);
  g_assert_true (json_object_get_null_member (answer_object (&answer), "scope"));
  g_assert_cmpuint (strlen (answer_text (&answer, "access_token")), ==, 32);
  sandbox.authorization = g_strconcat ("OAuth ", answer_text (&answer, "access_token"), NULL);
  sandbox_call (&sandbox, "POST", "/oauth2/token", form, &answer);
  g_assert_cmpuint (answer.status, ==, 400);
  g_assert_cmpstr (answer_text (&answer, "error"), ==, "invalid_grant");

  sandbox_call (&sandbox, "GET", "/oauth2/metadata", NULL, &answer);
  g_assert_cmpstr (answer_text (&answer, "api_endpoint"), ==, sandbox.origin);
  g_assert_cmpstr (answer_text (&answer, "dc"), ==, "us1");
  sandbox_call (&sandbox, "GET", "/ping", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);

  sandbox_call (&sandbox, "POST", "/_sandbox/revoke", "{}", &answer);
  sandbox_call (&sandbox, "GET", "/oauth2/metadata", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpstr (answer_text (&answer, "error"), ==, "invalid_token");
  sandbox_call (&sandbox, "GET", "/ping", NULL, &answer);
  answer_assert_problem (&answer, 401, "API Key Invalid", NULL);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_state (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "state", NULL);
  g_autofree char *option = g_strconcat ("--state=", path, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  const char *const options[] = { option, "--members=5", NULL };
  const char *const again[] = { option, NULL };
  g_autofree char *members = NULL;
  g_autofree char *member = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *resaved = NULL;
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  sandbox_start (&sandbox, options);
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/merge-fields",
                "{\"name\":\"N\",\"tag\":\"NUM\",\"type\":\"number\"}", &answer);
  sandbox_call (&sandbox, "POST", "/lists/" LIST, "{\"members\":[{\"email_address\":"
                "\"Keep@state.test\",\"status\":\"subscribed\",\"tags\":[\"gone\",\"T\\\"1\"],"
                "\"vip\":true,\"language\":\"nb\",\"merge_fields\":{\"NUM\":4.5,\"FNAME\":\"Å\","
                "\"ADDRESS\":{\"addr1\":\"a\",\"city\":\"b\",\"state\":\"c\",\"zip\":\"d\"}}}]}",
                &answer);
  sandbox_call (&sandbox, "DELETE", "/lists/" LIST "/segments/1", NULL, &answer);
  set_status (&sandbox, 1, "unsubscribed");
  set_status (&sandbox, 2, "forgotten");
  sandbox_call (&sandbox, "GET", "/_sandbox/members?list=" LIST, NULL, &answer);
  members = g_strdup (answer.text);
  g_assert_nonnull (strstr (members, "\r\nKeep@state.test,subscribed,Å,,"));
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members/keep@state.test?exclude_fields=_links",
                NULL, &answer);
  member = g_strdup (answer.text);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));

  sandbox_start (&sandbox, again);
  sandbox_call (&sandbox, "GET", "/_sandbox/members?list=" LIST, NULL, &answer);
  g_assert_cmpstr (answer.text, ==, members);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members/keep@state.test?exclude_fields=_links",
                NULL, &answer);
  g_assert_cmpstr (answer.text, ==, member);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
  g_assert_true (g_file_get_contents (path, &resaved, NULL, NULL));
  g_assert_cmpstr (saved, ==, resaved);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_batches (void)
{
  g_autofree char *path = NULL;
  g_auto(Answer) answer = { 0 };
  g_autoptr(GConverter) gunzip = NULL;
  g_autoptr(GBytes) tar = NULL;
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GInputStream) memory = NULL;
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  const char *data;
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  sandbox_call (&sandbox, "POST", "/batches", "{\"operations\":[{\"method\":\"GET\",\"path\":"
                "\"ping\",\"operation_id\":\"one\"},{\"method\":\"POST\",\"path\":\"/lists/" LIST
                "/members\",\"operation_id\":\"two\",\"body\":\"{\\\"email_address\\\":\\\""
                "x@y.test\\\",\\\"status\\\":\\\"subscribed\\\"}\"},{\"method\":\"GET\",\"path\":"
                "\"/lists/none\",\"params\":{\"count\":1}}]}", &answer);
  g_assert_cmpstr (answer_text (&answer, "status"), ==, "pending");
  g_assert_cmpint (answer_int (&answer, "$.total_operations"), ==, 0);
  path = g_strconcat ("/batches/", answer_text (&answer, "id"), NULL);
  do
    sandbox_call (&sandbox, "GET", path, NULL, &answer);
  while (!g_str_equal (answer_text (&answer, "status"), "finished"));
  g_assert_cmpint (answer_int (&answer, "$.finished_operations"), ==, 3);
  g_assert_cmpint (answer_int (&answer, "$.errored_operations"), ==, 1);

  message = soup_message_new ("GET", answer_text (&answer, "response_body_url"));
  packed = soup_session_send_and_read (sandbox.session, message, NULL, NULL);
  gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  memory = g_memory_input_stream_new_from_bytes (packed);
  stream = g_converter_input_stream_new (memory, gunzip);
  tar = g_input_stream_read_bytes (stream, 65536, NULL, NULL);
  data = g_bytes_get_data (tar, NULL);
  g_assert_cmpmem (data + 257, 5, "ustar", 5);
  g_assert_true (json_parser_load_from_data (
      parser, data + 512, g_ascii_strtoll (data + 124, NULL, 8), NULL));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (
                        json_parser_get_root (parser))), ==, 3);
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].members.subscribed"), ==, 1);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

/* What must end at once, with a sentence and exit status 2. */
static void
test_options (void)
{
  static const char *const bad[] = {
    "--nonsense", "--port=70000", "--port=x", "--faults=colour", "--faults=lost@0",
    "--faults=lost@5-2", "--faults=429%101", "--audience=noname", "--client=a:b",
    "--client=a:b:http://localhost:1/x", "--members=-1", "extra",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GSubprocess) process = NULL;
      g_autofree char *complaint = NULL;

      g_test_message ("%s", bad[i]);
      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, SANDBOX_PROGRAM, bad[i],
                                  NULL);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
      g_assert_cmpuint (strlen (complaint), >, 10);
    }
}

/* A second server on the port of the first would share its requests. */
static void
test_taken_port (void)
{
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *option = NULL;
  g_autofree char *complaint = NULL;
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  option = g_strconcat ("--port=", strrchr (sandbox.origin, ':') + 1, NULL);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, "timeout", "20",
                              SANDBOX_PROGRAM, option, NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
  g_assert_nonnull (strstr (complaint, "--port"));
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sandbox/service/auth", test_auth);
  g_test_add_func ("/sandbox/service/lists", test_lists);
  g_test_add_func ("/sandbox/service/pages", test_pages);
  g_test_add_func ("/sandbox/service/segments", test_segments);
  g_test_add_func ("/sandbox/service/oauth", test_oauth);
  g_test_add_func ("/sandbox/service/state", test_state);
  g_test_add_func ("/sandbox/service/batches", test_batches);
  g_test_add_func ("/sandbox/service/options", test_options);
  g_test_add_func ("/sandbox/service/taken-port", test_taken_port);

  return g_test_run ();
}
