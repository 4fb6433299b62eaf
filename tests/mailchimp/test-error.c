/* test-error.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-error.h"
#include "bud-mailchimp-error.h"
#include "bud-mailchimp-key.h"
#include "bud-member-error.h"

#define PROBLEM "application/problem+json; charset=utf-8"

static BudResponse *
build_response (guint       status,
                const char *type,
                const char *text)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));
  BudResponse *response;

  if (type != NULL)
    soup_message_headers_replace (headers, "Content-Type", type);
  response = bud_response_new (status, headers, body, 1);
  soup_message_headers_unref (headers);

  return response;
}

static void
test_whole_requests (void)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    BudMailchimpError code;
    const char *words;
  } CASES[] = {
    { 401, PROBLEM,
      "{\"type\":\"t\",\"title\":\"API Key Invalid\",\"status\":401,\"detail\":\"Your API key "
      "may be "
      "invalid, or you've attempted to access the wrong datacenter.\",\"instance\":\"i\"}",
      BUD_MAILCHIMP_ERROR_UNAUTHORIZED, "wrong datacenter" },
    { 401, PROBLEM, "{\"title\":\"API Key Missing\"}", BUD_MAILCHIMP_ERROR_UNAUTHORIZED, NULL },
    { 401, "text/html", "<html>", BUD_MAILCHIMP_ERROR_UNAUTHORIZED, NULL },
    { 401, NULL, "", BUD_MAILCHIMP_ERROR_UNAUTHORIZED, NULL },
    { 402, NULL, "", BUD_MAILCHIMP_ERROR_LIMIT, NULL },
    { 403, PROBLEM, "{\"title\":\"User Disabled\",\"status\":403}",
      BUD_MAILCHIMP_ERROR_UNAUTHORIZED,
      NULL },
    { 403, PROBLEM, "{\"title\":\"Wrong Datacenter\"}", BUD_MAILCHIMP_ERROR_WRONG_DATACENTER,
      NULL },
    { 403, PROBLEM, "{\"title\":\"WrongDatacenter\"}", BUD_MAILCHIMP_ERROR_WRONG_DATACENTER, NULL },
    { 403, PROBLEM,
      "{\"title\":\"User action not permitted\",\"detail\":\"User does not have access to the "
      "requested operation\"}",
      BUD_MAILCHIMP_ERROR_FORBIDDEN, "does not have access" },
    { 403, PROBLEM, "{\"title\":\"Something new\"}", BUD_MAILCHIMP_ERROR_FORBIDDEN, NULL },
    { 403, PROBLEM,
      "{\"title\":\"Something new\",\"detail\":\"API Access has been disabled for this account.\"}",
      BUD_MAILCHIMP_ERROR_FORBIDDEN, "has been disabled" },
    { 403, PROBLEM, "{\"title\":\"Payment Required\"}", BUD_MAILCHIMP_ERROR_LIMIT, NULL },
    { 403, "text/html", "<html>Request Blocked</html>", BUD_MAILCHIMP_ERROR_UNAVAILABLE, NULL },
    { 403, NULL, "", BUD_MAILCHIMP_ERROR_UNAVAILABLE, NULL },
    { 404, PROBLEM,
      "{\"title\":\"Resource Not Found\",\"detail\":\"The requested resource could not be "
      "found.\"}",
      BUD_MAILCHIMP_ERROR_NOT_FOUND, "could not be found" },
    { 404, "text/html", "<html></html>", BUD_MAILCHIMP_ERROR_NOT_FOUND, NULL },
    { 405, PROBLEM, "{\"title\":\"Method Not Allowed\"}", BUD_MAILCHIMP_ERROR_INVALID, NULL },
    { 400, PROBLEM,
      "{\"title\":\"Invalid Resource\",\"detail\":\"Your merge fields were invalid.\",\"errors\":"
      "[{\"field\":\"LTV\",\"message\":\"Please enter a number\"}]}",
      BUD_MAILCHIMP_ERROR_INVALID, "Your merge fields were invalid. LTV: Please enter a number" },
    { 400, PROBLEM,
      "{\"title\":\"Invalid Resource\",\"detail\":\"Maximum allowed member items exceeded, please "
      "provide at most 500 items in members_to_add field or members_to_remove field\"}",
      BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS, "at most 500" },
    { 400, PROBLEM,
      "{\"title\":\"Member Exists\",\"detail\":\"kari@example.com is already a list member.\"}",
      BUD_MAILCHIMP_ERROR_INVALID, "… is already a list member." },
    { 400, "text/html", "<html>", BUD_MAILCHIMP_ERROR_INVALID, NULL },
    { 422, PROBLEM, "{\"title\":\"Requested Fields Invalid\"}", BUD_MAILCHIMP_ERROR_INVALID, NULL },
    { 414, PROBLEM, "{\"title\":\"Resource Nesting Too Deep\"}", BUD_MAILCHIMP_ERROR_INVALID,
      NULL },
    { 429, PROBLEM, "{\"title\":\"Too Many Requests\"}", BUD_MAILCHIMP_ERROR_UNAVAILABLE, NULL },
    { 429, NULL, "", BUD_MAILCHIMP_ERROR_UNAVAILABLE, NULL },
    { 500, PROBLEM, "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\"}",
      BUD_MAILCHIMP_ERROR_UNAVAILABLE, NULL },
    { 503, "text/html", "<html>Reference Number</html>", BUD_MAILCHIMP_ERROR_UNAVAILABLE, NULL },
    { 503, PROBLEM, "{\"title\":\"Compliance Related\"}", BUD_MAILCHIMP_ERROR_FORBIDDEN, NULL },
    { 426, NULL, "", BUD_MAILCHIMP_ERROR_UNEXPECTED, NULL },
    { 302, NULL, "", BUD_MAILCHIMP_ERROR_UNEXPECTED, NULL },
    { 400, PROBLEM, "[]", BUD_MAILCHIMP_ERROR_INVALID, NULL },
    { 400, PROBLEM, "{\"title\":5,\"detail\":[],\"errors\":[1,{},{\"field\":\"A\"}]}",
      BUD_MAILCHIMP_ERROR_INVALID, NULL },
    { 400, PROBLEM, "{\"title\":\"Invalid", BUD_MAILCHIMP_ERROR_INVALID, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(BudResponse) response = build_response (CASES[i].status, CASES[i].type,
                                                        CASES[i].body);
      g_autoptr(GError) error = NULL;

      g_test_message ("%u %s", CASES[i].status, CASES[i].body);
      g_assert_false (bud_mailchimp_error_extract (response, &error));
      g_assert_error (error, BUD_MAILCHIMP_ERROR, (int) CASES[i].code);
      g_assert_null (strchr (error->message, '@'));
      if (CASES[i].words != NULL)
        g_assert_nonnull (strstr (error->message, CASES[i].words));
      else
        g_assert_null (strchr (error->message, '\n'));
    }
}

static void
test_success_is_no_error (void)
{
  g_autoptr(BudResponse) response = build_response (200, PROBLEM, "{\"title\":\"Forbidden\"}");
  g_autoptr(GError) error = NULL;

  g_assert_true (bud_mailchimp_error_extract (response, &error));
  g_assert_no_error (error);
}

static void
test_long_words_are_cut (void)
{
  g_autofree char *words = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"title\":\"t\",\"detail\":\"å%s\"}", words);
  g_autoptr(BudResponse) response = build_response (400, PROBLEM, body);
  g_autoptr(GError) error = NULL;

  g_assert_false (bud_mailchimp_error_extract (response, &error));
  g_assert_cmpuint (strlen (error->message), <, 600);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_members (void)
{
  static const struct
  {
    const char *message;
    const char *field;
    const char *field_message;
    BudReason reason;
  } CASES[] = {
    { "a@b.no is in a compliance state due to unsubscribe, bounce, or compliance review and "
      "cannot be "
      "subscribed.", "", "", BUD_REASON_COMPLIANCE },
    { "a@b.no was permanently deleted and cannot be re-imported. The contact must re-subscribe "
      "to get "
      "back on the list.", "", "", BUD_REASON_FORGOTTEN },
    { "a@b.no has signed up to a lot of lists very recently; we're not allowing more signups for "
      "now",
      "", "", BUD_REASON_THROTTLED },
    { "Please provide a valid email address.", "", "", BUD_REASON_ADDRESS_REFUSED },
    { "a@b.no looks fake or invalid, please enter a real email address.", "", "",
      BUD_REASON_ADDRESS_REFUSED },
    { "The username portion of the email address is invalid (the portion before the @: a)", "", "",
      BUD_REASON_ADDRESS_REFUSED },
    { "The domain portion of the email address is invalid (the portion after the @: b)", "", "",
      BUD_REASON_ADDRESS_REFUSED },
    { "An email address must contain a single @", "", "", BUD_REASON_ADDRESS_REFUSED },
    { "Noe annet", "email_address", "Ugyldig", BUD_REASON_ADDRESS_REFUSED },
    { "Noe annet", "EMAIL", "", BUD_REASON_ADDRESS_REFUSED },
    { "Your merge fields were invalid.", "LTV", "Please enter a number", BUD_REASON_FIELD_REFUSED },
    { "Your merge fields were invalid.", "FNAME", "Please enter a value",
      BUD_REASON_FIELD_REQUIRED },
    { "Your merge fields were invalid.", "FNAME", "Bitte gib einen Wert ein.",
      BUD_REASON_FIELD_REFUSED },
    { "Please enter a value", "FNAME", "", BUD_REASON_FIELD_REQUIRED },
    { "Your merge fields were invalid.", "", "", BUD_REASON_FIELD_REFUSED },
    { "Please enter a value", "", "", BUD_REASON_FIELD_REQUIRED },
    { "Please enter a complete address", "", "", BUD_REASON_FIELD_REFUSED },
    { "Something that nobody has seen", "", "", BUD_REASON_OTHER },
    { "", "", "", BUD_REASON_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      BudMemberError error = {
        "a@b.no", "ERROR_GENERIC", CASES[i].message, CASES[i].field, CASES[i].field_message,
      };

      g_test_message ("%s, %s: %s", CASES[i].message, CASES[i].field, CASES[i].field_message);
      g_assert_cmpint (bud_member_error_reason (&error), ==, CASES[i].reason);
    }
}

static void
test_transient_reasons (void)
{
  for (int reason = BUD_REASON_NONE; reason <= BUD_REASON_OTHER; reason++)
    g_assert_cmpint (bud_reason_is_transient ((BudReason) reason), ==,
                     reason == BUD_REASON_THROTTLED);
}

static void
test_api_roots (void)
{
  static const char *const GOOD[][2] = {
    { "0123456789abcdef0123456789abcdef-us19", "https://us19.api.mailchimp.com/3.0" },
    { "x-us1", "https://us1.api.mailchimp.com/3.0" },
    { "a-b-eu20", "https://eu20.api.mailchimp.com/3.0" },
  };
  static const char *const BAD[] = {
    "", "-", "-us19", "secret", "secret-", "secret-us", "secret-19", "secret-US19", "secret-us19 ",
    "secret-us19.evil.example/", "secret-us19@evil", "secret-usa19", "secret-us12345", "secret-u1",
    "secret-æ1", "secret-us1\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *root = bud_mailchimp_api_root_for_key (GOOD[i][0], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (root, ==, GOOD[i][1]);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *root = bud_mailchimp_api_root_for_key (BAD[i], &error);

      g_test_message ("%s", BAD[i]);
      g_assert_null (root);
      g_assert_error (error, BUD_ERROR, BUD_ERROR_INVALID);
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* The first value is from Mailchimp's own documentation, the others from md5sum. */
static void
test_subscriber_hashes (void)
{
  static const char *const CASES[][2] = {
    { "Urist.McVankab@freddiesjokes.com", "62eeb292278cc15f5817cb78f7790b08" },
    { "urist.mcvankab@freddiesjokes.com", "62eeb292278cc15f5817cb78f7790b08" },
    { "INFO@BJØRN.NO", "153672cdca3761d136455c982c28a052" },
    { "info@bjørn.no", "153672cdca3761d136455c982c28a052" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *hash = bud_mailchimp_subscriber_hash (CASES[i][0]);

      g_assert_cmpstr (hash, ==, CASES[i][1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mailchimp/error/whole-requests", test_whole_requests);
  g_test_add_func ("/mailchimp/error/success-is-no-error", test_success_is_no_error);
  g_test_add_func ("/mailchimp/error/long-words-are-cut", test_long_words_are_cut);
  g_test_add_func ("/mailchimp/error/members", test_members);
  g_test_add_func ("/mailchimp/error/transient-reasons", test_transient_reasons);
  g_test_add_func ("/mailchimp/key/api-roots", test_api_roots);
  g_test_add_func ("/mailchimp/key/subscriber-hashes", test_subscriber_hashes);

  return g_test_run ();
}
