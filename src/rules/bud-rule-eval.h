/* bud-rule-eval.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-rule.h"

G_BEGIN_DECLS

/* Gives the canonical text of a field, or NULL when the customer has none. */
typedef const char *(*BudRuleLookup) (const BudField *field,
                                      gpointer        data);

gboolean bud_rule_matches (BudRule       *self,
                           GDateTime     *now,
                           BudRuleLookup  lookup,
                           gpointer       data);

G_END_DECLS
