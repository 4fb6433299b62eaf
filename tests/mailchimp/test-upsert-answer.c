/* test-upsert-answer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "bud-member-page.h"
#include "bud-upsert-answer.h"

static const char SAMPLE[] =
  "{\"new_members\":[{\"id\":\"a\",\"email_address\":\"kari@example.com\","
  "\"unique_email_id\":\"u\","
  "\"merge_fields\":{\"email_address\":\"not@example.com\",\"FNAME\":\"K\\u00e5ri "
  "\\ud83d\\ude00\"},"
  "\"stats\":{\"avg_open_rate\":0.5e-1,\"x\":[]},\"vip\":false,\"ip\":null,"
  "\"_links\":[{\"rel\":\"self\","
  "\"href\":\"https://us1.api.mailchimp.com/3.0/lists/a/members/b\"}]},"
  "{\"email_address\":\"p\\u00e5l\\u0040example.com\"}],"
  "\"updated_members\":[{\"status\":\"unsubscribed\",\"email_address\":\"ola@example.com\"}],"
  "\"errors\":[{\"email_address\":\"x@example.com\",\"error\":\"x@example.com looks \\\"fake\\\" "
  "or "
  "invalid\\n\",\"error_code\":\"ERROR_GENERIC\",\"field\":\"LTV\",\"field_message\":\"Please "
  "enter a "
  "number\"},{\"email_address\":\"y@example.com\",\"error\":null,\"extra\":[[{}]]}],"
  "\"total_created\":2,\"total_updated\":1,\"error_count\":2,\"_links\":[]}";

static BudUpsertAnswer *
scan (const char *text,
      gsize       length)
{
  /* The copy is exactly that long, so that a reader beyond the end is caught. */
  g_autoptr(GBytes) body = g_bytes_new (text, length);

  return bud_upsert_answer_scan (body);
}

static void
test_sample (void)
{
  g_autoptr(BudUpsertAnswer) answer = scan (SAMPLE, strlen (SAMPLE));
  const BudMemberError *error;

  g_assert_nonnull (answer);
  g_assert_cmpint (answer->n_created, ==, 2);
  g_assert_cmpint (answer->n_updated, ==, 1);

  g_assert_cmpuint (answer->created->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (answer->created, 0), ==, "kari@example.com");
  g_assert_cmpstr (g_ptr_array_index (answer->created, 1), ==, "pål@example.com");
  g_assert_cmpuint (answer->updated->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (answer->updated, 0), ==, "ola@example.com");

  g_assert_cmpuint (answer->errors->len, ==, 2);
  error = g_ptr_array_index (answer->errors, 0);
  g_assert_cmpstr (error->address, ==, "x@example.com");
  g_assert_cmpstr (error->message, ==, "x@example.com looks \"fake\" or invalid\n");
  g_assert_cmpstr (error->code, ==, "ERROR_GENERIC");
  g_assert_cmpstr (error->field, ==, "LTV");
  g_assert_cmpstr (error->field_message, ==, "Please enter a number");
  error = g_ptr_array_index (answer->errors, 1);
  g_assert_cmpstr (error->address, ==, "y@example.com");
  g_assert_cmpstr (error->message, ==, "");
  g_assert_cmpstr (error->field, ==, "");
}

static void
test_cut_anywhere (void)
{
  for (gsize cut = 0; cut < strlen (SAMPLE); cut++)
    {
      g_autoptr(BudUpsertAnswer) answer = scan (SAMPLE, cut);

      g_assert_null (answer);
    }
}

/* Whatever one byte becomes, the answer is either broken or whole; the sanitizers watch. */
static void
test_changed_anywhere (void)
{
  g_autofree char *text = g_strdup (SAMPLE);
  guint n_broken = 0;
  guint n_whole = 0;

  for (gsize place = 0; place < strlen (SAMPLE); place++)
    for (int byte = 0; byte < 256; byte += g_test_thorough () ? 1 : 5)
      {
        g_autoptr(BudUpsertAnswer) answer = NULL;

        text[place] = (char) byte;
        answer = scan (text, strlen (SAMPLE));
        text[place] = SAMPLE[place];

        if (answer == NULL)
          n_broken++;
        else
          n_whole++;
      }

  g_assert_cmpuint (n_broken, >, 1000);
  g_assert_cmpuint (n_whole, >, 1000);
}

