/* bud-store-data.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-origin.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-store.h"

/**
 * bud_store_list_fields:
 * @self: a store, on its thread
 * @error: return location for a #BudStoreError
 *
 * The fields of all sources together, in the order in which the sources came: fields of the same
 * name are one. A field keeps its column as long as its name and type stay the same, and no other
 * field ever gets that column.
 *
 * Returns: (transfer full) (element-type BudField): the fields of every customer
 */
GPtrArray *
bud_store_list_fields (BudStore  *self,
                       GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), NULL);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->list_fields (self, error);
}

/**
 * bud_store_get_generation:
 * @self: a store, on its thread
 * @error: return location for a #BudStoreError
 *
 * Returns: a number that grows with every change of the customers, from 0; -1 with @error set
 */
gint64
bud_store_get_generation (BudStore  *self,
                          GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), -1);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->get_generation (self, error);
}

/**
 * bud_store_begin_intake:
 * @self: a store, on its thread
 * @origin: the source whose rows are to be replaced, known by its id
 * @fields: (element-type BudField): the fields of its rows, in order
 * @error: return location for a #BudStoreError, or %BUD_ERROR_INVALID when two fields have the
 *   same name
 *
 * Only one intake can write at a time. Each lets the others in after every so many rows, but one
 * whose thread stands still keeps them waiting until they give up with %BUD_STORE_ERROR_BUSY.
 *
 * Returns: (transfer full): an intake, which may then be used from another thread
 */
BudIntake *
bud_store_begin_intake (BudStore   *self,
                        BudOrigin  *origin,
                        GPtrArray  *fields,
                        GError    **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), NULL);
  g_return_val_if_fail (BUD_IS_ORIGIN (origin), NULL);
  g_return_val_if_fail (fields != NULL, NULL);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->begin_intake (self, origin, fields, error);
}

/**
 * bud_store_remove_customers:
 * @self: a store, on its thread
 * @origin: a source, known by its id
 * @error: return location for a #BudStoreError
 *
 * Takes away all rows of @origin. The item itself stays.
 *
 * Returns: %TRUE when the store has no row of @origin
 */
gboolean
bud_store_remove_customers (BudStore   *self,
                            BudOrigin  *origin,
                            GError    **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_ORIGIN (origin), FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->remove_customers (self, origin, error);
}

/**
 * bud_store_count_customers:
 * @self: a store, on its thread
 * @selection: who; its page does not count
 * @cancellable: (nullable): may stop the count
 * @error: return location for %BUD_ERROR_STALE when a field of @selection is gone, a
 *   #BudStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: how many customers are in @selection; -1 with @error set
 */
gint64
bud_store_count_customers (BudStore      *self,
                           BudSelection  *selection,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), -1);
  g_return_val_if_fail (selection != NULL, -1);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->count_customers (self, selection, cancellable, error);
}

/**
 * bud_store_each_customer:
 * @self: a store, on its thread
 * @selection: who and what
 * @func: called for each customer, in the order of their ids; returns %FALSE with the error set to
 *   stop. It may use the store, and write, but this iteration and those begun inside it see the
 *   customers, the ledger and the plans as they were at the beginning
 * @data: for @func
 * @cancellable: (nullable): may stop the iteration
 * @error: return location for %BUD_ERROR_STALE when a field of @selection is gone, a
 *   #BudStoreError, %G_IO_ERROR_CANCELLED, or what @func set
 *
 * Returns: %TRUE when the end was reached
 */
gboolean
bud_store_each_customer (BudStore         *self,
                         BudSelection     *selection,
                         BudCustomerFunc   func,
                         gpointer          data,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (selection != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->each_customer (self, selection, func, data, cancellable,
                                                    error);
}

/**
 * bud_store_add_plan_rows:
 * @self: a store, on its thread
 * @plan: a plan, whose item need not be saved yet
 * @rows: (array length=n_rows): rows to append; their seq does not count, the store gives them
 *   the next ones
 * @n_rows: how many; thousands at a time are quickest
 * @error: return location for a #BudStoreError
 *
 * Returns: %TRUE when all rows are kept
 */
gboolean
bud_store_add_plan_rows (BudStore          *self,
                         BudPlan           *plan,
                         const BudPlanRow  *rows,
                         gsize              n_rows,
                         GError           **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_PLAN (plan), FALSE);
  g_return_val_if_fail (rows != NULL || n_rows == 0, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->add_plan_rows (self, plan, rows, n_rows, error);
}

/**
 * bud_store_each_plan_row:
 * @self: a store, on its thread
 * @plan: a plan
 * @filter: (nullable): which rows; %NULL for all
 * @selection: (nullable): what is wanted of each row's customer as he is now: fields, whether the
 *   rules fit, the ledger; it leaves nobody out, and its page does not count
 * @func: called for each row, in the order of seq; may use the store, but sees everything as it
 *   was at the beginning. Its customer is %NULL when there is no @selection, or the customer is
 *   gone
 * @data: for @func
 * @cancellable: (nullable): may stop the iteration
 * @error: return location for %BUD_ERROR_STALE when a field of @selection is gone, a
 *   #BudStoreError, %G_IO_ERROR_CANCELLED, or what @func set
 *
 * Returns: %TRUE when the end was reached
 */
gboolean
bud_store_each_plan_row (BudStore            *self,
                         BudPlan             *plan,
                         const BudRowFilter  *filter,
                         BudSelection        *selection,
                         BudPlanRowFunc       func,
                         gpointer             data,
                         GCancellable        *cancellable,
                         GError             **error)
{
  static const BudRowFilter all = { .outcome = -1, .reason = -1 };

  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_PLAN (plan), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->each_plan_row (self, plan, filter != NULL ? filter : &all,
                                                    selection, func, data, cancellable, error);
}

/**
 * bud_store_tally:
 * @self: a store, on its thread
 * @plan: a plan
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full) (element-type BudTally): how many rows there are of each action,
 *   outcome and reason, in the order of these three
 */
GArray *
bud_store_tally (BudStore  *self,
                 BudPlan   *plan,
                 GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), NULL);
  g_return_val_if_fail (BUD_IS_PLAN (plan), NULL);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->tally (self, plan, error);
}

