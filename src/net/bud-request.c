/* bud-request.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-request.h"

struct _BudRequest
{
  gatomicrefcount ref_count;
  char *method;
  GUri *uri;                 /* (owned) (nullable): NULL when the URL cannot be read */
  GBytes *body;              /* (owned) (nullable) */
  BudAuthorizer *authorizer; /* (owned) (nullable) */
  BudResponseCheck check;
  gpointer check_data;
  GDestroyNotify check_destroy;
};

G_DEFINE_BOXED_TYPE (BudRequest, bud_request, bud_request_ref, bud_request_unref)

/**
 * bud_request_new:
 * @method: an HTTP method; the request may be sent more than once, so it must be harmless to repeat
 * @url: the whole address, with its query
 *
 * A request is set up on one thread and not changed after it is handed to bud_http_send_async().
 *
 * Returns: (transfer full): a request
 */
BudRequest *
bud_request_new (const char *method,
                 const char *url)
{
  BudRequest *self;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  self = g_new0 (BudRequest, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->method = g_strdup (method);
  self->uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  return self;
}

BudRequest *
bud_request_ref (BudRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_request_unref (BudRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->check_destroy != NULL)
    self->check_destroy (self->check_data);
  g_clear_object (&self->authorizer);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->method);
  g_free (self);
}

/**
 * bud_request_set_json_body:
 * @self: a request
 * @body: JSON text
 */
void
bud_request_set_json_body (BudRequest *self,
                           GBytes     *body)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (body != NULL);

  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
}

/**
 * bud_request_set_authorizer:
 * @self: a request
 * @authorizer: (nullable): what puts the token on each message, %NULL for none
 */
void
bud_request_set_authorizer (BudRequest    *self,
                            BudAuthorizer *authorizer)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (authorizer == NULL || BUD_IS_AUTHORIZER (authorizer));

  g_set_object (&self->authorizer, authorizer);
}

/**
 * bud_request_set_check:
 * @self: a request
 * @func: called with every complete 2xx answer, on the sender's main context
 * @data: for @func
 * @destroy: (nullable): frees @data
 *
 * A request whose answer matters needs a check: libsoup takes a connection that is closed between
 * two chunks of a body for the body's end.
 */
void
bud_request_set_check (BudRequest       *self,
                       BudResponseCheck  func,
                       gpointer          data,
                       GDestroyNotify    destroy)
{
  g_return_if_fail (self != NULL);

  if (self->check_destroy != NULL)
    self->check_destroy (self->check_data);
  self->check = func;
  self->check_data = data;
  self->check_destroy = destroy;
}

const char *
bud_request_get_method (BudRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method;
}

/**
 * bud_request_get_uri:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the address in its parts, %NULL when it cannot be read
 */
GUri *
bud_request_get_uri (BudRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->uri;
}

/**
 * bud_request_get_body:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): what is sent
 */
GBytes *
bud_request_get_body (BudRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * bud_request_get_authorizer:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): what puts the token on each message
 */
BudAuthorizer *
bud_request_get_authorizer (BudRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->authorizer;
}

/**
 * bud_request_check:
 * @self: a request
 * @response: an answer to it
 * @error: return location for what the request's check says
 *
 * Returns: whether @response passes; without a check everything does
 */
gboolean
bud_request_check (BudRequest   *self,
                   BudResponse  *response,
                   GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (response != NULL, FALSE);

  return self->check == NULL || self->check (response, self->check_data, error);
}
