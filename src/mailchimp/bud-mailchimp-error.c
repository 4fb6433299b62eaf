/* bud-mailchimp-error.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-json.h"
#include "bud-mailchimp-error.h"

/* Of the service's own words at most so many characters are kept, and so many field faults. */
#define WORDS_MAX 300
#define FIELDS_MAX 3

/* What the data of a person is replaced by. */
#define REDACTED "…"

G_DEFINE_QUARK (bud-mailchimp-error-quark, bud_mailchimp_error)

typedef struct
{
  const char *title;
  BudMailchimpError code;
} Title;

/* https://mailchimp.com/developer/marketing/docs/errors/ writes these together, the service with
 * spaces: they are compared without. */
static const Title TITLES[] = {
  { "APIKeyInvalid", BUD_MAILCHIMP_ERROR_UNAUTHORIZED },
  { "APIKeyMissing", BUD_MAILCHIMP_ERROR_UNAUTHORIZED },
  { "UserDisabled", BUD_MAILCHIMP_ERROR_UNAUTHORIZED },
  { "WrongDatacenter", BUD_MAILCHIMP_ERROR_WRONG_DATACENTER },
  { "Forbidden", BUD_MAILCHIMP_ERROR_FORBIDDEN },
  { "UserActionNotPermitted", BUD_MAILCHIMP_ERROR_FORBIDDEN },
  { "ComplianceRelated", BUD_MAILCHIMP_ERROR_FORBIDDEN },
  { "ResourceNotFound", BUD_MAILCHIMP_ERROR_NOT_FOUND },
  { "PaymentRequired", BUD_MAILCHIMP_ERROR_LIMIT },
  { "TooManyRequests", BUD_MAILCHIMP_ERROR_UNAVAILABLE },
  { "InternalServerError", BUD_MAILCHIMP_ERROR_UNAVAILABLE },
};

typedef struct
{
  const char *words;
  BudMailchimpError code;
} Words;

/* Looked for only where the title does not tell. */
static const Words WORDS[] = {
  { "maximum allowed member items exceeded", BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS },
  { "at most 500", BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS },
  { "maximum of 500", BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS },
  { "api access has been disabled", BUD_MAILCHIMP_ERROR_FORBIDDEN },
  { "payment required", BUD_MAILCHIMP_ERROR_LIMIT },
  { "contact limit", BUD_MAILCHIMP_ERROR_LIMIT },
  { "upgrade your plan", BUD_MAILCHIMP_ERROR_LIMIT },
};

static const char *
get_sentence (BudMailchimpError code)
{
  switch (code)
    {
    case BUD_MAILCHIMP_ERROR_UNAUTHORIZED:
      return _("Mailchimp does not accept this connection’s sign-in. Sign in to Mailchimp again.");
    case BUD_MAILCHIMP_ERROR_FORBIDDEN:
      return _("Mailchimp does not let this user do that. Ask the owner of the Mailchimp account "
               "for the right to manage audiences.");
    case BUD_MAILCHIMP_ERROR_WRONG_DATACENTER:
      return _("The Mailchimp account lives in another data center than the connection says. Sign "
               "in to Mailchimp again.");
    case BUD_MAILCHIMP_ERROR_NOT_FOUND:
      return _("Mailchimp does not have what was asked for. It may have been deleted there; "
               "choose the audience and the tags again.");
    case BUD_MAILCHIMP_ERROR_INVALID:
      return _("Mailchimp refused the request as it stands. Check the audience and the mapping of "
               "its fields.");
    case BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS:
      return _("Mailchimp takes at most 500 members at a time. Send fewer at a time.");
    case BUD_MAILCHIMP_ERROR_LIMIT:
      return _("The Mailchimp account’s plan allows no more. Remove contacts in Mailchimp or "
               "choose a larger plan there.");
    case BUD_MAILCHIMP_ERROR_UNAVAILABLE:
      return _("Mailchimp cannot answer right now. Try again later.");
    case BUD_MAILCHIMP_ERROR_UNEXPECTED:
      return _("Mailchimp gave an answer that this program does not know. Try again later; if it "
               "stays so, look for a newer version of the program.");
    }

  g_return_val_if_reached (NULL);
}

static gboolean
is_same_title (const char *wire,
               const char *known)
{
  for (; *wire != '\0'; wire++)
    {
      if (*wire == ' ')
        continue;
      if (g_ascii_tolower (*wire) != g_ascii_tolower (*known))
        return FALSE;
      known++;
    }

  return *known == '\0';
}

