/* main.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bud-error.h"
#include "bud-sandbox-faults.h"
#include "bud-sandbox-oauth.h"
#include "bud-sandbox-server.h"
#include "bud-sandbox-state.h"

#define EXIT_USAGE 2

typedef struct
{
  int port;
  int n_members;
  int latency_ms;
  int limit;
  gboolean gzip;
  gboolean sink;
  gboolean refuse_examples;
  gboolean silent_compliance;
  char *state;
  char *log;
  char *faults;
  char **audiences;
  char **keys;
  char **clients;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->state);
  g_free (options->log);
  g_free (options->faults);
  g_strfreev (options->audiences);
  g_strfreev (options->keys);
  g_strfreev (options->clients);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GOptionContext *
make_context (Options *options)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
      N_("Port on 127.0.0.1 to listen on; 0 for any free one"), N_("PORT") },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
      N_("File to start from, and to save to on exit"), N_("FILE") },
    { "audience", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->audiences,
      N_("Add an audience; may be given several times"), N_("ID=NAME") },
    { "members", 0, 0, G_OPTION_ARG_INT, &options->n_members,
      N_("Fill the first audience with invented members"), N_("NUMBER") },
    { "api-key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->keys,
      N_("Accept only this API key; may be given several times"), N_("KEY") },
    { "client", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->clients,
      N_("Register a program for OAuth; may be given several times"), N_("ID:SECRET:REDIRECT") },
    { "latency", 0, 0, G_OPTION_ARG_INT, &options->latency_ms,
      N_("Wait before each answer"), N_("MILLISECONDS") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options->limit,
      N_("Requests at once before the answer is 429; 0 for no limit"), N_("NUMBER") },
    { "faults", 0, 0, G_OPTION_ARG_STRING, &options->faults,
      N_("What goes wrong, and when; see below"), N_("SPEC") },
    { "gzip", 0, 0, G_OPTION_ARG_NONE, &options->gzip,
      N_("Compress answers for clients that accept it"), NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options->log,
      N_("Write a line for each request"), N_("FILE") },
    { "sink", 0, 0, G_OPTION_ARG_NONE, &options->sink,
      N_("Keep nothing of batch posts and answer them at once, to time a client"), NULL },
    { "refuse-example-com", 0, 0, G_OPTION_ARG_NONE, &options->refuse_examples,
      N_("Refuse addresses at example.com, .net and .org, as Mailchimp does"), NULL },
    { "silent-compliance", 0, 0, G_OPTION_ARG_NONE, &options->silent_compliance,
      N_("Let a batch that resubscribes an opted-out member change nothing, without an error"),
      NULL },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context,
                                _("A practice Mailchimp on this computer, for people and tests."));
  g_option_context_set_description (context,
                                    _("Faults are a list such as "
                                      "“seed=7,lost@3~POST,429%5:2,stall@10-12:30~/members”: a "
                                      "kind; @N, @N-M, @N- or %P for which requests, by number "
                                      "or by chance in per cent; after a colon the seconds of a "
                                      "stall or of Retry-After, or the bytes a second of a drip; "
                                      "after a tilde the method, the path or both that it is "
                                      "for.\n"
                                      "Before anything is done: 429, 429-bare, 403-bare, 500, "
                                      "503-html, reset.\n"
                                      "After it was done: lost, truncate, stall, drip, html, "
                                      "empty.\n\n"
                                      "/_sandbox/state tells what happened, /_sandbox/members "
                                      "who is there."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return context;
}

static gboolean
check_numbers (const Options  *options,
               GError        **error)
{
  if (options->port >= 0 && options->port <= G_MAXUINT16 && options->n_members >= 0 &&
      options->latency_ms >= 0 && options->limit >= 0)
    return TRUE;

  g_set_error_literal (error, BUD_ERROR, BUD_ERROR_INVALID,
                       _("A number is out of range: ports end at 65535, and nothing is negative."));

  return FALSE;
}

static gboolean
add_audience (BudSandbox  *sandbox,
              const char  *text,
              GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (text, "=", 2);

  if (g_strv_length (parts) != 2 || *parts[1] == '\0' || *parts[0] == '\0' ||
      strspn (parts[0], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") !=
          strlen (parts[0]))
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                   _("“%s” is not an audience. Write ID=NAME, with letters and digits for the "
                     "ID."), text);
      return FALSE;
    }

  /* One that came with the state file is already as it should be. */
  bud_sandbox_add_audience (sandbox, bud_sandbox_audience_new (parts[0], parts[1],
                                                               bud_sandbox_fields_new_default ()));

  return TRUE;
}

