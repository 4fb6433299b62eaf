/* bud-uploader.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-batch.h"
#include "bud-digest.h"
#include "bud-error.h"
#include "bud-mailchimp-error.h"
#include "bud-stop.h"
#include "bud-uploader.h"

/* The way of a batch, every arrow an asynchronous call:
 *
 *   fetch (store) -> upsert (Mailchimp) -> tag … tag (Mailchimp) -> record (store)
 *                        |
 *                        +-- refused as a whole: split, and both halves begin at upsert
 *
 * The next fetch begins only when there is room in the window, so memory does not grow with the
 * number of customers. The first error stops the fetching; what is under way is let finish. */
struct _BudUploader
{
  GObject parent_instance;

  BudStore *store;
  BudMailchimp *client;
  BudMapping *mapping;
  BudPlan *plan;
  BudRun *run;
  BudClock *clock;
  char *audience;
  gint64 *tag_ids; /* (owned) (array): one for each tag of the mapping */
  guint8 secret[BUD_SECRET_SIZE];

  BudUploaderProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  GError *error;   /* (nullable): the first one */
  gint64 last_seq; /* everything up to here has been fetched */
  gint64 done;
  guint n_open;    /* batches between fetch and record */
  gboolean fetching;
  gboolean exhausted;
};

G_DEFINE_FINAL_TYPE (BudUploader, bud_uploader, G_TYPE_OBJECT)

/* A batch on its way, with the step it has reached. */
typedef struct
{
  BudUploader *uploader; /* (owned) */
  BudBatch *batch;       /* (owned) */
  gsize tag;             /* the tag that is next */
  gint64 calls;          /* requests made for it */
} Parcel;

static void
parcel_free (Parcel *parcel)
{
  g_object_unref (parcel->uploader);
  bud_batch_unref (parcel->batch);
  g_free (parcel);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parcel, parcel_free)

static void pump        (BudUploader *self);
static void send_parcel (Parcel      *parcel);
static void tag_parcel  (Parcel      *parcel);

static void
bud_uploader_finalize (GObject *object)
{
  BudUploader *self = BUD_UPLOADER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->client);
  g_clear_object (&self->mapping);
  g_clear_object (&self->plan);
  g_clear_object (&self->run);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->audience);
  g_free (self->tag_ids);
  memset (self->secret, 0, sizeof self->secret);

  G_OBJECT_CLASS (bud_uploader_parent_class)->finalize (object);
}

static void
bud_uploader_class_init (BudUploaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_uploader_finalize;
}

static void
bud_uploader_init (BudUploader *self)
{
}

/**
 * bud_uploader_new:
 * @store: the workspace's store
 * @client: the account to send to, of the calling thread's main context
 * @mapping: what the plan was made from
 * @plan: a stored plan
 * @run: its run, already stored
 * @audience: id of the audience
 * @tag_ids: (array): the service's id of each tag of @mapping
 * @clock: for the run's record
 *
 * Returns: (transfer full): an uploader
 */
BudUploader *
bud_uploader_new (BudStore     *store,
                  BudMailchimp *client,
                  BudMapping   *mapping,
                  BudPlan      *plan,
                  BudRun       *run,
                  const char   *audience,
                  const gint64 *tag_ids,
                  BudClock     *clock)
{
  BudUploader *self = g_object_new (BUD_TYPE_UPLOADER, NULL);

  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  self->mapping = g_object_ref (mapping);
  self->plan = g_object_ref (plan);
  self->run = g_object_ref (run);
  self->clock = g_object_ref (clock);
  self->audience = g_strdup (audience);
  self->tag_ids = g_memdup2 (tag_ids, bud_mapping_get_n_tags (mapping) * sizeof (gint64));

  return self;
}

