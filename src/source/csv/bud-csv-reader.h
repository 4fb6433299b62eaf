/* bud-csv-reader.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-csv-file.h"
#include "bud-csv-parser.h"

G_BEGIN_DECLS

/**
 * BudCsvReader:
 * @encoding: an iconv name
 * @delimiter: what parts the fields
 * @header: called once, before the others
 * @row: called for each well-formed row after the header
 * @reject: called for each row after the header that cannot be read
 * @data: for the three
 *
 * How to read a file, and who gets its rows.
 */
typedef struct
{
  const char *encoding;
  char delimiter;
  BudCsvRowFunc header;
  BudCsvRowFunc row;
  BudSourceRejectFunc reject;
  gpointer data;
} BudCsvReader;

gboolean  bud_csv_reader_run (const BudCsvReader    *self,
                              BudCsvFile            *file,
                              const BudCsvProgress  *progress,
                              GCancellable          *cancellable,
                              GError               **error);

char     *bud_csv_row_trim   (const BudCsvRow       *row,
                              gsize                  i,
                              gsize                 *len);
gboolean  bud_csv_row_is_bare (const BudCsvRow      *row);

G_END_DECLS
