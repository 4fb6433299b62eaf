/* bud-planner.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "bud-address.h"
#include "bud-batch.h"
#include "bud-digest.h"
#include "bud-error.h"
#include "bud-key-set.h"
#include "bud-planner.h"
#include "bud-run.h"

/* Rows are handed to the store in pieces of this many. */
#define FLUSH_ROWS 2000

/* Blocking: for worker threads only. Everything here runs on the store's thread. */

typedef struct
{
  BudStore *store;
  BudMapping *mapping;
  BudPlan *plan;
  BudKeySet *seen;          /* (owned) */
  GArray *rows;             /* (owned) (element-type BudPlanRow) */
  GStringChunk *customers;  /* (owned): the ids of the rows that wait */
  gint64 count; /* members when planning began */
  gint64 members;
  gint64 actions[BUD_ACTION_HOLD + 1]; /* how many of each */
  guint8 secret[BUD_SECRET_SIZE];
} Planner;

static void
planner_clear (Planner *self)
{
  g_clear_pointer (&self->seen, bud_key_set_free);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->customers, g_string_chunk_free);
  memset (self->secret, 0, sizeof self->secret);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Planner, planner_clear)

static gboolean
flush (Planner  *self,
       GError  **error)
{
  if (self->rows->len == 0)
    return TRUE;

  if (!bud_store_add_plan_rows (self->store, self->plan, (BudPlanRow *) self->rows->data,
                                self->rows->len, error))
    return FALSE;

  g_array_set_size (self->rows, 0);
  g_string_chunk_clear (self->customers);

  return TRUE;
}

/* What to do with one customer: the heart of a plan. */
static void
decide (Planner              *self,
        const BudCustomerRow *customer,
        BudPlanRow           *row)
{
  char address[BUD_ADDRESS_MAX + 1];

  row->action = BUD_ACTION_HOLD;
  row->outcome = BUD_OUTCOME_HELD_BACK;

  switch (bud_address_normalise (bud_mapping_get_address (self->mapping, customer), address))
    {
    case BUD_ADDRESS_EMPTY:
      row->reason = BUD_REASON_NO_ADDRESS;
      return;
    case BUD_ADDRESS_INVALID:
      row->reason = BUD_REASON_INVALID_ADDRESS;
      return;
    case BUD_ADDRESS_OK:
      break;
    }

  bud_digest_address (self->secret, address, row->key);
  if (!bud_key_set_add (self->seen, row->key))
    {
      row->reason = BUD_REASON_DUPLICATE_ADDRESS;
      return;
    }

  bud_digest_payload (self->secret, self->mapping, customer, row->payload);
  row->outcome = BUD_OUTCOME_PENDING;

  if (customer->ledger_key == NULL || memcmp (customer->ledger_key, row->key, BUD_HASH_SIZE) != 0)
    row->action = BUD_ACTION_ADD;
  else if (memcmp (customer->ledger_payload, row->payload, BUD_HASH_SIZE) != 0)
    row->action = BUD_ACTION_UPDATE;
  else
    row->action = BUD_ACTION_UNCHANGED;
}

static gboolean
plan_customer (const BudCustomerRow  *customer,
               gpointer               data,
               GError               **error)
{
  Planner *self = data;
  BudPlanRow row = { 0 };

  if (self->members++ == self->count)
    {
      g_set_error_literal (error, BUD_ERROR, BUD_ERROR_STALE,
                           _("Customers were imported while the plan was being made. Try "
                             "again."));
      return FALSE;
    }

  decide (self, customer, &row);
  self->actions[row.action]++;

  if (row.action == BUD_ACTION_UNCHANGED)
    return TRUE;

  row.customer = g_string_chunk_insert (self->customers, customer->id);
  g_array_append_val (self->rows, row);

  return self->rows->len < FLUSH_ROWS || flush (self, error);
}

static gint64
count_members (BudStore      *store,
               BudMapping    *mapping,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 count = bud_store_count_customers (store, bud_mapping_get_selection (mapping),
                                            cancellable, error);

  if (count > BUD_PLAN_MAX_MEMBERS)
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_LIMIT,
                   /* Translators: both are numbers of people */
                   _("The segments of this export have %'" PRId64 " people together. An "
                     "export to Mailchimp takes %'d at most: take a segment out, or divide it "
                     "between several exports."), count, BUD_PLAN_MAX_MEMBERS);
      return -1;
    }

  return count;
}

static void
set_totals (BudPlan    *plan,
            BudMapping *mapping,
            gint64      adds,
            gint64      updates,
            gint64      held_back)
{
  gint64 batches = (adds + updates + BUD_BATCH_MAX - 1) / BUD_BATCH_MAX;

  g_object_set (plan,
                "adds", adds,
                "updates", updates,
                "held-back", held_back,
                "calls", batches * (gint64) (1 + bud_mapping_get_n_tags (mapping)),
                NULL);
}

/* The totals of a plan whose rows are no longer as they were planned. */
static gboolean
save_new_totals (BudStore    *store,
                 BudPlan     *plan,
                 BudMapping  *mapping,
                 GError     **error)
{
  g_autoptr(GArray) tallies = bud_store_tally (store, plan, error);
  gint64 adds = 0, updates = 0, held_back = 0;

  if (tallies == NULL)
    return FALSE;

  for (guint i = 0; i < tallies->len; i++)
    {
      BudTally *tally = &g_array_index (tallies, BudTally, i);

      if (tally->outcome == BUD_OUTCOME_HELD_BACK)
        held_back += tally->count;
      else if (tally->action == BUD_ACTION_ADD)
        adds += tally->count;
      else
        updates += tally->count;
    }

  set_totals (plan, mapping, adds, updates, held_back);

  return bud_store_save (store, BUD_ITEM (plan), error);
}

