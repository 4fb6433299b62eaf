/* bud-mailchimp-key.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-error.h"
#include "bud-mailchimp-key.h"

/* Two small letters and a number, as in "us19". It becomes part of a host name that is given the
 * token, so nothing else is let through. */
static gboolean
is_data_center (const char *text)
{
  gsize n_digits;

  if (!g_ascii_islower (text[0]) || !g_ascii_islower (text[1]))
    return FALSE;

  n_digits = strspn (text + 2, "0123456789");

  return n_digits > 0 && n_digits <= 4 && text[2 + n_digits] == '\0';
}

/**
 * bud_mailchimp_api_root_for_key:
 * @api_key: an API key, a secret and the data centre as in "…-us19"
 * @error: return location for %BUD_ERROR_INVALID; it does not repeat the key
 *
 * Source: https://mailchimp.com/developer/marketing/docs/fundamentals/
 *
 * Returns: (transfer full): where the account's API is, as in "https://us19.api.mailchimp.com/3.0"
 */
char *
bud_mailchimp_api_root_for_key (const char  *api_key,
                                GError     **error)
{
  const char *dash;

  g_return_val_if_fail (api_key != NULL, NULL);

  dash = strrchr (api_key, '-');
  if (dash == NULL || dash == api_key || !is_data_center (dash + 1))
    {
      g_set_error_literal (error, BUD_ERROR, BUD_ERROR_INVALID,
                           _("This is not a Mailchimp API key. A key ends with a hyphen and the "
                             "account’s data center, as in “-us19”. Copy the whole key."));
      return NULL;
    }

  return g_strdup_printf ("https://%s.api.mailchimp.com/3.0", dash + 1);
}

/* g_utf8_strdown() would follow the locale: a Turkish “I” has another small letter. */
static char *
lower (const char *text)
{
  g_autoptr(GString) out = g_string_sized_new (strlen (text));

  for (const char *cursor = text; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (cursor)));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * bud_mailchimp_subscriber_hash:
 * @address: a member's e-mail address, UTF-8
 *
 * Source: https://mailchimp.com/developer/marketing/docs/methods-parameters/
 *
 * Returns: (transfer full): the member's name in paths, the MD5 of the lower-case address
 */
char *
bud_mailchimp_subscriber_hash (const char *address)
{
  g_autofree char *small = NULL;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (address, -1, NULL), NULL);

  small = lower (address);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, small, -1);
}
