/* bud-rule-json-scan.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bud-rule-private.h"

/* Each level of a rule is an object in an array, and a condition has one more array. */
#define MAX_JSON_DEPTH (2 * BUD_RULE_MAX_DEPTH + 2)
#define MAX_JSON_LENGTH (8 * BUD_RULE_MAX_TEXT)

/* What may stand outside of strings in JSON (RFC 8259). json-glib takes more: comments, single
 * quotes, assignments, several documents after each other. */
static const char outside_chars[] = " \t\r\n{}[]:,+-.0123456789eEtrufalsn";

static gboolean
fail_at (const char  *json,
         const char  *at,
         const char  *message,
         GError     **error)
{
  _bud_rule_set_error (error, BUD_RULE_ERROR_SYNTAX, g_utf8_strlen (json, at - json) + 1, message);

  return FALSE;
}

/* The number in an escape such as \u00e6, -1 when @at is none. */
static int
read_unicode (const char *at)
{
  int code = 0;

  if (at[0] != '\\' || at[1] != 'u')
    return -1;

  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      code = code * 16 + g_ascii_xdigit_value (at[i]);
    }

  return code;
}

/* How long the escape at @at is, which starts with a backslash: 0 when it is none of JSON's.
 * json-glib would take octal ones and halves of surrogate pairs, which make no valid text. */
static gsize
escape_length (const char *at)
{
  int code = read_unicode (at);
  int second;

  if (code < 0)
    return at[1] != '\0' && strchr ("\"\\/bfnrt", at[1]) != NULL ? 2 : 0;
  if (code < 0xd800 || code > 0xdfff)
    return 6;

  second = read_unicode (at + 6);

  return code < 0xdc00 && second >= 0xdc00 && second <= 0xdfff ? 12 : 0;
}

/* Skips the rest of a string whose opening quotation mark is behind. */
static const char *
skip_string (const char  *json,
             const char  *at,
             GError     **error)
{
  while (*at != '"')
    {
      gsize length = *at == '\\' ? escape_length (at) : 1;
      const char *fault = NULL;

      if ((guchar) *at < 0x20)
        fault = _("A string in this JSON is not closed.");
      else if (length == 0)
        fault = _("JSON has no such escape.");
      else if (g_str_has_prefix (at, "\\u0000"))
        fault = _("A text cannot contain the NUL character.");

      if (fault != NULL)
        {
          fail_at (json, at, fault, error);
          return NULL;
        }
      at += length;
    }

  return at;
}

/* Follows one character outside of strings; @is_closed is for when the whole rule is over. */
static gboolean
step (const char  *json,
      const char  *at,
      guint       *depth,
      gboolean    *is_closed,
      GError     **error)
{
  if (strchr (outside_chars, *at) == NULL)
    return fail_at (json, at, _("This is not JSON."), error);

  if (*depth == 0 && !g_ascii_isspace (*at) && (*at != '{' || *is_closed))
    return fail_at (json, at, _("A rule must be one object with a condition or a group of rules."),
                    error);

  if (*at == '{' || *at == '[')
    (*depth)++;
  else if (*at == '}' || *at == ']')
    *is_closed = --(*depth) == 0;

  if (*depth <= MAX_JSON_DEPTH)
    return TRUE;

  _bud_rule_fail_depth (error);

  return FALSE;
}

/* Whether it is safe to give @json, which ends with a NUL, to json-glib, which follows nesting by
 * calling itself until its stack is used up. */
gboolean
_bud_rule_scan_json (const char  *json,
                     gsize        length,
                     GError     **error)
{
  guint depth = 0;
  gboolean is_closed = FALSE;
  const char *end;

  if (length > MAX_JSON_LENGTH)
    return fail_at (json, json, _("The rule is too long."), error);
  if (!g_utf8_validate_len (json, length, &end))
    return fail_at (json, end, _("This is not text in the UTF-8 encoding."), error);

  for (const char *at = json; *at != '\0'; at++)
    {
      if (*at == '"' && depth > 0)
        at = skip_string (json, at + 1, error);
      else if (!step (json, at, &depth, &is_closed, error))
        at = NULL;

      if (at == NULL)
        return FALSE;
    }

  return TRUE;
}
