/* bud-rule-lexer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-lexer.h"

typedef struct
{
  const char *at;
  guint position;
  GArray *tokens; /* (element-type BudRuleToken) */
} Lexer;

/* The longer ones first. */
static const char *const symbols[] = {
  "==", "!=", "<>", "<=", ">=", "=", "<", ">", "≠", "≤", "≥", "(", ")", ",",
};

static void
clear_token (gpointer data)
{
  g_free (((BudRuleToken *) data)->text);
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' || c == '.';
}

/* Returns: bytes of the bare word at the start of @text, 0 when there is none */
gsize
_bud_rule_word_length (const char *text)
{
  const char *end = text;

  if (!g_unichar_isalpha (g_utf8_get_char (text)) && *text != '_')
    return 0;

  while (is_word_char (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  return end - text;
}

/* Whether @text starts in the way of @shape, in which 0 stands for any digit. */
static gboolean
has_shape (const char *text,
           const char *shape)
{
  for (; *shape != '\0'; shape++, text++)
    {
      if (*shape == '0' ? !g_ascii_isdigit (*text) : *shape != *text)
        return FALSE;
    }

  return TRUE;
}

static gsize
skip_digits (const char *text,
             gsize       at)
{
  return at + strspn (text + at, "0123456789");
}

/* Returns: bytes of the number or date at the start of @text, 0 when there is none */
gsize
_bud_rule_literal_length (const char *text)
{
  gsize end = *text == '-';

  if (has_shape (text, "0000-00-00T00:00:00"))
    return strlen ("0000-00-00T00:00:00");
  if (has_shape (text, "0000-00-00T00:00"))
    return strlen ("0000-00-00T00:00");
  if (has_shape (text, "0000-00-00"))
    return strlen ("0000-00-00");

  if (!g_ascii_isdigit (text[end]))
    return 0;

  end = skip_digits (text, end);
  if (text[end] == '.' && g_ascii_isdigit (text[end + 1]))
    end = skip_digits (text, end + 1);

  return end;
}

static void
add_token (Lexer            *lexer,
           BudRuleTokenType  type,
           guint             position,
           char             *text)
{
  BudRuleToken token = { type, position, text };

  g_array_append_val (lexer->tokens, token);
}

static void
add_span (Lexer            *lexer,
          BudRuleTokenType  type,
          gsize             length)
{
  guint position = lexer->position;

  lexer->position += g_utf8_strlen (lexer->at, length);
  add_token (lexer, type, position, g_strndup (lexer->at, length));
  lexer->at += length;
}

static gunichar
take_char (Lexer *lexer)
{
  gunichar c = g_utf8_get_char (lexer->at);

  lexer->at = g_utf8_next_char (lexer->at);
  lexer->position++;

  return c;
}

static gboolean
is_curly_quote (gunichar c)
{
  return c == 0x201c || c == 0x201d || c == 0x201e;
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || is_curly_quote (c);
}

/* A text that was opened with a curly quote may be closed with either sort, as people paste it. */
static gboolean
lex_string (Lexer   *lexer,
            GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint position = lexer->position;
  gunichar opening = take_char (lexer);

  while (*lexer->at != '\0')
    {
      guint here = lexer->position;
      gunichar c = take_char (lexer);

      if (c == '"' || (opening != '"' && is_curly_quote (c)))
        {
          add_token (lexer, BUD_RULE_TOKEN_STRING, position, g_strdup (text->str));
          return TRUE;
        }

      if (c == '\\')
        {
          c = g_utf8_get_char (lexer->at);
          if (!is_quote (c) && c != '\\')
            {
              _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, here,
                                   _("In a text, “\\” is written “\\\\”."));
              return FALSE;
            }
          take_char (lexer);
        }

      g_string_append_unichar (text, c);
    }

  _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, position,
                       _("The text that starts here has no closing quotation mark."));

  return FALSE;
}

static gboolean
lex_name (Lexer   *lexer,
          GError **error)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint position = lexer->position;

  take_char (lexer);
  while (*lexer->at != '\0')
    {
      gunichar c = take_char (lexer);

      if (c == ']' && *lexer->at != ']')
        {
          add_token (lexer, BUD_RULE_TOKEN_NAME, position, g_strdup (name->str));
          return TRUE;
        }

      if (c == ']')
        take_char (lexer);
      g_string_append_unichar (name, c);
    }

  _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, position,
                       _("The field name that starts here has no closing “]”."));

  return FALSE;
}

static gsize
symbol_length (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      if (g_str_has_prefix (text, symbols[i]))
        return strlen (symbols[i]);
    }

  return 0;
}

static gboolean
fail_char (Lexer   *lexer,
           GError **error)
{
  g_autofree char *message = NULL;
  char c[7] = "";

  g_unichar_to_utf8 (g_utf8_get_char (lexer->at), c);
  message = g_strdup_printf (_("“%s” cannot be used here. Texts are written in double quotes, and "
                               "field names with spaces or signs in brackets, such as "
                               "[First name]."), c);
  _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, lexer->position, message);

  return FALSE;
}

static gboolean
lex_token (Lexer   *lexer,
           GError **error)
{
  gsize length;

  if (is_quote (g_utf8_get_char (lexer->at)))
    return lex_string (lexer, error);
  if (*lexer->at == '[')
    return lex_name (lexer, error);

  if ((length = _bud_rule_literal_length (lexer->at)) > 0)
    {
      add_span (lexer, BUD_RULE_TOKEN_LITERAL, length);
      return is_word_char (g_utf8_get_char (lexer->at)) ? fail_char (lexer, error) : TRUE;
    }

  if ((length = _bud_rule_word_length (lexer->at)) > 0)
    add_span (lexer, BUD_RULE_TOKEN_WORD, length);
  else if ((length = symbol_length (lexer->at)) > 0)
    add_span (lexer, BUD_RULE_TOKEN_SYMBOL, length);
  else
    return fail_char (lexer, error);

  return TRUE;
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  const char *end;

  if (strlen (text) > BUD_RULE_MAX_TEXT)
    {
      _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, 0, _("The rule is too long."));
      return FALSE;
    }

  if (!g_utf8_validate (text, -1, &end))
    {
      _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, g_utf8_strlen (text, end - text) + 1,
                           _("This is not text in the UTF-8 encoding."));
      return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): the tokens of @text, the last of them the end */
GArray *
_bud_rule_lex (const char  *text,
               GError     **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (BudRuleToken));
  Lexer lexer = { text, 1, tokens };

  g_array_set_clear_func (tokens, clear_token);

  if (!check_text (text, error))
    return NULL;

  for (;;)
    {
      while (g_unichar_isspace (g_utf8_get_char (lexer.at)))
        take_char (&lexer);
      if (*lexer.at == '\0')
        break;
      if (!lex_token (&lexer, error))
        return NULL;
    }
  add_token (&lexer, BUD_RULE_TOKEN_END, lexer.position, g_strdup (""));

  return g_steal_pointer (&tokens);
}
