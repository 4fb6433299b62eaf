/* bud-response.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-response.h"

struct _BudResponse
{
  gatomicrefcount ref_count;
  guint status;
  guint n_attempts;
  SoupMessageHeaders *headers; /* (owned) */
  char *content_type;          /* (owned) (nullable) */
  GBytes *body;                /* (owned) */
};

G_DEFINE_BOXED_TYPE (BudResponse, bud_response, bud_response_ref, bud_response_unref)

/**
 * bud_response_new:
 * @status: the HTTP status
 * @headers: the answer's headers
 * @body: the whole body, decoded
 * @n_attempts: how many times the request was sent to get it
 *
 * Returns: (transfer full): an answer
 */
BudResponse *
bud_response_new (guint               status,
                  SoupMessageHeaders *headers,
                  GBytes             *body,
                  guint               n_attempts)
{
  BudResponse *self;
  const char *type;

  g_return_val_if_fail (headers != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_new0 (BudResponse, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->status = status;
  self->n_attempts = n_attempts;
  self->headers = soup_message_headers_ref (headers);
  self->body = g_bytes_ref (body);

  type = soup_message_headers_get_content_type (headers, NULL);
  if (type != NULL)
    self->content_type = g_ascii_strdown (type, -1);

  return self;
}

BudResponse *
bud_response_ref (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_response_unref (BudResponse *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

guint
bud_response_get_status (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

gboolean
bud_response_is_success (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return SOUP_STATUS_IS_SUCCESSFUL (self->status);
}

/**
 * bud_response_get_content_type:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): the media type in lower case, without parameters
 */
const char *
bud_response_get_content_type (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * bud_response_is_json:
 * @self: an answer
 *
 * Returns: whether the answer says that it is JSON, as problem documents (RFC 7807) do too
 */
gboolean
bud_response_is_json (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->content_type != NULL &&
         (g_str_equal (self->content_type, "application/json") ||
          g_str_has_suffix (self->content_type, "+json"));
}

/**
 * bud_response_get_header:
 * @self: an answer
 * @name: a header's name, in any case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
bud_response_get_header (BudResponse *self,
                         const char  *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return soup_message_headers_get_one (self->headers, name);
}

/**
 * bud_response_get_request_id:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): the service's own name for the call, for its support
 */
const char *
bud_response_get_request_id (BudResponse *self)
{
  return bud_response_get_header (self, "X-Request-Id");
}

/**
 * bud_response_get_body:
 * @self: an answer
 *
 * Returns: (transfer none): the whole body, decoded; empty when there was none
 */
GBytes *
bud_response_get_body (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * bud_response_get_n_attempts:
 * @self: an answer
 *
 * Returns: how many times the request was sent to get it
 */
guint
bud_response_get_n_attempts (BudResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_attempts;
}
