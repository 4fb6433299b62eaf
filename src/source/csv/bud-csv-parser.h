/* bud-csv-parser.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

#define BUD_CSV_MAX_FIELD (64 * 1024)
#define BUD_CSV_MAX_ROW (1024 * 1024)
#define BUD_CSV_MAX_COLUMNS 1000
#define BUD_CSV_MAX_RAW 4096

typedef struct _BudCsvParser BudCsvParser;

/**
 * BudCsvRow:
 * @line: line on which the row starts, from 1
 * @fields: (array length=n_fields): valid UTF-8 without quotes, which the callback may change in
 *   place within their lengths
 * @lengths: (array length=n_fields): length of each field in bytes
 * @n_fields: number of fields
 * @raw: the row as written, valid UTF-8, at most about %BUD_CSV_MAX_RAW bytes
 *
 * One well-formed row. Valid only inside the callback.
 */
typedef struct
{
  gint64 line;
  char **fields;
  const gsize *lengths;
  gsize n_fields;
  const char *raw;
} BudCsvRow;

typedef gboolean (*BudCsvRowFunc) (const BudCsvRow  *row,
                                   gpointer          data,
                                   GError          **error);

BudCsvParser *bud_csv_parser_new       (char                  delimiter,
                                        BudCsvRowFunc         row,
                                        BudSourceRejectFunc   reject,
                                        gpointer              data);
void          bud_csv_parser_free      (BudCsvParser         *self);
void          bud_csv_parser_set_width (BudCsvParser         *self,
                                        gsize                 n_fields);
gboolean      bud_csv_parser_feed      (BudCsvParser         *self,
                                        const char           *data,
                                        gsize                 len,
                                        GError              **error);
gboolean      bud_csv_parser_finish    (BudCsvParser         *self,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCsvParser, bud_csv_parser_free)

G_END_DECLS
