/* sandbox-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "sandbox-fixture.h"

/* What a silent server must not cost a test. */
#define TIMEOUT_SECONDS 60

/* A test that fails does not leave its server behind. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/**
 * sandbox_start:
 * @self: (out caller-allocates): the running program
 * @options: (array zero-terminated=1): beside the port and the audience
 */
void
sandbox_start (Sandbox           *self,
               const char *const *options)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDataInputStream) out = NULL;

  g_ptr_array_add (argv, (char *) SANDBOX_PROGRAM);
  g_ptr_array_add (argv, (char *) "--port=0");
  g_ptr_array_add (argv, (char *) "--audience=" LIST "=Test list");
  for (; options != NULL && *options != NULL; options++)
    g_ptr_array_add (argv, (char *) *options);
  g_ptr_array_add (argv, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata,
                                                &error);
  g_assert_no_error (error);

  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->base = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->base);
  g_assert_true (g_str_has_prefix (self->base, "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (self->base, "/3.0"));
  self->origin = g_strndup (self->base, strlen (self->base) - strlen ("/3.0"));
  self->authorization = g_strdup ("Bearer key-us1");
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, TIMEOUT_SECONDS);
}

/**
 * sandbox_stop:
 * @self: the running program
 *
 * Returns: its exit status, after SIGTERM
 */
int
sandbox_stop (Sandbox *self)
{
  int status;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  status = g_subprocess_get_exit_status (self->process);

  g_clear_object (&self->process);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->authorization, g_free);

  return status;
}

/**
 * sandbox_message:
 * @self: the running program
 * @method: such as "GET"
 * @path: after /3.0, or from the root if it begins with "/_" or "/oauth2"
 * @body: (nullable): JSON, or a form for /oauth2
 *
 * Returns: (transfer full): a request with the right headers
 */
SoupMessage *
sandbox_message (Sandbox    *self,
                 const char *method,
                 const char *path,
                 const char *body)
{
  gboolean root = g_str_has_prefix (path, "/_") || g_str_has_prefix (path, "/oauth2");
  g_autofree char *uri = g_strconcat (root ? self->origin : self->base, path, NULL);
  SoupMessage *message = soup_message_new (method, uri);

  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  self->authorization);
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (
          message, root && path[1] == 'o' ? "application/x-www-form-urlencoded"
                                          : "application/json", bytes);
    }

  return message;
}

/**
 * sandbox_call:
 * @self: the running program
 * @method: see sandbox_message()
 * @path: see sandbox_message()
 * @body: (nullable): see sandbox_message()
 * @answer: (out caller-allocates): what came back
 */
void
sandbox_call (Sandbox    *self,
              const char *method,
              const char *path,
              const char *body,
              Answer     *answer)
{
  g_autoptr(SoupMessage) message = sandbox_message (self, method, path, body);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GBytes) received = NULL;

  answer_clear (answer);
  received = soup_session_send_and_read (self->session, message, NULL, NULL);
  if (received == NULL)
    return;

  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  answer->length = g_bytes_get_size (received);
  answer->text = g_strndup (g_bytes_get_data (received, NULL), answer->length);
  if (answer->length > 0 && json_parser_load_from_data (parser, answer->text, -1, NULL))
    answer->json = json_parser_steal_root (parser);
}

void
answer_clear (Answer *answer)
{
  answer->status = 0;
  answer->length = 0;
  g_clear_pointer (&answer->text, g_free);
  g_clear_pointer (&answer->headers, soup_message_headers_unref);
  g_clear_pointer (&answer->json, json_node_unref);
}

JsonObject *
answer_object (const Answer *answer)
{
  g_assert_nonnull (answer->json);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (answer->json));

  return json_node_get_object (answer->json);
}

const char *
answer_text (const Answer *answer,
             const char   *name)
{
  return json_object_get_string_member_with_default (answer_object (answer), name, NULL);
}

/**
 * answer_int:
 * @answer: an answer in JSON
 * @path: a JSONPath, such as "$.audiences[0].resubscribed"
 *
 * Returns: the number there, or -1
 */
gint64
answer_int (const Answer *answer,
            const char   *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) found = NULL;
  JsonArray *array;

  g_assert_nonnull (answer->json);
  found = json_path_query (path, answer->json, &error);
  g_assert_no_error (error);
  array = json_node_get_array (found);

  return json_array_get_length (array) > 0 ? json_array_get_int_element (array, 0) : -1;
}

/**
 * answer_assert_problem:
 * @answer: an answer
 * @status: what it must be
 * @title: what it must be
 * @detail: (nullable): what it must contain
 */
void
answer_assert_problem (const Answer *answer,
                       guint         status,
                       const char   *title,
                       const char   *detail)
{
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==,
                   "application/problem+json");
  g_assert_cmpstr (answer_text (answer, "title"), ==, title);
  g_assert_cmpint (answer_int (answer, "$.status"), ==, status);
  g_assert_cmpstr (answer_text (answer, "instance"), ==,
                   soup_message_headers_get_one (answer->headers, "X-Request-Id"));
  if (detail != NULL)
    g_assert_nonnull (strstr (answer_text (answer, "detail"), detail));
}

/**
 * sandbox_hash:
 * @email: an address
 *
 * Returns: (transfer full): how a path names the contact
 */
char *
sandbox_hash (const char *email)
{
  g_autofree char *lower = g_ascii_strdown (email, -1);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, lower, -1);
}

/**
 * sandbox_state:
 * @self: the running program
 * @path: a JSONPath
 *
 * Returns: a number of the state report
 */
gint64
sandbox_state (Sandbox    *self,
               const char *path)
{
  g_auto(Answer) answer = { 0 };

  sandbox_call (self, "GET", "/_sandbox/state", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);

  return answer_int (&answer, path);
}
