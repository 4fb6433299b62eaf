/* test-mapping.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-error.h"
#include "bud-rule.h"
#include "bud-segment.h"
#include "workspace-fixture.h"

static Workspace *
new_workspace (void)
{
  g_autoptr(GPtrArray) people = workspace_make_people (3);
  Workspace *workspace = workspace_new (FALSE, "http://127.0.0.1/3.0");

  workspace_load (workspace, people);

  return workspace;
}

static gboolean
find_segment (BudStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  BudItem **segment = data;

  return (*segment = bud_store_find (store, BUD_TYPE_SEGMENT, "Oslo", error)) != NULL;
}

static void
change_segment (Workspace  *workspace,
                const char *property,
                const char *text,
                gboolean    active)
{
  g_autoptr(BudItem) segment = NULL;

  workspace_do (workspace, find_segment, &segment);
  if (property != NULL)
    g_object_set (segment, property, text, NULL);
  g_object_set (segment, "active", active, NULL);
  workspace_save (workspace, segment);
}

static void
assert_refused (Workspace  *workspace,
                GQuark      domain,
                int         code,
                const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudMapping) mapping = workspace_map (workspace, &error);

  g_assert_null (mapping);
  g_assert_error (error, domain, code);
  if (strstr (error->message, words) == NULL)
    g_error ("No “%s” in “%s”", words, error->message);
}

static void
test_names (void)
{
  static const char *const misspelt[] = { "FNAME=firs", NULL };
  static const char *const broken[] = { "FIRST NAME=first", NULL };
  static const char *const pairs[] = { "fname=first", "CITY=city", NULL };
  static const char *const nowhere[] = { "no such id", NULL };
  g_autoptr(Workspace) workspace = new_workspace ();
  g_autoptr(BudMapping) mapping = NULL;
  g_autoptr(GError) error = NULL;

  g_object_set (workspace->export, "merge-fields", misspelt, NULL);
  assert_refused (workspace, BUD_ERROR, BUD_ERROR_NOT_FOUND, "Did you mean “first”?");
  g_object_set (workspace->export, "merge-fields", broken, NULL);
  assert_refused (workspace, BUD_ERROR, BUD_ERROR_INVALID, "FIRST NAME=first");
  g_object_set (workspace->export, "merge-fields", pairs, "email-field", "e-mail", NULL);
  assert_refused (workspace, BUD_ERROR, BUD_ERROR_NOT_FOUND, "Did you mean “email”?");

  g_object_set (workspace->export, "email-field", "email", NULL);
  mapping = workspace_map (workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bud_mapping_get_merge_tags (mapping)[0], ==, "FNAME");
  g_assert_cmpstr (bud_mapping_get_merge_tags (mapping)[1], ==, "CITY");
  g_assert_cmpuint (bud_mapping_get_n_tags (mapping), ==, 2);
  g_assert_cmpstr (bud_mapping_get_tags (mapping)[0], ==, "Adults");
  g_assert_cmpstr (bud_mapping_get_tags (mapping)[1], ==, "Oslo");

  g_object_set (workspace->export, "segments", nowhere, NULL);
  assert_refused (workspace, BUD_ERROR, BUD_ERROR_NOT_FOUND, "no such id");
}

static void
test_segments (void)
{
  g_autoptr(Workspace) workspace = new_workspace ();
  g_autoptr(BudItem) segment = NULL;
  g_autoptr(BudMapping) mapping = NULL;
  g_autoptr(GError) error = NULL;
  const char *only[] = { NULL, NULL };

  change_segment (workspace, "rule", "town = \"Oslo\"", TRUE);
  assert_refused (workspace, BUD_RULE_ERROR, BUD_RULE_ERROR_FIELD,
                  "The segment “Oslo” cannot be used.");

  /* One that is not active does not matter, but one has to be. */
  change_segment (workspace, NULL, NULL, FALSE);
  mapping = workspace_map (workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bud_mapping_get_n_tags (mapping), ==, 1);

  workspace_do (workspace, find_segment, &segment);
  only[0] = bud_item_get_id (segment);
  g_object_set (workspace->export, "segments", only, NULL);
  assert_refused (workspace, BUD_ERROR, BUD_ERROR_INVALID, "no active segment");
}

static char *
dup_inputs (Workspace *workspace)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudMapping) mapping = workspace_map (workspace, &error);

  g_assert_no_error (error);

  return g_strdup (bud_mapping_get_inputs (mapping));
}

/* Each of these makes the same export deliver something else, or not again. */

static void
change_rule (Workspace *workspace)
{
  change_segment (workspace, "rule", "city = \"Bergen\"", TRUE);
}

