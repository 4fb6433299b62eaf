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

static void
copy_lower (const char *raw,
            gsize       len,
            char       *out)
{
  g_autofree char *lower = NULL;
  gboolean ascii = TRUE;

  for (gsize i = 0; i < len; i++)
    {
      ascii = ascii && (unsigned char) raw[i] < 0x80;
      out[i] = g_ascii_tolower (raw[i]);
    }
  out[len] = '\0';

  if (ascii)
    return;

  lower = g_utf8_strdown (raw, len);
  if (strlen (lower) <= BUD_ADDRESS_MAX)
    strcpy (out, lower);
}

/**
 * bud_address_normalise:
 * @raw: (nullable): what the customer row holds, UTF-8
 * @out: room for the result
 *
 * Trims and lower-cases an e-mail address and checks how it is written (the unquoted form of
 * RFC 5322 §3.4.1, with UTF-8 as in RFC 6532). Mailchimp identifies members by the lower-case
 * address: https://mailchimp.com/developer/marketing/docs/methods-parameters/
 *
 * Returns: the verdict; @out is filled only for %BUD_ADDRESS_OK
 */
BudAddressVerdict
bud_address_normalise (const char *raw,
                       char        out[BUD_ADDRESS_MAX + 1])
{
  const char *at;
  gsize len;

  g_return_val_if_fail (out != NULL, BUD_ADDRESS_INVALID);

  if (raw == NULL)
    return BUD_ADDRESS_EMPTY;

  while (g_ascii_isspace (*raw))
    raw++;
  len = strlen (raw);
  while (len > 0 && g_ascii_isspace (raw[len - 1]))
    len--;

  if (len == 0)
    return BUD_ADDRESS_EMPTY;
  if (len > BUD_ADDRESS_MAX || !g_utf8_validate (raw, len, NULL))
    return BUD_ADDRESS_INVALID;

  copy_lower (raw, len, out);
  at = strchr (out, '@');
  if (at == NULL || !is_local_part (out, at - out) || !is_domain (at + 1))
    return BUD_ADDRESS_INVALID;

  return BUD_ADDRESS_OK;
}