/* Takes ownership of @error; the first one is kept. */
static void
stop (BudUploader *self,
      GError      *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static void
close_parcel (Parcel *parcel)
{
  BudUploader *self = parcel->uploader;

  self->n_open--;
  pump (self);
  parcel_free (parcel);
}

static void
fail_parcel (Parcel *parcel,
             GError *error)
{
  stop (parcel->uploader, error);
  close_parcel (parcel);
}

/* Record */

/* On the store's thread, like everything that touches the run while it is under way. */
static void
count_outcomes (Parcel *parcel)
{
  BudRun *run = parcel->uploader->run;
  BudBatch *batch = parcel->batch;

  g_object_set (run,
                "added", bud_run_get_added (run) + bud_batch_count (batch, BUD_OUTCOME_ADDED),
                "updated", bud_run_get_updated (run) +
                           bud_batch_count (batch, BUD_OUTCOME_UPDATED),
                "rejected", bud_run_get_rejected (run) +
                            bud_batch_count (batch, BUD_OUTCOME_REJECTED),
                "calls", bud_run_get_calls (run) + parcel->calls,
                "touched-at", bud_clock_unix (parcel->uploader->clock),
                NULL);
}

static gboolean
record (BudStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Parcel *parcel = data;

  count_outcomes (parcel);

  return bud_store_record_results (store, parcel->uploader->run,
                                   bud_batch_get_rows (parcel->batch),
                                   bud_batch_get_size (parcel->batch), error);
}

static void
on_recorded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Parcel *parcel = user_data;
  BudUploader *self = parcel->uploader;
  GError *error = NULL;

  if (!bud_store_run_finish (self->store, result, &error))
    {
      fail_parcel (parcel, error);
      return;
    }

  self->done += bud_batch_get_size (parcel->batch);
  if (self->progress != NULL)
    self->progress (self->done, self->progress_data);

  close_parcel (parcel);
}

/* An answer that has arrived is recorded even when the run is being cancelled. */
static void
record_parcel (Parcel *parcel)
{
  BudStore *store = parcel->uploader->store;

  bud_store_run_async (store, G_PRIORITY_DEFAULT, record, parcel, NULL, NULL,
                       on_recorded_cb, parcel);
}

/* Tag */

static void
on_tagged_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Parcel *parcel = user_data;
  GError *error = NULL;

  if (!bud_mailchimp_tag_members_finish (parcel->uploader->client, result, NULL, NULL, NULL,
                                         &error))
    {
      fail_parcel (parcel, error);
      return;
    }

  parcel->tag++;
  tag_parcel (parcel);
}

static void
tag_parcel (Parcel *parcel)
{
  BudUploader *self = parcel->uploader;

  for (; parcel->tag < bud_mapping_get_n_tags (self->mapping); parcel->tag++)
    {
      g_auto(GStrv) addresses = bud_batch_dup_tagged (parcel->batch, parcel->tag);

      if (addresses[0] == NULL)
        continue;

      parcel->calls++;
      bud_mailchimp_tag_members_async (self->client, self->audience,
                                       self->tag_ids[parcel->tag],
                                       (const char *const *) addresses, NULL,
                                       self->cancellable, on_tagged_cb, parcel);
      return;
    }

  record_parcel (parcel);
}

/* Upsert */

static void
open_parcel (BudUploader *self,
             BudBatch    *batch,
             gint64       calls)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->uploader = g_object_ref (self);
  parcel->batch = batch;
  parcel->calls = calls;
  self->n_open++;

  send_parcel (parcel);
}

/* The whole request is refused for somebody's sake: halve it until that person stands alone. */
static void
isolate_culprit (Parcel       *parcel,
                 const GError *error)
{
  BudUploader *self = parcel->uploader;
  BudBatch *first;
  BudBatch *second;

  if (bud_batch_get_size (parcel->batch) == 1)
    {
      bud_batch_reject_all (parcel->batch, error->message);
      record_parcel (parcel);
      return;
    }

  bud_batch_split (parcel->batch, &first, &second);
  open_parcel (self, first, parcel->calls);
  open_parcel (self, second, 0);
  close_parcel (parcel);
}

static void
on_upserted_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Parcel *parcel = user_data;
  BudUploader *self = parcel->uploader;
  g_autoptr(BudUpsertAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = bud_mailchimp_upsert_members_finish (self->client, result, &error);

  if (g_error_matches (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_INVALID))
    isolate_culprit (parcel, error);
  else if (answer == NULL)
    fail_parcel (parcel, g_steal_pointer (&error));
  else
    {
      bud_batch_apply_answer (parcel->batch, answer);
      tag_parcel (parcel);
    }
}

