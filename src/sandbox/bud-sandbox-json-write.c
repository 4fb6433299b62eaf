/* bud-sandbox-json-write.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-json.h"

static void
append_container (const BudSandboxNode *node,
                  GString              *out)
{
  gboolean object = node->type == BUD_SANDBOX_JSON_OBJECT;

  g_string_append_c (out, object ? '{' : '[');
  for (const BudSandboxNode *child = node->child; child != NULL; child = child->next)
    {
      if (child != node->child)
        g_string_append_c (out, ',');
      if (object)
        {
          bud_sandbox_json_put_string (out, child->key);
          g_string_append_c (out, ':');
        }
      bud_sandbox_node_append (child, out);
    }
  g_string_append_c (out, object ? '}' : ']');
}

/**
 * bud_sandbox_node_append:
 * @node: a value
 * @out: where its JSON text goes, without any white space
 */
void
bud_sandbox_node_append (const BudSandboxNode *node,
                         GString              *out)
{
  g_return_if_fail (node != NULL);

  switch (node->type)
    {
    case BUD_SANDBOX_JSON_NULL:
      g_string_append (out, "null");
      break;
    case BUD_SANDBOX_JSON_FALSE:
      g_string_append (out, "false");
      break;
    case BUD_SANDBOX_JSON_TRUE:
      g_string_append (out, "true");
      break;
    case BUD_SANDBOX_JSON_NUMBER:
      g_string_append (out, node->text);
      break;
    case BUD_SANDBOX_JSON_STRING:
      bud_sandbox_json_put_string (out, node->text);
      break;
    case BUD_SANDBOX_JSON_ARRAY:
    case BUD_SANDBOX_JSON_OBJECT:
      append_container (node, out);
      break;
    }
}

/**
 * bud_sandbox_json_put:
 * @out: a buffer
 * @text: bytes to copy to its end
 * @length: how many
 *
 * g_string_append_len() without its checks: most of an answer is written by this.
 */
void
bud_sandbox_json_put (GString    *out,
                      const char *text,
                      gsize       length)
{
  if (G_UNLIKELY (out->len + length >= out->allocated_len))
    {
      g_string_append_len (out, text, length);
      return;
    }

  memcpy (out->str + out->len, text, length);
  out->len += length;
  out->str[out->len] = '\0';
}

/**
 * bud_sandbox_json_put_string:
 * @out: a buffer
 * @text: UTF-8
 *
 * Writes @text as a JSON string, slashes unescaped as the real service has them.
 */
void
bud_sandbox_json_put_string (GString    *out,
                             const char *text)
{
  const char *run = text;

  bud_sandbox_json_put (out, "\"", 1);
  for (const char *p = text;; p++)
    {
      if (G_LIKELY ((guchar) *p >= 0x20 && *p != '"' && *p != '\\'))
        continue;

      bud_sandbox_json_put (out, run, p - run);
      if (*p == '\0')
        break;
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      run = p + 1;
    }
  bud_sandbox_json_put (out, "\"", 1);
}

/**
 * bud_sandbox_json_put_member:
 * @out: a buffer
 * @key: a name that needs no escaping
 * @text: UTF-8
 *
 * Writes `"key":"text"`.
 */
void
bud_sandbox_json_put_member (GString    *out,
                             const char *key,
                             const char *text)
{
  g_string_append_printf (out, "\"%s\":", key);
  bud_sandbox_json_put_string (out, text);
}

/* Days since 1970 to a date of the Gregorian calendar, which repeats every 146,097 days. */
static void
civil_date (guint  days,
            guint *year,
            guint *month,
            guint *day)
{
  guint shifted = days + 719468;
  guint era = shifted / 146097;
  guint of_era = shifted % 146097;
  guint year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  guint of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  guint moon = (5 * of_year + 2) / 153;

  *day = of_year - (153 * moon + 2) / 5 + 1;
  *month = moon < 10 ? moon + 3 : moon - 9;
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static void
put_digits (char *to,
            guint value,
            guint n_digits)
{
  while (n_digits-- > 0)
    {
      to[n_digits] = '0' + value % 10;
      value /= 10;
    }
}

/**
 * bud_sandbox_json_put_time:
 * @out: a buffer
 * @unix_seconds: a moment; 0 is written as an empty string, as the real service does
 *
 * Writes a quoted ISO 8601 time in UTC.
 */
void
bud_sandbox_json_put_time (GString *out,
                           guint32  unix_seconds)
{
  char text[] = "\"0000-00-00T00:00:00+00:00\"";
  guint year;
  guint month;
  guint day;

  if (unix_seconds == 0)
    {
      bud_sandbox_json_put (out, "\"\"", 2);
      return;
    }

  civil_date (unix_seconds / 86400, &year, &month, &day);
  put_digits (text + 1, year, 4);
  put_digits (text + 6, month, 2);
  put_digits (text + 9, day, 2);
  put_digits (text + 12, unix_seconds / 3600 % 24, 2);
  put_digits (text + 15, unix_seconds / 60 % 60, 2);
  put_digits (text + 18, unix_seconds % 60, 2);
  bud_sandbox_json_put (out, text, sizeof text - 1);
}
