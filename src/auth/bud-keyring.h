/* bud-keyring.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-auth-error.h"

G_BEGIN_DECLS

#define BUD_TYPE_KEYRING (bud_keyring_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudKeyring, bud_keyring, BUD, KEYRING, GObject)

/* Where tokens are kept, one for each connection. An implementation starts each operation and
 * returns through the task: a boolean for store and clear, a string for lookup. */
struct _BudKeyringClass
{
  GObjectClass parent_class;

  void (*store)  (BudKeyring *self, const char *connection_id, const char *label,
                  const char *secret, GTask *task);
  void (*lookup) (BudKeyring *self, const char *connection_id, GTask *task);
  void (*clear)  (BudKeyring *self, const char *connection_id, GTask *task);
};

void      bud_keyring_store_async   (BudKeyring           *self,
                                     const char           *connection_id,
                                     const char           *label,
                                     const char           *secret,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  bud_keyring_store_finish  (BudKeyring           *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void      bud_keyring_lookup_async  (BudKeyring           *self,
                                     const char           *connection_id,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char     *bud_keyring_lookup_finish (BudKeyring           *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void      bud_keyring_clear_async   (BudKeyring           *self,
                                     const char           *connection_id,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  bud_keyring_clear_finish  (BudKeyring           *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void      bud_keyring_free_secret   (char                 *secret);

G_END_DECLS
