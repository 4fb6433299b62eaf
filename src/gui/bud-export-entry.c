/* bud-export-entry.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-export-entry.h"
#include "bud-exports.h"
#include "bud-run-text.h"

struct _BudExportEntry
{
  GObject parent_instance;

  BudContext *context;
  BudExport *export;
  BudRun *last_run;          /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the run that is going on */
  char *status;              /* (owned) (nullable) */
  double fraction;           /* below 0 when not known */
};

G_DEFINE_FINAL_TYPE (BudExportEntry, bud_export_entry, G_TYPE_OBJECT)

typedef enum {
  PROP_EXPORT = 1,
  PROP_LAST_RUN,
  PROP_RUNNING,
  PROP_STATUS,
} BudExportEntryProperty;

static GParamSpec *properties[PROP_STATUS + 1];

static guint ended_signal;

static void
bud_export_entry_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  BudExportEntry *self = BUD_EXPORT_ENTRY (object);

  switch ((BudExportEntryProperty) prop_id)
    {
    case PROP_EXPORT:
      g_value_set_object (value, self->export);
      break;
    case PROP_LAST_RUN:
      g_value_set_object (value, self->last_run);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, bud_export_entry_is_running (self));
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bud_export_entry_finalize (GObject *object)
{
  BudExportEntry *self = BUD_EXPORT_ENTRY (object);

  g_clear_object (&self->context);
  g_clear_object (&self->export);
  g_clear_object (&self->last_run);
  g_clear_object (&self->cancellable);
  g_free (self->status);

  G_OBJECT_CLASS (bud_export_entry_parent_class)->finalize (object);
}

#define FLAGS (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static void
bud_export_entry_class_init (BudExportEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bud_export_entry_get_property;
  object_class->finalize = bud_export_entry_finalize;

  properties[PROP_EXPORT] = g_param_spec_object ("export", NULL, NULL, BUD_TYPE_EXPORT, FLAGS);
  properties[PROP_LAST_RUN] = g_param_spec_object ("last-run", NULL, NULL, BUD_TYPE_RUN, FLAGS);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, FLAGS);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, FLAGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * BudExportEntry::ended:
   * @self: an entry
   * @run: (nullable): the run, which began and is over; its state says how it went
   * @error: (nullable): what kept a run from beginning, unless it was stopped before
   */
  ended_signal = g_signal_new ("ended", BUD_TYPE_EXPORT_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, BUD_TYPE_RUN, G_TYPE_ERROR);
}

static void
bud_export_entry_init (BudExportEntry *self)
{
  self->fraction = -1;
}

/**
 * bud_export_entry_new:
 * @context: the export's workspace
 * @export: an export
 *
 * Returns: (transfer full): an entry that knows of no run yet
 */
BudExportEntry *
bud_export_entry_new (BudContext *context,
                      BudExport  *export)
{
  BudExportEntry *self;

  g_return_val_if_fail (BUD_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (BUD_IS_EXPORT (export), NULL);

  self = g_object_new (BUD_TYPE_EXPORT_ENTRY, NULL);
  self->context = g_object_ref (context);
  self->export = g_object_ref (export);

  return self;
}

/**
 * bud_export_entry_update:
 * @self: an entry
 * @export: the same export as it is in the store now
 * @last_run: (nullable): its last run
 */
void
bud_export_entry_update (BudExportEntry *self,
                         BudExport      *export,
                         BudRun         *last_run)
{
  g_return_if_fail (BUD_IS_EXPORT_ENTRY (self));
  g_return_if_fail (BUD_IS_EXPORT (export));

  if (g_set_object (&self->export, export))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPORT]);
  if (g_set_object (&self->last_run, last_run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_RUN]);
}

const char *
bud_export_entry_get_id (BudExportEntry *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (self), NULL);

  return bud_item_get_id (BUD_ITEM (self->export));
}

const char *
bud_export_entry_get_name (BudExportEntry *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (self), NULL);

  return bud_item_get_name (BUD_ITEM (self->export));
}

/**
 * bud_export_entry_get_last_run:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the run that began last
 */
BudRun *
bud_export_entry_get_last_run (BudExportEntry *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (self), NULL);

  return self->last_run;
}

/**
 * bud_export_entry_get_fraction:
 * @self: an entry
 *
 * Returns: how much of the run is done, from 0 to 1; below 0 when that is not known
 */
double
bud_export_entry_get_fraction (BudExportEntry *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (self), -1);

  return self->fraction;
}

