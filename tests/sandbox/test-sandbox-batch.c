/* test-sandbox-batch.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "sandbox-fixture.h"

static void
post (Sandbox    *sandbox,
      const char *query,
      const char *body,
      Answer     *answer)
{
  g_autofree char *path = g_strconcat ("/lists/" LIST, query, NULL);

  sandbox_call (sandbox, "POST", path, body, answer);
}

static JsonObject *
first_of (const Answer *answer,
          const char   *list)
{
  JsonArray *array = json_object_get_array_member (answer_object (answer), list);

  g_assert_cmpuint (json_array_get_length (array), >, 0);

  return json_array_get_object_element (array, 0);
}

static char *
make_body (guint n_members)
{
  g_autoptr(GString) body = g_string_new ("{\"update_existing\":true,\"members\":[");

  for (guint i = 0; i < n_members; i++)
    g_string_append_printf (body, "%s{\"email_address\":\"Many%u@batch.test\",\"status_if_new\":"
                            "\"subscribed\",\"merge_fields\":{\"FNAME\":\"F%u\"}}",
                            i > 0 ? "," : "", i, i);
  g_string_append (body, "]}");

  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
test_echo (void)
{
  g_autofree char *body = make_body (500);
  g_autofree char *hash = sandbox_hash ("many0@batch.test");
  g_auto(Answer) answer = { 0 };
  JsonObject *member;
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  post (&sandbox, "", body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_created"), ==, 500);
  g_assert_cmpint (answer_int (&answer, "$.total_updated"), ==, 0);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 0);
  member = first_of (&answer, "new_members");
  g_assert_cmpstr (json_object_get_string_member (member, "id"), ==, hash);
  g_assert_cmpstr (json_object_get_string_member (member, "full_name"), ==, "F0");
  g_assert_cmpstr (json_object_get_string_member (member, "source"), ==, "API - Generic");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (member, "_links")), ==,
                    10);
  /* The real service takes 3,304 bytes for a member. */
  g_assert_cmpuint (answer.length / 500, >, 3000);
  g_assert_cmpuint (answer.length / 500, <, 3600);

  post (&sandbox, "", body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_created"), ==, 0);
  g_assert_cmpint (answer_int (&answer, "$.total_updated"), ==, 500);
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].written"), ==, 500);
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].rewritten_same"), ==, 500);

  post (&sandbox, "", "{\"members\":[{\"email_address\":\"many1@batch.test\",\"merge_fields\":"
        "{\"FNAME\":\"Other\"}}],\"update_existing\":true}", &answer);
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].rewritten_different"), ==, 1);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

/* What refuses the whole call. */
static const struct
{
  const char *body;
  const char *title;
  const char *field; /* (nullable) */
} bad[] = {
  { "{\"members\":", "JSON Parse Error", NULL },
  { "{\"members\":[]}x", "JSON Parse Error", NULL },
  { "{\"members\":[\"\xff\"]}", "JSON Parse Error", NULL },
  { "{\"members\":[\"\\ud800\"]}", "JSON Parse Error", NULL },
  { "{\"members\":[01]}", "JSON Parse Error", NULL },
  { "", "JSON Parse Error", NULL },
  { "[]", "Invalid Resource", "" },
  { "{}", "Invalid Resource", "members" },
  { "{\"members\":{}}", "Invalid Resource", "members" },
  { "{\"members\":[1]}", "Invalid Resource", "members.item:0." },
  { "{\"members\":[{\"email_address\":5}]}", "Invalid Resource",
    "members.item:0.email_address" },
  { "{\"members\":[{\"email_address\":\"a@b.test\",\"status\":\"nope\"}]}", "Invalid Resource",
    "members.item:0.status" },
  { "{\"members\":[{\"email_address\":\"a@b.test\",\"status_if_new\":\"archived\"}]}",
    "Invalid Resource", "members.item:0.status_if_new" },
  { "{\"members\":[{\"email_address\":\"a@b.test\",\"tags\":[{\"name\":\"T\"}]}]}",
    "Invalid Resource", "members.item:0.tags" },
  { "{\"members\":[{\"email_address\":\"a@b.test\",\"merge_fields\":[]}]}", "Invalid Resource",
    "members.item:0.merge_fields" },
  { "{\"members\":[{\"email_address\":\"a@b.test\",\"timestamp_opt\":\"yesterday\"}]}",
    "Invalid Resource", "members.item:0.timestamp_opt" },
};

