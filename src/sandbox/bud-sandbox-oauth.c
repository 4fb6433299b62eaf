/* bud-sandbox-oauth.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-error.h"
#include "bud-sandbox-oauth.h"

/* Who may come in: API keys, and tokens by the authorization code flow of OAuth 2 as Mailchimp
 * has it, without scopes, refresh tokens or expiry
 * (https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/). */

typedef struct
{
  char *id;       /* (owned) */
  char *secret;   /* (owned) */
  char *redirect; /* (owned) */
} Client;

struct _BudSandboxOAuth
{
  GMutex lock;
  GHashTable *keys;   /* (owned) (element-type utf8) */
  GPtrArray *clients; /* (owned) (element-type Client) */
  GHashTable *codes;  /* (owned) (element-type utf8 Client): granted, not yet redeemed */
  GHashTable *tokens; /* (owned) (element-type utf8) */
};

static void
client_free (gpointer data)
{
  Client *client = data;

  g_free (client->id);
  g_free (client->secret);
  g_free (client->redirect);
  g_free (client);
}

BudSandboxOAuth *
bud_sandbox_oauth_new (void)
{
  BudSandboxOAuth *self = g_new0 (BudSandboxOAuth, 1);

  g_mutex_init (&self->lock);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->clients = g_ptr_array_new_with_free_func (client_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
bud_sandbox_oauth_free (BudSandboxOAuth *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->codes);
  g_ptr_array_unref (self->clients);
  g_hash_table_unref (self->keys);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
bud_sandbox_oauth_add_key (BudSandboxOAuth *self,
                           const char      *key)
{
  g_hash_table_add (self->keys, g_strdup (key));
}

void
bud_sandbox_oauth_add_token (BudSandboxOAuth *self,
                             const char      *token)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_add (self->tokens, g_strdup (token));
}

GStrv
bud_sandbox_oauth_list_tokens (BudSandboxOAuth *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer token;

  g_hash_table_iter_init (&iter, self->tokens);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    g_strv_builder_add (builder, token);

  return g_strv_builder_end (builder);
}

/**
 * bud_sandbox_oauth_revoke:
 * @self: the doors
 *
 * What happens when the user removes the program under “Authorized applications”: tokens die.
 */
void
bud_sandbox_oauth_revoke (BudSandboxOAuth *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_remove_all (self->tokens);
}

static gboolean
is_localhost (const char *address)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri == NULL || g_strcmp0 (g_uri_get_host (uri), "localhost") == 0;
}

/**
 * bud_sandbox_oauth_add_client:
 * @self: the doors
 * @text: ID:SECRET:REDIRECT
 * @error: return location for %BUD_ERROR_INVALID
 *
 * Registers a program. As at the real service, “localhost” is no address to return to.
 *
 * Returns: whether it is registered
 */
gboolean
bud_sandbox_oauth_add_client (BudSandboxOAuth  *self,
                              const char       *text,
                              GError          **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 3);
  Client *client;

  if (g_strv_length (parts) != 3 || *parts[0] == '\0' || *parts[1] == '\0' ||
      is_localhost (parts[2]))
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                   _("“%s” is not a program’s registration. Write ID:SECRET:REDIRECT with a "
                     "return address on 127.0.0.1, not localhost."), text);
      return FALSE;
    }

  client = g_new0 (Client, 1);
  client->id = g_strdup (parts[0]);
  client->secret = g_strdup (parts[1]);
  client->redirect = g_strdup (parts[2]);
  g_ptr_array_add (self->clients, client);

  return TRUE;
}

static char *
read_basic (const char *text)
{
  g_autofree char *decoded = NULL;
  gsize length;
  char *colon;

  decoded = (char *) g_base64_decode (text, &length);
  decoded = g_realloc (decoded, length + 1);
  decoded[length] = '\0';
  colon = strchr (decoded, ':');

  return colon != NULL ? g_strdup (colon + 1) : NULL;
}

/* The secret in an Authorization header, whichever of the known schemes it uses. */
static char *
read_header (const char *header)
{
  static const char *const schemes[] = { "Bearer ", "OAuth ", "apikey " };

  if (header == NULL)
    return NULL;

  if (g_ascii_strncasecmp (header, "Basic ", 6) == 0)
    return read_basic (header + 6);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i]);

      if (g_ascii_strncasecmp (header, schemes[i], length) == 0)
        return g_strstrip (g_strdup (header + length));
    }

  return NULL;
}

/* Without any key or program registered, every key is good: somebody just wants to practise. */
static gboolean
is_open (BudSandboxOAuth *self)
{
  return g_hash_table_size (self->keys) == 0 && self->clients->len == 0;
}

