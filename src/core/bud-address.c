/* bud-address.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-address.h"

/* RFC 5321 §4.5.3.1: 64 octets before the @, and 63 for each label of a domain (RFC 1035). */
#define LOCAL_MAX 64
#define LABEL_MAX 63

static gboolean
is_local_char (unsigned char c)
{
  return g_ascii_isalnum (c) || c >= 0x80 || (c != '\0' && strchr ("!#$%&'*+-/=?^_`{|}~.", c));
}

static gboolean
is_local_part (const char *text,
               gsize       len)
{
  if (len == 0 || len > LOCAL_MAX || text[0] == '.' || text[len - 1] == '.')
    return FALSE;

  for (gsize i = 0; i < len; i++)
    {
      if (!is_local_char ((unsigned char) text[i]))
        return FALSE;
      if (text[i] == '.' && text[i + 1] == '.')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_label (const char *text,
          gsize       len)
{
  if (len == 0 || len > LABEL_MAX || text[0] == '-' || text[len - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < len; i++)
    {
      unsigned char c = (unsigned char) text[i];

      if (!g_ascii_isalnum (c) && c != '-' && c < 0x80)
        return FALSE;
    }

  return TRUE;
}

/* At least two labels, and the last one is no number: an address literal is nobody's inbox. */
static gboolean
is_domain (const char *text)
{
  guint n_labels = 0;
  const char *last = text;

  for (const char *start = text; ; )
    {
      const char *end = strchrnul (start, '.');

      if (!is_label (start, end - start))
        return FALSE;

      n_labels++;
      last = start;
      if (*end == '\0')
        break;
      start = end + 1;
    }

  return n_labels >= 2 && strlen (last) >= 2 && strspn (last, "0123456789") != strlen (last);
}

/* What cannot be seen is no part of an address: spaces of every kind, control characters, marks
 * of direction, zero-width and byte order marks. Files have them where people pasted. */
static gboolean
is_invisible (gunichar c)
{
  if (c < 0x80)
    return !g_ascii_isgraph ((char) c);

  return g_unichar_isspace (c) || !g_unichar_isgraph (c);
}

static void
trim (const char **start,
      const char **end)
{
  while (*start < *end && is_invisible (g_utf8_get_char (*start)))
    *start = g_utf8_next_char (*start);

  while (*start < *end)
    {
      const char *last = g_utf8_prev_char (*end);

      if (!is_invisible (g_utf8_get_char (last)))
        break;
      *end = last;
    }
}

/* One character at a time, because g_utf8_strdown() answers differently in a Turkish locale.
 * Some letters take more bytes in lower case. */
static gboolean
copy_lower (const char *start,
            const char *end,
            char       *out)
{
  gsize len = 0;

  for (; start < end; start = g_utf8_next_char (start))
    {
      /* Nearly all of them are ASCII, and there are millions. */
      gunichar c = (guint8) *start < 0x80 ? (gunichar) g_ascii_tolower (*start)
                                          : g_unichar_tolower (g_utf8_get_char (start));

      if (is_invisible (c) || len + g_unichar_to_utf8 (c, NULL) > BUD_ADDRESS_MAX)
        return FALSE;
      len += g_unichar_to_utf8 (c, out + len);
    }
  out[len] = '\0';

  return TRUE;
}

/**
 * bud_address_normalise:
 * @raw: (nullable): what the customer row holds, UTF-8
 * @out: room for the result
 *
 * Trims and lower-cases an e-mail address, the same way in every locale, and checks how it is
 * written (the unquoted form of RFC 5322 §3.4.1, with UTF-8 as in RFC 6532, less what cannot be
 * seen). Mailchimp identifies members by the lower-case address:
 * https://mailchimp.com/developer/marketing/docs/methods-parameters/
 *
 * Returns: the verdict; @out is filled only for %BUD_ADDRESS_OK
 */
BudAddressVerdict
bud_address_normalise (const char *raw,
                       char        out[BUD_ADDRESS_MAX + 1])
{
  const char *at;
  const char *end;

  g_return_val_if_fail (out != NULL, BUD_ADDRESS_INVALID);

  if (raw == NULL || *raw == '\0')
    return BUD_ADDRESS_EMPTY;
  if (!g_utf8_validate (raw, -1, &end))
    return BUD_ADDRESS_INVALID;

  trim (&raw, &end);
  if (raw == end)
    return BUD_ADDRESS_EMPTY;
  if (!copy_lower (raw, end, out))
    return BUD_ADDRESS_INVALID;

  at = strchr (out, '@');
  if (at == NULL || !is_local_part (out, at - out) || !is_domain (at + 1))
    return BUD_ADDRESS_INVALID;

  return BUD_ADDRESS_OK;
}
