/* bud-auth-error.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-auth-error.h"

G_DEFINE_QUARK (bud-auth-error-quark, bud_auth_error)

static const char *
describe (BudAuthError code)
{
  switch (code)
    {
    case BUD_AUTH_ERROR_NO_SERVICE:
      return _("No keyring answers in this session, and tokens are kept nowhere else. Start "
               "“gnome-keyring-daemon”, or another Secret Service, and try again.");
    case BUD_AUTH_ERROR_LOCKED:
      return _("The keyring is locked. Unlock it, for instance in “Passwords and Keys” or by "
               "signing in to the desktop, and try again.");
    case BUD_AUTH_ERROR_DISMISSED:
      return _("The keyring stays locked because its question was closed. Try again, and answer "
               "the question.");
    case BUD_AUTH_ERROR_NOT_FOUND:
      return _("The keyring has no token for this connection. Sign in to the connection again.");
    case BUD_AUTH_ERROR_FAILED:
      return _("The keyring refused without saying why. Try again, and look at the keyring in "
               "“Passwords and Keys”.");
    }

  g_return_val_if_reached (NULL);
}

/**
 * bud_auth_error_new:
 * @code: what went wrong
 *
 * Returns: (transfer full): the error, with a translated sentence that says what to do
 */
GError *
bud_auth_error_new (BudAuthError code)
{
  return g_error_new_literal (BUD_AUTH_ERROR, code, describe (code));
}
