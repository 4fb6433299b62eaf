/* test-main-window.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "bud-application.h"
#include "bud-await.h"
#include "bud-export-row.h"
#include "bud-exports.h"
#include "bud-main-window.h"
#include "gui-fixture.h"

typedef struct
{
  char *folder;       /* (owned) */
  Sandbox sandbox;
  BudContext *context; /* (owned) (nullable): another pair of eyes on the workspace */
  GtkWindow *window;   /* (nullable) */
  const char *page;    /* the one that is to go away */
} Fixture;

static const char *const no_options[] = { NULL };

static void
set_up (Fixture       *self,
        gconstpointer  options)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("budstikke-XXXXXX", &error);
  g_assert_no_error (error);
  if (options != NULL)
    {
      self->context = gui_make_workspace (self->folder);
      sandbox_start (&self->sandbox, options);
      gui_make_export (self->context, &self->sandbox, LIST);
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  options)
{
  static const char *const names[] = {
    "workspace.db", "workspace.db-wal", "workspace.db-shm", "customers.db", "customers.db-wal",
    "customers.db-shm", "customers.csv", "rejected.csv",
  };

  if (self->sandbox.process != NULL)
    g_assert_cmpint (sandbox_stop (&self->sandbox), ==, 0);

  g_clear_object (&self->context);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

static GtkStack *
get_stack (Fixture *self)
{
  return gui_find_child (self->window, "stack");
}

static gboolean
has_left_blank (gpointer data)
{
  const char *page = gtk_stack_get_visible_child_name (get_stack (data));

  return !g_str_equal (page, "blank") && !g_str_equal (page, "loading");
}

static void
open_window (Fixture *self)
{
  self->window = GTK_WINDOW (bud_main_window_new (NULL, self->folder));
  gtk_window_present (self->window);
}

static gboolean
has_left_page (gpointer data)
{
  Fixture *self = data;

  return !g_str_equal (gtk_stack_get_visible_child_name (get_stack (self)), self->page);
}

static void
leave_page (Fixture    *self,
            const char *page)
{
  self->page = page;
  gui_wait_for (has_left_page, self);
}

/* Whatever it shows, it fits on a telephone. */
static void
assert_page (Fixture    *self,
             const char *page)
{
  int width;

  gui_wait_for (has_left_blank, self);
  gtk_widget_measure (GTK_WIDGET (self->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL,
                      NULL, NULL);
  g_assert_cmpint (width, ==, 360);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_stack (self)), ==, page);
}

static gboolean
is_gone (gpointer data)
{
  return data == NULL || *(gpointer *) data == NULL;
}

/* Closed as a user closes it, the window leaves nothing behind. */
static void
close_window (Fixture *self)
{
  gpointer window = self->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (self->window);
  gui_wait_for (is_gone, &window);
  self->window = NULL;
}

static BudExportRow *
get_row (Fixture *self)
{
  GtkListBox *list_box = gui_find_child (self->window, "list_box");

  return BUD_EXPORT_ROW (gtk_list_box_get_row_at_index (list_box, 0));
}

static const char *
get_text (Fixture    *self,
          const char *name)
{
  return gtk_label_get_label (gui_find_child (get_row (self), name));
}

static gboolean
has_ended (gpointer data)
{
  return !bud_export_entry_is_running (data);
}

static gboolean
is_idle (gpointer data)
{
  return has_ended (bud_export_row_get_entry (get_row (data)));
}

static gboolean
is_under_way (gpointer data)
{
  return !g_str_equal (get_text (data, "status_label"), "Preparing…");
}

static gboolean
has_dialog (gpointer data)
{
  return gui_find_dialog (((Fixture *) data)->window) != NULL;
}

static gboolean
has_run (gpointer data)
{
  BudExportEntry *entry = bud_export_row_get_entry (get_row (data));

  return !bud_export_entry_is_running (entry) && bud_export_entry_get_last_run (entry) != NULL;
}

static gboolean
find_recorded_run (BudStore      *store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  BudRun **run = data;

  *run = bud_store_find (store, BUD_TYPE_RUN, "1", error);

  return *run != NULL;
}

static void
assert_recorded (Fixture     *self,
                 BudRunState  state)
{
  g_autoptr(BudRun) run = NULL;
  g_autoptr(GError) error = NULL;

  bud_await_store (bud_context_get_store (self->context), find_recorded_run, &run, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, state);
}

static BudRunState
get_last_state (Fixture *self)
{
  BudRun *run = bud_export_entry_get_last_run (bud_export_row_get_entry (get_row (self)));

  g_assert_nonnull (run);

  return bud_run_get_state (run);
}

/* States */

static void
test_empty_folder (Fixture       *self,
                   gconstpointer  options)
{
  open_window (self);
  assert_page (self, "missing");

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.create-workspace", NULL);
  leave_page (self, "missing");
  assert_page (self, "empty");

  close_window (self);
}

