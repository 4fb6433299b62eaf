/* bud-access.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-access.h"
#include "bud-error.h"
#include "bud-person.h"

/* The matrix of rights, in one place. Roles and rights are those of Customer Insights:
 * https://learn.microsoft.com/dynamics365/customer-insights/user-roles */
static const struct
{
  BudRole least;            /* the least role that has the right */
  gboolean needs_shared;    /* … for a contributor, on a shared connection only */
} matrix[] = {
  [BUD_RIGHT_EDIT_SOURCES] = { BUD_ROLE_CONTRIBUTOR, FALSE },
  [BUD_RIGHT_EDIT_SEGMENTS] = { BUD_ROLE_CONTRIBUTOR, FALSE },
  [BUD_RIGHT_EDIT_CONNECTIONS] = { BUD_ROLE_ADMINISTRATOR, FALSE },
  [BUD_RIGHT_EDIT_EXPORTS] = { BUD_ROLE_CONTRIBUTOR, TRUE },
  [BUD_RIGHT_DETACH_EXPORTS] = { BUD_ROLE_ADMINISTRATOR, FALSE },
};

static const char *
get_refusal (BudRight right)
{
  switch (right)
    {
    case BUD_RIGHT_EDIT_SOURCES:
      return _("Only administrators and contributors may import or remove customers.");
    case BUD_RIGHT_EDIT_SEGMENTS:
      return _("Only administrators and contributors may make or change segments.");
    case BUD_RIGHT_EDIT_CONNECTIONS:
      return _("Only administrators may make, change or remove connections.");
    case BUD_RIGHT_EDIT_EXPORTS:
      return _("Only administrators, and contributors where the connection is shared with them, "
               "may make, change or run this export.");
    case BUD_RIGHT_DETACH_EXPORTS:
      return _("Only administrators may detach an export from its connection.");
    }

  g_return_val_if_reached (NULL);
}

/* Somebody who is not among the workspace's people may only look. */
static gboolean
find_role (BudContext  *context,
           BudRole     *role,
           GError     **error)
{
  g_autoptr(GPtrArray) people = NULL;

  *role = BUD_ROLE_VIEWER;

  people = bud_store_list (bud_context_get_store (context), BUD_TYPE_PERSON, error);
  if (people == NULL)
    return FALSE;

  for (guint i = 0; i < people->len; i++)
    {
      BudPerson *person = g_ptr_array_index (people, i);

      if (g_strcmp0 (bud_item_get_name (BUD_ITEM (person)), bud_context_get_user (context)) == 0)
        *role = bud_person_get_role (person);
    }

  return TRUE;
}

/**
 * bud_access_check:
 * @context: an open workspace, on its store's thread
 * @right: what the signed-in person is about to do
 * @connection: (nullable): the connection concerned; without one, a contributor is not let near
 *   an export
 * @error: return location for %BUD_ERROR_NOT_PERMITTED
 *
 * The one check of access, made by every verb that changes anything.
 *
 * Returns: whether the person may
 */
gboolean
bud_access_check (BudContext     *context,
                  BudRight        right,
                  BudConnection  *connection,
                  GError        **error)
{
  BudRole role;

  g_return_val_if_fail (BUD_IS_CONTEXT (context), FALSE);

  if (!find_role (context, &role, error))
    return FALSE;

  if (role >= matrix[right].least &&
      (role == BUD_ROLE_ADMINISTRATOR || !matrix[right].needs_shared ||
       (connection != NULL && bud_connection_is_shared (connection))))
    return TRUE;

  g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_PERMITTED,
               /* Translators: %s is a sentence saying who may do it */
               _("%s Ask an administrator of the workspace."), get_refusal (right));

  return FALSE;
}
