/* bud-names.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-item.h"

G_BEGIN_DECLS

gboolean  bud_names_check (const char  *name,
                           GError     **error);
char     *bud_names_join  (GPtrArray   *items);

G_END_DECLS
