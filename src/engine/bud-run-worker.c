/* bud-run-worker.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-await.h"
#include "bud-enums.h"
#include "bud-error.h"
#include "bud-http.h"
#include "bud-lease.h"
#include "bud-mapping.h"
#include "bud-opt-outs.h"
#include "bud-planner.h"
#include "bud-run-worker.h"
#include "bud-stop.h"
#include "bud-tags.h"
#include "bud-text.h"
#include "bud-uploader.h"

/* Blocking: for worker threads only. A run's own thread has its own main context, and this file
 * is the story of a run in the order in which it happens:
 *
 *   begin -> read opt-outs -> plan -> hold opt-outs back -> ensure tags -> send -> finish
 */

/* A rate means something after so many seconds. */
#define RATE_SECONDS 0.5

typedef struct
{
  const BudRunWork *work;
  GCancellable *cancellable;
  BudMailchimp *client; /* (owned) */
  BudMapping *mapping;  /* (owned) */
  BudPlan *plan;        /* (owned) (nullable) */
  BudRun *run;          /* (owned) */
  gint64 total;
  gint64 sending_since; /* monotonic, microseconds */
} Worker;

static void
worker_clear (Worker *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->mapping);
  g_clear_object (&self->plan);
  g_clear_object (&self->run);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Worker, worker_clear)

static gboolean
on_store (Worker        *self,
          BudStoreFunc   func,
          GError       **error)
{
  return bud_await_store (self->work->store, func, self, self->cancellable, error);
}

static void
report (Worker      *self,
        BudRunPhase  phase,
        gint64       done)
{
  BudRunProgress progress = {
    .phase = phase,
    .done = done,
    .total = self->total,
    .seconds_left = -1,
  };
  double seconds = (g_get_monotonic_time () - self->sending_since) / (double) G_USEC_PER_SEC;

  if (phase == BUD_RUN_PHASE_SENDING && done > 0 && seconds > RATE_SECONDS)
    {
      progress.rate = done / seconds;
      progress.seconds_left = (gint64) ((self->total - done) / progress.rate + 0.5);
    }

  if (self->work->progress != NULL)
    self->work->progress (&progress, self->work->progress_data);
}

/* Begin */

static BudRun *
new_run (const BudRunWork *work)
{
  g_autofree char *holder = bud_lease_new_holder ();
  gint64 now = bud_clock_unix (work->clock);

  return g_object_new (BUD_TYPE_RUN,
                       "export", bud_item_get_id (BUD_ITEM (work->export)),
                       "plan", work->plan != NULL ? bud_item_get_id (BUD_ITEM (work->plan)) : NULL,
                       "by", work->by,
                       "holder", holder,
                       "state", bud_enum_nick (BUD_TYPE_RUN_STATE, BUD_RUN_RUNNING),
                       "started-at", now,
                       "touched-at", now,
                       NULL);
}

static gboolean
is_rival (Worker *self,
          BudRun *run)
{
  return bud_run_get_state (run) == BUD_RUN_RUNNING &&
         g_strcmp0 (bud_run_get_export (run), bud_run_get_export (self->run)) == 0 &&
         g_strcmp0 (bud_item_get_id (BUD_ITEM (run)), bud_item_get_id (BUD_ITEM (self->run))) != 0;
}

static gint64
get_number (BudRun *run)
{
  return g_ascii_strtoll (bud_item_get_name (BUD_ITEM (run)), NULL, 10);
}

/* A run that says it is running, and whose process is gone, has been interrupted. */
static gboolean
settle_rival (Worker    *self,
              BudStore  *store,
              BudRun    *rival,
              GError   **error)
{
  if (!bud_lease_is_held (rival, bud_clock_unix (self->work->clock)))
    {
      g_object_set (rival,
                    "state", bud_enum_nick (BUD_TYPE_RUN_STATE, BUD_RUN_INTERRUPTED),
                    "finished-at", bud_run_get_touched_at (rival),
                    NULL);
      return bud_store_save (store, BUD_ITEM (rival), error);
    }

  /* Of two that begin at the same time, the later one gives way. */
  if (get_number (rival) > get_number (self->run))
    return TRUE;

  g_set_error (error, BUD_ERROR, BUD_ERROR_BUSY,
               /* Translators: the name of an export, and the number of a run */
               _("The export “%s” is being run already (run %s). Wait for it, or cancel it."),
               bud_item_get_name (BUD_ITEM (self->work->export)),
               bud_item_get_name (BUD_ITEM (rival)));

  return FALSE;
}

static gboolean
settle_rivals (Worker    *self,
               BudStore  *store,
               GError   **error)
{
  g_autoptr(GPtrArray) runs = bud_store_list (store, BUD_TYPE_RUN, error);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      BudRun *run = g_ptr_array_index (runs, i);

      if (is_rival (self, run) && !settle_rival (self, store, run, error))
        return FALSE;
    }

  return runs != NULL;
}

/* The run is there for others to see before it looks for others, so that of two processes at
 * least one sees the other. */
static gboolean
begin (BudStore      *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Worker *self = data;

  self->run = new_run (self->work);
  if (!bud_store_save_numbered (store, BUD_ITEM (self->run), error))
    return FALSE;

  if (settle_rivals (self, store, error))
    return TRUE;

  bud_store_remove (store, BUD_ITEM (self->run), NULL);

  return FALSE;
}

/* Plan */

static gboolean
adopt_plan (Worker    *self,
            GError   **error)
{
  if (g_strcmp0 (bud_plan_get_inputs (self->work->plan),
                 bud_mapping_get_inputs (self->mapping)) == 0)
    {
      g_set_object (&self->plan, self->work->plan);
      return TRUE;
    }

  g_set_error (error, BUD_ERROR, BUD_ERROR_STALE,
               _("Plan %s no longer matches: the customers, the segments, the export or the day "
                 "have changed since it was made, or the export has been run. Rehearse again."),
               bud_item_get_name (BUD_ITEM (self->work->plan)));

  return FALSE;
}

