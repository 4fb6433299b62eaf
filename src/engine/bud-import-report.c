/* bud-import-report.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-import-report.h"

gint64
bud_import_report_count_rejected (const BudImportReport *self)
{
  gint64 total = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < BUD_IMPORT_N_REASONS; i++)
    total += self->rejected[i];

  return total;
}

void
bud_import_report_free (BudImportReport *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->key);
  g_free (self->encoding);
  g_free (self);
}
