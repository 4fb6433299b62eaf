/* bud-text.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

char       *bud_text_fold    (const char         *text);
const char *bud_text_nearest (const char         *wanted,
                              const char *const  *candidates,
                              gsize               n_candidates);
int         bud_enum_parse   (GType               type,
                              const char         *nick,
                              int                 fallback);
const char *bud_enum_nick    (GType               type,
                              int                 value);

G_END_DECLS
