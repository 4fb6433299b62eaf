/* test-rejects.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "audience-check.h"

/* People whom the service does not take: each alone, for a reason, and tried again next time. */

static void
assert_row (const char *rows,
            const char *wanted)
{
  if (strstr (rows, wanted) == NULL)
    g_error ("No “%s” in:\n%s", wanted, rows);
}

static BudRun *
run_with_rejects (Workspace *workspace,
                  gint64     n_rejected)
{
  g_autoptr(GError) error = NULL;
  BudRun *run = workspace_run (workspace, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED_WITH_ERRORS);
  g_assert_cmpint (bud_run_get_rejected (run), ==, n_rejected);

  return run;
}

static Customer *
person (GPtrArray *people,
        guint      i)
{
  return g_ptr_array_index (people, i);
}

static void
test_reasons (gconstpointer data)
{
  static const char *const pairs[] = { "FNAME=first", "SCORE=score", NULL };
  g_autoptr(Sandbox) sandbox = sandbox_new ("--refuse-example-com");
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (30);
  g_autofree char *made = NULL;

  made = sandbox_call (sandbox, "POST", "/3.0/lists/" SANDBOX_AUDIENCE "/merge-fields",
                       "{\"tag\":\"SCORE\",\"name\":\"Score\",\"type\":\"number\"}");
  sandbox_set_status (sandbox, "person3@kunde.example", "forgotten", "api");
  g_object_set (workspace->export, "merge-fields", pairs, NULL);
  workspace_set_text (&person (people, 1)->score, "many");
  workspace_set_text (&person (people, 2)->score, "12");
  workspace_set_text (&person (people, 4)->email, "somebody@example.com");
  workspace_load (workspace, people);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr(BudRun) run = run_with_rejects (workspace, 3);
      g_autofree char *rows = workspace_describe (workspace, bud_run_get_plan (run));

      g_assert_cmpint (bud_run_get_planned (run), ==, i == 0 ? 29 : 3);
      assert_row (rows, "C000001 add rejected field-refused\n");
      assert_row (rows, "C000003 add rejected forgotten\n");
      assert_row (rows, "C000004 add rejected address-refused\n");
    }

  /* What is mended arrives. */
  workspace_set_text (&person (people, 1)->score, "7");
  workspace_set_text (&person (people, 4)->email, "somebody@kunde.example");
  workspace_load (workspace, people);
  {
    g_autoptr(BudRun) run = run_with_rejects (workspace, 1);

    g_assert_cmpint (bud_run_get_added (run), ==, 2);
  }
}

/* Between the run and the service: refuses any request in which a certain word is found. */
static void
on_request_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  Sandbox *sandbox = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *target = NULL;
  g_autofree char *answer = NULL;

  if (strstr (text, "poison") != NULL)
    {
      answer = g_strdup ("{\"title\":\"Invalid Resource\",\"status\":400,\"detail\":\"No.\"}");
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_COPY,
                                        answer, strlen (answer));
      return;
    }

  target = g_uri_to_string_partial (soup_server_message_get_uri (message), G_URI_HIDE_NONE);
  answer = sandbox_call (sandbox, soup_server_message_get_method (message), strstr (target, "/3.0"),
                         *text != '\0' ? text : NULL);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer,
                                    strlen (answer));
}

static void
test_culprits (void)
{
  static const guint culprits[] = { 1, 499, 777, 778, 1299 };
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(SoupServer) server = g_object_new (SOUP_TYPE_SERVER, NULL);
  g_autoptr(Workspace) workspace = NULL;
  g_autoptr(GPtrArray) people = workspace_make_people (1300);
  g_autoptr(GError) error = NULL;
  g_autofree char *api_root = NULL;
  g_autofree char *rows = NULL;
  g_autoptr(BudRun) run = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, on_request_cb, sandbox, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  api_root = g_strdup_printf ("http://127.0.0.1:%d/3.0", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  workspace = workspace_new (TRUE, api_root);
  for (guint i = 0; i < G_N_ELEMENTS (culprits); i++)
    workspace_set_text (&person (people, culprits[i])->first, "poison");
  workspace_load (workspace, people);
  run = run_with_rejects (workspace, G_N_ELEMENTS (culprits));
  rows = workspace_describe (workspace, bud_run_get_plan (run));

  /* The others are there, tagged as they should be. */
  for (guint i = G_N_ELEMENTS (culprits); i-- > 0;)
    {
      g_autofree char *wanted = g_strdup_printf ("C%06u add rejected other\n", culprits[i]);

      assert_row (rows, wanted);
      g_ptr_array_remove_index (people, culprits[i]);
    }
  audience_assert_equal (sandbox, people);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/rejects/reasons/memory", NULL, test_reasons);
  g_test_add_data_func ("/rejects/reasons/disk", GINT_TO_POINTER (TRUE), test_reasons);
  g_test_add_func ("/rejects/culprits", test_culprits);

  return g_test_run ();
}
