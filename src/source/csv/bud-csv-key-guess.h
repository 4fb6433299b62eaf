/* bud-csv-key-guess.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

typedef struct _BudCsvKeyGuess BudCsvKeyGuess;

BudCsvKeyGuess *bud_csv_key_guess_new  (GPtrArray      *fields);
void            bud_csv_key_guess_free (BudCsvKeyGuess *self);
void            bud_csv_key_guess_add  (BudCsvKeyGuess *self,
                                        gsize           column,
                                        const char     *value,
                                        gsize           len);
int             bud_csv_key_guess_get  (BudCsvKeyGuess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCsvKeyGuess, bud_csv_key_guess_free)

G_END_DECLS