static gboolean
make_plan (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Worker *self = data;
  const BudRunWork *work = self->work;

  self->mapping = bud_mapping_new (store, work->export, work->clock, error);
  if (self->mapping == NULL)
    return FALSE;

  if (work->plan != NULL && !adopt_plan (self, error))
    return FALSE;

  if (self->plan == NULL)
    self->plan = bud_planner_make (store, work->export, self->mapping, work->clock, cancellable,
                                   error);
  if (self->plan == NULL ||
      !bud_planner_hold_opt_outs (store, self->plan, self->mapping,
                                  bud_export_get_audience (work->export), error) ||
      !bud_store_forget_displaced (store, self->plan, error))
    return FALSE;

  self->total = bud_plan_get_adds (self->plan) + bud_plan_get_updates (self->plan);
  g_object_set (self->run,
                "plan", bud_item_get_id (BUD_ITEM (self->plan)),
                "planned", self->total,
                "unchanged", bud_plan_get_unchanged (self->plan),
                "held-back", bud_plan_get_held_back (self->plan),
                NULL);

  return bud_store_save (store, BUD_ITEM (self->run), error);
}

/* Send */

static void
on_uploaded (gint64   done,
             gpointer data)
{
  report (data, BUD_RUN_PHASE_SENDING, done);
}

static gboolean
send_plan (Worker    *self,
           GError   **error)
{
  const BudRunWork *work = self->work;
  const char *audience = bud_export_get_audience (work->export);
  g_autofree gint64 *tag_ids = NULL;
  g_autoptr(BudUploader) uploader = NULL;

  if (self->total == 0)
    return TRUE;

  tag_ids = bud_tags_ensure (self->client, audience, bud_mapping_get_tags (self->mapping),
                             self->cancellable, error);
  if (tag_ids == NULL)
    return FALSE;

  self->sending_since = g_get_monotonic_time ();
  report (self, BUD_RUN_PHASE_SENDING, 0);

  uploader = bud_uploader_new (work->store, self->client, self->mapping, self->plan, self->run,
                               audience, tag_ids, work->clock);

  return bud_uploader_run (uploader, on_uploaded, self, self->cancellable, error);
}

static void
on_opt_out_read (gint64   n_read,
                 gpointer data)
{
  report (data, BUD_RUN_PHASE_READING_OPT_OUTS, n_read);
}

static gboolean
carry_out (Worker    *self,
           GError   **error)
{
  const BudRunWork *work = self->work;

  report (self, BUD_RUN_PHASE_READING_OPT_OUTS, 0);
  if (!bud_opt_outs_read (work->store, self->client, bud_export_get_audience (work->export),
                          on_opt_out_read, self, self->cancellable, error))
    return FALSE;

  report (self, BUD_RUN_PHASE_PLANNING, 0);

  return on_store (self, make_plan, error) && send_plan (self, error);
}

/* Finish */

static BudRunState
final_state (Worker       *self,
             const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return BUD_RUN_CANCELED;
  if (error != NULL)
    return BUD_RUN_FAILED;
  if (bud_run_get_rejected (self->run) > 0)
    return BUD_RUN_COMPLETED_WITH_ERRORS;

  return BUD_RUN_COMPLETED;
}

static gboolean
save_end (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Worker *self = data;

  return bud_store_save (store, BUD_ITEM (self->run), error) &&
         bud_stop_clear (store, self->run, error);
}

/* The end is recorded even when the run was cancelled, so without the run's cancellable. */
static gboolean
finish (Worker        *self,
        const GError  *cause,
        GError       **error)
{
  gint64 now = bud_clock_unix (self->work->clock);
  BudRunState state = final_state (self, cause);

  g_object_set (self->run,
                "state", bud_enum_nick (BUD_TYPE_RUN_STATE, state),
                "message", state == BUD_RUN_FAILED ? cause->message : NULL,
                "touched-at", now,
                "finished-at", now,
                NULL);

  return bud_await_store (self->work->store, save_end, self, NULL, error);
}

static BudHttp *
new_http (const BudRunPatience *patience)
{
  g_autoptr(BudWindow) window = bud_window_new (BUD_UPLOADER_MAX_IN_FLIGHT);
  BudHttp *http = bud_http_new (window);

  if (patience->timeout > 0)
    {
      bud_http_set_timeout (http, patience->timeout);
      bud_http_set_backoff (http, patience->backoff_base, patience->backoff_cap);
    }

  return http;
}

static BudRun *
run (Worker  *self,
     GError **error)
{
  const BudRunWork *work = self->work;
  g_autoptr(BudHttp) http = NULL;
  g_autoptr(GError) cause = NULL;

  report (self, BUD_RUN_PHASE_PREPARING, 0);
  if (!on_store (self, begin, error))
    return NULL;

  http = new_http (&work->patience);
  self->client = bud_mailchimp_new (http, bud_connection_get_api_root (work->connection),
                                    work->authorizer);
  carry_out (self, &cause);

  if (!finish (self, cause, error))
    return NULL;

  report (self, BUD_RUN_PHASE_DONE, self->total);

  return g_steal_pointer (&self->run);
}

/**
 * bud_run_worker_run:
 * @work: what to do
 * @cancellable: (nullable): stops it
 * @error: return location for what kept the run from beginning or from being recorded
 *
 * Returns: (transfer full): the finished run, whatever its state
 */
BudRun *
bud_run_worker_run (const BudRunWork  *work,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_auto(Worker) self = { .work = work, .cancellable = cancellable };

  return run (&self, error);
}
