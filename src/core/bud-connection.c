/* bud-connection.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-connection.h"

/* An account at Mailchimp. Its token is in the keyring, never here. */
struct _BudConnection
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudConnection, bud_connection, BUD_TYPE_ITEM)

static void
bud_connection_class_init (BudConnectionClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* the service: "mailchimp" */
    bud_item_param_text ("type"),
    /* address of the API, no slash at the end, such as "https://us19.api.mailchimp.com/3.0" */
    bud_item_param_text ("api-root"),
    /* the account's own name, as the service gives it */
    bud_item_param_text ("account"),
    /* whether contributors may use it */
    bud_item_param_flag ("shared", FALSE),
    /* Unix seconds */
    bud_item_param_int64 ("created-at"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "connection", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_connection_init (BudConnection *self)
{
}

const char *
bud_connection_get_type_name (BudConnection *self)
{
  g_return_val_if_fail (BUD_IS_CONNECTION (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "type");
}

const char *
bud_connection_get_api_root (BudConnection *self)
{
  g_return_val_if_fail (BUD_IS_CONNECTION (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "api-root");
}

const char *
bud_connection_get_account (BudConnection *self)
{
  g_return_val_if_fail (BUD_IS_CONNECTION (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "account");
}

gboolean
bud_connection_is_shared (BudConnection *self)
{
  g_return_val_if_fail (BUD_IS_CONNECTION (self), FALSE);

  return bud_item_get_flag (BUD_ITEM (self), "shared");
}

gint64
bud_connection_get_created_at (BudConnection *self)
{
  g_return_val_if_fail (BUD_IS_CONNECTION (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "created-at");
}
