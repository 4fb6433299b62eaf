/* bud-item.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

#define BUD_TYPE_ITEM (bud_item_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudItem, bud_item, BUD, ITEM, GObject)

/**
 * BudItemClass:
 * @kind: the stable name under which a store keeps items of this class
 */
struct _BudItemClass
{
  GObjectClass parent_class;

  const char *kind;
};

char       *bud_item_new_id    (void);
const char *bud_item_get_id    (BudItem    *self);
const char *bud_item_get_name  (BudItem    *self);
const char *bud_item_get_kind  (BudItem    *self);
const char *bud_item_type_kind (GType       type);

/* For subclasses: the base keeps the value of every property that a subclass installs. */
void        bud_item_install   (BudItemClass       *klass,
                                const char         *kind,
                                GParamSpec        **pspecs,
                                guint               n_pspecs);
const char *bud_item_get_text  (BudItem    *self,
                                const char *property);
const char *const *
            bud_item_get_list  (BudItem    *self,
                                const char *property);
gint64      bud_item_get_int64 (BudItem    *self,
                                const char *property);
gboolean    bud_item_get_flag  (BudItem    *self,
                                const char *property);

GParamSpec *bud_item_param_text  (const char *name);
GParamSpec *bud_item_param_list  (const char *name);
GParamSpec *bud_item_param_int64 (const char *name);
GParamSpec *bud_item_param_flag  (const char *name,
                                  gboolean    value);

G_END_DECLS
