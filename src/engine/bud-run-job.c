/* bud-run-job.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-run-job.h"
#include "bud-run-worker.h"

struct _BudRunJob
{
  GObject parent_instance;

  BudStore *store;
  BudClock *clock;
  BudExport *export;
  BudConnection *connection;
  BudAuthorizer *authorizer;
  BudPlan *plan; /* (nullable) */
  char *by;
  BudRunPatience patience;

  GMainContext *context; /* (owned) (nullable): where the job was started */
  GMutex mutex;
  BudRunProgress progress;   /* guarded by the mutex */
  gboolean progress_pending; /* guarded by the mutex */
};

G_DEFINE_FINAL_TYPE (BudRunJob, bud_run_job, G_TYPE_OBJECT)

enum {
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
bud_run_job_finalize (GObject *object)
{
  BudRunJob *self = BUD_RUN_JOB (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->export);
  g_clear_object (&self->connection);
  g_clear_object (&self->authorizer);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->by);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (bud_run_job_parent_class)->finalize (object);
}

static void
bud_run_job_class_init (BudRunJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_run_job_finalize;

  /**
   * BudRunJob::progress:
   * @self: a job
   * @progress: a #BudRunProgress, valid during the emission
   *
   * What the run is doing. Several steps may come as one.
   */
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", BUD_TYPE_RUN_JOB, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
bud_run_job_init (BudRunJob *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * bud_run_job_new:
 * @store: the workspace's store
 * @clock: decides what day it is
 * @export: what to run
 * @connection: the export's connection
 * @authorizer: holds the connection's token
 * @by: who starts it
 *
 * Returns: (transfer full): a job that has not begun
 */
BudRunJob *
bud_run_job_new (BudStore      *store,
                 BudClock      *clock,
                 BudExport     *export,
                 BudConnection *connection,
                 BudAuthorizer *authorizer,
                 const char    *by)
{
  BudRunJob *self;

  g_return_val_if_fail (BUD_IS_STORE (store), NULL);
  g_return_val_if_fail (BUD_IS_EXPORT (export), NULL);
  g_return_val_if_fail (BUD_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (BUD_IS_AUTHORIZER (authorizer), NULL);

  self = g_object_new (BUD_TYPE_RUN_JOB, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->export = g_object_ref (export);
  self->connection = g_object_ref (connection);
  self->authorizer = g_object_ref (authorizer);
  self->by = g_strdup (by);

  return self;
}

/**
 * bud_run_job_set_plan:
 * @self: a job that has not begun
 * @plan: a stored plan to execute as it is, if its inputs have not changed
 */
void
bud_run_job_set_plan (BudRunJob *self,
                      BudPlan   *plan)
{
  g_return_if_fail (BUD_IS_RUN_JOB (self));

  g_set_object (&self->plan, plan);
}

/**
 * bud_run_job_set_patience:
 * @self: a job that has not begun
 * @timeout: milliseconds that one attempt may take
 * @backoff_base: longest wait after a first attempt, in milliseconds; doubled after each further
 * @backoff_cap: longest wait of all, in milliseconds
 *
 * For a service that is near, such as the practice Mailchimp: what is usual suits the real one.
 */
void
bud_run_job_set_patience (BudRunJob *self,
                          guint      timeout,
                          guint      backoff_base,
                          guint      backoff_cap)
{
  g_return_if_fail (BUD_IS_RUN_JOB (self));
  g_return_if_fail (timeout > 0);

  self->patience = (BudRunPatience) { timeout, backoff_base, backoff_cap };
}

static gboolean
emit_progress (gpointer data)
{
  BudRunJob *self = BUD_RUN_JOB (data);
  BudRunProgress progress;

  g_mutex_lock (&self->mutex);
  progress = self->progress;
  self->progress_pending = FALSE;
  g_mutex_unlock (&self->mutex);

  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, &progress);

  return G_SOURCE_REMOVE;
}

/* From the run's thread: however often it comes, one emission is under way at a time. */
static void
on_progress (const BudRunProgress *progress,
             gpointer              data)
{
  BudRunJob *self = BUD_RUN_JOB (data);
  gboolean pending;

  g_mutex_lock (&self->mutex);
  self->progress = *progress;
  pending = self->progress_pending;
  self->progress_pending = TRUE;
  g_mutex_unlock (&self->mutex);

  if (!pending)
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, emit_progress,
                                g_object_ref (self), g_object_unref);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  BudRunJob *self = BUD_RUN_JOB (source);
  BudRunWork work = {
    .store = self->store,
    .clock = self->clock,
    .export = self->export,
    .connection = self->connection,
    .authorizer = self->authorizer,
    .plan = self->plan,
    .by = self->by,
    .patience = self->patience,
    .progress = on_progress,
    .progress_data = self,
  };
  GError *error = NULL;
  BudRun *run = bud_run_worker_run (&work, cancellable, &error);

  if (run != NULL)
    g_task_return_pointer (task, run, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * bud_run_job_run_async:
 * @self: a job that has not begun
 * @cancellable: (nullable): stops the run; what Mailchimp has answered is still recorded
 * @callback: called when the run is over
 * @user_data: for @callback
 */
void
bud_run_job_run_async (BudRunJob           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_RUN_JOB (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_main_context_ref_thread_default ();

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_run_job_run_async);
  /* The run that was cancelled is the answer, not that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_thread);
}

/**
 * bud_run_job_run_finish:
 * @self: a job
 * @result: its result
 * @error: return location for what kept a run from beginning, such as %BUD_ERROR_BUSY
 *
 * A run that began and then failed or was cancelled is no error: its state says so.
 *
 * Returns: (transfer full): the finished run
 */
BudRun *
bud_run_job_run_finish (BudRunJob     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
