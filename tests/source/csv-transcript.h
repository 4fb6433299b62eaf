/* csv-transcript.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "csv/bud-csv-parser.h"

/* What a parser said, as text that tests compare: "1:a|b", "!3.2 quote raw". */
gboolean csv_transcript_row    (const BudCsvRow  *row,
                                gpointer          transcript,
                                GError          **error);
gboolean csv_transcript_reject (const BudReject  *reject,
                                gpointer          transcript,
                                GError          **error);