gboolean
bud_export_entry_is_running (BudExportEntry *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * bud_export_entry_is_stopping:
 * @self: an entry
 *
 * Returns: whether a run is going on that has been asked to stop
 */
gboolean
bud_export_entry_is_stopping (BudExportEntry *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT_ENTRY (self), FALSE);

  return g_cancellable_is_cancelled (self->cancellable);
}

/* Run: token out of the keyring -> a job -> its progress -> a run, or an error if none began */

static void
take_status (BudExportEntry *self,
             double          fraction,
             char           *status)
{
  self->fraction = fraction;
  g_free (self->status);
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/* The program does not end before the run is recorded, even when its window is closed. */
static void
set_cancellable (BudExportEntry *self,
                 GCancellable   *cancellable)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL && cancellable != NULL)
    g_application_hold (application);
  else if (application != NULL)
    g_application_release (application);

  g_set_object (&self->cancellable, cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
end_run (BudExportEntry *self,
         BudRun         *run,
         const GError   *error)
{
  if (run != NULL && g_set_object (&self->last_run, run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_RUN]);

  set_cancellable (self, NULL);
  take_status (self, -1, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = NULL;
  g_signal_emit (self, ended_signal, 0, run, error);
}

static void
on_run_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BudExportEntry) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRun) run = bud_run_job_run_finish (BUD_RUN_JOB (source), result, &error);

  end_run (self, run, error);
}

static char *
dup_sending_text (const BudRunProgress *progress)
{
  int done = bud_run_text_people (progress->done);
  int total = bud_run_text_people (progress->total);
  int minutes = (int) CLAMP ((progress->seconds_left + 59) / 60, 1, G_MAXINT);

  if (progress->seconds_left < 0)
    /* Translators: numbers of people */
    return g_strdup_printf (_("Sending: %'d of %'d"), done, total);

  /* Translators: numbers of people, and the time that is left */
  return g_strdup_printf (ngettext ("Sending: %'d of %'d, about %'d minute left",
                                    "Sending: %'d of %'d, about %'d minutes left", minutes),
                          done, total, minutes);
}

static char *
dup_progress_text (const BudRunProgress *progress)
{
  switch (progress->phase)
    {
    case BUD_RUN_PHASE_PREPARING:
      return g_strdup (_("Preparing…"));
    case BUD_RUN_PHASE_READING_OPT_OUTS:
      return g_strdup (_("Reading who has opted out…"));
    case BUD_RUN_PHASE_PLANNING:
      return g_strdup (_("Planning…"));
    case BUD_RUN_PHASE_SENDING:
      return dup_sending_text (progress);
    case BUD_RUN_PHASE_DONE:
      return g_strdup (_("Done."));
    }

  g_return_val_if_reached (NULL);
}

static void
on_progress (BudExportEntry       *self,
             const BudRunProgress *progress)
{
  double fraction = -1;

  if (!bud_export_entry_is_running (self) || bud_export_entry_is_stopping (self))
    return;

  if (progress->phase == BUD_RUN_PHASE_SENDING && progress->total > 0)
    fraction = CLAMP (progress->done / (double) progress->total, 0, 1);

  take_status (self, fraction, dup_progress_text (progress));
}

static void
on_prepared_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(BudExportEntry) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BudRunJob) job = bud_exports_prepare_finish (BUD_CONTEXT (source), result, &error);

  if (job == NULL)
    {
      end_run (self, NULL, error);
      return;
    }

  g_signal_connect_object (job, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  bud_run_job_run_async (job, self->cancellable, on_run_cb, g_object_ref (self));
}

/**
 * bud_export_entry_run:
 * @self: an entry
 *
 * Runs the export, unless it is running already.
 */
void
bud_export_entry_run (BudExportEntry *self)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_return_if_fail (BUD_IS_EXPORT_ENTRY (self));

  if (bud_export_entry_is_running (self))
    return;

  take_status (self, -1, g_strdup (_("Preparing…")));
  set_cancellable (self, cancellable);
  bud_exports_prepare_async (self->context, bud_export_entry_get_id (self), NULL, cancellable,
                             on_prepared_cb, g_object_ref (self));
}

/**
 * bud_export_entry_stop:
 * @self: an entry
 *
 * Asks the run that is going on to stop. What Mailchimp has answered is still recorded.
 */
void
bud_export_entry_stop (BudExportEntry *self)
{
  g_return_if_fail (BUD_IS_EXPORT_ENTRY (self));

  if (!bud_export_entry_is_running (self))
    return;

  g_cancellable_cancel (self->cancellable);
  take_status (self, self->fraction, g_strdup (_("Stopping…")));
}
