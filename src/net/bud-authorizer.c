/* bud-authorizer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-authorizer.h"

/* Puts a token on a message. Mailchimp takes API keys and OAuth tokens alike as a bearer token
 * (RFC 6750). libsoup keeps a copy of the header for as long as the message lives. */
struct _BudAuthorizer
{
  GObject parent_instance;

  char *header; /* (owned) (nullable): wiped before it is freed */
};

G_DEFINE_FINAL_TYPE (BudAuthorizer, bud_authorizer, G_TYPE_OBJECT)

static void
bud_authorizer_finalize (GObject *object)
{
  BudAuthorizer *self = BUD_AUTHORIZER (object);

  if (self->header != NULL)
    explicit_bzero (self->header, strlen (self->header));
  g_clear_pointer (&self->header, g_free);

  G_OBJECT_CLASS (bud_authorizer_parent_class)->finalize (object);
}

static void
bud_authorizer_class_init (BudAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_authorizer_finalize;
}

static void
bud_authorizer_init (BudAuthorizer *self)
{
}

/**
 * bud_authorizer_new_bearer:
 * @token: an API key or an OAuth access token; blanks and line ends of a careless copy are left out
 *
 * Returns: (transfer full): puts `Authorization: Bearer @token` on messages
 */
BudAuthorizer *
bud_authorizer_new_bearer (const char *token)
{
  static const char scheme[] = "Bearer ";
  BudAuthorizer *self;
  char *end;

  g_return_val_if_fail (token != NULL, NULL);

  self = g_object_new (BUD_TYPE_AUTHORIZER, NULL);
  self->header = g_malloc (sizeof scheme + strlen (token));
  end = stpcpy (self->header, scheme);

  /* Only what may stand in a header, so that no token can begin a second one. */
  for (const char *p = token; *p != '\0'; p++)
    if (g_ascii_isgraph (*p))
      *end++ = *p;
  *end = '\0';

  return self;
}

/**
 * bud_authorizer_new_none:
 *
 * Returns: (transfer full): leaves messages as they are
 */
BudAuthorizer *
bud_authorizer_new_none (void)
{
  return g_object_new (BUD_TYPE_AUTHORIZER, NULL);
}

/**
 * bud_authorizer_apply:
 * @self: an authorizer
 * @message: a message that is about to be sent
 */
void
bud_authorizer_apply (BudAuthorizer *self,
                      SoupMessage   *message)
{
  g_return_if_fail (BUD_IS_AUTHORIZER (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  if (self->header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message),
                                  "Authorization", self->header);
}
