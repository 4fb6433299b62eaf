/* test-sandbox-members.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "sandbox-fixture.h"

/* The state machine of one contact: each row of what was recorded from the real service. */

typedef struct
{
  const char *prepare;  /* (nullable): status to set first, and by whom: "unsubscribed member" */
  const char *method;
  const char *suffix;   /* after the hash; "+" for the collection, "?" for a batch */
  const char *body;     /* %s is the address */
  guint status;
  const char *title;    /* (nullable): of the problem, or the error_code in a batch */
  const char *detail;   /* (nullable) */
  const char *after;    /* (nullable): the member's status afterwards */
  gboolean typed;       /* whether the problem has a type */
} Row;

#define SUBSCRIBE "{\"email_address\":\"%s\",\"status\":\"subscribed\"}"
#define IF_NEW "{\"members\":[{\"email_address\":\"%s\",\"status_if_new\":\"subscribed\"}]," \
               "\"update_existing\":true}"
#define FORCE "{\"members\":[{\"email_address\":\"%s\",\"status\":\"subscribed\"}]," \
              "\"update_existing\":true}"
#define COMPLIANCE "is in a compliance state due to unsubscribe, bounce, or compliance review " \
                   "and cannot be subscribed."

static const Row rows[] = {
  { NULL, "GET", "", NULL, 404, "Resource Not Found", "could not be found", NULL, TRUE },
  { NULL, "POST", "/tags", "{\"tags\":[]}", 404, "Resource Not Found", NULL, NULL, TRUE },
  { NULL, "POST", "+", SUBSCRIBE, 200, NULL, NULL, "subscribed", FALSE },
  { "archived api", "POST", "+", SUBSCRIBE, 200, NULL, NULL, "subscribed", FALSE },
  { "subscribed api", "POST", "+", SUBSCRIBE, 400, "Member Exists",
    "is already a list member. Use PUT to insert or update list members.", "subscribed", FALSE },
  { "unsubscribed member", "PUT", "", "{\"email_address\":\"%s\"}", 200, NULL, NULL,
    "unsubscribed", FALSE },
  { "unsubscribed api", "PUT", "", SUBSCRIBE, 200, NULL, NULL, "subscribed", FALSE },
  { "unsubscribed admin", "PUT", "", SUBSCRIBE, 200, NULL, NULL, "subscribed", FALSE },
  { "unsubscribed member", "PUT", "", SUBSCRIBE, 400, "Member In Compliance State", COMPLIANCE,
    "unsubscribed", FALSE },
  { "cleaned member", "PUT", "", SUBSCRIBE, 400, "Member In Compliance State", COMPLIANCE,
    "cleaned", FALSE },
  { "unsubscribed member", "PUT", "", "{\"email_address\":\"%s\",\"status\":\"pending\"}", 200,
    NULL, NULL, "pending", FALSE },
  { "subscribed api", "PUT", "", "{\"email_address\":\"%s\",\"status_if_new\":\"pending\"}", 200,
    NULL, NULL, "subscribed", FALSE },
  { "subscribed api", "PATCH", "", "{\"status\":\"unsubscribed\"}", 200, NULL, NULL,
    "unsubscribed", FALSE },
  { NULL, "PATCH", "", "{\"status\":\"unsubscribed\"}", 404, "Resource Not Found", NULL, NULL,
    TRUE },
  { "subscribed api", "PATCH", "", "{\"status\":\"archived\"}", 400, "Invalid Resource",
    "'errors' array", "subscribed", TRUE },
  { "subscribed api", "DELETE", "", NULL, 204, NULL, NULL, "archived", FALSE },
  { "unsubscribed member", "DELETE", "", NULL, 204, NULL, NULL, "archived", FALSE },
  { "archived api", "DELETE", "", NULL, 405, "Method Not Allowed",
    "Can not archive a contact that is bounced, pending or archived", "archived", TRUE },
  { "cleaned api", "DELETE", "", NULL, 405, "Method Not Allowed", "bounced", "cleaned", TRUE },
  { "pending api", "DELETE", "", NULL, 405, "Method Not Allowed", "pending", "pending", TRUE },
  { "archived api", "POST", "/tags", "{\"tags\":[{\"name\":\"A\",\"status\":\"active\"}]}", 204,
    NULL, NULL, "archived", FALSE },
  { "subscribed api", "PUT", "", "{\"email_address\":\"%s\",\"merge_fields\":{\"NONE\":\"x\"}}",
    200, NULL, NULL, "subscribed", FALSE },
  { "subscribed api", "POST", "/actions/delete-permanent", NULL, 204, NULL, NULL, NULL, FALSE },
  { "forgotten api", "POST", "+", SUBSCRIBE, 400, "Forgotten Email Not Subscribed",
    "was permanently deleted and cannot be re-imported. The contact must re-subscribe to get "
    "back on the list.", NULL, FALSE },
  { "forgotten api", "PUT", "", "{\"email_address\":\"%s\",\"status_if_new\":\"pending\"}", 400,
    "Forgotten Email Not Subscribed", NULL, NULL, FALSE },
  { "forgotten api", "GET", "", NULL, 404, "Resource Not Found", NULL, NULL, TRUE },

  { NULL, "POST", "?", IF_NEW, 200, NULL, NULL, "subscribed", FALSE },
  { "archived api", "POST", "?", IF_NEW, 200, NULL, NULL, "subscribed", FALSE },
  { "unsubscribed member", "POST", "?", IF_NEW, 200, NULL, NULL, "unsubscribed", FALSE },
  { "unsubscribed api", "POST", "?", IF_NEW, 200, NULL, NULL, "unsubscribed", FALSE },
  { "cleaned api", "POST", "?", IF_NEW, 200, NULL, NULL, "cleaned", FALSE },
  { "pending api", "POST", "?", IF_NEW, 200, NULL, NULL, "pending", FALSE },
  { "unsubscribed api", "POST", "?", FORCE, 200, NULL, NULL, "subscribed", FALSE },
  { "unsubscribed member", "POST", "?", FORCE, 200, "ERROR_GENERIC", COMPLIANCE, "unsubscribed",
    FALSE },
  { "cleaned api", "POST", "?", FORCE, 200, "ERROR_GENERIC", COMPLIANCE, "cleaned", FALSE },
  { "forgotten api", "POST", "?", IF_NEW, 200, "ERROR_GENERIC", "was permanently deleted", NULL,
    FALSE },
  { "subscribed api", "POST", "?",
    "{\"members\":[{\"email_address\":\"%s\",\"status\":\"subscribed\"}]}", 200,
    "ERROR_CONTACT_EXISTS", "is already a list member, do you want to update? please provide "
    "update_existing:true in the request body", "subscribed", FALSE },
};

