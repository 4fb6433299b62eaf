/* bud-import.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-await.h"
#include "bud-import.h"
#include "bud-intake.h"
#include "bud-rejects.h"

/* Blocking: for worker threads only, but for the functions at the end. */

/* The first reading is the first so much of the whole: it converts nothing and stores nothing. */
#define INSPECT_SHARE 0.3

struct _BudImport
{
  GObject parent_instance;

  BudStore *store;
  BudClock *clock;
  BudOrigin *origin;
  char *rejects_path;

  BudSource *source;       /* (nullable) */
  BudSourceShape *shape;   /* (nullable) */
  BudIntake *intake;       /* (nullable) */
  BudRejects *rejects;     /* (nullable) */
  BudImportReport *report; /* (nullable) */

  GMainContext *context; /* (owned) (nullable): where the import was started */
  double share_start;
  double share_size;
  double reported;
};

G_DEFINE_FINAL_TYPE (BudImport, bud_import, G_TYPE_OBJECT)

enum {
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
bud_import_finalize (GObject *object)
{
  BudImport *self = BUD_IMPORT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->origin);
  g_clear_object (&self->source);
  g_clear_object (&self->intake);
  g_clear_object (&self->rejects);
  g_clear_pointer (&self->shape, bud_source_shape_free);
  g_clear_pointer (&self->report, bud_import_report_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->rejects_path);

  G_OBJECT_CLASS (bud_import_parent_class)->finalize (object);
}

static void
bud_import_class_init (BudImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_import_finalize;

  /**
   * BudImport::progress:
   * @self: an import
   * @fraction: how much is done, 0 to 1
   */
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", BUD_TYPE_IMPORT, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
bud_import_init (BudImport *self)
{
}

/* Progress: from the import's thread to the one that started it, in steps of one per cent. */

typedef struct
{
  BudImport *import;
  double fraction;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->import);
  g_free (step);
}

static gboolean
emit_step (gpointer data)
{
  Step *step = data;

  g_signal_emit (step->import, signals[SIGNAL_PROGRESS], 0, step->fraction);

  return G_SOURCE_REMOVE;
}

static void
on_progress (double   fraction,
             gpointer data)
{
  BudImport *self = BUD_IMPORT (data);
  double overall = self->share_start + fraction * self->share_size;
  Step *step;

  if (overall - self->reported < 0.01)
    return;

  self->reported = overall;
  step = g_new (Step, 1);
  step->import = g_object_ref (self);
  step->fraction = overall;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, emit_step, step, step_free);
}

/* Rows */

static gboolean
take_reject (const BudReject  *reject,
             gpointer          data,
             GError          **error)
{
  BudImport *self = BUD_IMPORT (data);

  self->report->rejected[reject->reason]++;

  return bud_rejects_add (self->rejects, reject, error);
}

static gboolean
take_row (const BudSourceRow  *row,
          gpointer             data,
          GError             **error)
{
  BudImport *self = BUD_IMPORT (data);
  BudReject reject = {
    .line = row->line,
    .column = self->shape->key + 1,
    .reason = BUD_REJECT_DUPLICATE_KEY,
    .raw = row->raw,
  };

  switch (bud_intake_add (self->intake, row->id, row->values, row->n_values, error))
    {
    case BUD_INTAKE_ADDED:
      self->report->rows++;
      return TRUE;
    case BUD_INTAKE_DUPLICATE:
      return take_reject (&reject, self, error);
    case BUD_INTAKE_FAILED:
      return FALSE;
    }

  g_assert_not_reached ();
}

/* Steps, in order */

static gboolean
inspect (BudImport     *self,
         GCancellable  *cancellable,
         GError       **error)
{
  self->share_start = 0;
  self->share_size = INSPECT_SHARE;

  self->source = bud_source_new (self->origin, error);
  if (self->source == NULL)
    return FALSE;

  self->shape = bud_source_inspect (self->source, on_progress, self, cancellable, error);
  if (self->shape == NULL)
    return FALSE;

  if (self->shape->key >= 0)
    return TRUE;

  g_set_error_literal (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_KEY,
                       _("It is not clear which field tells the customers apart: none, or more "
                         "than one, has a value of its own in every row. Name the field that "
                         "holds the customer’s number or id."));

  return FALSE;
}

