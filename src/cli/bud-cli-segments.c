/* bud-cli-segments.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-cli.h"
#include "bud-cli-list.h"
#include "bud-segments.h"

/* A rule may be given in its text form or its JSON form. */
static char *
dup_rule_text (const char  *rule,
               GError     **error)
{
  g_autoptr(BudRule) parsed = NULL;

  if (rule[0] != '{')
    return g_strdup (rule);

  parsed = bud_rule_from_json (rule, -1, error);

  return parsed != NULL ? bud_rule_to_text (parsed) : NULL;
}

/* Add and edit */

static char *new_name;
static char *new_rule;
static char *new_description;
static gboolean inactive;

static const GOptionEntry add_options[] = {
  { "description", 0, 0, G_OPTION_ARG_STRING, &new_description, N_("What it is for"),
    N_("TEXT") },
  { "inactive", 0, 0, G_OPTION_ARG_NONE, &inactive, N_("Do not export it yet"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry edit_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &new_name, N_("Call it this"), N_("NAME") },
  { "rule", 0, 0, G_OPTION_ARG_STRING, &new_rule, N_("Give it this rule"), N_("RULE") },
  { "description", 0, 0, G_OPTION_ARG_STRING, &new_description, N_("What it is for"),
    N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  BudContext *context;
  BudSegment *segment;
  BudRule *rule; /* (owned) (nullable) */
} Work;

static gboolean
save (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Work *self = data;

  return bud_segments_save (self->context, self->segment, error);
}

static int
save_segment (BudCli     *cli,
              BudSegment *segment)
{
  Work work = { .context = cli->context, .segment = segment };
  g_autoptr(GError) error = NULL;

  if (!bud_cli_on_store (cli, save, &work, &error))
    return bud_cli_fail (cli, error);

  return bud_cli_count_customers (cli, NULL, segment);
}

static int
run_add (BudCli  *cli,
         char   **arguments)
{
  g_autoptr(BudSegment) segment = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *rule = dup_rule_text (arguments[1], &error);

  if (rule == NULL)
    return bud_cli_fail (cli, error);

  segment = g_object_new (BUD_TYPE_SEGMENT,
                          "name", arguments[0],
                          "rule", rule,
                          "description", new_description,
                          "active", !inactive,
                          NULL);

  return save_segment (cli, segment);
}

static int
run_edit (BudCli  *cli,
          char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudSegment) segment = bud_cli_find_item (cli, BUD_TYPE_SEGMENT, arguments[0], &error);
  g_autofree char *rule = NULL;

  if (segment == NULL)
    return bud_cli_fail (cli, error);

  if (new_rule != NULL && (rule = dup_rule_text (new_rule, &error)) == NULL)
    return bud_cli_fail (cli, error);

  if (new_name != NULL)
    g_object_set (segment, "name", new_name, NULL);
  if (rule != NULL)
    g_object_set (segment, "rule", rule, NULL);
  if (new_description != NULL)
    g_object_set (segment, "description", new_description, NULL);

  return save_segment (cli, segment);
}

static int
set_active (BudCli     *cli,
            const char *name_or_id,
            gboolean    active)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudSegment) segment = bud_cli_find_item (cli, BUD_TYPE_SEGMENT, name_or_id, &error);

  if (segment == NULL)
    return bud_cli_fail (cli, error);

  g_object_set (segment, "active", active, NULL);

  return save_segment (cli, segment);
}

static int
run_activate (BudCli  *cli,
              char   **arguments)
{
  return set_active (cli, arguments[0], TRUE);
}

static int
run_deactivate (BudCli  *cli,
                char   **arguments)
{
  return set_active (cli, arguments[0], FALSE);
}

static int
run_remove (BudCli  *cli,
            char   **arguments)
{
  return bud_cli_apply (cli, bud_segments_remove, arguments[0]);
}

/* List and show */

static const BudCliColumn list_columns[] = {
  { "name", N_("Segment") },
  { "id", N_("Id") },
  { "active", N_("Active") },
  { "rule", N_("Rule") },
};

static void
print_segment (BudCliOutput *output,
               gpointer      item)
{
  bud_cli_output_text (output, bud_item_get_name (item));
  bud_cli_output_text (output, bud_item_get_id (item));
  bud_cli_output_flag (output, bud_segment_is_active (item));
  bud_cli_output_text (output, bud_segment_get_rule (item));
}

