/* bud-store-words.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store-types.h"

G_BEGIN_DECLS

/* The sentences that differ by the kind of item; grammar does not let one sentence serve all. */

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

G_END_DECLS
