/* bud-csv-file.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

#define BUD_CSV_CHUNK (256 * 1024)

typedef struct _BudCsvFile BudCsvFile;

/* What tells one version of a file from another. */
typedef struct
{
  gint64 size;
  gint64 changed_at; /* nanoseconds */
} BudCsvMark;

/* Which part of the whole work one pass over the file is. */
typedef struct
{
  BudSourceProgressFunc func; /* (nullable) */
  gpointer data;
  double from;
  double to;
} BudCsvProgress;

typedef gboolean (*BudCsvChunkFunc) (const char  *bytes,
                                     gsize        len,
                                     gpointer     data,
                                     GError     **error);

BudCsvFile *bud_csv_file_open       (const char            *path,
                                     GError               **error);
void        bud_csv_file_free       (BudCsvFile            *self);
const char *bud_csv_file_get_name   (BudCsvFile            *self);
gboolean    bud_csv_file_check_mark (BudCsvFile            *self,
                                     const BudCsvMark      *mark,
                                     GError               **error);
void        bud_csv_file_get_mark   (BudCsvFile            *self,
                                     BudCsvMark            *mark);
GString    *bud_csv_file_read_head  (BudCsvFile            *self,
                                     GError               **error);
gboolean    bud_csv_file_each_chunk (BudCsvFile            *self,
                                     BudCsvChunkFunc        func,
                                     gpointer               data,
                                     const BudCsvProgress  *progress,
                                     GCancellable          *cancellable,
                                     GError               **error);
void        bud_csv_file_set_changed_error
                                    (BudCsvFile            *self,
                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCsvFile, bud_csv_file_free)

G_END_DECLS
