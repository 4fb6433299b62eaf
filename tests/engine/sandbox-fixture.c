/* sandbox-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "sandbox-fixture.h"

struct _Sandbox
{
  GSubprocess *process;
  SoupSession *session;
  char *api_root;
  char *origin; /* without /3.0 */
};

/* A test that fails must not leave its service behind. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static char *
read_line (GInputStream *stream)
{
  g_autoptr(GDataInputStream) data = g_data_input_stream_new (stream);
  g_autoptr(GError) error = NULL;
  char *line = g_data_input_stream_read_line (data, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);

  return line;
}

/* @options: (nullable): as on its command line, parted by spaces. */
Sandbox *
sandbox_new (const char *options)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox",
                                                    "budstikke-sandbox", NULL);
  g_autofree char *line = g_strjoin (" ", program, "--port=0", options, NULL);
  g_auto(GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) error = NULL;
  Sandbox *self = g_new0 (Sandbox, 1);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments,
                                                &error);
  g_assert_no_error (error);

  self->session = soup_session_new ();
  self->api_root = read_line (g_subprocess_get_stdout_pipe (self->process));
  g_assert_true (g_str_has_suffix (self->api_root, "/3.0"));
  self->origin = g_strndup (self->api_root, strlen (self->api_root) - strlen ("/3.0"));

  return self;
}

void
sandbox_free (Sandbox *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_object_unref (self->session);
  g_free (self->api_root);
  g_free (self->origin);
  g_free (self);
}

const char *
sandbox_get_api_root (Sandbox *self)
{
  return self->api_root;
}

/* Any call; it has to succeed. */
char *
sandbox_call (Sandbox    *self,
              const char *method,
              const char *path,
              const char *body)
{
  g_autofree char *uri = g_strconcat (self->origin, path, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (method, uri);
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(GError) error = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "Bearer practice");
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  if (soup_message_get_status (message) / 100 != 2)
    g_error ("%s %s: %u %.*s", method, path, soup_message_get_status (message),
             (int) g_bytes_get_size (answer), (const char *) g_bytes_get_data (answer, NULL));

  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

void
sandbox_set_faults (Sandbox    *self,
                    const char *faults)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\":\"%s\"}", faults);
  g_autofree char *answer = sandbox_call (self, "POST", "/_sandbox/faults", body);
}

/* @by is "api", "member" or "admin". */
void
sandbox_set_status (Sandbox    *self,
                    const char *address,
                    const char *status,
                    const char *by)
{
  g_autofree char *body = g_strdup_printf ("{\"list\":\"%s\",\"email\":\"%s\",\"status\":\"%s\","
                                           "\"by\":\"%s\"}", SANDBOX_AUDIENCE, address, status,
                                           by);
  g_autofree char *answer = sandbox_call (self, "POST", "/_sandbox/members", body);
}

static void
member_free (gpointer data)
{
  SandboxMember *member = data;

  g_free (member->status);
  g_free (member->first_name);
  g_strfreev (member->tags);
  g_free (member);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* By lower-case address; the tests' values need no quotes. */
GHashTable *
sandbox_read_members (Sandbox *self)
{
  g_autofree char *csv = sandbox_call (self, "GET", "/_sandbox/members?list=" SANDBOX_AUDIENCE,
                                       NULL);
  g_auto(GStrv) lines = g_strsplit (csv, "\r\n", -1);
  GHashTable *members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, member_free);

  g_assert_true (g_str_has_prefix (lines[0], "EMAIL,STATUS,FNAME,"));
  for (char **line = lines + 1; **line != '\0'; line++)
    {
      g_auto(GStrv) cells = g_strsplit (*line, ",", -1);
      guint n_cells = g_strv_length (cells);
      SandboxMember *member = g_new0 (SandboxMember, 1);

      g_assert_null (strchr (*line, '"'));
      member->status = g_strdup (cells[1]);
      member->first_name = g_strdup (cells[2]);
      member->tags = g_strsplit (cells[n_cells - 1], ";", -1);
      qsort (member->tags, g_strv_length (member->tags), sizeof (char *), compare_texts);
      g_assert_true (g_hash_table_insert (members, g_utf8_strdown (cells[0], -1), member));
    }

  return members;
}

static JsonNode *
read_state (Sandbox *self)
{
  g_autofree char *text = sandbox_call (self, "GET", "/_sandbox/state", NULL);
  g_autoptr(GError) error = NULL;
  JsonNode *state = json_from_string (text, &error);

  g_assert_no_error (error);

  return state;
}

/* A number of the audience, such as "resubscribed", or of the account, such as "most_at_once". */
gint64
sandbox_get_count (Sandbox    *self,
                   const char *name)
{
  g_autoptr(JsonNode) state = read_state (self);
  JsonObject *account = json_node_get_object (state);
  JsonArray *audiences = json_object_get_array_member (account, "audiences");
  JsonObject *audience = json_array_get_object_element (audiences, 0);
  JsonObject *owner = json_object_has_member (audience, name) ? audience : account;

  g_assert_true (json_object_has_member (owner, name));

  return json_object_get_int_member (owner, name);
}

gint64
sandbox_get_calls (Sandbox    *self,
                   const char *endpoint)
{
  g_autoptr(JsonNode) state = read_state (self);
  JsonObject *calls = json_object_get_object_member (json_node_get_object (state), "calls");

  return json_object_get_int_member_with_default (calls, endpoint, 0);
}

gint64
sandbox_get_strikes (Sandbox    *self,
                     const char *fault)
{
  g_autoptr(JsonNode) state = read_state (self);
  JsonObject *faults = json_object_get_object_member (json_node_get_object (state), "faults");

  return json_object_get_int_member_with_default (faults, fault, 0);
}