static BudMailchimpError
get_code_for_status (guint    status,
                     gboolean problem)
{
  switch (status)
    {
    case 401:
      return BUD_MAILCHIMP_ERROR_UNAUTHORIZED;
    case 402:
      return BUD_MAILCHIMP_ERROR_LIMIT;
    case 403:
      /* Without a body in JSON it is the gate before the service, which has had enough. */
      return problem ? BUD_MAILCHIMP_ERROR_FORBIDDEN : BUD_MAILCHIMP_ERROR_UNAVAILABLE;
    case 404:
      return BUD_MAILCHIMP_ERROR_NOT_FOUND;
    case 400:
    case 405:
    case 409:
    case 413:
    case 414:
    case 422:
      return BUD_MAILCHIMP_ERROR_INVALID;
    case 408:
    case 429:
      return BUD_MAILCHIMP_ERROR_UNAVAILABLE;
    default:
      return status >= 500 ? BUD_MAILCHIMP_ERROR_UNAVAILABLE : BUD_MAILCHIMP_ERROR_UNEXPECTED;
    }
}

static BudMailchimpError
choose_code (guint       status,
             JsonObject *problem,
             const char *words)
{
  const char *title = bud_json_get_string (problem, "title");

  for (gsize i = 0; title != NULL && i < G_N_ELEMENTS (TITLES); i++)
    if (is_same_title (title, TITLES[i].title))
      return TITLES[i].code;

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcasestr (words, WORDS[i].words) != NULL)
      return WORDS[i].code;

  return get_code_for_status (status, problem != NULL);
}

/* The faults of single fields, as in "LTV: Please enter a number". */
static void
append_field_faults (GString    *words,
                     JsonObject *problem)
{
  JsonArray *errors = bud_json_get_array (problem, "errors");
  guint n_errors = MIN (bud_json_array_get_length (errors), FIELDS_MAX);

  for (guint i = 0; i < n_errors; i++)
    {
      JsonObject *fault = bud_json_array_get_object (errors, i);
      const char *field = bud_json_get_string (fault, "field");
      const char *message = bud_json_get_string (fault, "message");

      if (message == NULL)
        continue;
      if (words->len > 0)
        g_string_append_c (words, ' ');
      if (field != NULL && field[0] != '\0')
        g_string_append_printf (words, "%s: ", field);
      g_string_append (words, message);
    }
}

static char *
read_words (JsonObject *problem)
{
  g_autoptr(GString) words = g_string_new (bud_json_get_string (problem, "detail"));

  append_field_faults (words, problem);

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * bud_mailchimp_redact:
 * @words: what the service said
 *
 * The service puts people's addresses into its prose, and an error may end in a log or a journal.
 *
 * Returns: (transfer full): the same, cut short, without addresses
 */
char *
bud_mailchimp_redact (const char *words)
{
  g_autofree char *brief = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), WORDS_MAX));
  g_auto(GStrv) parts = g_strsplit_set (brief, " \t\r\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strchr (parts[i], '@') != NULL)
      {
        g_free (parts[i]);
        parts[i] = g_strdup (REDACTED);
      }

  return g_strjoinv (" ", parts);
}

/**
 * bud_mailchimp_error_new:
 * @code: what happened
 *
 * Returns: (transfer full): an error with the sentence for @code
 */
GError *
bud_mailchimp_error_new (BudMailchimpError code)
{
  return g_error_new_literal (BUD_MAILCHIMP_ERROR, (int) code, get_sentence (code));
}

/**
 * bud_mailchimp_error_extract:
 * @response: an answer of the service, or of whoever stands before it: its body may be a problem
 *   document (RFC 9457), HTML or nothing
 * @error: return location for a #BudMailchimpError
 *
 * The problem's title decides, then its words, then the status.
 *
 * Returns: whether the answer is a success
 */
gboolean
bud_mailchimp_error_extract (BudResponse  *response,
                             GError      **error)
{
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;
  JsonObject *problem;
  BudMailchimpError code;

  g_return_val_if_fail (response != NULL, FALSE);

  if (bud_response_is_success (response))
    return TRUE;

  root = bud_json_parse (bud_response_get_body (response), NULL);
  problem = bud_json_get_root_object (root);
  words = read_words (problem);
  code = choose_code (bud_response_get_status (response), problem, words);

  shown = bud_mailchimp_redact (words);
  if (shown[0] == '\0')
    g_propagate_error (error, bud_mailchimp_error_new (code));
  else
    g_set_error (error, BUD_MAILCHIMP_ERROR, (int) code,
                 /* Translators: a sentence of ours, and under it what Mailchimp said in English */
                 _("%s\nMailchimp said: %s"), get_sentence (code), shown);

  return FALSE;
}
