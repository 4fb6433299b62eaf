/* bud-keyring-memory.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-keyring-memory.h"

/* A keyring that forgets everything with the process: for tests and for trying the program out. */
struct _BudKeyringMemory
{
  BudKeyring parent_instance;

  GHashTable *secrets; /* (owned) (element-type utf8 utf8): by connection id; wiped when freed */
};

G_DEFINE_FINAL_TYPE (BudKeyringMemory, bud_keyring_memory, BUD_TYPE_KEYRING)

static void
bud_keyring_memory_store (BudKeyring *keyring,
                          const char *connection_id,
                          const char *label,
                          const char *secret,
                          GTask      *task)
{
  BudKeyringMemory *self = BUD_KEYRING_MEMORY (keyring);

  g_hash_table_replace (self->secrets, g_strdup (connection_id), g_strdup (secret));
  g_task_return_boolean (task, TRUE);
}

static void
bud_keyring_memory_lookup (BudKeyring *keyring,
                           const char *connection_id,
                           GTask      *task)
{
  BudKeyringMemory *self = BUD_KEYRING_MEMORY (keyring);
  const char *secret = g_hash_table_lookup (self->secrets, connection_id);

  if (secret == NULL)
    g_task_return_error (task, bud_auth_error_new (BUD_AUTH_ERROR_NOT_FOUND));
  else
    g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify) bud_keyring_free_secret);
}

static void
bud_keyring_memory_clear (BudKeyring *keyring,
                          const char *connection_id,
                          GTask      *task)
{
  BudKeyringMemory *self = BUD_KEYRING_MEMORY (keyring);

  g_hash_table_remove (self->secrets, connection_id);
  g_task_return_boolean (task, TRUE);
}

static void
bud_keyring_memory_finalize (GObject *object)
{
  BudKeyringMemory *self = BUD_KEYRING_MEMORY (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (bud_keyring_memory_parent_class)->finalize (object);
}

static void
bud_keyring_memory_class_init (BudKeyringMemoryClass *klass)
{
  BudKeyringClass *keyring_class = BUD_KEYRING_CLASS (klass);

  keyring_class->store = bud_keyring_memory_store;
  keyring_class->lookup = bud_keyring_memory_lookup;
  keyring_class->clear = bud_keyring_memory_clear;

  G_OBJECT_CLASS (klass)->finalize = bud_keyring_memory_finalize;
}

static void
bud_keyring_memory_init (BudKeyringMemory *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) bud_keyring_free_secret);
}

/**
 * bud_keyring_new_memory:
 *
 * Returns: (transfer full): an empty keyring that lives as long as the object
 */
BudKeyring *
bud_keyring_new_memory (void)
{
  return g_object_new (BUD_TYPE_KEYRING_MEMORY, NULL);
}
