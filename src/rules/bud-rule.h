/* bud-rule.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-field.h"

G_BEGIN_DECLS

#define BUD_RULE_ERROR (bud_rule_error_quark ())

/**
 * BudRuleError:
 * @BUD_RULE_ERROR_SYNTAX: the text or JSON cannot be read; the message says where and what was
 *   expected
 * @BUD_RULE_ERROR_FIELD: a field that does not exist
 * @BUD_RULE_ERROR_TYPE: an operator or a value that does not fit the field's type
 * @BUD_RULE_ERROR_TOO_DEEP: nested beyond what people read, or of more conditions
 */
typedef enum {
  BUD_RULE_ERROR_SYNTAX,
  BUD_RULE_ERROR_FIELD,
  BUD_RULE_ERROR_TYPE,
  BUD_RULE_ERROR_TOO_DEEP,
} BudRuleError;

GQuark bud_rule_error_quark (void);

/* A segment rule: an immutable tree. It has a text form (bud_rule_parse() has its grammar) and a
 * JSON form (described in bud-rule-json.c), and both read back to the same tree. It says yes or no
 * about every customer: a comparison with an empty field is false, and each negated form is the
 * exact complement of the plain one (bud_rule_matches() has more). */
#define BUD_TYPE_RULE (bud_rule_get_type ())

typedef struct _BudRule BudRule;

GType     bud_rule_get_type  (void);
BudRule  *bud_rule_ref       (BudRule     *self);
void      bud_rule_unref     (BudRule     *self);
gboolean  bud_rule_equal     (BudRule     *a,
                              BudRule     *b);

BudRule  *bud_rule_parse     (const char  *text,
                              GError     **error);
char     *bud_rule_to_text   (BudRule     *self);
BudRule  *bud_rule_from_json (const char  *json,
                              gssize       length,
                              GError     **error);
char     *bud_rule_to_json   (BudRule     *self);

BudRule  *bud_rule_bind      (BudRule     *self,
                              GPtrArray   *fields,
                              GError     **error);
char     *bud_rule_explain   (BudRule     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudRule, bud_rule_unref)

G_END_DECLS
