/* bud-cli.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "bud-cli.h"
#include "bud-cli-output.h"
#include "bud-error.h"

static const BudCliCommand *const nouns[] = {
  bud_cli_workspace_commands,
  bud_cli_customers_commands,
  bud_cli_segments_commands,
  bud_cli_connections_commands,
  bud_cli_audiences_commands,
  bud_cli_exports_commands,
  bud_cli_runs_commands,
};

static void
bud_cli_clear (BudCli *cli)
{
  if (cli->store != NULL)
    bud_store_close (cli->store);

  g_clear_object (&cli->context);
  g_clear_object (&cli->cancellable);
  g_clear_pointer (&cli->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudCli, bud_cli_clear)

/* Errors */

/* "STORE-3" for the fourth error of bud_store_error_quark(), "NET-1" for the second BudNetError:
 * the same in every language. */
static char *
dup_code (const GError *error)
{
  static const char *const trimmings[] = { "-QUARK", "-ERROR", "ERROR" };
  const char *domain = g_quark_to_string (error->domain);
  g_autofree char *name = NULL;

  if (error->domain == BUD_ERROR)
    return g_strdup_printf ("BUD-%d", error->code);
  if (error->domain == G_OPTION_ERROR)
    return g_strdup ("USAGE");

  domain += g_ascii_strncasecmp (domain, "bud", 3) == 0 ? 3 : 0;
  domain += *domain == '-';
  name = g_ascii_strup (domain, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (trimmings); i++)
    {
      if (g_str_has_suffix (name, trimmings[i]))
        name[strlen (name) - strlen (trimmings[i])] = '\0';
    }

  return g_strdup_printf ("%s-%d", name, error->code);
}

static int
exit_code (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return BUD_CLI_CANCELLED;
  if (g_error_matches (error, BUD_ERROR, BUD_ERROR_NOT_PERMITTED))
    return BUD_CLI_NOT_PERMITTED;
  if (g_error_matches (error, BUD_ERROR, BUD_ERROR_GUARD))
    return BUD_CLI_GUARD;
  if (error->domain == G_OPTION_ERROR)
    return BUD_CLI_USAGE;

  return BUD_CLI_FAILED;
}

/**
 * bud_cli_fail:
 * @cli: the command's surroundings
 * @error: what happened
 *
 * Says it on the standard error stream, with its code.
 *
 * Returns: the exit code
 */
int
bud_cli_fail (BudCli       *cli,
              const GError *error)
{
  g_autofree char *code = dup_code (error);

  if (exit_code (error) == BUD_CLI_CANCELLED)
    g_printerr ("%s\n", _("Canceled."));
  else if (cli->json)
    bud_cli_output_error (code, error->message);
  else
    g_printerr ("budctl: %s [%s]\n", error->message, code);

  return exit_code (error);
}

/**
 * bud_cli_usage:
 * @cli: the command's surroundings
 * @message: what is wrong with the command line
 *
 * Returns: the exit code
 */
int
bud_cli_usage (BudCli     *cli,
               const char *message)
{
  g_autoptr(GError) error = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                                                 message);

  return bud_cli_fail (cli, error);
}

/* Workspace */

/**
 * bud_cli_open:
 * @cli: the command's surroundings
 * @create: make a new workspace
 * @error: return location
 *
 * Returns: whether the workspace is open
 */
gboolean
bud_cli_open (BudCli    *cli,
              gboolean   create,
              GError   **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_context_open_async (cli->folder, create, cli->cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);
  cli->context = bud_context_open_finish (result, error);
  if (cli->context == NULL)
    return FALSE;

  cli->store = bud_context_get_store (cli->context);

  return TRUE;
}

/**
 * bud_cli_on_store:
 * @cli: the command's surroundings, with an open workspace
 * @func: what to do on the store's thread
 * @data: for @func
 * @error: return location
 *
 * Returns: what @func returned
 */
gboolean
bud_cli_on_store (BudCli        *cli,
                  BudStoreFunc   func,
                  gpointer       data,
                  GError       **error)
{
  return bud_await_store (cli->store, func, data, cli->cancellable, error);
}

/* Commands */

static const BudCliCommand *
find_command (const char *noun,
              const char *verb)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      for (const BudCliCommand *command = nouns[i]; command->noun != NULL; command++)
        {
          if (g_strcmp0 (command->noun, noun) == 0 && g_strcmp0 (command->verb, verb) == 0)
            return command;
        }
    }

  return NULL;
}

/* The translation of "" is the catalog's head. */
static const char *
get_arguments (const BudCliCommand *command)
{
  return *command->arguments != '\0' ? _(command->arguments) : "";
}

