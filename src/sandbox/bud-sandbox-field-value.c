/* bud-sandbox-field-value.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "bud-sandbox-field-value.h"

#define MAX_TEXT 255

/* Each check writes the value in its kept form to @out and returns NULL, or returns what the
 * service would say. Of these texts only those for numbers, addresses and missing values are
 * recorded from the real one. */
typedef const char *(*Check) (const BudSandboxField *field,
                              const char            *text,
                              GString               *out);

static const char *
check_text (const BudSandboxField *field,
            const char            *text,
            GString               *out)
{
  if (g_utf8_strlen (text, -1) > MAX_TEXT)
    return "Please enter at most 255 characters";

  bud_sandbox_json_put_string (out, text);

  return NULL;
}

static const char *
check_number (const BudSandboxField *field,
              const char            *text,
              GString               *out)
{
  g_autoptr(BudSandboxJson) json = bud_sandbox_json_parse (text, strlen (text));

  if (json == NULL || bud_sandbox_json_get_root (json)->type != BUD_SANDBOX_JSON_NUMBER)
    return "Please enter a number";

  g_string_append (out, bud_sandbox_json_get_root (json)->text);

  return NULL;
}

static gboolean
only_digits (const char *text,
             gsize       n_digits)
{
  return strlen (text) == n_digits && strspn (text, "0123456789") == n_digits;
}

static const char *
check_phone (const BudSandboxField *field,
             const char            *text,
             GString               *out)
{
  if (field->us_phone)
    {
      guint n_digits = 0;

      for (const char *p = text; *p != '\0'; p++)
        n_digits += g_ascii_isdigit (*p) ? 1 : 0;
      if (n_digits != 10 || strspn (text, "0123456789 ()-.") != strlen (text))
        return "Please enter a phone number in the format (###) ### - ####";
    }

  return check_text (field, text, out);
}

static gboolean
date_is_valid (int year,
               int month,
               int day)
{
  return year > 0 && month > 0 && day > 0 && g_date_valid_dmy (day, month, year);
}

static int
read_digits (const char *text,
             gsize       n_digits)
{
  int number = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + g_ascii_digit_value (text[i]);
    }

  return number;
}

/* Written as 2026-11-23 or 11/23/2026; kept as the first. */
static const char *
check_date (const BudSandboxField *field,
            const char            *text,
            GString               *out)
{
  gsize length = strlen (text);
  int year = 0;
  int month = 0;
  int day = 0;

  if (length == 10 && text[4] == '-' && text[7] == '-')
    {
      year = read_digits (text, 4);
      month = read_digits (text + 5, 2);
      day = read_digits (text + 8, 2);
    }
  else if (length == 10 && text[2] == '/' && text[5] == '/')
    {
      month = read_digits (text, 2);
      day = read_digits (text + 3, 2);
      year = read_digits (text + 6, 4);
    }

  if (!date_is_valid (year, month, day))
    return "Please enter a valid date";

  g_string_append_printf (out, "\"%04d-%02d-%02d\"", year, month, day);

  return NULL;
}

static const char *
check_birthday (const BudSandboxField *field,
                const char            *text,
                GString               *out)
{
  /* 2000 was a leap year: the 29th of February is somebody's birthday. */
  if (strlen (text) != 5 || text[2] != '/' ||
      !date_is_valid (2000, read_digits (text, 2), read_digits (text + 3, 2)))
    return "Please enter a month (01-12) and a day (01-31)";

  return check_text (field, text, out);
}

static const char *
check_url (const BudSandboxField *field,
           const char            *text,
           GString               *out)
{
  const char *host = NULL;

  if (g_str_has_prefix (text, "http://"))
    host = text + strlen ("http://");
  else if (g_str_has_prefix (text, "https://"))
    host = text + strlen ("https://");

  if (host == NULL || *host == '\0' || strpbrk (text, " \t\r\n") != NULL)
    return "Please enter a valid URL";

  return check_text (field, text, out);
}

