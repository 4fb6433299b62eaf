/* bud-rule-cursor.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-rule-lexer.h"

G_BEGIN_DECLS

/* A place in a rule's text, while it is read. */
typedef struct
{
  GArray *tokens; /* (element-type BudRuleToken) */
  guint at;
  guint depth;
  guint n_conditions;
} BudRuleCursor;

/* bud-rule-cursor.c */
const BudRuleToken *_bud_rule_cursor_peek     (BudRuleCursor  *cursor);
gsize               _bud_rule_cursor_match    (const char     *form,
                                               gpointer        data);
gboolean            _bud_rule_cursor_accept   (BudRuleCursor  *cursor,
                                               const char     *form);
gboolean            _bud_rule_cursor_expect   (BudRuleCursor  *cursor,
                                               const char     *form,
                                               GError        **error);
void                _bud_rule_cursor_fail     (BudRuleCursor  *cursor,
                                               const char     *expected,
                                               GError        **error);

/* bud-rule-condition.c */
BudRule            *_bud_rule_parse_condition (BudRuleCursor  *cursor,
                                               GError        **error);

G_END_DECLS