/* Hands every member to plan_customer(), with what the export last delivered to him. */
static gboolean
plan_members (Planner       *self,
              BudExport     *export,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(BudSelection) selection = NULL;

  selection = bud_selection_copy (bud_mapping_get_selection (self->mapping));
  bud_selection_set_ledger (selection, bud_item_get_id (BUD_ITEM (export)));

  return bud_store_each_customer (self->store, selection, plan_customer, self, cancellable,
                                  error) &&
         flush (self, error);
}

/* Its number comes when it is saved: until then others may plan too. */
static BudPlan *
new_plan (BudExport  *export,
          BudMapping *mapping,
          BudClock   *clock)
{
  return g_object_new (BUD_TYPE_PLAN,
                       "export", bud_item_get_id (BUD_ITEM (export)),
                       "inputs", bud_mapping_get_inputs (mapping),
                       "created-at", bud_clock_unix (clock),
                       NULL);
}

static gboolean
was_run (BudPlan   *plan,
         GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      if (g_strcmp0 (bud_run_get_plan (g_ptr_array_index (runs, i)),
                     bud_item_get_id (BUD_ITEM (plan))) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A rehearsal that nobody ran, and that nobody can run any more, takes only room. */
static gboolean
forget_stale_plans (BudStore    *store,
                    BudExport   *export,
                    BudMapping  *mapping,
                    GError     **error)
{
  g_autoptr(GPtrArray) plans = bud_store_list (store, BUD_TYPE_PLAN, error);
  g_autoptr(GPtrArray) runs = plans != NULL ? bud_store_list (store, BUD_TYPE_RUN, error) : NULL;

  for (guint i = 0; runs != NULL && i < plans->len; i++)
    {
      BudPlan *plan = g_ptr_array_index (plans, i);

      if (g_strcmp0 (bud_plan_get_export (plan), bud_item_get_id (BUD_ITEM (export))) == 0 &&
          g_strcmp0 (bud_plan_get_inputs (plan), bud_mapping_get_inputs (mapping)) != 0 &&
          !was_run (plan, runs) && !bud_store_remove (store, BUD_ITEM (plan), error))
        return FALSE;
    }

  return runs != NULL;
}

/**
 * bud_planner_make:
 * @store: the workspace's store, on its thread
 * @export: the export to plan for
 * @mapping: the same export, bound
 * @clock: for the plan's date
 * @cancellable: (nullable): stops it; nothing of the plan is then kept
 * @error: return location for %BUD_ERROR_LIMIT, %BUD_STORE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Looks at every member of the export's segments once, in the order of the customer ids, and
 * stores what a run would do with each who needs anything. Earlier plans of the export that were
 * never run and are stale by now are forgotten.
 *
 * Returns: (transfer full): the stored plan
 */
BudPlan *
bud_planner_make (BudStore      *store,
                  BudExport     *export,
                  BudMapping    *mapping,
                  BudClock      *clock,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_auto(Planner) self = { .store = store, .mapping = mapping };
  g_autoptr(BudPlan) plan = NULL;
  gint64 count;

  g_return_val_if_fail (BUD_IS_STORE (store), NULL);
  g_return_val_if_fail (BUD_IS_EXPORT (export), NULL);
  g_return_val_if_fail (BUD_IS_MAPPING (mapping), NULL);

  count = count_members (store, mapping, cancellable, error);
  if (count < 0 || !bud_store_get_secret (store, self.secret, error) ||
      !forget_stale_plans (store, export, mapping, error))
    return NULL;

  plan = new_plan (export, mapping, clock);
  self.plan = plan;
  self.count = count;
  self.seen = bud_key_set_new (count);
  self.rows = g_array_sized_new (FALSE, FALSE, sizeof (BudPlanRow), FLUSH_ROWS);
  self.customers = g_string_chunk_new (FLUSH_ROWS * 16);

  if (!plan_members (&self, export, cancellable, error))
    {
      bud_store_remove (store, BUD_ITEM (plan), NULL);
      return NULL;
    }

  g_object_set (plan,
                "members", self.members,
                "unchanged", self.actions[BUD_ACTION_UNCHANGED],
                NULL);
  set_totals (plan, mapping, self.actions[BUD_ACTION_ADD], self.actions[BUD_ACTION_UPDATE],
              self.actions[BUD_ACTION_HOLD]);
  if (!bud_store_save_numbered (store, BUD_ITEM (plan), error))
    return NULL;

  return g_steal_pointer (&plan);
}

/**
 * bud_planner_hold_opt_outs:
 * @store: the workspace's store, on its thread
 * @plan: a stored plan that no run has begun
 * @mapping: what it was made from
 * @audience: id of the audience whose opt-outs the store knows
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Holds back everybody who is archived, unsubscribed or cleaned in the audience: Mailchimp treats
 * an archived contact as new, so `status_if_new` would bring him back as subscribed.
 *
 * Returns: whether the plan is safe to run
 */
gboolean
bud_planner_hold_opt_outs (BudStore    *store,
                           BudPlan     *plan,
                           BudMapping  *mapping,
                           const char  *audience,
                           GError     **error)
{
  gint64 n_held;

  return bud_store_hold_opted_out (store, plan, audience, &n_held, error) &&
         (n_held == 0 || save_new_totals (store, plan, mapping, error));
}
