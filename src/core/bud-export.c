/* bud-export.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-export.h"

/* What travels to which audience: a connection, an audience, the field mapping and the segments. */
struct _BudExport
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudExport, bud_export, BUD_TYPE_ITEM)

static void
bud_export_class_init (BudExportClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* id of the connection; NULL once detached */
    bud_item_param_text ("connection"),
    /* id of the audience at the service */
    bud_item_param_text ("audience"),
    /* the audience's own name when the export was saved */
    bud_item_param_text ("audience-name"),
    /* the customer field that holds the address */
    bud_item_param_text ("email-field"),
    /* "TAG=field" pairs */
    bud_item_param_list ("merge-fields"),
    /* ids of the segments; a person in any of them is exported once */
    bud_item_param_list ("segments"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "export", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_export_init (BudExport *self)
{
}

const char *
bud_export_get_connection (BudExport *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "connection");
}

const char *
bud_export_get_audience (BudExport *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "audience");
}

const char *
bud_export_get_audience_name (BudExport *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "audience-name");
}

const char *
bud_export_get_email_field (BudExport *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "email-field");
}

const char *const *
bud_export_get_merge_fields (BudExport *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT (self), NULL);

  return bud_item_get_list (BUD_ITEM (self), "merge-fields");
}

const char *const *
bud_export_get_segments (BudExport *self)
{
  g_return_val_if_fail (BUD_IS_EXPORT (self), NULL);

  return bud_item_get_list (BUD_ITEM (self), "segments");
}
