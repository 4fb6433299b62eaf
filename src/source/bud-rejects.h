/* bud-rejects.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

G_BEGIN_DECLS

/* The list of rows that could not be used, as a CSV file for people. Its verbs block: they are for
 * worker threads. */

#define BUD_TYPE_REJECTS (bud_rejects_get_type ())

G_DECLARE_FINAL_TYPE (BudRejects, bud_rejects, BUD, REJECTS, GObject)

BudRejects *bud_rejects_new       (GFile            *file);
gboolean    bud_rejects_add       (BudRejects       *self,
                                   const BudReject  *reject,
                                   GError          **error);
gboolean    bud_rejects_close     (BudRejects       *self,
                                   GError          **error);
gint64      bud_rejects_get_count (BudRejects       *self);

G_END_DECLS