static gboolean
add_audiences (BudSandbox     *sandbox,
               const Options  *options,
               GError        **error)
{
  GPtrArray *audiences = bud_sandbox_get_audiences (sandbox);

  for (char **text = options->audiences; text != NULL && *text != NULL; text++)
    if (!add_audience (sandbox, *text, error))
      return FALSE;

  if (audiences->len == 0)
    bud_sandbox_add_audience (sandbox,
                              bud_sandbox_audience_new ("practice", _("Practice audience"),
                                                        bud_sandbox_fields_new_default ()));
  bud_sandbox_prefill (g_ptr_array_index (audiences, 0), options->n_members);

  return TRUE;
}

static gboolean
set_up (BudSandbox     *sandbox,
        const Options  *options,
        GError        **error)
{
  BudSandboxOAuth *oauth = bud_sandbox_get_oauth (sandbox);

  for (char **key = options->keys; key != NULL && *key != NULL; key++)
    bud_sandbox_oauth_add_key (oauth, *key);
  for (char **client = options->clients; client != NULL && *client != NULL; client++)
    if (!bud_sandbox_oauth_add_client (oauth, *client, error))
      return FALSE;

  if (options->faults != NULL &&
      !bud_sandbox_faults_set (bud_sandbox_get_faults (sandbox), options->faults, error))
    return FALSE;
  if (options->state != NULL && !bud_sandbox_state_load (sandbox, options->state, error))
    return FALSE;

  return add_audiences (sandbox, options, error);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
serve (BudSandbox     *sandbox,
       const Options  *options,
       FILE           *log,
       GError        **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  BudSandboxServer *server;

  /* Before the threads begin, so that none of them takes the signal. */
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  signal (SIGPIPE, SIG_IGN);

  if ((server = bud_sandbox_server_start (sandbox, options->port, log, error)) == NULL)
    return FALSE;

  printf ("%s\n", bud_sandbox_get_base (sandbox));
  fflush (stdout);
  g_main_loop_run (loop);
  bud_sandbox_server_stop (server);

  return options->state == NULL || bud_sandbox_state_save (sandbox, options->state, error);
}

static gboolean
run (const Options  *options,
     GError        **error)
{
  const BudSandboxConfig config = {
    .latency_ms = options->latency_ms,
    .limit = options->limit,
    .gzip = options->gzip,
    .sink = options->sink,
    .refuse_examples = options->refuse_examples,
    .silent_compliance = options->silent_compliance,
  };
  g_autoptr(BudSandbox) sandbox = bud_sandbox_new (&config);
  FILE *log = NULL;
  gboolean good;

  if (!set_up (sandbox, options, error))
    return FALSE;
  if (options->log != NULL && (log = fopen (options->log, "ae")) == NULL)
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                   _("The log “%s” cannot be written."), options->log);
      return FALSE;
    }

  good = serve (sandbox, options, log, error);
  if (log != NULL)
    fclose (log);

  return good;
}

int
main (int    argc,
      char **argv)
{
  g_auto(Options) options = { .limit = 10 };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BUD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  context = make_context (&options);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !check_numbers (&options, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_USAGE;
    }
  if (argc > 1)
    {
      g_printerr (_("“%s” is not an option. Try --help.\n"), argv[1]);
      return EXIT_USAGE;
    }

  if (!run (&options, &error))
    {
      g_printerr ("%s\n", error->message);
      return error->domain == BUD_ERROR ? EXIT_USAGE : EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
