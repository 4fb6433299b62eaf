/* bud-cli-audiences.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-audiences.h"
#include "bud-cli.h"
#include "bud-cli-list.h"
#include "bud-cli-remote.h"

static const BudCliColumn list_columns[] = {
  { "name", N_("Audience") },
  { "id", N_("Id") },
  { "members", N_("Members") },
  { "double_optin", N_("Double opt-in") },
};

static int
run_list (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudMailchimp) client = bud_cli_open_client (cli, arguments[0], &error);
  g_autoptr(GPtrArray) audiences = NULL;
  g_autoptr(BudCliOutput) output = NULL;

  if (client == NULL || (audiences = bud_cli_list_audiences (cli, client, &error)) == NULL)
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_table (cli->json, list_columns, G_N_ELEMENTS (list_columns));
  for (guint i = 0; i < audiences->len; i++)
    {
      BudAudience *audience = g_ptr_array_index (audiences, i);

      bud_cli_output_text (output, audience->name);
      bud_cli_output_text (output, audience->id);
      bud_cli_output_number (output, audience->member_count);
      bud_cli_output_flag (output, audience->double_optin);
    }

  return BUD_CLI_DONE;
}

static const BudCliColumn field_columns[] = {
  { "tag", N_("Merge tag") },
  { "name", N_("Name") },
  { "type", N_("Type") },
  { "required", N_("Required") },
  { "choices", N_("Choices") },
};

static void
print_merge_field (BudCliOutput  *output,
                   BudMergeField *field)
{
  bud_cli_output_text (output, field->tag);
  bud_cli_output_text (output, field->name);
  bud_cli_output_text (output, field->type);
  bud_cli_output_flag (output, field->required);
  bud_cli_output_list (output, (const char *const *) field->choices);
}

static int
run_fields (BudCli  *cli,
            char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudMailchimp) client = bud_cli_open_client (cli, arguments[0], &error);
  g_autoptr(GPtrArray) audiences = NULL;
  g_autoptr(BudAudience) audience = NULL;
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(BudCliOutput) output = NULL;

  if (client == NULL ||
      (audiences = bud_cli_list_audiences (cli, client, &error)) == NULL ||
      (audience = bud_audiences_find (audiences, arguments[1], &error)) == NULL ||
      (fields = bud_cli_list_merge_fields (cli, client, audience->id, &error)) == NULL)
    return bud_cli_fail (cli, error);

  output = bud_cli_output_new_table (cli->json, field_columns, G_N_ELEMENTS (field_columns));
  for (guint i = 0; i < fields->len; i++)
    print_merge_field (output, g_ptr_array_index (fields, i));

  return BUD_CLI_DONE;
}

const BudCliCommand bud_cli_audiences_commands[] = {
  { "audiences", "list", N_("CONNECTION"), 1, 1, N_("List the audiences of an account"), NULL, TRUE,
    run_list },
  { "audiences", "fields", N_("CONNECTION AUDIENCE"), 2, 2, N_("List an audience’s merge fields"),
    NULL, TRUE, run_fields },
  { NULL }
};