static gboolean
is_valid (BudSandboxOAuth *self,
          const char      *secret)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *bare = NULL;
  char *dash;

  if (is_open (self) || g_hash_table_contains (self->keys, secret) ||
      g_hash_table_contains (self->tokens, secret))
    return TRUE;

  /* A token with its data centre behind a dash is taken as a key. */
  bare = g_strdup (secret);
  if ((dash = strrchr (bare, '-')) == NULL)
    return FALSE;
  *dash = '\0';

  return g_hash_table_contains (self->tokens, bare);
}

/**
 * bud_sandbox_oauth_check:
 * @self: the doors
 * @header: (nullable): an Authorization header
 *
 * Returns: %BUD_SANDBOX_OK, or what the service would say
 */
BudSandboxProblemKind
bud_sandbox_oauth_check (BudSandboxOAuth *self,
                         const char      *header)
{
  g_autofree char *secret = read_header (header);

  if (secret == NULL || *secret == '\0')
    return BUD_SANDBOX_KEY_MISSING;

  return is_valid (self, secret) ? BUD_SANDBOX_OK : BUD_SANDBOX_KEY_INVALID;
}

static Client *
find_client (BudSandboxOAuth *self,
             const char      *id)
{
  for (guint i = 0; id != NULL && i < self->clients->len; i++)
    {
      Client *client = g_ptr_array_index (self->clients, i);

      if (g_str_equal (client->id, id))
        return client;
    }

  return NULL;
}

static void
answer_page (BudSandboxReply *reply,
             guint            status,
             const char      *title,
             const char      *body)
{
  reply->status = status;
  reply->content_type = "text/html; charset=utf-8";
  g_string_printf (reply->body, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width\">"
                   "<title>%s</title></head>\n<body><h1>%s</h1>\n%s</body></html>\n",
                   title, title, body);
}

static void
answer_fault (BudSandboxReply *reply,
              const char      *code,
              const char      *explanation)
{
  g_autofree char *body = g_markup_printf_escaped ("<p>%s</p><p><code>%s</code></p>\n",
                                                   explanation, code);

  answer_page (reply, 400, _("The sign-in cannot go on"), body);
}

/* A program that is not known, or an address that is not exactly the registered one, must not be
 * answered by a redirection: it may be an attack. */
static Client *
check_client (BudSandboxOAuth *self,
              GHashTable      *form,
              BudSandboxReply *reply)
{
  Client *client = find_client (self, g_hash_table_lookup (form, "client_id"));

  if (client == NULL)
    answer_fault (reply, "invalid_client", _("No program with this identity is registered."));
  else if (g_strcmp0 (client->redirect, g_hash_table_lookup (form, "redirect_uri")) != 0)
    answer_fault (reply, "redirect_uri_mismatch",
                  _("The program’s return address is not the one that is registered."));
  else
    return client;

  return NULL;
}

static void
append_hidden (GString    *form,
               const char *name,
               GHashTable *values)
{
  const char *value = g_hash_table_lookup (values, name);
  g_autofree char *field = NULL;

  field = g_markup_printf_escaped ("<input type=\"hidden\" name=\"%s\" value=\"%s\">\n",
                                   name, value != NULL ? value : "");
  g_string_append (form, field);
}

static void
show_form (BudSandboxOAuth *self,
           GHashTable      *query,
           BudSandboxReply *reply)
{
  g_autoptr(GString) form = g_string_new (NULL);
  g_autofree char *question = NULL;
  g_autofree char *buttons = NULL;
  Client *client;

  if ((client = check_client (self, query, reply)) == NULL)
    return;
  if (g_strcmp0 (g_hash_table_lookup (query, "response_type"), "code") != 0)
    {
      answer_fault (reply, "unsupported_response_type",
                    _("The program asks for something else than a code."));
      return;
    }

  question = g_markup_printf_escaped (/* Translators: %s is the identity of a program */
                                      _("May the program “%s” use this practice account?"),
                                      client->id);
  g_string_append_printf (form, "<p>%s</p>\n<form method=\"post\" action=\"/oauth2/authorize\">\n",
                          question);
  append_hidden (form, "client_id", query);
  append_hidden (form, "redirect_uri", query);
  append_hidden (form, "state", query);
  buttons = g_markup_printf_escaped ("<button name=\"decision\" value=\"allow\">%s</button>\n"
                                     "<button name=\"decision\" value=\"deny\">%s</button>\n",
                                     _("Allow"), _("Deny"));
  g_string_append_printf (form, "%s</form>\n", buttons);
  answer_page (reply, 200, _("Practice Mailchimp"), form->str);
}

static char *
new_secret (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto(GStrv) parts = g_strsplit (uuid, "-", -1);

  return g_strjoinv (NULL, parts);
}

