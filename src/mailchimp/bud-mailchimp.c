/* bud-mailchimp.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "bud-json-scanner.h"
#include "bud-mailchimp-private.h"

struct _BudMailchimp
{
  GObject parent_instance;

  BudHttp *http;
  BudAuthorizer *authorizer;
  char *api_root;
  char *host;
};

G_DEFINE_FINAL_TYPE (BudMailchimp, bud_mailchimp, G_TYPE_OBJECT)

static void
bud_mailchimp_dispose (GObject *object)
{
  BudMailchimp *self = BUD_MAILCHIMP (object);

  g_clear_object (&self->http);
  g_clear_object (&self->authorizer);

  G_OBJECT_CLASS (bud_mailchimp_parent_class)->dispose (object);
}

static void
bud_mailchimp_finalize (GObject *object)
{
  BudMailchimp *self = BUD_MAILCHIMP (object);

  g_free (self->api_root);
  g_free (self->host);

  G_OBJECT_CLASS (bud_mailchimp_parent_class)->finalize (object);
}

static void
bud_mailchimp_class_init (BudMailchimpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bud_mailchimp_dispose;
  object_class->finalize = bud_mailchimp_finalize;
}

static void
bud_mailchimp_init (BudMailchimp *self)
{
}

/* The server's name, for sentences about it. */
static char *
dup_host (const char *api_root)
{
  g_autoptr(GUri) uri = g_uri_parse (api_root, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : api_root);
}

/**
 * bud_mailchimp_new:
 * @http: what sends the requests
 * @api_root: where the account's API is, as in "https://us19.api.mailchimp.com/3.0", without a
 *   slash at the end
 * @authorizer: what signs the requests
 *
 * Returns: (transfer full): a client for one account
 */
BudMailchimp *
bud_mailchimp_new (BudHttp       *http,
                   const char    *api_root,
                   BudAuthorizer *authorizer)
{
  BudMailchimp *self;

  g_return_val_if_fail (BUD_IS_HTTP (http), NULL);
  g_return_val_if_fail (api_root != NULL, NULL);
  g_return_val_if_fail (BUD_IS_AUTHORIZER (authorizer), NULL);

  self = g_object_new (BUD_TYPE_MAILCHIMP, NULL);
  self->http = g_object_ref (http);
  self->api_root = g_strdup (api_root);
  self->host = dup_host (api_root);
  self->authorizer = g_object_ref (authorizer);

  return self;
}

/* The path of something in an audience; ids come from outside and are escaped. */
char *
_bud_mailchimp_audience_path (const char *audience,
                              const char *format,
                              ...)
{
  g_autofree char *id = g_uri_escape_string (audience, NULL, FALSE);
  g_autofree char *rest = NULL;
  va_list args;

  va_start (args, format);
  rest = g_strdup_vprintf (format, args);
  va_end (args);

  return g_strconcat ("/lists/", id, rest, NULL);
}

/* For checks: sets the error that makes a request be tried again. */
gboolean
_bud_mailchimp_refuse_broken (BudMailchimp  *self,
                              BudResponse   *response,
                              GError       **error)
{
  g_propagate_error (error, bud_net_error_new (BUD_NET_ERROR_BROKEN, self->host,
                                               bud_response_get_status (response)));

  return FALSE;
}

/* A cut answer can only be told by its JSON: the length is unknown when it comes in chunks. */
static gboolean
check_json (BudResponse  *response,
            gpointer      data,
            GError      **error)
{
  BudJsonScanner json;
  const char *text;
  gsize length;

  if (bud_response_get_status (response) == SOUP_STATUS_NO_CONTENT)
    return TRUE;

  text = g_bytes_get_data (bud_response_get_body (response), &length);
  bud_json_scanner_init (&json, text, length);
  bud_json_scanner_skip (&json);

  return bud_json_scanner_finish (&json) || _bud_mailchimp_refuse_broken (data, response, error);
}

/* A signed request, whose answer must be JSON or nothing. @path begins with a slash. */
BudRequest *
_bud_mailchimp_build (BudMailchimp *self,
                      const char   *method,
                      const char   *path)
{
  g_autofree char *url = g_strconcat (self->api_root, path, NULL);
  BudRequest *request = bud_request_new (method, url);

  bud_request_set_authorizer (request, self->authorizer);
  bud_request_set_check (request, check_json, g_object_ref (self), g_object_unref);

  return request;
}

void
_bud_mailchimp_call_async (BudMailchimp        *self,
                           BudRequest          *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  bud_http_send_async (self->http, request, cancellable, callback, user_data);
}

/* @status, if not NULL, gets the HTTP status also of a refusal, or 0. */
BudResponse *
_bud_mailchimp_call_finish (BudMailchimp  *self,
                            GAsyncResult  *result,
                            guint         *status,
                            GError       **error)
{
  g_autoptr(BudResponse) response = bud_http_send_finish (self->http, result, error);

  if (status != NULL)
    *status = response != NULL ? bud_response_get_status (response) : 0;

  if (response == NULL || !bud_mailchimp_error_extract (response, error))
    return NULL;

  return g_steal_pointer (&response);
}

typedef struct
{
  BudReadFunc read;
  GDestroyNotify destroy;
} Ask;

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(BudResponse) response = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  const Ask *ask = g_task_get_task_data (task);
  gpointer answer;

  response = _bud_mailchimp_call_finish (g_task_get_source_object (task), result, NULL, &error);
  if (response != NULL)
    root = bud_json_parse (bud_response_get_body (response), &error);

  if (root == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  answer = ask->read (bud_json_get_root_object (root));
  if (answer != NULL)
    g_task_return_pointer (task, answer, ask->destroy);
  else
    g_task_return_error (task, bud_mailchimp_error_new (BUD_MAILCHIMP_ERROR_UNEXPECTED));
}

void
_bud_mailchimp_set_body (BudRequest  *request,
                         JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autoptr(GBytes) body = NULL;
  char *text = json_to_string (root, FALSE);

  body = g_bytes_new_take (text, strlen (text));
  bud_request_set_json_body (request, body);
}

/* Takes @task, whose source is the client; @body may be NULL and is not taken. */
void
_bud_mailchimp_ask (GTask          *task,
                    const char     *method,
                    const char     *path,
                    JsonBuilder    *body,
                    BudReadFunc     read,
                    GDestroyNotify  destroy)
{
  BudMailchimp *self = g_task_get_source_object (task);
  g_autoptr(BudRequest) request = _bud_mailchimp_build (self, method, path);
  Ask *ask = g_new (Ask, 1);

  *ask = (Ask) { read, destroy };
  g_task_set_task_data (task, ask, g_free);

  if (body != NULL)
    _bud_mailchimp_set_body (request, body);

  _bud_mailchimp_call_async (self, request, g_task_get_cancellable (task), on_asked_cb, task);
}