static void
test_bad_bodies (void)
{
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%u", i);
      post (&sandbox, "", bad[i].body, &answer);
      answer_assert_problem (&answer, 400, bad[i].title, NULL);
      if (bad[i].field != NULL)
        g_assert_cmpstr (json_object_get_string_member (first_of (&answer, "errors"), "field"),
                         ==, bad[i].field);
    }
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].writes"), ==, 0);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_deep (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *objects = NULL;
  g_autoptr(GString) many = g_string_new (NULL);
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  for (guint i = 0; i < 100000; i++)
    g_string_append (many, "{\"a\":");
  objects = g_strdup (many->str);

  sandbox_start (&sandbox, NULL);
  post (&sandbox, "", deep, &answer);
  answer_assert_problem (&answer, 400, "JSON Parse Error", NULL);
  post (&sandbox, "", objects, &answer);
  answer_assert_problem (&answer, 400, "JSON Parse Error", NULL);
  post (&sandbox, "", "{\"x\":[[[[[[[[1]]]]]]]],\"members\":[]}", &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_too_many (void)
{
  g_autofree char *body = make_body (501);
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  post (&sandbox, "", body, &answer);
  answer_assert_problem (&answer, 400, "Invalid Resource", "at most 500 items");
  g_assert_cmpint (sandbox_state (&sandbox, "$.audiences[0].members.subscribed"), ==, 0);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_addresses (void)
{
  const char *const options[] = { "--refuse-example-com", NULL };
  static const char *const invalid[] = {
    "AAAAA", "", "a@b", "a@@b.test", "a b@c.test", "a@c..test", "a@.test", "@c.test", "a@c.test.",
  };
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, options);
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autofree char *body = NULL;

      g_test_message ("“%s”", invalid[i]);
      body = g_strdup_printf ("{\"members\":[{\"email_address\":\"%s\",\"status\":"
                              "\"subscribed\"}]}", invalid[i]);
      post (&sandbox, "", body, &answer);
      g_assert_cmpstr (json_object_get_string_member (first_of (&answer, "errors"), "error"), ==,
                       "Please provide a valid email address.");
    }

  post (&sandbox, "", "{\"members\":[{\"email_address\":\"foo@example.com\",\"status\":"
        "\"subscribed\"}]}", &answer);
  g_assert_cmpstr (json_object_get_string_member (first_of (&answer, "errors"), "error"), ==,
                   "foo@example.com looks fake or invalid, please enter a real email address.");
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
test_duplicates (void)
{
  static const char body[] =
      "{\"members\":[{\"email_address\":\"two@batch.test\",\"status\":\"subscribed\","
      "\"merge_fields\":{\"FNAME\":\"First\"}},{\"email_address\":\"TWO@batch.test\","
      "\"status\":\"subscribed\",\"merge_fields\":{\"FNAME\":\"Second\"}}],"
      "\"update_existing\":true}";
  g_auto(Answer) answer = { 0 };
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  post (&sandbox, "", body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_created"), ==, 1);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (first_of (&answer, "errors"), "error_code"), ==,
                   "ERROR_GENERIC");
  g_assert_cmpstr (json_object_get_string_member (first_of (&answer, "new_members"), "full_name"),
                   ==, "First");

  post (&sandbox, "?skip_duplicate_check=true", body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.total_updated"), ==, 1);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 0);
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

static void
assert_tags (Sandbox    *sandbox,
             const char *body,
             const char *tags)
{
  g_auto(Answer) answer = { 0 };
  g_autoptr(GString) names = g_string_new (NULL);
  JsonArray *array;

  post (sandbox, "", body, &answer);
  g_assert_cmpint (answer_int (&answer, "$.error_count"), ==, 0);
  sandbox_call (sandbox, "GET", "/lists/" LIST "/members/tag@batch.test", NULL, &answer);
  array = json_object_get_array_member (answer_object (&answer), "tags");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append (names, json_object_get_string_member (
                         json_array_get_object_element (array, i), "name"));
  g_assert_cmpstr (names->str, ==, tags);
  g_assert_cmpint (answer_int (&answer, "$.tags_count"), ==, json_array_get_length (array));
}

static void
test_tags (void)
{
  Sandbox sandbox;

  sandbox_start (&sandbox, NULL);
  assert_tags (&sandbox, "{\"members\":[{\"email_address\":\"tag@batch.test\",\"status\":"
               "\"subscribed\",\"tags\":[\"A\",\"B\",\"a\"]}]}", "AB");
  /* Ignored for a known member … */
  assert_tags (&sandbox, "{\"members\":[{\"email_address\":\"tag@batch.test\",\"tags\":[\"C\"]}],"
               "\"update_existing\":true}", "AB");
  /* … unless they are to be synchronised. */
  assert_tags (&sandbox, "{\"members\":[{\"email_address\":\"tag@batch.test\",\"tags\":[\"C\"]}],"
               "\"update_existing\":true,\"sync_tags\":true}", "C");
  assert_tags (&sandbox, "{\"members\":[{\"email_address\":\"tag@batch.test\"}],"
               "\"update_existing\":true,\"sync_tags\":true}", "C");
  assert_tags (&sandbox, "{\"members\":[{\"email_address\":\"tag@batch.test\",\"tags\":[]}],"
               "\"update_existing\":true,\"sync_tags\":true}", "");
  g_assert_cmpint (sandbox_stop (&sandbox), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sandbox/batch/echo", test_echo);
  g_test_add_func ("/sandbox/batch/bad-bodies", test_bad_bodies);
  g_test_add_func ("/sandbox/batch/deep", test_deep);
  g_test_add_func ("/sandbox/batch/too-many", test_too_many);
  g_test_add_func ("/sandbox/batch/addresses", test_addresses);
  g_test_add_func ("/sandbox/batch/duplicates", test_duplicates);
  g_test_add_func ("/sandbox/batch/tags", test_tags);

  return g_test_run ();
}
