/* bud-sources.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-access.h"
#include "bud-error.h"
#include "bud-sources.h"

/**
 * bud_sources_prepare:
 * @context: an open workspace, on its store's thread
 * @name: the source's name
 * @type: its reader, such as "csv"
 * @path: where it is read from
 * @error: return location for %BUD_ERROR_NOT_PERMITTED
 *
 * A source that is known by that name is read again with the settings it had; nothing is saved
 * before an import succeeds.
 *
 * Returns: (transfer full): the source
 */
BudOrigin *
bud_sources_prepare (BudContext  *context,
                     const char  *name,
                     const char  *type,
                     const char  *path,
                     GError     **error)
{
  g_autoptr(BudOrigin) origin = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *location = NULL;

  g_return_val_if_fail (BUD_IS_CONTEXT (context), NULL);

  if (!bud_access_check (context, BUD_RIGHT_EDIT_SOURCES, NULL, error))
    return NULL;

  origin = bud_store_find (bud_context_get_store (context), BUD_TYPE_ORIGIN, name, &local_error);
  if (origin == NULL && !g_error_matches (local_error, BUD_ERROR, BUD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (origin == NULL)
    origin = g_object_new (BUD_TYPE_ORIGIN, "name", name, NULL);

  location = g_canonicalize_filename (path, NULL);
  g_object_set (origin, "type", type, "location", location, NULL);

  return g_steal_pointer (&origin);
}

/**
 * bud_sources_remove:
 * @context: an open workspace, on its store's thread
 * @name_or_id: a source
 * @error: return location for %BUD_ERROR_NOT_PERMITTED or %BUD_ERROR_NOT_FOUND
 *
 * Removes the source and the customers it brought. The file they came from is left alone.
 *
 * Returns: whether it is gone
 */
gboolean
bud_sources_remove (BudContext  *context,
                    const char  *name_or_id,
                    GError     **error)
{
  BudStore *store = bud_context_get_store (context);
  g_autoptr(BudOrigin) origin = NULL;

  if (!bud_access_check (context, BUD_RIGHT_EDIT_SOURCES, NULL, error))
    return FALSE;

  origin = bud_store_find (store, BUD_TYPE_ORIGIN, name_or_id, error);

  return origin != NULL &&
         bud_store_remove_customers (store, origin, error) &&
         bud_store_remove (store, BUD_ITEM (origin), error);
}

/**
 * bud_sources_import:
 * @context: an open workspace
 * @origin: a source from bud_sources_prepare()
 * @rejects_path: where rows that cannot be used are written
 *
 * Returns: (transfer full): an import that has not begun
 */
BudImport *
bud_sources_import (BudContext *context,
                    BudOrigin  *origin,
                    const char *rejects_path)
{
  return bud_import_new (bud_context_get_store (context), bud_context_get_clock (context), origin,
                         rejects_path);
}