static void
print_commands (void)
{
  g_print ("%s\n\n", _("Usage: budctl NOUN VERB [OPTION…] [ARGUMENT…]"));
  g_print ("%s\n", _("Carries customer segments into Mailchimp audiences."));

  for (gsize i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      g_print ("\n");
      for (const BudCliCommand *command = nouns[i]; command->noun != NULL; command++)
        {
          g_autofree char *words = g_strdup_printf ("%s %s %s", command->noun, command->verb,
                                                    get_arguments (command));

          g_print ("  %-38s %s\n", words, _(command->summary));
        }
    }

  g_print ("\n%s\n", _("“budctl NOUN VERB --help” explains a command. With --json a command "
                       "prints one JSON object a line."));
  g_print ("%s\n", _("Exit codes: 0 done, 1 failed, 2 usage, 3 completed with errors, 4 stopped "
                     "by the guard, 5 not permitted, 130 canceled."));
}

/* For the shell's completion: a line for each command. */
static void
print_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      for (const BudCliCommand *command = nouns[i]; command->noun != NULL; command++)
        g_print ("%s %s\n", command->noun, command->verb);
    }
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (data);

  /* A second Ctrl+C ends the program the hard way. */
  return G_SOURCE_REMOVE;
}

static gboolean
has_option (int          argc,
            char       **argv,
            const char  *option)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], option))
        return TRUE;
    }

  return FALSE;
}

static int
check_arguments (BudCli              *cli,
                 const BudCliCommand *command,
                 int                  n_arguments)
{
  g_autofree char *message = NULL;

  if (n_arguments >= command->min_arguments && n_arguments <= command->max_arguments)
    return BUD_CLI_DONE;

  /* Translators: a command's words and its arguments */
  message = g_strdup_printf (_("Write it like this: budctl %s %s %s"), command->noun,
                             command->verb, get_arguments (command));

  return bud_cli_usage (cli, message);
}

static int
run_command (const BudCliCommand  *command,
             int                   argc,
             char                **argv)
{
  g_auto(BudCli) cli = { .cancellable = g_cancellable_new (),
                         .json = has_option (argc, argv, "--json") };
  GOptionEntry common[] = {
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &cli.folder,
      N_("The workspace’s folder"), N_("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli.json, N_("Print one JSON object a line"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) options = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *usage = NULL;
  int exit;

  usage = g_strdup_printf ("%s %s %s", command->noun, command->verb, get_arguments (command));
  options = g_option_context_new (usage);
  g_option_context_set_summary (options, _(command->summary));
  if (command->options != NULL)
    g_option_context_add_main_entries (options, command->options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (options, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse (options, &argc, &argv, &error))
    return bud_cli_fail (&cli, error);

  exit = check_arguments (&cli, command, argc - 1);
  if (exit != BUD_CLI_DONE)
    return exit;

  if (cli.folder == NULL)
    cli.folder = bud_context_dup_default_folder ();

  g_unix_signal_add (SIGINT, on_interrupt, cli.cancellable);
  g_unix_signal_add (SIGTERM, on_interrupt, cli.cancellable);

  if (command->needs_workspace && !bud_cli_open (&cli, FALSE, &error))
    return bud_cli_fail (&cli, error);

  return command->run (&cli, argv + 1);
}

/* The options --workspace and --json may also stand before the noun. */
static int
skip_common_options (int    argc,
                     char **argv)
{
  int i = 1;

  while (i < argc && argv[i][0] == '-')
    i += (g_str_equal (argv[i], "--workspace") || g_str_equal (argv[i], "-w")) ? 2 : 1;

  return i;
}

static void
set_up_locale (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BUD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* g_print() flushes every line; a million lines had better be buffered. */
static void
print_buffered (const char *text)
{
  fputs (text, stdout);
}

/* Help, and other answers for which there need not be a command. */
static int
answer_without_command (int    argc,
                        char **argv)
{
  BudCli nowhere = { .json = has_option (argc, argv, "--json") };

  if (has_option (argc, argv, "--version"))
    g_print ("budctl %s\n", BUD_VERSION);
  else if (has_option (argc, argv, "--commands"))
    print_words ();
  else if (argc == 1 || has_option (argc, argv, "--help") || has_option (argc, argv, "-h"))
    print_commands ();
  else
    return bud_cli_usage (&nowhere, _("There is no such command. “budctl --help” lists them."));

  return argc == 1 ? BUD_CLI_USAGE : BUD_CLI_DONE;
}

/**
 * bud_cli_main:
 * @argc: number of words
 * @argv: the command line
 *
 * Returns: the exit code, a #BudCliExit
 */
int
bud_cli_main (int    argc,
              char **argv)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  const BudCliCommand *command;
  int first;

  set_up_locale ();
  g_set_prgname ("budctl");
  g_set_print_handler (print_buffered);
  /* GLib's debug messages would be among the answers otherwise. */
  g_log_writer_default_set_use_stderr (TRUE);

  first = skip_common_options (argc, argv);
  command = first + 1 < argc ? find_command (argv[first], argv[first + 1]) : NULL;
  if (command == NULL)
    return answer_without_command (argc, argv);

  g_ptr_array_add (words, argv[0]);
  for (int i = 1; i < argc; i++)
    {
      if (i != first && i != first + 1)
        g_ptr_array_add (words, argv[i]);
    }
  g_ptr_array_add (words, NULL);

  return run_command (command, words->len - 1, (char **) words->pdata);
}