static void
change_name (Workspace *workspace)
{
  change_segment (workspace, "name", "Bergen", TRUE);
}

static void
deactivate (Workspace *workspace)
{
  g_autoptr(BudItem) segment = NULL;

  workspace_do (workspace, find_segment, &segment);
  g_object_set (segment, "active", FALSE, NULL);
  workspace_save (workspace, segment);
}

static void
change_pairs (Workspace *workspace)
{
  static const char *const pairs[] = { "LNAME=first", NULL };

  g_object_set (workspace->export, "merge-fields", pairs, NULL);
}

static void
add_pair (Workspace *workspace)
{
  static const char *const pairs[] = { "FNAME=first", "CITY=city", NULL };

  g_object_set (workspace->export, "merge-fields", pairs, NULL);
}

static void
change_email (Workspace *workspace)
{
  g_object_set (workspace->export, "email-field", "first", NULL);
}

static void
change_audience (Workspace *workspace)
{
  g_object_set (workspace->export, "audience", "another", NULL);
}

static void
change_connection (Workspace *workspace)
{
  g_object_set (workspace->export, "connection", "another", NULL);
}

static void
import_again (Workspace *workspace)
{
  g_autoptr(GPtrArray) people = workspace_make_people (4);

  workspace_load (workspace, people);
}

static void
pass_midnight (Workspace *workspace)
{
  bud_clock_advance (workspace->clock, 12 * 3600);
}

static void
add_run (Workspace *workspace)
{
  g_autoptr(BudRun) run = g_object_new (BUD_TYPE_RUN,
                                        "name", "10",
                                        "export", bud_item_get_id (BUD_ITEM (workspace->export)),
                                        "state", "completed",
                                        NULL);

  workspace_save (workspace, run);
}

/* None of these does. */

static void
pass_time (Workspace *workspace)
{
  bud_clock_advance (workspace->clock, 11 * 3600);
}

static void
begin_run (Workspace *workspace)
{
  g_autoptr(BudRun) run = g_object_new (BUD_TYPE_RUN,
                                        "name", "11",
                                        "export", bud_item_get_id (BUD_ITEM (workspace->export)),
                                        "state", "running",
                                        NULL);

  workspace_save (workspace, run);
}

static void
run_another (Workspace *workspace)
{
  g_autoptr(BudRun) run = g_object_new (BUD_TYPE_RUN,
                                        "name", "12",
                                        "export", "another",
                                        "state", "completed",
                                        NULL);

  workspace_save (workspace, run);
}

static void
rename_export (Workspace *workspace)
{
  g_object_set (workspace->export, "name", "Newsletter", NULL);
}

static void
test_inputs (void)
{
  static const struct
  {
    void (*change) (Workspace *workspace);
    gboolean counts;
  } cases[] = {
    { change_rule, TRUE }, { change_name, TRUE }, { deactivate, TRUE }, { change_pairs, TRUE },
    { add_pair, TRUE }, { change_email, TRUE }, { change_audience, TRUE },
    { change_connection, TRUE }, { import_again, TRUE }, { pass_midnight, TRUE },
    { add_run, TRUE },
    { pass_time, FALSE }, { begin_run, FALSE }, { run_another, FALSE }, { rename_export, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Workspace) workspace = new_workspace ();
      g_autofree char *before = dup_inputs (workspace);
      g_autofree char *same = dup_inputs (workspace);
      g_autofree char *after = NULL;

      g_assert_cmpstr (before, ==, same);
      cases[i].change (workspace);
      after = dup_inputs (workspace);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      if (cases[i].counts)
        g_assert_cmpstr (before, !=, after);
      else
        g_assert_cmpstr (before, ==, after);
    }
}

/* The last of many runs is the one with the highest number, not the one that sorts last as text. */
static void
test_last_run (void)
{
  g_autoptr(Workspace) workspace = new_workspace ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(BudRun) ninth = g_object_new (BUD_TYPE_RUN,
                                          "name", "9",
                                          "export",
                                          bud_item_get_id (BUD_ITEM (workspace->export)),
                                          "state", "completed",
                                          NULL);

  workspace_save (workspace, ninth);
  before = dup_inputs (workspace);
  add_run (workspace);
  after = dup_inputs (workspace);
  g_assert_cmpstr (before, !=, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mapping/names", test_names);
  g_test_add_func ("/mapping/segments", test_segments);
  g_test_add_func ("/mapping/inputs", test_inputs);
  g_test_add_func ("/mapping/last-run", test_last_run);

  return g_test_run ();
}
