/* bud-import-report.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

#define BUD_IMPORT_N_REASONS (BUD_REJECT_DUPLICATE_KEY + 1)

/**
 * BudImportReport:
 * @fields: (element-type BudField): the fields with their types
 * @key: name of the field that identifies a customer
 * @encoding: what the source was read with
 * @delimiter: what parts its fields
 * @rows: customers taken in
 * @rejected: for each #BudRejectReason, how many rows could not be used
 *
 * What came of an import.
 */
typedef struct
{
  GPtrArray *fields;
  char *key;
  char *encoding;
  char delimiter;
  gint64 rows;
  gint64 rejected[BUD_IMPORT_N_REASONS];
} BudImportReport;

gint64 bud_import_report_count_rejected (const BudImportReport *self);
void   bud_import_report_free           (BudImportReport       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudImportReport, bud_import_report_free)

G_END_DECLS
