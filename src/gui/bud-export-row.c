/* bud-export-row.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-export-row.h"
#include "bud-run-text.h"

#define PULSE_MILLISECONDS 100

struct _BudExportRow
{
  GtkListBoxRow parent_instance;

  BudExportEntry *entry; /* (owned) */
  guint pulse_id;

  GtkWidget *run_button;
  GtkWidget *stop_button;
  GtkWidget *progress_bar;
};

G_DEFINE_FINAL_TYPE (BudExportRow, bud_export_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum {
  PROP_ENTRY = 1,
} BudExportRowProperty;

static GParamSpec *properties[PROP_ENTRY + 1];

/* Called from the template's bindings. */

static char *
dup_audience (GtkListBoxRow *row,
              const char    *name)
{
  /* Translators: the name of an audience at Mailchimp */
  return g_strdup_printf (_("Audience “%s”"), name);
}

static char *
dup_summary (GtkListBoxRow *row,
             BudRun        *run)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  return bud_run_text_dup_summary (run, now);
}

static char *
dup_counts (GtkListBoxRow *row,
            BudRun        *run)
{
  return bud_run_text_dup_counts (run);
}

static char *
dup_icon_name (GtkListBoxRow *row,
               BudRun        *run)
{
  return g_strdup (bud_run_text_get_icon_name (run));
}

static char **
dup_css_classes (GtkListBoxRow *row,
                 BudRun        *run)
{
  const char *classes[] = { bud_run_text_get_css_class (run), NULL };

  return g_strdupv ((char **) classes);
}

static gboolean
is_filled (GtkListBoxRow *row,
           const char    *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_idle (GtkListBoxRow *row,
         gboolean       running)
{
  return !running;
}

/* Progress */

static gboolean
on_pulse (gpointer user_data)
{
  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (BUD_EXPORT_ROW (user_data)->progress_bar));

  return G_SOURCE_CONTINUE;
}

static void
update_progress (BudExportRow *self)
{
  double fraction = bud_export_entry_get_fraction (self->entry);
  gboolean unknown = bud_export_entry_is_running (self->entry) && fraction < 0;

  if (unknown && self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MILLISECONDS, on_pulse, self);
  else if (!unknown)
    g_clear_handle_id (&self->pulse_id, g_source_remove);

  if (!unknown)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), MAX (fraction, 0));
}

/* The two buttons take each other's place, and whoever works with the keyboard stays there. */
static void
update_buttons (BudExportRow *self)
{
  gboolean running = bud_export_entry_is_running (self->entry);
  GtkWidget *shown = running ? self->stop_button : self->run_button;
  GtkWidget *hidden = running ? self->run_button : self->stop_button;
  gboolean had_focus = gtk_widget_has_focus (hidden);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.run", !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.stop", running);
  update_progress (self);
  gtk_widget_set_visible (shown, TRUE);
  if (had_focus)
    gtk_widget_grab_focus (shown);
  gtk_widget_set_visible (hidden, FALSE);
}

/* “Run” alone would be the name of as many buttons as there are exports. */
static void
update_accessible_names (BudExportRow *self)
{
  const char *name = bud_export_entry_get_name (self->entry);
  /* Translators: the name of an export */
  g_autofree char *run = g_strdup_printf (_("Run “%s”"), name);
  /* Translators: the name of an export */
  g_autofree char *stop = g_strdup_printf (_("Cancel the run of “%s”"), name);
  /* Translators: the name of an export */
  g_autofree char *progress = g_strdup_printf (_("Progress of “%s”"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, run, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stop_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, stop, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, progress, -1);
}

/* Actions */

static void
run (GtkWidget  *widget,
     const char *action_name,
     GVariant   *parameter)
{
  bud_export_entry_run (BUD_EXPORT_ROW (widget)->entry);
}

static void
stop (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  bud_export_entry_stop (BUD_EXPORT_ROW (widget)->entry);
}

/* Object */

static void
set_entry (BudExportRow   *self,
           BudExportEntry *entry)
{
  self->entry = g_object_ref (entry);
  g_signal_connect_object (entry, "notify::running", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "notify::status", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "notify::export", G_CALLBACK (update_accessible_names), self,
                           G_CONNECT_SWAPPED);
  update_buttons (self);
  update_accessible_names (self);
}

static void
bud_export_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((BudExportRowProperty) prop_id)
    {
    case PROP_ENTRY:
      g_value_set_object (value, BUD_EXPORT_ROW (object)->entry);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bud_export_row_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch ((BudExportRowProperty) prop_id)
    {
    case PROP_ENTRY:
      set_entry (BUD_EXPORT_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bud_export_row_dispose (GObject *object)
{
  BudExportRow *self = BUD_EXPORT_ROW (object);

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), BUD_TYPE_EXPORT_ROW);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (bud_export_row_parent_class)->dispose (object);
}

static void
bud_export_row_class_init (BudExportRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bud_export_row_get_property;
  object_class->set_property = bud_export_row_set_property;
  object_class->dispose = bud_export_row_dispose;

  properties[PROP_ENTRY] = g_param_spec_object (
      "entry", NULL, NULL, BUD_TYPE_EXPORT_ENTRY,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "export.run", NULL, run);
  gtk_widget_class_install_action (widget_class, "export.stop", NULL, stop);

  g_type_ensure (BUD_TYPE_EXPORT_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/budstikke/Budstikke/bud-export-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BudExportRow, run_button);
  gtk_widget_class_bind_template_child (widget_class, BudExportRow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BudExportRow, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, dup_audience);
  gtk_widget_class_bind_template_callback (widget_class, dup_summary);
  gtk_widget_class_bind_template_callback (widget_class, dup_counts);
  gtk_widget_class_bind_template_callback (widget_class, dup_icon_name);
  gtk_widget_class_bind_template_callback (widget_class, dup_css_classes);
  gtk_widget_class_bind_template_callback (widget_class, is_idle);
  gtk_widget_class_bind_template_callback (widget_class, is_filled);
}

static void
bud_export_row_init (BudExportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bud_export_row_new:
 * @entry: what it shows
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
bud_export_row_new (BudExportEntry *entry)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (entry), NULL);

  return g_object_new (BUD_TYPE_EXPORT_ROW, "entry", entry, NULL);
}

/**
 * bud_export_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
BudExportEntry *
bud_export_row_get_entry (BudExportRow *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ROW (self), NULL);

  return self->entry;
}