static void
test_broken_folder (Fixture       *self,
                    gconstpointer  options)
{
  g_autofree char *path = g_build_filename (self->folder, "workspace.db", NULL);
  AdwStatusPage *page;

  g_assert_true (g_file_set_contents (path, "This is <b>no</b> database, however long it is.", -1,
                                      NULL));
  open_window (self);
  assert_page (self, "error");
  page = gui_find_child (self->window, "error_page");
  g_assert_cmpstr (adw_status_page_get_description (page), !=, "");

  /* Once the cause is away, trying again helps. */
  g_unlink (path);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.refresh", NULL);
  leave_page (self, "error");
  assert_page (self, "missing");

  close_window (self);
}

static void
test_no_exports (Fixture       *self,
                 gconstpointer  options)
{
  g_autoptr(BudContext) context = gui_make_workspace (self->folder);
  const char *command;

  open_window (self);
  assert_page (self, "empty");
  command = gtk_label_get_text (gui_find_child (self->window, "command_label"));
  g_assert_true (g_str_has_prefix (command, "budctl exports add"));
  g_assert_nonnull (strstr (command, self->folder));

  close_window (self);
}

static void
test_export_appears (Fixture       *self,
                     gconstpointer  options)
{
  g_autoptr(BudContext) context = gui_make_workspace (self->folder);

  open_window (self);
  assert_page (self, "empty");

  sandbox_start (&self->sandbox, NULL);
  gui_make_export (context, &self->sandbox, LIST);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.refresh", NULL);
  leave_page (self, "empty");
  assert_page (self, "exports");
  g_assert_cmpstr (get_text (self, "name_label"), ==, EXPORT_NAME);
  g_assert_cmpstr (get_text (self, "audience_label"), ==, "Audience “Test list”");
  g_assert_cmpstr (get_text (self, "summary_label"), ==, "Not run yet");

  close_window (self);
}

/* A window that is closed while it opens says nothing, and is gone. */
static void
test_closed_early (Fixture       *self,
                   gconstpointer  options)
{
  for (int n_steps = 0; n_steps < 20; n_steps++)
    {
      open_window (self);
      for (int i = 0; i < n_steps; i++)
        g_main_context_iteration (NULL, FALSE);
      close_window (self);
    }
}

/* Runs */

static void
test_run (Fixture       *self,
          gconstpointer  options)
{
  GtkWidget *run_button;
  GtkWidget *stop_button;

  open_window (self);
  assert_page (self, "exports");
  run_button = gui_find_child (get_row (self), "run_button");
  stop_button = gui_find_child (get_row (self), "stop_button");
  g_assert_true (gtk_widget_is_visible (run_button));
  g_assert_false (gtk_widget_is_visible (stop_button));
  gtk_test_accessible_assert_property (run_button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Run “" EXPORT_NAME "”");

  gtk_widget_activate_action (GTK_WIDGET (get_row (self)), "export.run", NULL);
  g_assert_false (is_idle (self));
  g_assert_false (gtk_widget_is_visible (run_button));
  g_assert_true (gtk_widget_is_visible (stop_button));
  g_assert_cmpstr (get_text (self, "status_label"), ==, "Preparing…");

  gui_wait_for (is_idle, self);
  g_assert_cmpint (get_last_state (self), ==, BUD_RUN_COMPLETED);
  g_assert_true (g_str_has_prefix (get_text (self, "summary_label"), "Completed, "));
  g_assert_cmpstr (get_text (self, "counts_label"), ==, "3 added, 1 held back");
  g_assert_true (gtk_widget_is_visible (run_button));
  g_assert_null (gui_find_dialog (self->window));
  g_assert_cmpint (sandbox_state (&self->sandbox, "$.audiences[0].members.subscribed"), ==, 3);

  close_window (self);
}

static void
test_cancel (Fixture       *self,
             gconstpointer  options)
{
  open_window (self);
  assert_page (self, "exports");

  gtk_widget_activate_action (GTK_WIDGET (get_row (self)), "export.run", NULL);
  gui_wait_for (is_under_way, self);
  gtk_widget_activate_action (GTK_WIDGET (get_row (self)), "export.stop", NULL);
  g_assert_cmpstr (get_text (self, "status_label"), ==, "Stopping…");

  gui_wait_for (is_idle, self);
  assert_recorded (self, BUD_RUN_CANCELED);
  gui_wait_for (has_run, self);
  g_assert_cmpint (get_last_state (self), ==, BUD_RUN_CANCELED);
  g_assert_null (gui_find_dialog (self->window));

  close_window (self);
}

static void
run_and_expect_dialog (Fixture *self)
{
  GtkWindow *dialog;

  gtk_widget_activate_action (GTK_WIDGET (get_row (self)), "export.run", NULL);
  gui_wait_for (is_idle, self);
  gui_wait_for (has_dialog, self);
  dialog = gui_find_dialog (self->window);
  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "“" EXPORT_NAME "” Failed");
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), !=, "");
  gtk_window_destroy (dialog);
}