/**
 * bud_store_set_opt_outs:
 * @self: a store, on its thread
 * @audience: id of an audience
 * @entries: (array length=n_entries): people the audience must not get from us
 * @n_entries: how many
 * @append: whether those known so far stay; a person who is in both has the new reason
 * @error: return location for a #BudStoreError
 *
 * Returns: %TRUE when they are kept
 */
gboolean
bud_store_set_opt_outs (BudStore         *self,
                        const char       *audience,
                        const BudOptOut  *entries,
                        gsize             n_entries,
                        gboolean          append,
                        GError          **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (audience != NULL, FALSE);
  g_return_val_if_fail (entries != NULL || n_entries == 0, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->set_opt_outs (self, audience, entries, n_entries, append,
                                                   error);
}

/**
 * bud_store_hold_opted_out:
 * @self: a store, on its thread
 * @plan: a plan
 * @audience: id of the audience it is for
 * @n_held: (out) (optional): how many rows were pending and are now held back
 * @error: return location for a #BudStoreError
 *
 * Returns: %TRUE when no pending row of @plan is for somebody who has opted out of @audience
 */
gboolean
bud_store_hold_opted_out (BudStore    *self,
                          BudPlan     *plan,
                          const char  *audience,
                          gint64      *n_held,
                          GError     **error)
{
  gint64 ignored;

  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_PLAN (plan), FALSE);
  g_return_val_if_fail (audience != NULL, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->hold_opted_out (self, plan, audience,
                                                     n_held != NULL ? n_held : &ignored, error);
}

/**
 * bud_store_forget_displaced:
 * @self: a store, on its thread
 * @plan: a stored plan that is about to be sent
 * @error: return location for a %BUD_STORE_ERROR
 *
 * An address belongs to the customer who was delivered to it last. Whoever is added takes his
 * address over from anybody else who once had it: their entries in the ledger no longer say what
 * the audience has, so they go.
 *
 * Returns: whether the ledger is right for @plan
 */
gboolean
bud_store_forget_displaced (BudStore  *self,
                            BudPlan   *plan,
                            GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_PLAN (plan), FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->forget_displaced (self, plan, error);
}

/**
 * bud_store_record_intent:
 * @self: a store, on its thread
 * @run: a run with a plan
 * @first_seq: first row of the plan that a request is about to carry
 * @last_seq: last row of the same
 * @error: return location for a #BudStoreError
 *
 * Returns: %TRUE when the intent is recorded, and the request may leave
 */
gboolean
bud_store_record_intent (BudStore  *self,
                         BudRun    *run,
                         gint64     first_seq,
                         gint64     last_seq,
                         GError   **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_RUN (run), FALSE);
  g_return_val_if_fail (first_seq >= 1 && last_seq >= first_seq, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->record_intent (self, run, first_seq, last_seq, error);
}

/**
 * bud_store_record_results:
 * @self: a store, on its thread
 * @run: a run with a plan and an export, as it is to be kept after these rows
 * @rows: (array length=n_rows): of each the seq, and the outcome, reason and detail to record
 * @n_rows: how many
 * @error: return location for %BUD_ERROR_NOT_FOUND when a row is not in the plan, or a
 *   #BudStoreError
 *
 * All at once or not at all: the rows get their outcome, the ledger gets what the plan has for
 * those added or updated (everybody else keeps the old entry, and so is tried again), the intents
 * that cover the rows go, and @run is saved.
 *
 * Returns: %TRUE when the results are recorded
 */
gboolean
bud_store_record_results (BudStore          *self,
                          BudRun            *run,
                          const BudPlanRow  *rows,
                          gsize              n_rows,
                          GError           **error)
{
  g_return_val_if_fail (BUD_IS_STORE (self), FALSE);
  g_return_val_if_fail (BUD_IS_RUN (run), FALSE);
  g_return_val_if_fail (rows != NULL || n_rows == 0, FALSE);
  g_assert (bud_store_is_on_thread (self));

  return BUD_STORE_GET_CLASS (self)->record_results (self, run, rows, n_rows, error);
}
