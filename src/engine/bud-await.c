/* bud-await.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-await.h"

/**
 * bud_await_ready:
 * @source: the object that was called
 * @result: its result
 * @slot: a `GAsyncResult **` that is %NULL until now
 *
 * The callback to pass to an asynchronous call before bud_await().
 */
void
bud_await_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/**
 * bud_await:
 * @slot: (inout): the slot given to bud_await_ready(); emptied
 *
 * Serves the thread's main context until the call has answered.
 *
 * Returns: (transfer full): the result, for the call's finish function
 */
GAsyncResult *
bud_await (GAsyncResult **slot)
{
  GMainContext *context = g_main_context_get_thread_default ();

  while (*slot == NULL)
    g_main_context_iteration (context, TRUE);

  return g_steal_pointer (slot);
}

/**
 * bud_await_store:
 * @store: a store
 * @func: what to do on the store's thread
 * @data: for @func
 * @cancellable: (nullable): for @func
 * @error: return location for the error of @func
 *
 * Returns: what @func returned
 */
gboolean
bud_await_store (BudStore      *store,
                 BudStoreFunc   func,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_store_run_async (store, G_PRIORITY_DEFAULT, func, data, NULL, cancellable,
                       bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_store_run_finish (store, result, error);
}