static gboolean
detach (BudStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return bud_exports_detach (data, EXPORT_NAME, error);
}

/* First a run that fails, as there is no such audience; then one that cannot even begin. */
static void
test_failure (Fixture       *self,
              gconstpointer  options)
{
  g_autoptr(BudContext) context = gui_make_workspace (self->folder);
  g_autoptr(GError) error = NULL;

  sandbox_start (&self->sandbox, NULL);
  gui_make_export (context, &self->sandbox, "nowhere");
  open_window (self);
  assert_page (self, "exports");

  run_and_expect_dialog (self);
  g_assert_cmpint (get_last_state (self), ==, BUD_RUN_FAILED);
  g_assert_true (g_str_has_prefix (get_text (self, "summary_label"), "Failed, "));

  bud_await_store (bud_context_get_store (context), detach, context, NULL, &error);
  g_assert_no_error (error);
  run_and_expect_dialog (self);

  close_window (self);
}

/* While an export is running, closing asks; the run is recorded however it ends. */
static void
test_close_while_running (Fixture       *self,
                          gconstpointer  options)
{
  g_autoptr(BudExportEntry) entry = NULL;
  gpointer window;
  GtkWindow *dialog;

  open_window (self);
  assert_page (self, "exports");
  entry = g_object_ref (bud_export_row_get_entry (get_row (self)));
  gtk_widget_activate_action (GTK_WIDGET (get_row (self)), "export.run", NULL);
  gui_wait_for (is_under_way, self);

  gtk_window_close (self->window);
  gui_wait_for (has_dialog, self);
  dialog = gui_find_dialog (self->window);
  g_assert_false (bud_export_entry_is_stopping (entry));

  window = self->window;
  g_object_add_weak_pointer (window, &window);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "stop");
  gui_wait_for (is_gone, &window);
  gtk_window_destroy (dialog);

  g_assert_true (bud_export_entry_is_stopping (entry));
  gui_wait_for (has_ended, entry);
  assert_recorded (self, BUD_RUN_CANCELED);
}

/* The program */

/* Looks until the window is there; then does what a person would, and quits. */
static gboolean
use_program (gpointer data)
{
  Fixture *self = data;
  GApplication *application = g_application_get_default ();
  const char *const quit[] = { "<Control>q", NULL };
  g_auto(GStrv) accelerators = NULL;

  self->window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (self->window == NULL || !has_left_blank (self))
    return G_SOURCE_CONTINUE;

  assert_page (self, "missing");
  g_assert_cmpstr (bud_main_window_get_folder (BUD_MAIN_WINDOW (self->window)), ==, self->folder);
  accelerators = gtk_application_get_accels_for_action (GTK_APPLICATION (application), "app.quit");
  g_assert_cmpstrv (accelerators, quit);
  g_assert_true (gtk_icon_theme_has_icon (
      gtk_icon_theme_get_for_display (gdk_display_get_default ()), BUD_APPLICATION_ID));

  g_action_group_activate_action (G_ACTION_GROUP (application), "about", NULL);
  g_assert_true (ADW_IS_ABOUT_WINDOW (gui_find_dialog (self->window)));
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
test_application (Fixture       *self,
                  gconstpointer  options)
{
  char *arguments[] = { (char *) "budstikke", (char *) "--workspace", self->folder };
  BudApplication *application = bud_application_new ();

  g_timeout_add (20, use_program, self);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), G_N_ELEMENTS (arguments),
                                      arguments), ==, EXIT_SUCCESS);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (application)));
  g_assert_finalize_object (application);
}

#define TEST(path, options, function) \
  g_test_add (path, Fixture, options, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  /* Slow enough to be met while it works. */
  static const char *const slow[] = { "--latency=300", NULL };

  /* Its folders are its own thanks to with-display.sh; the system's it needs, for GTK's icons. */
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  TEST ("/main-window/empty-folder", NULL, test_empty_folder);
  TEST ("/main-window/broken-folder", NULL, test_broken_folder);
  TEST ("/main-window/no-exports", NULL, test_no_exports);
  TEST ("/main-window/export-appears", NULL, test_export_appears);
  TEST ("/main-window/closed-early", no_options, test_closed_early);
  TEST ("/main-window/run", no_options, test_run);
  TEST ("/main-window/cancel", slow, test_cancel);
  TEST ("/main-window/failure", NULL, test_failure);
  TEST ("/main-window/close-while-running", slow, test_close_while_running);
  TEST ("/program/application", NULL, test_application);

  return g_test_run ();
}
