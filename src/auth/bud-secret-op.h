/* bud-secret-op.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * BudSecretVerb:
 * @BUD_SECRET_STORE: keep the value
 * @BUD_SECRET_LOOKUP: find the value
 * @BUD_SECRET_CLEAR: forget every matching value
 */
typedef enum {
  BUD_SECRET_STORE,
  BUD_SECRET_LOOKUP,
  BUD_SECRET_CLEAR,
} BudSecretVerb;

void bud_secret_op_start (BudSecretVerb       verb,
                          const SecretSchema *schema,
                          GHashTable         *attributes,
                          const char         *label,
                          const char         *secret,
                          guint               timeout,
                          GTask              *task);

G_END_DECLS
