/* bud-segments.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-access.h"
#include "bud-error.h"
#include "bud-export.h"
#include "bud-names.h"
#include "bud-segments.h"

/**
 * bud_segments_bind:
 * @context: an open workspace, on its store's thread
 * @segment: a segment
 * @error: return location for a %BUD_RULE_ERROR
 *
 * Returns: (transfer full): the segment's rule, bound to the fields of today
 */
BudRule *
bud_segments_bind (BudContext  *context,
                   BudSegment  *segment,
                   GError     **error)
{
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(BudRule) parsed = NULL;

  fields = bud_store_list_fields (bud_context_get_store (context), error);
  if (fields == NULL)
    return NULL;

  parsed = bud_rule_parse (bud_segment_get_rule (segment), error);

  return parsed != NULL ? bud_rule_bind (parsed, fields, error) : NULL;
}

/**
 * bud_segments_select:
 * @context: an open workspace, on its store's thread
 * @segment: a segment
 * @error: return location for a %BUD_RULE_ERROR
 *
 * Returns: (transfer full): the segment's members, with no field of them yet
 */
BudSelection *
bud_segments_select (BudContext  *context,
                     BudSegment  *segment,
                     GError     **error)
{
  g_autoptr(BudRule) rule = bud_segments_bind (context, segment, error);
  g_autoptr(GDateTime) now = NULL;
  BudSelection *selection;

  if (rule == NULL)
    return NULL;

  now = bud_clock_now (bud_context_get_clock (context));
  selection = bud_selection_new (now);
  bud_selection_add_rule (selection, rule);

  return selection;
}

/**
 * bud_segments_save:
 * @context: an open workspace, on its store's thread
 * @segment: a new or changed segment
 * @error: return location for %BUD_ERROR_NOT_PERMITTED, a %BUD_RULE_ERROR or
 *   %BUD_STORE_ERROR_CONSTRAINT
 *
 * A rule that does not fit the customers' fields is not saved.
 *
 * Returns: whether it is saved
 */
gboolean
bud_segments_save (BudContext  *context,
                   BudSegment  *segment,
                   GError     **error)
{
  g_autoptr(BudRule) rule = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (BUD_IS_SEGMENT (segment), FALSE);

  if (!bud_access_check (context, BUD_RIGHT_EDIT_SEGMENTS, NULL, error) ||
      !bud_names_check (bud_item_get_name (BUD_ITEM (segment)), error))
    return FALSE;

  rule = bud_segments_bind (context, segment, error);
  if (rule == NULL)
    return FALSE;

  text = bud_rule_to_text (rule);
  g_object_set (segment, "rule", text, NULL);

  return bud_store_save (bud_context_get_store (context), BUD_ITEM (segment), error);
}

static char *
dup_users (BudStore    *store,
           BudSegment  *segment,
           GError     **error)
{
  g_autoptr(GPtrArray) exports = bud_store_list (store, BUD_TYPE_EXPORT, error);
  g_autoptr(GPtrArray) users = NULL;

  if (exports == NULL)
    return NULL;

  users = g_ptr_array_new ();
  for (guint i = 0; i < exports->len; i++)
    {
      BudExport *export = g_ptr_array_index (exports, i);

      if (g_strv_contains (bud_export_get_segments (export),
                           bud_item_get_id (BUD_ITEM (segment))))
        g_ptr_array_add (users, export);
    }

  return bud_names_join (users);
}

/**
 * bud_segments_remove:
 * @context: an open workspace, on its store's thread
 * @name_or_id: a segment
 * @error: return location for %BUD_ERROR_NOT_PERMITTED, %BUD_ERROR_NOT_FOUND or
 *   %BUD_ERROR_IN_USE
 *
 * Returns: whether it is gone
 */
gboolean
bud_segments_remove (BudContext  *context,
                     const char  *name_or_id,
                     GError     **error)
{
  BudStore *store = bud_context_get_store (context);
  g_autoptr(BudSegment) segment = NULL;
  g_autofree char *users = NULL;

  if (!bud_access_check (context, BUD_RIGHT_EDIT_SEGMENTS, NULL, error))
    return FALSE;

  segment = bud_store_find (store, BUD_TYPE_SEGMENT, name_or_id, error);
  users = segment != NULL ? dup_users (store, segment, error) : NULL;
  if (users == NULL)
    return FALSE;

  if (*users != '\0')
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_IN_USE,
                   /* Translators: a segment's name, and a list of exports */
                   _("The segment “%s” is used by these exports: %s. Take it out of them first."),
                   bud_item_get_name (BUD_ITEM (segment)), users);
      return FALSE;
    }

  return bud_store_remove (store, BUD_ITEM (segment), error);
}
