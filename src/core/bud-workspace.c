/* bud-workspace.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-workspace.h"

/* The workspace itself; its id tells its secrets in a keyring from those of other workspaces. */
struct _BudWorkspace
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudWorkspace, bud_workspace, BUD_TYPE_ITEM)

static void
bud_workspace_class_init (BudWorkspaceClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* Unix seconds */
    bud_item_param_int64 ("created-at"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "workspace", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_workspace_init (BudWorkspace *self)
{
}

gint64
bud_workspace_get_created_at (BudWorkspace *self)
{
  g_return_val_if_fail (BUD_IS_WORKSPACE (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "created-at");
}
