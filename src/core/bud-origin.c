/* bud-origin.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-origin.h"

/* Where customer rows come from: the settings a source is read with, and what it gave last. */
struct _BudOrigin
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudOrigin, bud_origin, BUD_TYPE_ITEM)

static void
bud_origin_class_init (BudOriginClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* the reader: "csv" */
    bud_item_param_text ("type"),
    /* where it is read from: a file's absolute path */
    bud_item_param_text ("location"),
    /* the encoding it is read with, such as "UTF-8" or "WINDOWS-1252" */
    bud_item_param_text ("encoding"),
    /* what parts the fields of a line */
    bud_item_param_text ("delimiter"),
    /* name of the field that identifies a customer */
    bud_item_param_text ("key"),
    /* "field=type" for every field whose type a person chose */
    bud_item_param_list ("types"),
    /* when it was read last, Unix seconds; 0 for never */
    bud_item_param_int64 ("imported-at"),
    /* how many customers it gave */
    bud_item_param_int64 ("rows"),
    /* how many of its rows could not be used */
    bud_item_param_int64 ("rejected"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "source", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_origin_init (BudOrigin *self)
{
}

const char *
bud_origin_get_type_name (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "type");
}

const char *
bud_origin_get_location (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "location");
}

const char *
bud_origin_get_encoding (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "encoding");
}

const char *
bud_origin_get_delimiter (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "delimiter");
}

const char *
bud_origin_get_key (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "key");
}

const char *const *
bud_origin_get_types (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), NULL);

  return bud_item_get_list (BUD_ITEM (self), "types");
}

gint64
bud_origin_get_imported_at (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "imported-at");
}

gint64
bud_origin_get_rows (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "rows");
}

gint64
bud_origin_get_rejected (BudOrigin *self)
{
  g_return_val_if_fail (BUD_IS_ORIGIN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "rejected");
}
