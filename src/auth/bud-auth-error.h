/* bud-auth-error.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BUD_AUTH_ERROR (bud_auth_error_quark ())

/**
 * BudAuthError:
 * @BUD_AUTH_ERROR_NO_SERVICE: no keyring service is running
 * @BUD_AUTH_ERROR_LOCKED: the keyring is locked, and could not be unlocked here
 * @BUD_AUTH_ERROR_DISMISSED: the person closed the keyring's question
 * @BUD_AUTH_ERROR_NOT_FOUND: the keyring has no such secret
 * @BUD_AUTH_ERROR_FAILED: anything else
 *
 * What can go wrong with signing in and with keeping secrets. Messages are translated sentences.
 */
typedef enum {
  BUD_AUTH_ERROR_NO_SERVICE,
  BUD_AUTH_ERROR_LOCKED,
  BUD_AUTH_ERROR_DISMISSED,
  BUD_AUTH_ERROR_NOT_FOUND,
  BUD_AUTH_ERROR_FAILED,
} BudAuthError;

GQuark  bud_auth_error_quark (void);
GError *bud_auth_error_new   (BudAuthError code);

G_END_DECLS
