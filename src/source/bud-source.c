/* bud-source.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-source.h"
#include "csv/bud-csv-source.h"

G_DEFINE_QUARK (bud-source-error-quark, bud_source_error)

G_DEFINE_ABSTRACT_TYPE (BudSource, bud_source, G_TYPE_OBJECT)

static void
bud_source_class_init (BudSourceClass *klass)
{
}

static void
bud_source_init (BudSource *self)
{
}

void
bud_source_shape_free (BudSourceShape *shape)
{
  g_return_if_fail (shape != NULL);

  g_clear_pointer (&shape->fields, g_ptr_array_unref);
  g_free (shape->encoding);
  g_free (shape);
}

/**
 * bud_source_new:
 * @origin: where the rows come from; its settings are copied, so the source may go to another
 *   thread
 * @error: return location for %BUD_SOURCE_ERROR_FAILED
 *
 * Returns: (transfer full): the reader that @origin's type names, or %NULL with @error set
 */
BudSource *
bud_source_new (BudOrigin  *origin,
                GError    **error)
{
  const char *type;

  g_return_val_if_fail (BUD_IS_ORIGIN (origin), NULL);

  type = bud_origin_get_type_name (origin);
  if (g_strcmp0 (type, "csv") == 0)
    return bud_csv_source_new (origin, error);

  g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_FAILED,
               _("This version of Budstikke cannot read sources of the type “%s”."),
               type != NULL ? type : "");

  return NULL;
}

/**
 * bud_source_inspect:
 * @self: a source
 * @progress: (nullable): told how far the reading is, from this thread
 * @data: for @progress
 * @cancellable: (nullable): stops the reading
 * @error: return location for a #BudSourceError or #GIOErrorEnum
 *
 * Reads the source once to see what it looks like. Blocks: for worker threads.
 *
 * Returns: (transfer full): its shape, or %NULL with @error set
 */
BudSourceShape *
bud_source_inspect (BudSource              *self,
                    BudSourceProgressFunc   progress,
                    gpointer                data,
                    GCancellable           *cancellable,
                    GError                **error)
{
  g_return_val_if_fail (BUD_IS_SOURCE (self), NULL);

  return BUD_SOURCE_GET_CLASS (self)->inspect (self, progress, data, cancellable, error);
}

/**
 * bud_source_read:
 * @self: a source
 * @shape: what bud_source_inspect() found
 * @row: gets each customer, in the source's order
 * @reject: gets each row that cannot be used, in the same order
 * @progress: (nullable): told how far the reading is
 * @data: for the three, which are called from this thread
 * @cancellable: (nullable): stops the reading
 * @error: return location for a #BudSourceError, a #GIOErrorEnum or what a callback set
 *
 * Reads every row. Blocks: for worker threads.
 *
 * Returns: whether all was read and no callback stopped it
 */
gboolean
bud_source_read (BudSource              *self,
                 const BudSourceShape   *shape,
                 BudSourceRowFunc        row,
                 BudSourceRejectFunc     reject,
                 BudSourceProgressFunc   progress,
                 gpointer                data,
                 GCancellable           *cancellable,
                 GError                **error)
{
  g_return_val_if_fail (BUD_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (shape != NULL, FALSE);
  g_return_val_if_fail (row != NULL, FALSE);
  g_return_val_if_fail (reject != NULL, FALSE);

  if (shape->key < 0 || (guint) shape->key >= shape->fields->len)
    {
      g_set_error_literal (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_KEY,
                           _("No field identifies a customer. Choose the field that has another "
                             "value in every row."));
      return FALSE;
    }

  return BUD_SOURCE_GET_CLASS (self)->read (self, shape, row, reject, progress, data, cancellable,
                                            error);
}

/**
 * bud_reject_reason_to_label:
 * @reason: why a row was rejected
 *
 * Returns: (transfer none): the reason in the user's language
 */
const char *
bud_reject_reason_to_label (BudRejectReason reason)
{
  switch (reason)
    {
    case BUD_REJECT_RAGGED:
      return C_("reject", "more or fewer fields than the header row");
    case BUD_REJECT_NUL:
      return C_("reject", "a NUL byte, which is no text");
    case BUD_REJECT_TOO_LONG:
      return C_("reject", "longer than can be read");
    case BUD_REJECT_UNDECODABLE:
      return C_("reject", "characters that are not in the file’s encoding");
    case BUD_REJECT_QUOTE:
      return C_("reject", "a quotation mark that is not closed, or text after a closing one");
    case BUD_REJECT_TYPE:
      return C_("reject", "a value that is not of the type chosen for the field");
    case BUD_REJECT_EMPTY_KEY:
      return C_("reject", "no customer id");
    case BUD_REJECT_DUPLICATE_KEY:
      return C_("reject", "an earlier row has the same customer id");
    }

  g_return_val_if_reached (NULL);
}