static void
send_parcel (Parcel *parcel)
{
  BudUploader *self = parcel->uploader;
  g_autoptr(GBytes) body = bud_batch_encode (parcel->batch, "subscribed");

  parcel->calls++;
  bud_mailchimp_upsert_members_async (self->client, self->audience, body, self->cancellable,
                                      on_upserted_cb, parcel);
}

/* Fetch */

static gboolean
fetch_row (const BudPlanRow      *row,
           const BudCustomerRow  *customer,
           gpointer               data,
           GError               **error)
{
  Parcel *parcel = data;
  BudUploader *self = parcel->uploader;
  char address[BUD_ADDRESS_MAX + 1];

  /* Nobody checked whether a new address has opted out. */
  if (!bud_digest_check (self->secret, self->mapping, customer, row, address))
    {
      g_set_error_literal (error, BUD_ERROR, BUD_ERROR_STALE,
                           _("The customers were changed while the run was under way. What has "
                             "been sent is recorded: run the export again for the rest."));
      return FALSE;
    }

  bud_batch_add (parcel->batch, row, address, customer);
  self->last_seq = row->seq;

  return TRUE;
}

static gboolean
fetch (BudStore      *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Parcel *parcel = data;
  BudUploader *self = parcel->uploader;
  BudRowFilter filter = {
    .outcome = BUD_OUTCOME_PENDING,
    .reason = -1,
    .after = self->last_seq,
    .limit = BUD_BATCH_MAX,
  };

  if (!bud_stop_check (store, self->run, error) ||
      !bud_store_get_secret (store, self->secret, error) ||
      !bud_store_each_plan_row (store, self->plan, &filter,
                                bud_mapping_get_selection (self->mapping), fetch_row, parcel,
                                cancellable, error))
    return FALSE;

  return bud_batch_get_size (parcel->batch) == 0 ||
         bud_store_record_intent (store, self->run, bud_batch_get_first_seq (parcel->batch),
                                  bud_batch_get_last_seq (parcel->batch), error);
}

static void
on_fetched_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Parcel) parcel = user_data;
  BudUploader *self = parcel->uploader;
  GError *error = NULL;

  self->fetching = FALSE;

  if (!bud_store_run_finish (self->store, result, &error))
    stop (self, error);
  else if (bud_batch_get_size (parcel->batch) == 0)
    self->exhausted = TRUE;
  else
    open_parcel (self, bud_batch_ref (parcel->batch), 0);

  pump (self);
}

static gboolean
has_room (BudUploader *self)
{
  return !self->fetching && !self->exhausted && self->error == NULL &&
         self->n_open < BUD_UPLOADER_MAX_IN_FLIGHT;
}

static void
pump (BudUploader *self)
{
  Parcel *parcel;

  if (!has_room (self))
    return;

  parcel = g_new0 (Parcel, 1);
  parcel->uploader = g_object_ref (self);
  parcel->batch = bud_batch_new (self->mapping);

  self->fetching = TRUE;
  bud_store_run_async (self->store, G_PRIORITY_DEFAULT, fetch, parcel, NULL, self->cancellable,
                       on_fetched_cb, parcel);
}

/**
 * bud_uploader_run:
 * @self: an uploader, not run before
 * @progress: (nullable): told how many people are answered for
 * @data: for @progress
 * @cancellable: (nullable): stops fetching and sending; what has been answered is recorded
 * @error: return location for the error that concerns the whole run
 *
 * Serves the thread's main context until every pending row has its outcome.
 *
 * Returns: whether it got to the end
 */
gboolean
bud_uploader_run (BudUploader              *self,
                  BudUploaderProgressFunc   progress,
                  gpointer                  data,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  GMainContext *context = g_main_context_get_thread_default ();

  g_return_val_if_fail (BUD_IS_UPLOADER (self), FALSE);

  self->progress = progress;
  self->progress_data = data;
  g_set_object (&self->cancellable, cancellable);

  pump (self);
  while (self->fetching || self->n_open > 0)
    g_main_context_iteration (context, TRUE);

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));

  return FALSE;
}
