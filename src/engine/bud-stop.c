/* bud-stop.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-error.h"
#include "bud-stop-wish.h"
#include "bud-stop.h"

/* Sets @wish to NULL when there is none. */
static gboolean
find_wish (BudStore      *store,
           BudRun        *run,
           BudStopWish  **wish,
           GError       **error)
{
  g_autoptr(GError) local_error = NULL;

  *wish = bud_store_find (store, BUD_TYPE_STOP_WISH, bud_item_get_id (BUD_ITEM (run)),
                          &local_error);
  if (*wish != NULL || g_error_matches (local_error, BUD_ERROR, BUD_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * bud_stop_wish:
 * @store: the workspace's store, on its thread
 * @run: a run
 * @by: who wishes it
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Returns: whether the wish is in the store, now or from before
 */
gboolean
bud_stop_wish (BudStore    *store,
               BudRun      *run,
               const char  *by,
               GError     **error)
{
  g_autoptr(BudStopWish) wish = NULL;

  if (!find_wish (store, run, &wish, error))
    return FALSE;
  if (wish != NULL)
    return TRUE;

  wish = g_object_new (BUD_TYPE_STOP_WISH,
                       "name", bud_item_get_id (BUD_ITEM (run)),
                       "by", by,
                       NULL);

  return bud_store_save (store, BUD_ITEM (wish), error);
}

/**
 * bud_stop_check:
 * @store: the workspace's store, on its thread
 * @run: a run
 * @error: return location for %G_IO_ERROR_CANCELLED when somebody wishes that it stops
 *
 * Returns: whether it may go on
 */
gboolean
bud_stop_check (BudStore  *store,
                BudRun    *run,
                GError   **error)
{
  g_autoptr(BudStopWish) wish = NULL;

  if (!find_wish (store, run, &wish, error))
    return FALSE;
  if (wish == NULL)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  return FALSE;
}

/**
 * bud_stop_clear:
 * @store: the workspace's store, on its thread
 * @run: a run that is over
 * @error: return location for a %BUD_STORE_ERROR
 *
 * Returns: whether no wish is left
 */
gboolean
bud_stop_clear (BudStore  *store,
                BudRun    *run,
                GError   **error)
{
  g_autoptr(BudStopWish) wish = NULL;

  return find_wish (store, run, &wish, error) &&
         (wish == NULL || bud_store_remove (store, BUD_ITEM (wish), error));
}
