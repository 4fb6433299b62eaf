/* bud-rule-lexer.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-rule-private.h"

G_BEGIN_DECLS

typedef enum {
  BUD_RULE_TOKEN_END,
  BUD_RULE_TOKEN_WORD,     /* a keyword, or a field's name without brackets */
  BUD_RULE_TOKEN_NAME,     /* a field's name in brackets */
  BUD_RULE_TOKEN_STRING,
  BUD_RULE_TOKEN_LITERAL,  /* a number or a date */
  BUD_RULE_TOKEN_SYMBOL,
} BudRuleTokenType;

typedef struct
{
  BudRuleTokenType type;
  guint position;          /* of its first character, from 1 */
  char *text;              /* (owned): without quotes and escapes */
} BudRuleToken;

GArray  *_bud_rule_lex             (const char  *text,
                                    GError     **error);
gsize    _bud_rule_literal_length  (const char  *text);
gsize    _bud_rule_word_length     (const char  *text);

G_END_DECLS