static void
prepare (Sandbox    *sandbox,
         const char *email,
         const char *how)
{
  g_auto(GStrv) parts = g_strsplit (how, " ", 2);
  g_autofree char *body = NULL;
  g_auto(Answer) answer = { 0 };

  body = g_strdup_printf ("{\"list\":\"" LIST "\",\"email\":\"%s\",\"status\":\"%s\","
                          "\"by\":\"%s\"}", email, parts[0], parts[1]);
  sandbox_call (sandbox, "POST", "/_sandbox/members", body, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
}

static char *
make_path (const Row  *row,
           const char *email)
{
  g_autofree char *hash = sandbox_hash (email);

  if (g_str_equal (row->suffix, "?"))
    return g_strdup ("/lists/" LIST);
  if (g_str_equal (row->suffix, "+"))
    return g_strdup ("/lists/" LIST "/members");

  return g_strdup_printf ("/lists/" LIST "/members/%s%s", hash, row->suffix);
}

static void
check_batch (const Row    *row,
             const Answer *answer)
{
  JsonArray *errors = json_object_get_array_member (answer_object (answer), "errors");
  JsonObject *error;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (answer_int (answer, "$.error_count"), ==, row->title != NULL);
  g_assert_cmpuint (json_array_get_length (errors), ==, row->title != NULL);
  if (row->title == NULL)
    return;

  error = json_array_get_object_element (errors, 0);
  g_assert_cmpstr (json_object_get_string_member (error, "error_code"), ==, row->title);
  g_assert_nonnull (strstr (json_object_get_string_member (error, "error"), row->detail));
}

static void
check_row (Sandbox   *sandbox,
           const Row *row,
           guint      number)
{
  g_autofree char *email = g_strdup_printf ("Row%u@rows.test", number);
  g_autofree char *hash = sandbox_hash (email);
  g_autofree char *member = g_strdup_printf ("/lists/" LIST "/members/%s", hash);
  g_autofree char *path = make_path (row, email);
  g_auto(GStrv) pieces = g_strsplit (row->body != NULL ? row->body : "", "%s", -1);
  g_autofree char *body = g_strjoinv (email, pieces);
  g_auto(Answer) answer = { 0 };

  g_test_message ("row %u: %s: %s %s %s", number, row->prepare, row->method, row->suffix, body);
  if (row->prepare != NULL)
    prepare (sandbox, email, row->prepare);

  sandbox_call (sandbox, row->method, path, row->body != NULL ? body : NULL, &answer);
  if (g_str_equal (row->suffix, "?"))
    check_batch (row, &answer);
  else if (row->title != NULL)
    {
      answer_assert_problem (&answer, row->status, row->title, row->detail);
      g_assert_cmpint (json_object_has_member (answer_object (&answer), "type"), ==, row->typed);
      if (row->status == 405)
        g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Allow"), ==, "GET, PUT");
    }
  g_assert_cmpuint (answer.status, ==, row->status);

  sandbox_call (sandbox, "GET", member, NULL, &answer);
  g_assert_cmpuint (answer.status, ==, row->after != NULL ? 200 : 404);
  if (row->after != NULL)
    g_assert_cmpstr (answer_text (&answer, "status"), ==, row->after);
}

static void
test_transitions (void)
{
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&sandbox, &rows[i], i);

  /* Unsubscribed: two by PUT and one by a batch; archived: one by POST and one by a batch. */
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].resubscribed"), ==, 5);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_identity (void)
{
  g_autofree char *old = sandbox_hash ("old@ids.test");
  g_autofree char *path = g_strdup_printf ("/lists/" LIST "/members/%s", old);
  g_autofree char *contact = NULL;
  g_autofree char *unique = NULL;
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/members",
                "{\"email_address\":\"Old@Ids.test\",\"status\":\"subscribed\"}", &answer);
  g_assert_cmpstr (answer_text (&answer, "id"), ==, old);
  g_assert_cmpstr (answer_text (&answer, "email_address"), ==, "Old@Ids.test");
  contact = g_strdup (answer_text (&answer, "contact_id"));
  unique = g_strdup (answer_text (&answer, "unique_email_id"));

  /* Archived and back: the same contact. */
  sandbox_call (&sandbox, "DELETE", path, NULL, &answer);
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/members",
                "{\"email_address\":\"old@ids.test\",\"status\":\"subscribed\"}", &answer);
  g_assert_cmpstr (answer_text (&answer, "contact_id"), ==, contact);
  g_assert_cmpstr (answer_text (&answer, "unique_email_id"), ==, unique);

  /* Another address: the same contact under another hash. */
  sandbox_call (&sandbox, "PUT", path,
                "{\"email_address\":\"new@ids.test\",\"status\":\"subscribed\"}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpstr (answer_text (&answer, "id"), !=, old);
  g_assert_cmpstr (answer_text (&answer, "contact_id"), ==, contact);
  g_assert_cmpstr (answer_text (&answer, "unique_email_id"), !=, unique);
  sandbox_call (&sandbox, "GET", path, NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 404);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/members/new%40ids.test", NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);

  /* An address that somebody has. */
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/members",
                "{\"email_address\":\"old@ids.test\",\"status\":\"subscribed\"}", &answer);
  sandbox_call (&sandbox, "PUT", path, "{\"email_address\":\"new@ids.test\"}", &answer);
  answer_assert_problem (&answer, 400, "Member Exists", NULL);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_silent_compliance (void)
{
  const char *const options[] = { "--silent-compliance", NULL };
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  prepare (&sandbox, "quiet@rows.test", "unsubscribed member");
  sandbox_call (&sandbox, "POST", "/lists/" LIST,
                "{\"members\":[{\"email_address\":\"quiet@rows.test\",\"status\":\"subscribed\"}],"
                "\"update_existing\":true}", &answer);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 0);
  g_assert_cmpint (answer_int (&answer, "$.total_updated"), ==, 1);
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].members.unsubscribed"), ==, 1);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