static gboolean
begin_intake (BudStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  BudImport *self = BUD_IMPORT (data);

  self->intake = bud_store_begin_intake (store, self->origin, self->shape->fields, error);

  return self->intake != NULL;
}

static void
begin_report (BudImport *self)
{
  BudField *key = g_ptr_array_index (self->shape->fields, self->shape->key);

  self->report = g_new0 (BudImportReport, 1);
  self->report->fields = g_ptr_array_ref (self->shape->fields);
  self->report->key = g_strdup (bud_field_get_name (key));
  self->report->encoding = g_strdup (self->shape->encoding);
  self->report->delimiter = self->shape->delimiter;
}

static gboolean
read_rows (BudImport     *self,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->rejects_path);

  self->share_start = INSPECT_SHARE;
  self->share_size = 1 - INSPECT_SHARE;
  self->rejects = bud_rejects_new (file);

  return bud_source_read (self->source, self->shape, take_row, take_reject, on_progress, self,
                          cancellable, error) &&
         bud_rejects_close (self->rejects, error);
}

/* The settings that worked are remembered, so that next time is the same. */
static gboolean
save_origin (BudStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  BudImport *self = BUD_IMPORT (data);
  char delimiter[] = { self->report->delimiter, '\0' };

  g_object_set (self->origin,
                "encoding", self->report->encoding,
                "delimiter", delimiter,
                "key", self->report->key,
                "rows", self->report->rows,
                "rejected", bud_import_report_count_rejected (self->report),
                "imported-at", bud_clock_unix (self->clock),
                NULL);

  return bud_store_save (store, BUD_ITEM (self->origin), error);
}

/* The source is saved before its rows take their place: after a crash in between, the old rows
 * are there under their own name, and reading the source again mends the counters. */
static gboolean
import (BudImport     *self,
        GCancellable  *cancellable,
        GError       **error)
{
  if (!inspect (self, cancellable, error) ||
      !bud_await_store (self->store, begin_intake, self, cancellable, error))
    return FALSE;

  begin_report (self);

  return read_rows (self, cancellable, error) &&
         bud_await_store (self->store, save_origin, self, cancellable, error) &&
         bud_intake_commit (self->intake, error);
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  BudImport *self = BUD_IMPORT (source);
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainContextPusher) pusher = g_main_context_pusher_new (context);
  GError *error = NULL;
  gboolean ok = import (self, cancellable, &error);

  g_clear_object (&self->intake);

  if (ok)
    g_task_return_pointer (task, g_steal_pointer (&self->report),
                           (GDestroyNotify) bud_import_report_free);
  else
    g_task_return_error (task, error);
}

/**
 * bud_import_new:
 * @store: the workspace's store
 * @clock: for the source's record
 * @origin: the source to read; saved with what was found out when the import succeeds
 * @rejects_path: where rows that cannot be used are written, if there are any
 *
 * Returns: (transfer full): an import that has not begun
 */
BudImport *
bud_import_new (BudStore   *store,
                BudClock   *clock,
                BudOrigin  *origin,
                const char *rejects_path)
{
  BudImport *self;

  g_return_val_if_fail (BUD_IS_STORE (store), NULL);
  g_return_val_if_fail (BUD_IS_ORIGIN (origin), NULL);
  g_return_val_if_fail (rejects_path != NULL, NULL);

  self = g_object_new (BUD_TYPE_IMPORT, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->origin = g_object_ref (origin);
  self->rejects_path = g_strdup (rejects_path);

  return self;
}

/**
 * bud_import_run_async:
 * @self: an import that has not begun
 * @cancellable: (nullable): stops it; what the store had before stays
 * @callback: called when it is over
 * @user_data: for @callback
 */
void
bud_import_run_async (BudImport           *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_IMPORT (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_main_context_ref_thread_default ();

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_import_run_async);
  /* One that was cancelled too late is in, and says so. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, import_thread);
}

/**
 * bud_import_run_finish:
 * @self: an import
 * @result: its result
 * @error: return location for %BUD_SOURCE_ERROR, %BUD_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full): what came of it
 */
BudImportReport *
bud_import_run_finish (BudImport     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