static void
test_what_is_no_answer (void)
{
  static const char *const CASES[] = {
    "", "{}", "[]", "null", "1", "\"total_created\"", "{\"status\":\"ok\"}",
    "<html>503</html>",
    "{\"total_created\":\"1\"}",
    "{\"new_members\":[]}",
    "{\"total_created\":1,\"error_count\":1,\"errors\":[]}",
    "{\"total_created\":1,\"error_count\":1}",
    "{\"total_created\":1}{}",
    "{\"a\":{\"total_created\":1}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(BudUpsertAnswer) answer = scan (CASES[i], strlen (CASES[i]));

      g_test_message ("%s", CASES[i]);
      g_assert_null (answer);
    }
}

static void
test_odd_but_whole (void)
{
  static const char *const CASES[] = {
    "{\"total_created\":0,\"total_updated\":0,\"error_count\":0}",
    "{\"new_members\":null,\"updated_members\":{},\"errors\":\"\",\"total_created\":0}",
    "{\"new_members\":[null,1,[],{},{\"email_address\":5}],\"total_created\":0}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(BudUpsertAnswer) answer = scan (CASES[i], strlen (CASES[i]));

      g_test_message ("%s", CASES[i]);
      g_assert_nonnull (answer);
      g_assert_cmpuint (answer->created->len + answer->updated->len + answer->errors->len, ==, 0);
    }
}

/* Without U+001F, which json-glib 1.6 writes as it is. */
static const char *
pick_text (void)
{
  static const char *const TEXTS[] = {
    "", "kari@example.com", "æøå\"\\/\b\f\n\r\t", "😀 \x01\x1e", "{\"errors\":[", "]}",
    "ERROR_GENERIC",
  };

  return TEXTS[g_test_rand_int_range (0, G_N_ELEMENTS (TEXTS))];
}

/* An object with some of the @names, and with what the reader must step over. */
static JsonObject *
build_object (const char *const *names)
{
  JsonObject *object = json_object_new ();
  JsonObject *noise = json_object_new ();

  json_object_set_string_member (noise, "email_address", pick_text ());
  json_object_set_double_member (noise, "n", g_test_rand_double ());
  json_object_set_object_member (object, "noise", noise);
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_test_rand_int_range (0, 8) > 0)
      json_object_set_string_member (object, names[i], pick_text ());

  return object;
}

static JsonArray *
build_array (const char *const *names)
{
  JsonArray *array = json_array_new ();

  for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
    json_array_add_object_element (array, build_object (names));

  return array;
}

static void
assert_same_addresses (GPtrArray *ours,
                       JsonArray *theirs)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (theirs); i++)
    {
      JsonObject *member = json_array_get_object_element (theirs, i);

      if (json_object_has_member (member, "email_address"))
        g_assert_cmpstr (g_ptr_array_index (ours, n++), ==,
                         json_object_get_string_member (member, "email_address"));
    }

  g_assert_cmpuint (n, ==, ours->len);
}

static void
assert_same_error (const BudMemberError *ours,
                   JsonObject           *theirs)
{
#define THEIRS(name) json_object_get_string_member_with_default (theirs, name, "")
  g_assert_cmpstr (ours->address, ==, THEIRS ("email_address"));
  g_assert_cmpstr (ours->message, ==, THEIRS ("error"));
  g_assert_cmpstr (ours->code, ==, THEIRS ("error_code"));
  g_assert_cmpstr (ours->field, ==, THEIRS ("field"));
  g_assert_cmpstr (ours->field_message, ==, THEIRS ("field_message"));
#undef THEIRS
}

