/* bud-cli.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-await.h"
#include "bud-context.h"

G_BEGIN_DECLS

/**
 * BudCliExit:
 * @BUD_CLI_DONE: everything was done
 * @BUD_CLI_FAILED: something went wrong
 * @BUD_CLI_USAGE: the command line was not understood
 * @BUD_CLI_WITH_ERRORS: a run was completed, and some people were refused
 * @BUD_CLI_GUARD: the guard stopped a run before anything was sent
 * @BUD_CLI_NOT_PERMITTED: the person's role does not allow it
 * @BUD_CLI_CANCELLED: stopped by Ctrl+C or by `runs cancel`
 *
 * The exit codes of budctl.
 */
typedef enum {
  BUD_CLI_DONE = 0,
  BUD_CLI_FAILED = 1,
  BUD_CLI_USAGE = 2,
  BUD_CLI_WITH_ERRORS = 3,
  BUD_CLI_GUARD = 4,
  BUD_CLI_NOT_PERMITTED = 5,
  BUD_CLI_CANCELLED = 130,
} BudCliExit;

/**
 * BudCli:
 * @folder: the workspace's folder
 * @json: print JSON, an object a line
 * @context: (nullable): the open workspace
 * @store: (nullable): its store
 * @cancellable: cancelled by Ctrl+C
 *
 * What every command gets.
 */
typedef struct
{
  char *folder;
  gboolean json;
  BudContext *context;
  BudStore *store;
  GCancellable *cancellable;
} BudCli;

/**
 * BudCliCommand:
 * @noun: first word
 * @verb: second word
 * @arguments: the arguments for the usage line, marked for translation; "" for none
 * @min_arguments: how many there must be
 * @max_arguments: how many there may be
 * @summary: what it does, marked for translation
 * @options: (nullable): its options
 * @needs_workspace: whether an open workspace is needed
 * @run: does it, with the arguments after the verb; %NULL-terminated
 */
typedef struct
{
  const char *noun;
  const char *verb;
  const char *arguments;
  int min_arguments;
  int max_arguments;
  const char *summary;
  const GOptionEntry *options;
  gboolean needs_workspace;
  int (*run) (BudCli *cli, char **arguments);
} BudCliCommand;

extern const BudCliCommand bud_cli_workspace_commands[];
extern const BudCliCommand bud_cli_customers_commands[];
extern const BudCliCommand bud_cli_segments_commands[];
extern const BudCliCommand bud_cli_connections_commands[];
extern const BudCliCommand bud_cli_audiences_commands[];
extern const BudCliCommand bud_cli_exports_commands[];
extern const BudCliCommand bud_cli_runs_commands[];

int      bud_cli_main     (int            argc,
                           char         **argv);
gboolean bud_cli_open     (BudCli        *cli,
                           gboolean       create,
                           GError       **error);
gboolean bud_cli_on_store (BudCli        *cli,
                           BudStoreFunc   func,
                           gpointer       data,
                           GError       **error);
int      bud_cli_fail     (BudCli        *cli,
                           const GError  *error);
int      bud_cli_usage    (BudCli        *cli,
                           const char    *message);

G_END_DECLS
