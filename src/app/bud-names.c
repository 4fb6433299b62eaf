/* bud-names.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-error.h"
#include "bud-names.h"

#define MAX_NAME_LENGTH 100

/**
 * bud_names_check:
 * @name: (nullable): what somebody wants to call a thing
 * @error: return location for %BUD_ERROR_INVALID
 *
 * Returns: whether @name can be read, typed and told from others
 */
gboolean
bud_names_check (const char  *name,
                 GError     **error)
{
  g_autofree char *stripped = NULL;

  if (name != NULL && g_utf8_validate (name, -1, NULL) && strpbrk (name, "\n\r\t") == NULL &&
      g_utf8_strlen (name, -1) <= MAX_NAME_LENGTH)
    stripped = g_strstrip (g_strdup (name));

  if (stripped != NULL && *stripped != '\0' && g_str_equal (stripped, name))
    return TRUE;

  g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
               ngettext ("A name is one line of at most %d character, with no space before or "
                         "after it.",
                         "A name is one line of at most %d characters, with no space before or "
                         "after it.", MAX_NAME_LENGTH), MAX_NAME_LENGTH);

  return FALSE;
}

/**
 * bud_names_join:
 * @items: (element-type BudItem): items
 *
 * Returns: (transfer full): their names, for a sentence; "" when there is none
 */
char *
bud_names_join (GPtrArray *items)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      if (i > 0)
        /* Translators: between the names in a list */
        g_string_append (joined, C_("list", ", "));
      g_string_append (joined, bud_item_get_name (g_ptr_array_index (items, i)));
    }

  return g_string_free (joined, FALSE);
}
