/* bud-application.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-application.h"
#include "bud-context.h"
#include "bud-main-window.h"

struct _BudApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (BudApplication, bud_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, NULL, N_("The workspace’s folder"), N_("DIR") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  G_OPTION_ENTRY_NULL
};

/* Actions */

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "application-name", "Budstikke",
                         "application-icon", BUD_APPLICATION_ID,
                         "developer-name", _("The Budstikke developers"),
                         "version", BUD_VERSION,
                         "comments", _("Carries customer segments into Mailchimp audiences."),
                         "copyright", "© 2026 The Budstikke developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

/* Each window is asked, as one in which an export is running wants to say so. */
static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static const GActionEntry actions[] = {
  { "about", on_about },
  { "quit", on_quit },
};

static const struct
{
  const char *action;
  const char *accelerators[2];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.refresh", { "<Control>r" } },
};

static void
bud_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (bud_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (BUD_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           accelerators[i].accelerators);
}

/* Windows */

static GtkWidget *
ensure_window (GtkApplication *application,
               const char     *folder)
{
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    {
      if (BUD_IS_MAIN_WINDOW (link->data) &&
          g_str_equal (bud_main_window_get_folder (link->data), folder))
        return link->data;
    }

  return bud_main_window_new (application, folder);
}

static int
bud_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  g_autofree char *usual = bud_context_dup_default_folder ();
  g_autofree char *folder = NULL;
  const char *wanted = NULL;

  if (!g_variant_dict_lookup (given, "workspace", "^&ay", &wanted))
    wanted = usual;

  folder = g_canonicalize_filename (wanted, g_application_command_line_get_cwd (command_line));
  gtk_window_present (GTK_WINDOW (ensure_window (GTK_APPLICATION (application), folder)));

  return EXIT_SUCCESS;
}

static int
bud_application_handle_local_options (GApplication *application,
                                      GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;

  g_print ("budstikke %s\n", BUD_VERSION);

  return EXIT_SUCCESS;
}

static void
bud_application_class_init (BudApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = bud_application_startup;
  application_class->command_line = bud_application_command_line;
  application_class->handle_local_options = bud_application_handle_local_options;
}

static void
bud_application_init (BudApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * bud_application_new:
 *
 * Returns: (transfer full): the program
 */
BudApplication *
bud_application_new (void)
{
  return g_object_new (BUD_TYPE_APPLICATION,
                       "application-id", BUD_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
