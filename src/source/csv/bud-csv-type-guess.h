/* bud-csv-type-guess.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/**
 * BudCsvTypeGuess:
 * @impossible: bit n is set when some value is not of #BudFieldType n
 * @has_true: some value says yes in a word or a letter
 * @has_false: some value says no in a word or a letter
 * @has_value: some value is not empty
 *
 * What type a column has, from all its values. Begin with all zero.
 */
typedef struct
{
  guint impossible;
  gboolean has_true;
  gboolean has_false;
  gboolean has_value;
} BudCsvTypeGuess;

void         bud_csv_type_guess_add (BudCsvTypeGuess       *self,
                                     const char            *value,
                                     GString               *scratch);
BudFieldType bud_csv_type_guess_get (const BudCsvTypeGuess *self,
                                     const char            *name);

G_END_DECLS
