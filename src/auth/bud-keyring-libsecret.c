/* bud-keyring-libsecret.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-keyring-libsecret.h"
#include "bud-secret-op.h"

/* Long enough for a person to find and type a password. */
#define TIMEOUT (2 * 60 * 1000)

struct _BudKeyringLibsecret
{
  BudKeyring parent_instance;

  char *workspace_id;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (BudKeyringLibsecret, bud_keyring_libsecret, BUD_TYPE_KEYRING)

/* Attributes are not encrypted: they are for finding only. */
static const SecretSchema schema = {
  "io.github.budstikke.Budstikke",
  SECRET_SCHEMA_NONE,
  {
    { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void
start (BudKeyring    *keyring,
       BudSecretVerb  verb,
       const char    *connection_id,
       const char    *label,
       const char    *secret,
       GTask         *task)
{
  BudKeyringLibsecret *self = BUD_KEYRING_LIBSECRET (keyring);
  g_autoptr(GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema,
                                        "workspace", self->workspace_id,
                                        "connection", connection_id,
                                        "kind", "token",
                                        NULL);
  bud_secret_op_start (verb, &schema, attributes, label, secret, self->timeout, task);
}

static void
bud_keyring_libsecret_store (BudKeyring *keyring,
                             const char *connection_id,
                             const char *label,
                             const char *secret,
                             GTask      *task)
{
  g_autofree char *title = NULL;

  /* Translators: shown by programs that list the keyring; “%s” is the name of a connection */
  title = g_strdup_printf (_("Budstikke: %s"), label);
  start (keyring, BUD_SECRET_STORE, connection_id, title, secret, task);
}

static void
bud_keyring_libsecret_lookup (BudKeyring *keyring,
                              const char *connection_id,
                              GTask      *task)
{
  start (keyring, BUD_SECRET_LOOKUP, connection_id, NULL, NULL, task);
}

static void
bud_keyring_libsecret_clear (BudKeyring *keyring,
                             const char *connection_id,
                             GTask      *task)
{
  start (keyring, BUD_SECRET_CLEAR, connection_id, NULL, NULL, task);
}

static void
bud_keyring_libsecret_finalize (GObject *object)
{
  BudKeyringLibsecret *self = BUD_KEYRING_LIBSECRET (object);

  g_clear_pointer (&self->workspace_id, g_free);

  G_OBJECT_CLASS (bud_keyring_libsecret_parent_class)->finalize (object);
}

static void
bud_keyring_libsecret_class_init (BudKeyringLibsecretClass *klass)
{
  BudKeyringClass *keyring_class = BUD_KEYRING_CLASS (klass);

  keyring_class->store = bud_keyring_libsecret_store;
  keyring_class->lookup = bud_keyring_libsecret_lookup;
  keyring_class->clear = bud_keyring_libsecret_clear;

  G_OBJECT_CLASS (klass)->finalize = bud_keyring_libsecret_finalize;
}

static void
bud_keyring_libsecret_init (BudKeyringLibsecret *self)
{
  self->timeout = TIMEOUT;
}

/**
 * bud_keyring_new_libsecret:
 * @workspace_id: the workspace whose tokens these are
 *
 * The desktop's keyring, through the Secret Service. A prompt to unlock it is shown only when there
 * is a display; without one, a locked keyring is %BUD_AUTH_ERROR_LOCKED.
 *
 * Returns: (transfer full): a keyring
 */
BudKeyring *
bud_keyring_new_libsecret (const char *workspace_id)
{
  BudKeyringLibsecret *self;

  g_return_val_if_fail (workspace_id != NULL, NULL);

  self = g_object_new (BUD_TYPE_KEYRING_LIBSECRET, NULL);
  self->workspace_id = g_strdup (workspace_id);

  return BUD_KEYRING (self);
}

/**
 * bud_keyring_libsecret_set_timeout:
 * @self: a keyring
 * @milliseconds: how long a person may take to answer the keyring's prompt
 */
void
bud_keyring_libsecret_set_timeout (BudKeyringLibsecret *self,
                                   guint                milliseconds)
{
  g_return_if_fail (BUD_IS_KEYRING_LIBSECRET (self));

  self->timeout = milliseconds;
}