/* One merge value for one type: kept as it should be, or refused. */
static const struct
{
  const char *tag;
  const char *value;
  const char *kept;    /* (nullable): JSON */
  const char *message; /* (nullable) */
} values[] = {
  { "TXT", "\"a \\\"b\\\" \\u00e5 \\ud83d\\ude00\"", "\"a \\\"b\\\" å 😀\"", NULL },
  { "TXT", "\"\"", "\"\"", NULL },
  { "TXT", "17", "\"17\"", NULL },
  { "NUM", "12.5", "12.5", NULL },
  { "NUM", "\"-3\"", "-3", NULL },
  { "NUM", "\"AAAAA\"", NULL, "Please enter a number" },
  { "NUM", "\"1,5\"", NULL, "Please enter a number" },
  { "NUM", "\"\"", "\"\"", NULL },
  { "DAY", "\"2026-02-28\"", "\"2026-02-28\"", NULL },
  { "DAY", "\"02/28/2026\"", "\"2026-02-28\"", NULL },
  { "DAY", "\"2026-02-30\"", NULL, "Please enter a valid date" },
  { "DAY", "\"28.02.2026\"", NULL, "Please enter a valid date" },
  { "BORN", "\"02/29\"", "\"02/29\"", NULL },
  { "BORN", "\"13/01\"", NULL, "Please enter a month (01-12) and a day (01-31)" },
  { "WEB", "\"https://a.test/x\"", "\"https://a.test/x\"", NULL },
  { "WEB", "\"a.test\"", NULL, "Please enter a valid URL" },
  { "ZIP", "\"12345\"", "\"12345\"", NULL },
  { "ZIP", "\"0155\"", NULL, "Please enter a five-digit zip code" },
  { "TEL", "\"(555) 123-4567\"", "\"(555) 123-4567\"", NULL },
  { "TEL", "\"+47 22 33 44 55\"", NULL, "Please enter a phone number in the format "
    "(###) ### - ####" },
  { "PICK", "\"red\"", "\"red\"", NULL },
  { "PICK", "\"blue\"", NULL, "Please select a valid choice" },
  { "ADDRESS", "{\"addr1\":\"a\",\"city\":\"b\",\"state\":\"c\",\"zip\":\"d\"}",
    "{\"addr1\":\"a\",\"addr2\":\"\",\"city\":\"b\",\"state\":\"c\",\"zip\":\"d\","
    "\"country\":\"\"}", NULL },
  { "ADDRESS", "{\"addr1\":\"a\"}", NULL, "Please enter a complete address" },
  { "ADDRESS", "\"a street\"", NULL, "Please enter a complete address" },
  { "TXT", "[]", NULL, "Please enter a value of the right type" },
};

