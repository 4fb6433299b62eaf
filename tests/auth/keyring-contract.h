/* keyring-contract.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-keyring.h"

G_BEGIN_DECLS

/* One call under way, or its outcome. */
typedef struct
{
  gboolean is_done;
  gboolean ok;
  char *secret;
  GError *error;
} KeyringCall;

void     keyring_call_clear    (KeyringCall  *call);
void     keyring_start_lookup  (BudKeyring   *keyring,
                                const char   *connection_id,
                                GCancellable *cancellable,
                                KeyringCall  *call);
void     keyring_wait          (KeyringCall  *call);
void     keyring_store         (BudKeyring   *keyring,
                                const char   *connection_id,
                                const char   *label,
                                const char   *secret,
                                KeyringCall  *call);
void     keyring_lookup        (BudKeyring   *keyring,
                                const char   *connection_id,
                                KeyringCall  *call);
void     keyring_clear         (BudKeyring   *keyring,
                                const char   *connection_id,
                                KeyringCall  *call);
void     keyring_test_contract (BudKeyring   *keyring);
void     keyring_run_for       (guint         milliseconds);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeyringCall, keyring_call_clear)

G_END_DECLS
