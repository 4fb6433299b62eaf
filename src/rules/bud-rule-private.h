/* bud-rule-private.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-rule.h"

G_BEGIN_DECLS

/* SQLite's parser has a stack of a hundred, and its expressions may be a thousand deep; these
 * bounds keep every rule that can be read inside both. */
#define BUD_RULE_MAX_DEPTH 32
#define BUD_RULE_MAX_CONDITIONS 500
#define BUD_RULE_MAX_VALUES 10000
#define BUD_RULE_MAX_NAME 1000
#define BUD_RULE_MAX_TEXT (1024 * 1024)

typedef enum {
  BUD_RULE_CONDITION,
  BUD_RULE_NOT,
  BUD_RULE_AND,
  BUD_RULE_OR,
  BUD_RULE_UNION,
  BUD_RULE_INTERSECT,
  BUD_RULE_EXCEPT,
} BudRuleKind;

#define BUD_RULE_N_KINDS (BUD_RULE_EXCEPT + 1)

/* What of a date is compared. */
typedef enum {
  BUD_RULE_PART_NONE,
  BUD_RULE_PART_DAY,
  BUD_RULE_PART_MONTH,
  BUD_RULE_PART_YEAR,
  BUD_RULE_PART_WEEKDAY,
} BudRulePart;

#define BUD_RULE_N_PARTS (BUD_RULE_PART_WEEKDAY + 1)

typedef enum {
  BUD_RULE_UNIT_DAYS,
  BUD_RULE_UNIT_WEEKS,
  BUD_RULE_UNIT_MONTHS,
  BUD_RULE_UNIT_YEARS,
} BudRuleUnit;

#define BUD_RULE_N_UNITS (BUD_RULE_UNIT_YEARS + 1)

typedef enum {
  BUD_RULE_TAKES_NOTHING,
  BUD_RULE_TAKES_ONE,
  BUD_RULE_TAKES_TWO,
  BUD_RULE_TAKES_LIST,
  BUD_RULE_TAKES_PERIOD,
} BudRuleTakes;

/* How a condition is decided; the SQL compiler and the evaluator each have one case for each. */
typedef enum {
  BUD_RULE_TEST_EMPTY,
  BUD_RULE_TEST_COMPARE,
  BUD_RULE_TEST_LIST,
  BUD_RULE_TEST_BETWEEN,
  BUD_RULE_TEST_CONTAINS,
  BUD_RULE_TEST_STARTS,
  BUD_RULE_TEST_ENDS,
  BUD_RULE_TEST_PERIOD,
  BUD_RULE_TEST_THIS_YEAR,
} BudRuleTest;

/* Which results of a comparison make a condition true. */
enum
{
  BUD_RULE_IF_LESS = 1 << 0,
  BUD_RULE_IF_SAME = 1 << 1,
  BUD_RULE_IF_MORE = 1 << 2,
};

typedef struct
{
  const char *nick;          /* in JSON */
  const char *text;          /* in the text form */
  const char *negated_text;  /* (nullable) */
  BudRuleTakes takes;
  BudRuleTest test;
  const char *sql;           /* (nullable): the comparison's sign in SQL */
  guint accepts;             /* the comparison's BUD_RULE_IF_… */
  const char *fixed;         /* (nullable): what is compared with when no value is taken */
  guint types;               /* 1 << BudFieldType of each type it fits */
  gboolean on_parts;         /* also compares a part of a date */
  const char *says;          /* (nullable): in words, untranslated; %1$s field, %2$s %3$s values */
  const char *says_negated;  /* (nullable) */
  const char *says_dates;    /* (nullable): @says for whole dates */
} BudRuleOp;

/* How much of an operator's text form is there, 0 when not all of it is. */
typedef gsize (*BudRuleFormFunc) (const char *form,
                                  gpointer    data);

struct _BudRule
{
  gatomicrefcount ref_count;
  BudRuleKind kind;
  guint depth;
  guint n_conditions;
  gboolean is_bound;

  /* A group */
  GPtrArray *children;       /* (owned) (element-type BudRule) */

  /* A condition */
  guint position;            /* of its field in the text, from 1; 0 when it came otherwise */
  char *name;                /* (owned) */
  BudRulePart part;
  const BudRuleOp *op;
  gboolean is_negated;
  gboolean ignores_case;
  BudRuleUnit unit;
  GPtrArray *values;         /* (owned) (element-type utf8) */

  /* A bound condition */
  BudField *field;           /* (owned) */
  GPtrArray *operands;       /* (owned) (element-type utf8): the values in the form compared */
};

/* bud-rule.c */
BudRule         *_bud_rule_new_condition  (const char       *name);
BudRule         *_bud_rule_new_group      (BudRuleKind       kind,
                                           GPtrArray        *children,
                                           GError          **error);
gboolean         _bud_rule_check          (BudRule          *condition,
                                           GError          **error);
char            *_bud_rule_shorten        (const char       *text);
void             _bud_rule_set_error      (GError          **error,
                                           BudRuleError      code,
                                           guint             position,
                                           const char       *message);
gboolean         _bud_rule_is_text_value  (BudRule          *condition,
                                           const char       *value);
void             _bud_rule_fail_depth     (GError          **error);
void             _bud_rule_fail_conditions (GError         **error);

/* bud-rule-ops.c */
const BudRuleOp *_bud_rule_op_nth         (guint             n);
const BudRuleOp *_bud_rule_op_find        (const char       *nick);
const BudRuleOp *_bud_rule_op_match       (BudRuleFormFunc   match,
                                           gpointer          data,
                                           gboolean         *is_negated,
                                           gsize            *length);
gboolean         _bud_rule_op_fits        (const BudRuleOp  *op,
                                           BudFieldType      type);
const char      *_bud_rule_kind_nick      (BudRuleKind       kind);
gboolean         _bud_rule_is_keyword     (const char       *word);
const char      *_bud_rule_part_nick      (BudRulePart       part);
const char      *_bud_rule_part_text      (BudRulePart       part);
const char      *_bud_rule_unit_nick      (BudRuleUnit       unit);
const char      *_bud_rule_unit_singular  (BudRuleUnit       unit);
int              _bud_rule_weekday_parse  (const char       *text);
const char      *_bud_rule_weekday_text   (int               weekday);

/* bud-rule-json-scan.c */
gboolean         _bud_rule_scan_json      (const char       *json,
                                           gsize             length,
                                           GError          **error);

/* bud-rule-period.c */
void             _bud_rule_period         (BudRule          *condition,
                                           GDateTime        *now,
                                           char              first[11],
                                           char              last[11]);

G_END_DECLS