static const char *const fields[] = {
  "{\"tag\":\"TXT\",\"name\":\"Text\",\"type\":\"text\"}",
  "{\"tag\":\"NUM\",\"name\":\"Number\",\"type\":\"number\"}",
  "{\"tag\":\"DAY\",\"name\":\"Date\",\"type\":\"date\"}",
  "{\"tag\":\"BORN\",\"name\":\"Birthday\",\"type\":\"birthday\"}",
  "{\"tag\":\"WEB\",\"name\":\"Web\",\"type\":\"url\"}",
  "{\"tag\":\"ZIP\",\"name\":\"Zip\",\"type\":\"zip\"}",
  "{\"tag\":\"TEL\",\"name\":\"Phone\",\"type\":\"phone\",\"options\":{\"phone_format\":\"US\"}}",
  "{\"tag\":\"PICK\",\"name\":\"Pick\",\"type\":\"dropdown\",\"options\":{\"choices\":"
  "[\"red\",\"green\"]}}",
};

static void
check_value (Sandbox *sandbox,
             guint    number)
{
  g_autofree char *body = NULL;
  g_autofree char *kept = NULL;
  g_auto(Answer) answer = { 0 };
  const char *list;
  JsonObject *object;

  body = g_strdup_printf ("{\"members\":[{\"email_address\":\"value%u@rows.test\",\"status\":"
                          "\"subscribed\",\"merge_fields\":{\"%s\":%s}}]}", number,
                          values[number].tag, values[number].value);
  g_test_message ("%s", body);
  sandbox_call (sandbox, "POST", "/lists/" LIST, body, &answer);
  g_assert_cmpuint (answer.status, ==, 200);

  list = values[number].message != NULL ? "errors" : "new_members";
  object = json_array_get_object_element (
      json_object_get_array_member (answer_object (&answer), list), 0);
  if (values[number].message == NULL)
    {
      object = json_object_get_object_member (object, "merge_fields");
      kept = json_to_string (json_object_get_member (object, values[number].tag), FALSE);
      g_assert_cmpstr (kept, ==, values[number].kept);
      return;
    }

  g_assert_cmpstr (json_object_get_string_member (object, "error"), ==,
                   "Your merge fields were invalid.");
  g_assert_cmpstr (json_object_get_string_member (object, "error_code"), ==, "ERROR_GENERIC");
  g_assert_cmpstr (json_object_get_string_member (object, "field"), ==, values[number].tag);
  g_assert_cmpstr (json_object_get_string_member (object, "field_message"), ==,
                   values[number].message);
}

