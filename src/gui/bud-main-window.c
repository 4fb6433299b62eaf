/* bud-main-window.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-export-list.h"
#include "bud-export-row.h"
#include "bud-main-window.h"
#include "bud-run-text.h"

/* What is over sooner had better not flicker. */
#define SPINNER_MILLISECONDS 500

struct _BudMainWindow
{
  AdwApplicationWindow parent_instance;

  char *folder;
  BudExportList *exports;    /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of what the window waits for */
  guint spinner_id;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *missing_page;
  AdwStatusPage *error_page;
  GtkLabel *command_label;
  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (BudMainWindow, bud_main_window, ADW_TYPE_APPLICATION_WINDOW)

/* Waiting */

static gboolean
on_wait_grows_long (gpointer user_data)
{
  BudMainWindow *self = BUD_MAIN_WINDOW (user_data);

  self->spinner_id = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");

  return G_SOURCE_REMOVE;
}

static GCancellable *
begin_wait (BudMainWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->spinner_id, g_source_remove);

  self->cancellable = g_cancellable_new ();
  if (self->exports == NULL)
    self->spinner_id = g_timeout_add (SPINNER_MILLISECONDS, on_wait_grows_long, self);

  return self->cancellable;
}

static void
end_wait (BudMainWindow *self,
          const char    *page)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
show_error (BudMainWindow *self,
            const GError  *error)
{
  /* A status page reads markup. */
  g_autofree char *message = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, message);
  end_wait (self, "error");
}

/* Ends of runs */

static void
show_failure (BudMainWindow *self,
              const char    *name,
              const char    *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, message);

  /* Translators: the name of an export */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("“%s” Failed"), name);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
dup_toast_text (BudRun     *run,
                const char *name)
{
  int rejected = bud_run_text_people (bud_run_get_rejected (run));

  if (bud_run_get_state (run) == BUD_RUN_CANCELED)
    /* Translators: the name of an export */
    return g_strdup_printf (_("“%s” was stopped"), name);

  if (rejected > 0)
    /* Translators: the name of an export, and a number of people */
    return g_strdup_printf (ngettext ("“%s” was run, and %'d person rejected",
                                      "“%s” was run, and %'d people rejected", rejected),
                            name, rejected);

  /* Translators: the name of an export */
  return g_strdup_printf (_("“%s” was run"), name);
}

static void
show_result (BudMainWindow *self,
             BudRun        *run,
             const char    *name)
{
  BudRunState state = bud_run_get_state (run);
  g_autofree char *text = dup_toast_text (run, name);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (state == BUD_RUN_COMPLETED || state == BUD_RUN_COMPLETED_WITH_ERRORS ||
      state == BUD_RUN_CANCELED)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
  else
    show_failure (self, name, bud_run_get_message (run));
}

/* Open -> read the exports -> show them */

static void
on_refreshed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  gboolean done = bud_export_list_refresh_finish (BUD_EXPORT_LIST (source), result, &error);
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (source)) == 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!done)
    show_error (user_data, error);
  else
    end_wait (user_data, empty ? "empty" : "exports");
}

static void
on_run_ended (BudMainWindow  *self,
              BudRun         *run,
              const GError   *error,
              BudExportEntry *entry)
{
  if (run != NULL)
    show_result (self, run, bud_export_entry_get_name (entry));
  else if (error != NULL)
    show_failure (self, bud_export_entry_get_name (entry), error->message);

  /* A run that was stopped early left its record all the same. */
  bud_export_list_refresh_async (self->exports, begin_wait (self), on_refreshed_cb, self);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return bud_export_row_new (item);
}

static void
take_context (BudMainWindow *self,
              BudContext    *context)
{
  BudWorkspace *workspace = bud_context_get_workspace (context);

  self->exports = bud_export_list_new (context);
  g_signal_connect_object (self->exports, "ended", G_CALLBACK (on_run_ended), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->exports), create_row, NULL, NULL);
  adw_window_title_set_subtitle (self->title, bud_item_get_name (BUD_ITEM (workspace)));
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  BudMainWindow *self;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudContext) context = bud_context_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = BUD_MAIN_WINDOW (user_data);
  if (g_error_matches (error, BUD_STORE_ERROR, BUD_STORE_ERROR_MISSING))
    {
      end_wait (self, "missing");
      return;
    }
  if (context == NULL)
    {
      show_error (self, error);
      return;
    }

  take_context (self, context);
  bud_export_list_refresh_async (self->exports, self->cancellable, on_refreshed_cb, self);
}

/* Actions */

static void
refresh (BudMainWindow *self)
{
  GCancellable *cancellable = begin_wait (self);

  if (self->exports != NULL)
    bud_export_list_refresh_async (self->exports, cancellable, on_refreshed_cb, self);
  else
    bud_context_open_async (self->folder, FALSE, cancellable, on_opened_cb, self);
}

