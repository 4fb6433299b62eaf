/* bud-store-words.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store-types.h"

G_BEGIN_DECLS

/* Sentences that both stores say. Those about items differ by their kind: grammar does not let
 * one serve all. */

void bud_store_set_missing_error   (GError     **error,
                                    const char  *kind,
                                    const char  *name,
                                    const char  *nearest);
void bud_store_set_ambiguous_error (GError     **error,
                                    const char  *kind,
                                    const char  *name);
void bud_store_set_taken_error     (GError     **error,
                                    const char  *kind,
                                    const char  *name);
void bud_store_set_stale_error     (GError     **error);
void bud_store_set_row_error       (GError     **error,
                                    gint64       seq);
void bud_store_set_over_error      (GError     **error);

G_END_DECLS
