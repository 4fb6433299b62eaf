/* bud-keyring-libsecret.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-keyring.h"

G_BEGIN_DECLS

#define BUD_TYPE_KEYRING_LIBSECRET (bud_keyring_libsecret_get_type ())

G_DECLARE_FINAL_TYPE (BudKeyringLibsecret, bud_keyring_libsecret, BUD, KEYRING_LIBSECRET,
                      BudKeyring)

BudKeyring *bud_keyring_new_libsecret         (const char          *workspace_id);
void        bud_keyring_libsecret_set_timeout (BudKeyringLibsecret *self,
                                               guint                milliseconds);

G_END_DECLS
