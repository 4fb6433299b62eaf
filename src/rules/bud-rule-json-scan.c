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
 * quotes, assignments. */
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

/* Skips the rest of a string whose opening quotation mark is behind. */
static const char *
skip_string (const char  *json,
             const char  *at,
             GError     **error)
{
  for (; *at != '"'; at++)
    {
      if ((guchar) *at < 0x20)
        {
          fail_at (json, at, _("A string in this JSON is not closed."), error);
          return NULL;
        }

      if (*at != '\\')
        continue;

      if (g_str_has_prefix (at, "\\u0000"))
        {
          fail_at (json, at, _("A text cannot contain the NUL character."), error);
          return NULL;
        }
      at += at[1] != '\0';
    }

  return at;
}

/* Whether it is safe to give @json, which ends with a NUL, to json-glib, which follows nesting by
 * calling itself until its stack is used up. */
gboolean
_bud_rule_scan_json (const char  *json,
                     gsize        length,
                     GError     **error)
{
  guint depth = 0;
  const char *end;

  if (length > MAX_JSON_LENGTH)
    return fail_at (json, json, _("The rule is too long."), error);
  if (!g_utf8_validate_len (json, length, &end))
    return fail_at (json, end, _("This is not text in the UTF-8 encoding."), error);

  for (const char *at = json; *at != '\0'; at++)
    {
      if (*at == '"')
        {
          at = skip_string (json, at + 1, error);
          if (at == NULL)
            return FALSE;
          continue;
        }

      if (strchr (outside_chars, *at) == NULL)
        return fail_at (json, at, _("This is not JSON."), error);

      if (*at == '{' || *at == '[')
        depth++;
      else if ((*at == '}' || *at == ']') && depth > 0)
        depth--;

      if (depth > MAX_JSON_DEPTH)
        {
          _bud_rule_fail_depth (error);
          return FALSE;
        }
    }

  return TRUE;
}
