/* bud-csv-encoding.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

/**
 * BudCsvUtf8Check:
 * @missing: continuation bytes that the character still needs
 * @low: the least value of the next one
 * @high: the greatest value of the next one
 * @n_characters: characters beyond ASCII so far
 * @n_broken: bytes so far that are no part of any character
 *
 * How much of a stream of bytes is UTF-8, over any cut into pieces. Begin with all zero.
 */
typedef struct
{
  guint missing;
  guint8 low;
  guint8 high;
  guint64 n_characters;
  guint64 n_broken;
} BudCsvUtf8Check;

gboolean    bud_csv_encoding_is_utf8     (const char            *encoding);
gboolean    bud_csv_encoding_is_wide     (const char            *encoding);
const char *bud_csv_encoding_from_mark   (const char            *head,
                                          gsize                  len);
const char *bud_csv_encoding_from_nuls   (const char            *head,
                                          gsize                  len);
gboolean    bud_csv_encoding_is_binary   (const char            *head,
                                          gsize                  len);
gboolean    bud_csv_encoding_has_many_nuls
                                         (const char            *head,
                                          gsize                  len);
void        bud_csv_utf8_check_feed      (BudCsvUtf8Check       *self,
                                          const char            *data,
                                          gsize                  len);
gboolean    bud_csv_utf8_check_finish    (const BudCsvUtf8Check *self);

G_END_DECLS