static int
run_list (BudCli  *cli,
          char   **arguments)
{
  return bud_cli_list_items (cli, BUD_TYPE_SEGMENT, list_columns, G_N_ELEMENTS (list_columns),
                             print_segment);
}

static const BudCliColumn show_columns[] = {
  { "name", N_("Segment") },
  { "id", N_("Id") },
  { "active", N_("Active") },
  { "description", N_("Description") },
  { "rule", N_("Rule") },
  { "rule_json", N_("Rule as JSON") },
  { "explanation", N_("In words") },
};

static gboolean
bind_rule (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Work *self = data;

  self->rule = bud_segments_bind (self->context, self->segment, error);

  return self->rule != NULL;
}

static int
run_show (BudCli  *cli,
          char   **arguments)
{
  Work work = { .context = cli->context };
  g_autoptr(BudSegment) segment = NULL;
  g_autoptr(BudRule) rule = NULL;
  g_autoptr(BudCliOutput) output = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *explanation = NULL;

  segment = bud_cli_find_item (cli, BUD_TYPE_SEGMENT, arguments[0], &error);
  if (segment == NULL)
    return bud_cli_fail (cli, error);

  work.segment = segment;
  if (!bud_cli_on_store (cli, bind_rule, &work, &error))
    return bud_cli_fail (cli, error);

  rule = work.rule;
  json = bud_rule_to_json (rule);
  explanation = bud_rule_explain (rule);

  output = bud_cli_output_new_details (cli->json, show_columns, G_N_ELEMENTS (show_columns));
  bud_cli_output_text (output, bud_item_get_name (BUD_ITEM (segment)));
  bud_cli_output_text (output, bud_item_get_id (BUD_ITEM (segment)));
  bud_cli_output_flag (output, bud_segment_is_active (segment));
  bud_cli_output_text (output, bud_segment_get_description (segment));
  bud_cli_output_text (output, bud_segment_get_rule (segment));
  bud_cli_output_text (output, json);
  bud_cli_output_text (output, explanation);

  return BUD_CLI_DONE;
}

/* Members */

static gint64 limit = 100;

static const GOptionEntry members_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_("At most so many; 0 for all (100)"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static int
run_count (BudCli  *cli,
           char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudSegment) segment = bud_cli_find_item (cli, BUD_TYPE_SEGMENT, arguments[0], &error);

  if (segment == NULL)
    return bud_cli_fail (cli, error);

  return bud_cli_count_customers (cli, NULL, segment);
}

static int
run_members (BudCli  *cli,
             char   **arguments)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudSegment) segment = bud_cli_find_item (cli, BUD_TYPE_SEGMENT, arguments[0], &error);

  if (segment == NULL)
    return bud_cli_fail (cli, error);

  return bud_cli_list_customers (cli, NULL, segment, limit);
}

const BudCliCommand bud_cli_segments_commands[] = {
  { "segments", "add", N_("NAME RULE"), 2, 2, N_("Make a segment"), add_options, TRUE, run_add },
  { "segments", "edit", N_("SEGMENT"), 1, 1, N_("Change a segment"), edit_options, TRUE, run_edit },
  { "segments", "list", "", 0, 0, N_("List the segments"), NULL, TRUE, run_list },
  { "segments", "show", N_("SEGMENT"), 1, 1, N_("Explain a segment"), NULL, TRUE, run_show },
  { "segments", "count", N_("SEGMENT"), 1, 1, N_("Count a segment’s members"), NULL, TRUE,
    run_count },
  { "segments", "members", N_("SEGMENT"), 1, 1, N_("List a segment’s members"), members_options,
    TRUE, run_members },
  { "segments", "activate", N_("SEGMENT"), 1, 1, N_("Export a segment again"), NULL, TRUE,
    run_activate },
  { "segments", "deactivate", N_("SEGMENT"), 1, 1, N_("Keep a segment without exporting it"), NULL,
    TRUE, run_deactivate },
  { "segments", "remove", N_("SEGMENT"), 1, 1, N_("Remove a segment"), NULL, TRUE, run_remove },
  { NULL }
};