static void
test_merge_fields (void)
{
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  sandbox_call (&sandbox, "GET", "/lists/" LIST "/merge-fields?fields=merge_fields.tag", NULL,
                &answer);
  g_assert_cmpstr (answer.text, ==,
                   "{\"merge_fields\":[{\"tag\":\"FNAME\"},{\"tag\":\"LNAME\"},"
                   "{\"tag\":\"ADDRESS\"},{\"tag\":\"PHONE\"}]}");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      sandbox_call (&sandbox, "POST", "/lists/" LIST "/merge-fields", fields[i], &answer);
      g_assert_cmpuint (answer.status, ==, 200);
      g_assert_cmpint (answer_int (&answer, "$.merge_id"), ==, i + 5);
    }
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    check_value (&sandbox, i);

  sandbox_call (&sandbox, "PUT", "/lists/" LIST "/members/value0@rows.test",
                "{\"merge_fields\":{\"NUM\":\"AAAAA\"}}", &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", "Your merge fields were invalid.");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (
                       json_object_get_array_member (answer_object (&answer), "errors"), 0),
                                                  "message"), ==, "Please enter a number");
  sandbox_call (&sandbox, "PUT", "/lists/" LIST "/members/value0@rows.test",
                "{\"merge_fields\":{\"TXT\":true}}", &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", "'errors' array");

  sandbox_call (&sandbox, "POST", "/lists/" LIST "/merge-fields",
                "{\"name\":\"No tag\",\"type\":\"text\"}", &answer);
  g_assert_cmpstr (answer_text (&answer, "tag"), ==, "MMERGE13");
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/merge-fields",
                "{\"name\":\"Again\",\"tag\":\"txt\",\"type\":\"text\"}", &answer);
  g_assert_cmpuint (answer.status, ==, 400);
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/merge-fields",
                "{\"name\":\"Bad\",\"type\":\"colour\"}", &answer);
  g_assert_cmpuint (answer.status, ==, 400);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_required (void)
{
  static const char body[] =
      "{\"members\":[{\"email_address\":\"need@rows.test\",\"status\":\"subscribed\"}]}";
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  sandbox_call (&sandbox, "POST", "/lists/" LIST "/merge-fields",
                "{\"name\":\"N\",\"tag\":\"NEED\",\"type\":\"text\",\"required\":true}", &answer);
  sandbox_call (&sandbox, "POST", "/lists/" LIST, body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 1);
  g_assert_nonnull (strstr (answer.text, "\"Please enter a value\""));
  sandbox_call (&sandbox, "POST", "/lists/" LIST "?skip_merge_validation=true", body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_created"), ==, 1);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sandbox/members/transitions", test_transitions);
  g_test_add_func ("/sandbox/members/identity", test_identity);
  g_test_add_func ("/sandbox/members/silent-compliance", test_silent_compliance);
  g_test_add_func ("/sandbox/members/merge-fields", test_merge_fields);
  g_test_add_func ("/sandbox/members/required", test_required);

  return g_test_run ();
}
