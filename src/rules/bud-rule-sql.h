/* bud-rule-sql.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-rule.h"

G_BEGIN_DECLS

/* The SQL needs one function from the database beyond SQLite's own:
 * bud_fold (text), which gives the form of bud_text_fold(). */

void bud_rule_append_sql (BudRule    *self,
                          GDateTime  *now,
                          GString    *sql,
                          GPtrArray  *params);

G_END_DECLS
