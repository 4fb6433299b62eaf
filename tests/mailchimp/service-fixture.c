/* service-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "service-fixture.h"

/* A word that must turn up in no error and no log. */
#define TOKEN "fixture-secret"

typedef struct
{
  guint status;
  const char *type;
  char *body;
} Scripted;

struct _Service
{
  SoupServer *server;
  BudHttp *http;
  BudMailchimp *client;

  GQueue script;
  ServiceFunc func;
  gpointer data;
  GPtrArray *calls;
  GAsyncResult *result;
};

static void
free_scripted (gpointer data)
{
  Scripted *scripted = data;

  g_free (scripted->body);
  g_free (scripted);
}

static void
record_call (Service           *self,
             SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *path = NULL;
  const char *authorization;

  authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " TOKEN);

  /* SoupServer gives the path without escapes; a question mark in it must be one of the path. */
  path = g_uri_escape_string (g_uri_get_path (uri), "/", FALSE);
  g_ptr_array_add (self->calls,
                   g_strdup_printf ("%s %s%s%s %.*s", soup_server_message_get_method (message),
                                    path, query != NULL ? "?" : "",
                                    query != NULL ? query : "", (int) body->length, body->data));
}

static void
on_call (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  Service *self = user_data;
  Scripted *scripted = g_queue_pop_head (&self->script);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  record_call (self, message);

  /* SoupServer 3.2 never lets go of a connection that the client closes. */
  soup_message_headers_replace (headers, "Connection", "close");

  if (scripted == NULL)
    {
      g_assert_nonnull (self->func);
      scripted = g_new (Scripted, 1);
      *scripted = (Scripted) { 200, SERVICE_JSON, self->func (query, self->data) };
    }

  soup_server_message_set_status (message, scripted->status, NULL);
  if (scripted->type != NULL)
    soup_server_message_set_response (message, scripted->type, SOUP_MEMORY_COPY, scripted->body,
                                      strlen (scripted->body));
  free_scripted (scripted);
}

Service *
service_new (void)
{
  Service *self = g_new0 (Service, 1);
  g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_bearer (TOKEN);
  g_autoptr(GError) error = NULL;
  g_autofree char *root = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->script);
  soup_server_add_handler (self->server, NULL, on_call, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  root = g_strdup_printf ("http://127.0.0.1:%d/3.0", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  self->http = bud_http_new (NULL);
  bud_http_set_backoff (self->http, 1, 2);
  bud_http_set_max_attempts (self->http, 3);
  self->client = bud_mailchimp_new (self->http, root, authorizer);

  return self;
}

void
service_free (Service *self)
{
  g_assert_cmpuint (g_queue_get_length (&self->script), ==, 0);

  g_clear_object (&self->result);
  g_assert_finalize_object (self->client);
  g_object_unref (self->http);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

BudMailchimp *
service_client (Service *self)
{
  return self->client;
}

/* @type is a literal, NULL for an answer without a body. */
void
service_play (Service    *self,
              guint       status,
              const char *type,
              const char *body)
{
  Scripted *scripted = g_new (Scripted, 1);

  *scripted = (Scripted) { status, type, g_strdup (body) };
  g_queue_push_tail (&self->script, scripted);
}

void
service_set_func (Service     *self,
                  ServiceFunc  func,
                  gpointer     data)
{
  self->func = func;
  self->data = data;
}

guint
service_n_calls (Service *self)
{
  return self->calls->len;
}

/* As in "POST /3.0/lists/a?b=c BODY". */
const char *
service_call (Service *self,
              guint    index)
{
  g_assert_cmpuint (index, <, self->calls->len);

  return g_ptr_array_index (self->calls, index);
}

void
service_done_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Service *self = user_data;

  g_assert_null (self->result);
  self->result = g_object_ref (result);
}

/* The result belongs to the fixture until the next waiting. */
GAsyncResult *
service_wait (Service *self)
{
  g_clear_object (&self->result);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return self->result;
}
