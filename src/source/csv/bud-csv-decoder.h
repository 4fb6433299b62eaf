/* bud-csv-decoder.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

typedef struct _BudCsvDecoder BudCsvDecoder;

BudCsvDecoder *bud_csv_decoder_new    (const char     *encoding,
                                       GError        **error);
void           bud_csv_decoder_free   (BudCsvDecoder  *self);
const GString *bud_csv_decoder_feed   (BudCsvDecoder  *self,
                                       const char     *data,
                                       gsize           len);
const GString *bud_csv_decoder_finish (BudCsvDecoder  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCsvDecoder, bud_csv_decoder_free)

G_END_DECLS
