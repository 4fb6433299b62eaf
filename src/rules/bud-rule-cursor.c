/* bud-rule-cursor.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-cursor.h"

const BudRuleToken *
_bud_rule_cursor_peek (BudRuleCursor *cursor)
{
  return &g_array_index (cursor->tokens, BudRuleToken, cursor->at);
}

static gboolean
is_token (const BudRuleToken *token,
          const char         *text,
          gsize               length)
{
  return (token->type == BUD_RULE_TOKEN_WORD || token->type == BUD_RULE_TOKEN_SYMBOL) &&
         strlen (token->text) == length && g_ascii_strncasecmp (token->text, text, length) == 0;
}

/* How many of the next tokens are the words of @form: all of its words, or 0. */
gsize
_bud_rule_cursor_match (const char *form,
                        gpointer    data)
{
  BudRuleCursor *cursor = data;
  gsize n = 0;

  while (*form != '\0')
    {
      gsize length = strcspn (form, " ");

      /* The last token is the end, which matches nothing. */
      if (!is_token (_bud_rule_cursor_peek (cursor) + n, form, length))
        return 0;

      n++;
      form += length;
      form += *form == ' ';
    }

  return n;
}

gboolean
_bud_rule_cursor_accept (BudRuleCursor *cursor,
                         const char    *form)
{
  gsize n = _bud_rule_cursor_match (form, cursor);

  cursor->at += n;

  return n > 0;
}

/* @expected is a whole sentence. */
void
_bud_rule_cursor_fail (BudRuleCursor  *cursor,
                       const char     *expected,
                       GError        **error)
{
  const BudRuleToken *token = _bud_rule_cursor_peek (cursor);
  g_autofree char *found = _bud_rule_shorten (token->text);

  if (token->type == BUD_RULE_TOKEN_END)
    g_set_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_SYNTAX,
                 /* Translators: the second is a sentence such as “A value is expected.” */
                 _("At character %1$u, the end of the rule: %2$s"), token->position, expected);
  else
    g_set_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_SYNTAX,
                 /* Translators: the last is a sentence such as “A value is expected.” */
                 _("At character %1$u, “%2$s”: %3$s"), token->position, found, expected);
}

gboolean
_bud_rule_cursor_expect (BudRuleCursor  *cursor,
                         const char     *form,
                         GError        **error)
{
  g_autofree char *expected = NULL;

  if (_bud_rule_cursor_accept (cursor, form))
    return TRUE;

  expected = g_strdup_printf (_("“%s” is expected."), form);
  _bud_rule_cursor_fail (cursor, expected, error);

  return FALSE;
}