static void
on_refresh (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  refresh (BUD_MAIN_WINDOW (widget));
}

static void
on_create_workspace (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BudMainWindow *self = BUD_MAIN_WINDOW (widget);

  if (self->exports == NULL)
    bud_context_open_async (self->folder, TRUE, begin_wait (self), on_opened_cb, self);
}

static void
on_copy_command (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BudMainWindow *self = BUD_MAIN_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          gtk_label_get_text (self->command_label));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied")));
}

/* What the command line did meanwhile is seen as soon as somebody looks. */
static void
on_active_changed (BudMainWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->exports != NULL)
    refresh (self);
}

/* Closing */

static void
on_close_response (GtkWindow     *dialog,
                   const char    *response,
                   BudMainWindow *self)
{
  if (!g_str_equal (response, "stop"))
    return;

  /* The dialog outlives its parent by the length of this signal, and must not know it then. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
bud_main_window_close_request (GtkWindow *window)
{
  BudMainWindow *self = BUD_MAIN_WINDOW (window);
  GtkWidget *dialog;

  if (self->exports == NULL || !bud_export_list_is_running (self->exports))
    return GTK_WINDOW_CLASS (bud_main_window_parent_class)->close_request (window);

  dialog = adw_message_dialog_new (window, _("Stop the Run?"),
                                   _("An export is running. What has been sent is recorded, and "
                                     "the next run sends the rest."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "keep", _("_Keep Running"),
                                    "stop", _("_Stop and Close"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "stop",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));

  return TRUE;
}

static void
bud_main_window_dispose (GObject *object)
{
  BudMainWindow *self = BUD_MAIN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (self->exports != NULL)
    bud_export_list_stop (self->exports);
  g_clear_object (&self->exports);
  gtk_widget_dispose_template (GTK_WIDGET (self), BUD_TYPE_MAIN_WINDOW);

  G_OBJECT_CLASS (bud_main_window_parent_class)->dispose (object);
}

static void
bud_main_window_finalize (GObject *object)
{
  g_free (BUD_MAIN_WINDOW (object)->folder);

  G_OBJECT_CLASS (bud_main_window_parent_class)->finalize (object);
}

static void
bud_main_window_class_init (BudMainWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bud_main_window_dispose;
  object_class->finalize = bud_main_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bud_main_window_close_request;

  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, on_refresh);
  gtk_widget_class_install_action (widget_class, "win.create-workspace", NULL,
                                   on_create_workspace);
  gtk_widget_class_install_action (widget_class, "win.copy-command", NULL, on_copy_command);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/budstikke/Budstikke/bud-main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, missing_page);
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, command_label);
  gtk_widget_class_bind_template_child (widget_class, BudMainWindow, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
}

static void
bud_main_window_init (BudMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
dup_display_folder (const char *folder)
{
  const char *home = g_get_home_dir ();
  g_autofree char *shortened = NULL;

  if (g_str_has_prefix (folder, home) && folder[strlen (home)] == G_DIR_SEPARATOR)
    shortened = g_strconcat ("~", folder + strlen (home), NULL);

  return g_filename_display_name (shortened != NULL ? shortened : folder);
}

/* The texts that name the folder. */
static void
take_folder (BudMainWindow *self,
             const char    *folder)
{
  g_autofree char *usual = bud_context_dup_default_folder ();
  g_autofree char *quoted = NULL;
  g_autofree char *command = NULL;
  g_autofree char *description = NULL;
  g_autofree char *display = NULL;

  self->folder = g_canonicalize_filename (folder, NULL);
  display = dup_display_folder (self->folder);
  description = g_markup_printf_escaped (
      /* Translators: a folder */
      _("A workspace holds your customers, segments and exports. It will be made in “%s”."),
      display);
  adw_status_page_set_description (self->missing_page, description);

  if (g_str_equal (self->folder, usual))
    return;

  quoted = g_shell_quote (self->folder);
  command = g_strconcat ("budctl exports add --workspace ", quoted, " --help", NULL);
  gtk_label_set_text (self->command_label, command);
}

/**
 * bud_main_window_new:
 * @application: (nullable): the program
 * @folder: the workspace’s folder
 *
 * Returns: (transfer none): a window that is opening the workspace
 */
GtkWidget *
bud_main_window_new (GtkApplication *application,
                     const char     *folder)
{
  BudMainWindow *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (BUD_TYPE_MAIN_WINDOW, "application", application, NULL);
  take_folder (self, folder);
  refresh (self);

  return GTK_WIDGET (self);
}

/**
 * bud_main_window_get_folder:
 * @self: a window
 *
 * Returns: (transfer none): the workspace's folder, absolute
 */
const char *
bud_main_window_get_folder (BudMainWindow *self)
{
  g_return_val_if_fail (BUD_IS_MAIN_WINDOW (self), NULL);

  return self->folder;
}
