/* rule-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "bud-rule.h"

G_BEGIN_DECLS

#define FIXTURE_N_FIELDS 6

/* A table of customers in a real SQLite database and the same customers in memory. */
typedef struct _RuleFixture RuleFixture;

/* Fields: text (text), whole (integer), amount (decimal), day (date), [yes or no] (boolean),
 * [odd "name]] (text, in a column with a quotation mark in its name). */
RuleFixture *rule_fixture_new        (void);
void         rule_fixture_free       (RuleFixture       *self);
GPtrArray   *rule_fixture_get_fields (RuleFixture       *self);
GDateTime   *rule_fixture_get_now    (RuleFixture       *self);
guint        rule_fixture_get_n_rows (RuleFixture       *self);
void         rule_fixture_add        (RuleFixture       *self,
                                      const char *const  values[FIXTURE_N_FIELDS]);
BudRule     *rule_fixture_bind       (RuleFixture       *self,
                                      const char        *text);

/* One character a row, '1' where the rule chooses the customer. */
char        *rule_fixture_ask_sql    (RuleFixture       *self,
                                      BudRule           *rule);
char        *rule_fixture_ask_memory (RuleFixture       *self,
                                      BudRule           *rule);
void         rule_fixture_check      (RuleFixture       *self,
                                      const char        *text,
                                      const char        *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RuleFixture, rule_fixture_free)

G_END_DECLS