static void
decide (BudSandboxOAuth *self,
        GHashTable      *form,
        BudSandboxReply *reply)
{
  const char *state = g_hash_table_lookup (form, "state");
  Client *client = check_client (self, form, reply);
  g_autofree char *escaped_state = NULL;
  g_autofree char *outcome = NULL;

  if (client == NULL)
    return;

  if (g_strcmp0 (g_hash_table_lookup (form, "decision"), "allow") == 0)
    {
      g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
      char *code = new_secret ();

      g_hash_table_insert (self->codes, code, client);
      outcome = g_strconcat ("code=", code, NULL);
    }
  else
    {
      outcome = g_strdup ("error=access_denied");
    }

  escaped_state = g_uri_escape_string (state != NULL ? state : "", NULL, FALSE);
  reply->status = 302;
  reply->location = g_strconcat (client->redirect,
                                 strchr (client->redirect, '?') != NULL ? "&" : "?",
                                 outcome, "&state=", escaped_state, NULL);
}

static void
answer_error (BudSandboxReply *reply,
              guint            status,
              const char      *error,
              const char      *description)
{
  reply->status = status;
  g_string_printf (reply->body, "{\"error\":\"%s\",\"error_description\":\"%s\"}", error,
                   description);
}

static void
give_token (BudSandboxOAuth *self,
            GHashTable      *form,
            BudSandboxReply *reply)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Client *client = find_client (self, g_hash_table_lookup (form, "client_id"));
  const char *code = g_hash_table_lookup (form, "code");
  const char *redirect = g_hash_table_lookup (form, "redirect_uri");
  char *token;

  if (g_strcmp0 (g_hash_table_lookup (form, "grant_type"), "authorization_code") != 0)
    {
      answer_error (reply, 400, "unsupported_grant_type", "The grant type is not supported");
      return;
    }
  if (client == NULL ||
      g_strcmp0 (client->secret, g_hash_table_lookup (form, "client_secret")) != 0)
    {
      answer_error (reply, 400, "invalid_client", "The client credentials are invalid");
      return;
    }
  if (code == NULL || g_hash_table_lookup (self->codes, code) != client)
    {
      answer_error (reply, 400, "invalid_grant", "The authorization code is invalid");
      return;
    }

  g_hash_table_remove (self->codes, code);
  if (g_strcmp0 (client->redirect, redirect) != 0)
    {
      answer_error (reply, 400, "redirect_uri_mismatch", "The redirect URI does not match");
      return;
    }

  token = new_secret ();
  g_string_printf (reply->body, "{\"access_token\":\"%s\",\"expires_in\":0,\"scope\":null}",
                   token);
  g_hash_table_add (self->tokens, token);
}

/* A bad token is told with status 200: the body has to be read. */
static void
describe_account (BudSandboxOAuth         *self,
                  const BudSandboxRequest *request,
                  const char              *header,
                  const char              *origin,
                  BudSandboxReply         *reply)
{
  g_autofree char *secret = read_header (header);

  if (secret == NULL)
    secret = g_strdup (bud_sandbox_request_get (request, "oauth_token"));
  if (secret == NULL || *secret == '\0' || !is_valid (self, secret))
    {
      answer_error (reply, 200, "invalid_token", "The access token provided is invalid");
      return;
    }

  g_string_printf (reply->body, "{\"dc\":\"us1\",\"role\":\"owner\",\"accountname\":"
                   "\"Budstikke practice account\",\"user_id\":1000001,\"login\":{\"email\":"
                   "\"practice@budstikke.example\",\"avatar\":null,\"login_id\":1000001,"
                   "\"login_name\":\"practice\",\"login_email\":\"practice@budstikke.example\"},"
                   "\"login_url\":\"%s\",\"api_endpoint\":\"%s\"}", origin, origin);
}

static GHashTable *
read_form (const BudSandboxRequest *request)
{
  g_autofree char *text = g_strndup (request->body, request->body_length);
  GHashTable *form = g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return form != NULL ? form : g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * bud_sandbox_oauth_answer:
 * @self: the doors
 * @path: the path of @request
 * @request: a request
 * @header: (nullable): its Authorization header
 * @origin: the address of this service without a path
 * @reply: the answer
 *
 * Returns: whether @path was one of ours
 */
gboolean
bud_sandbox_oauth_answer (BudSandboxOAuth         *self,
                          const char              *path,
                          const BudSandboxRequest *request,
                          const char              *header,
                          const char              *origin,
                          BudSandboxReply         *reply)
{
  gboolean post = g_str_equal (request->method, "POST");
  g_autoptr(GHashTable) form = NULL;

  if (post)
    form = read_form (request);

  if (g_str_equal (path, "/oauth2/authorize"))
    {
      if (post)
        decide (self, form, reply);
      else
        show_form (self, request->query, reply);
    }
  else if (g_str_equal (path, "/oauth2/token") && post)
    give_token (self, form, reply);
  else if (g_str_equal (path, "/oauth2/metadata"))
    describe_account (self, request, header, origin, reply);
  else
    return FALSE;

  return TRUE;
}
