/* bud-source.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "bud-field.h"
#include "bud-origin.h"

G_BEGIN_DECLS

#define BUD_SOURCE_ERROR (bud_source_error_quark ())

/**
 * BudSourceError:
 * @BUD_SOURCE_ERROR_FAILED: anything else
 * @BUD_SOURCE_ERROR_EMPTY: nothing to read, not even a header row
 * @BUD_SOURCE_ERROR_HEADER: the header row cannot be used
 * @BUD_SOURCE_ERROR_ENCODING: the encoding named is not known, or the file is not in it
 * @BUD_SOURCE_ERROR_KEY: no field can identify a customer, or the one named cannot
 * @BUD_SOURCE_ERROR_CHANGED: the source changed between two readings
 */
typedef enum {
  BUD_SOURCE_ERROR_FAILED,
  BUD_SOURCE_ERROR_EMPTY,
  BUD_SOURCE_ERROR_HEADER,
  BUD_SOURCE_ERROR_ENCODING,
  BUD_SOURCE_ERROR_KEY,
  BUD_SOURCE_ERROR_CHANGED,
} BudSourceError;

GQuark bud_source_error_quark (void);

/**
 * BudRejectReason:
 * @BUD_REJECT_RAGGED: more or fewer fields than the header row
 * @BUD_REJECT_NUL: a NUL byte
 * @BUD_REJECT_TOO_LONG: a field longer than 64 KiB
 * @BUD_REJECT_UNDECODABLE: bytes that are no text in the file's encoding
 * @BUD_REJECT_QUOTE: a quote that is not closed, or text after a closing quote
 * @BUD_REJECT_TYPE: a value that is not of the type a person chose for the field
 * @BUD_REJECT_EMPTY_KEY: no customer id
 * @BUD_REJECT_DUPLICATE_KEY: an earlier row has the same customer id
 */
typedef enum {
  BUD_REJECT_RAGGED,
  BUD_REJECT_NUL,
  BUD_REJECT_TOO_LONG,
  BUD_REJECT_UNDECODABLE,
  BUD_REJECT_QUOTE,
  BUD_REJECT_TYPE,
  BUD_REJECT_EMPTY_KEY,
  BUD_REJECT_DUPLICATE_KEY,
} BudRejectReason;

/**
 * BudReject:
 * @line: line of the file on which the row starts, from 1
 * @column: field of the row, from 1; 0 when the whole row is meant
 * @reason: what is wrong
 * @raw: (nullable): the row as far as it could be read, made valid UTF-8
 *
 * A row that could not be used. Valid only inside the callback.
 */
typedef struct
{
  gint64 line;
  guint column;
  BudRejectReason reason;
  const char *raw;
} BudReject;

/**
 * BudSourceRow:
 * @line: line of the file on which the row starts, from 1
 * @id: the customer id: the value of the key field
 * @values: (array length=n_values): canonical text of every field, %NULL where empty
 * @n_values: length of @values
 * @raw: the row as read, for a reject
 *
 * One good row. Valid only inside the callback.
 */
typedef struct
{
  gint64 line;
  const char *id;
  const char *const *values;
  gsize n_values;
  const char *raw;
} BudSourceRow;

/**
 * BudSourceShape:
 * @fields: (element-type BudField): every field, in file order, with its type; columns "c0", "c1" …
 * @key: index of the field that identifies a customer, -1 when there is no sensible one
 * @encoding: what it is read with, an iconv name
 * @delimiter: what parts the fields
 * @n_rows: rows after the header, good and bad
 *
 * What a source looks like after a first reading.
 */
typedef struct
{
  GPtrArray *fields;
  int key;
  char *encoding;
  char delimiter;
  gint64 n_rows;
} BudSourceShape;

void bud_source_shape_free (BudSourceShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSourceShape, bud_source_shape_free)

/* Each of the three returns FALSE, with the error set, to stop the reading. */
typedef gboolean (*BudSourceRowFunc)      (const BudSourceRow  *row,
                                           gpointer             data,
                                           GError             **error);
typedef gboolean (*BudSourceRejectFunc)   (const BudReject     *reject,
                                           gpointer             data,
                                           GError             **error);
typedef void     (*BudSourceProgressFunc) (double               fraction,
                                           gpointer             data);

/* Where customers come from. Both verbs block: they are for worker threads. */
#define BUD_TYPE_SOURCE (bud_source_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudSource, bud_source, BUD, SOURCE, GObject)

struct _BudSourceClass
{
  GObjectClass parent_class;

  BudSourceShape *(*inspect) (BudSource *self, BudSourceProgressFunc progress, gpointer data,
                              GCancellable *cancellable, GError **error);
  gboolean        (*read)    (BudSource *self, const BudSourceShape *shape, BudSourceRowFunc row,
                              BudSourceRejectFunc reject, BudSourceProgressFunc progress,
                              gpointer data, GCancellable *cancellable, GError **error);
};

BudSource      *bud_source_new     (BudOrigin              *origin,
                                    GError                **error);
BudSourceShape *bud_source_inspect (BudSource              *self,
                                    BudSourceProgressFunc   progress,
                                    gpointer                data,
                                    GCancellable           *cancellable,
                                    GError                **error);
gboolean        bud_source_read    (BudSource              *self,
                                    const BudSourceShape   *shape,
                                    BudSourceRowFunc        row,
                                    BudSourceRejectFunc     reject,
                                    BudSourceProgressFunc   progress,
                                    gpointer                data,
                                    GCancellable           *cancellable,
                                    GError                **error);

const char     *bud_reject_reason_to_label (BudRejectReason reason);

G_END_DECLS
