/* bud-sources.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"
#include "bud-import.h"
#include "bud-origin.h"

G_BEGIN_DECLS

BudOrigin *bud_sources_prepare (BudContext          *context,
                                const char          *name,
                                const char          *type,
                                const char          *path,
                                GError             **error);
gboolean   bud_sources_remove  (BudContext          *context,
                                const char          *name_or_id,
                                GError             **error);
BudImport *bud_sources_import  (BudContext          *context,
                                BudOrigin           *origin,
                                const char          *rejects_path);

G_END_DECLS