static const char *
check_zip (const BudSandboxField *field,
           const char            *text,
           GString               *out)
{
  if (!only_digits (text, 5))
    return "Please enter a five-digit zip code";

  return check_text (field, text, out);
}

static const char *
check_choice (const BudSandboxField *field,
              const char            *text,
              GString               *out)
{
  if (field->choices == NULL || !g_strv_contains ((const char *const *) field->choices, text))
    return "Please select a valid choice";

  return check_text (field, text, out);
}

/* An address comes as an object; as a text it can only be erased. */
static const char *
check_address_text (const BudSandboxField *field,
                    const char            *text,
                    GString               *out)
{
  return "Please enter a complete address";
}

static const Check checks[BUD_SANDBOX_N_FIELD_TYPES] = {
  [BUD_SANDBOX_FIELD_TEXT] = check_text,
  [BUD_SANDBOX_FIELD_NUMBER] = check_number,
  [BUD_SANDBOX_FIELD_ADDRESS] = check_address_text,
  [BUD_SANDBOX_FIELD_PHONE] = check_phone,
  [BUD_SANDBOX_FIELD_DATE] = check_date,
  [BUD_SANDBOX_FIELD_URL] = check_url,
  [BUD_SANDBOX_FIELD_IMAGEURL] = check_url,
  [BUD_SANDBOX_FIELD_RADIO] = check_choice,
  [BUD_SANDBOX_FIELD_DROPDOWN] = check_choice,
  [BUD_SANDBOX_FIELD_BIRTHDAY] = check_birthday,
  [BUD_SANDBOX_FIELD_ZIP] = check_zip,
};

static const char *
check_address (const BudSandboxNode *value,
               GString              *out)
{
  static const char *const parts[] = { "addr1", "addr2", "city", "state", "zip", "country" };
  static const gboolean needed[] = { TRUE, FALSE, TRUE, TRUE, TRUE, FALSE };
  guint n_given = 0;
  gboolean complete = TRUE;

  g_string_append_c (out, '{');
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = bud_sandbox_node_get_text (value, parts[i]);
      gboolean given = text != NULL && *text != '\0';

      n_given += given ? 1 : 0;
      complete = complete && (given || !needed[i]);
      g_string_append (out, i > 0 ? "," : "");
      bud_sandbox_json_put_member (out, parts[i], text != NULL ? text : "");
    }
  g_string_append_c (out, '}');

  if (n_given == 0)
    g_string_truncate (out, 0);

  return n_given == 0 || complete ? NULL : "Please enter a complete address";
}

static const char *
check (const BudSandboxField *field,
       const BudSandboxNode  *value,
       GString               *out)
{
  switch (value->type)
    {
    case BUD_SANDBOX_JSON_STRING:
    case BUD_SANDBOX_JSON_NUMBER:
      return *value->text != '\0' ? checks[field->type] (field, value->text, out) : NULL;
    case BUD_SANDBOX_JSON_OBJECT:
      if (field->type == BUD_SANDBOX_FIELD_ADDRESS)
        return check_address (value, out);
      return "Please enter a value of the right type";
    case BUD_SANDBOX_JSON_NULL:
    case BUD_SANDBOX_JSON_FALSE:
    case BUD_SANDBOX_JSON_TRUE:
    case BUD_SANDBOX_JSON_ARRAY:
      break;
    }

  return "Please enter a value of the right type";
}

/**
 * bud_sandbox_field_value_check:
 * @field: a merge field
 * @value: what was posted for it
 * @out: an empty buffer for the value's JSON text; stays empty for a value that erases
 * @problem: (out caller-allocates): what the service would say
 *
 * Returns: whether @value fits @field
 */
gboolean
bud_sandbox_field_value_check (const BudSandboxField *field,
                               const BudSandboxNode  *value,
                               GString               *out,
                               BudSandboxProblem     *problem)
{
  const char *message = check (field, value, out);

  if (message == NULL)
    return TRUE;

  return bud_sandbox_problem_set_field (problem, "Your merge fields were invalid.", field->tag,
                                        message);
}