/* The tree of the other library is the second model. */
static void
test_like_the_other_library (void)
{
  static const char *const MEMBER[] = { "id", "email_address", "status", NULL };
  static const char *const ERROR[] = {
    "email_address", "error", "error_code", "field", "field_message", NULL,
  };

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr(JsonObject) object = json_object_new ();
      g_autoptr(JsonNode) root = json_node_init_object (json_node_alloc (), object);
      JsonArray *created = build_array (MEMBER);
      JsonArray *updated = build_array (MEMBER);
      JsonArray *errors = build_array (ERROR);
      g_autoptr(BudUpsertAnswer) answer = NULL;
      g_autofree char *text = NULL;

      json_object_set_array_member (object, "new_members", created);
      json_object_set_array_member (object, "updated_members", updated);
      json_object_set_array_member (object, "errors", errors);
      json_object_set_int_member (object, "total_created", round);
      json_object_set_int_member (object, "total_updated", 2 * round);
      json_object_set_int_member (object, "error_count", json_array_get_length (errors));
      text = json_to_string (root, round % 2 == 0);

      answer = scan (text, strlen (text));
      g_test_message ("%s", text);
      g_assert_nonnull (answer);
      g_assert_cmpint (answer->n_created, ==, round);
      g_assert_cmpint (answer->n_updated, ==, 2 * round);
      assert_same_addresses (answer->created, created);
      assert_same_addresses (answer->updated, updated);
      g_assert_cmpuint (answer->errors->len, ==, json_array_get_length (errors));
      for (guint i = 0; i < answer->errors->len; i++)
        assert_same_error (g_ptr_array_index (answer->errors, i),
                           json_array_get_object_element (errors, i));
    }
}

static void
append_member (const char *address,
               const char *status,
               const char *last_changed,
               gpointer    data)
{
  g_string_append_printf (data, "%s|%s|%s\n", address, status, last_changed);
}

static const char PAGE[] =
  "{\"members\":[{\"email_address\":\"k\\u00e5ri@example.com\",\"status\":\"archived\","
  "\"last_changed\":\"2026-01-02T03:04:05+00:00\",\"x\":{\"status\":\"no\"}},"
  "{\"status\":\"cleaned\"},{\"email_address\":\"b@example.com\",\"status\":null}],"
  "\"total_items\":1234,\"list_id\":\"a\"}";

static void
test_member_page (void)
{
  g_autoptr(GBytes) body = g_bytes_new (PAGE, strlen (PAGE));
  g_autoptr(GString) told = g_string_new (NULL);
  gint64 n_items, total_items;

  g_assert_true (bud_member_page_scan (body, append_member, told, &n_items, &total_items));
  g_assert_cmpint (n_items, ==, 3);
  g_assert_cmpint (total_items, ==, 1234);
  g_assert_cmpstr (told->str, ==,
                   "kåri@example.com|archived|2026-01-02T03:04:05+00:00\n"
                   "b@example.com||\n");
}

static void
test_member_page_cut_anywhere (void)
{
  for (gsize cut = 0; cut < strlen (PAGE); cut++)
    {
      g_autoptr(GBytes) body = g_bytes_new (PAGE, cut);
      g_autoptr(GString) told = g_string_new (NULL);
      gint64 n_items, total_items;

      g_assert_false (bud_member_page_scan (body, append_member, told, &n_items, &total_items));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mailchimp/upsert-answer/sample", test_sample);
  g_test_add_func ("/mailchimp/upsert-answer/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/mailchimp/upsert-answer/changed-anywhere", test_changed_anywhere);
  g_test_add_func ("/mailchimp/upsert-answer/what-is-no-answer", test_what_is_no_answer);
  g_test_add_func ("/mailchimp/upsert-answer/odd-but-whole", test_odd_but_whole);
  g_test_add_func ("/mailchimp/upsert-answer/like-the-other-library", test_like_the_other_library);
  g_test_add_func ("/mailchimp/member-page/sample", test_member_page);
  g_test_add_func ("/mailchimp/member-page/cut-anywhere", test_member_page_cut_anywhere);

  return g_test_run ();
}
