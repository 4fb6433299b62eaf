/* test-member-writer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "bud-member-writer.h"

static const char *const TAGS[] = { "FNAME", "LNAME", "CITY" };

/* Ends the body, reads it with the other JSON library and gives its member of that index. */
static JsonObject *
finish_and_get (BudMemberWriter  *writer,
                JsonParser       *parser,
                guint             index)
{
  g_autoptr(GBytes) body = bud_member_writer_finish (writer);
  g_autoptr(GError) error = NULL;
  JsonObject *root;

  json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                              &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));

  return json_array_get_object_element (json_object_get_array_member (root, "members"), index);
}

static void
test_exact_body (void)
{
  g_autoptr(BudMemberWriter) writer = bud_member_writer_new (TAGS, 3, "subscribed");
  g_autoptr(GBytes) body = NULL;
  g_autofree char *text = NULL;

  g_assert_true (bud_member_writer_add (writer, "kari@example.com",
                                        (const char *[]) { "Kari", NULL, "" }));
  g_assert_true (bud_member_writer_add (writer, "ola@example.com",
                                        (const char *[]) { NULL, NULL, NULL }));
  g_assert_true (bud_member_writer_add (writer, "a@example.com",
                                        (const char *[]) { NULL, "\"Ås\"\n", "x" }));
  g_assert_cmpuint (bud_member_writer_get_count (writer), ==, 3);

  body = bud_member_writer_finish (writer);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_cmpstr (text, ==,
                   "{\"members\":["
                   "{\"email_address\":\"kari@example.com\",\"status_if_new\":\"subscribed\","
                   "\"merge_fields\":{\"FNAME\":\"Kari\"}},"
                   "{\"email_address\":\"ola@example.com\",\"status_if_new\":\"subscribed\"},"
                   "{\"email_address\":\"a@example.com\",\"status_if_new\":\"subscribed\","
                   "\"merge_fields\":{\"LNAME\":\"\\\"Ås\\\"\\n\",\"CITY\":\"x\"}}"
                   "],\"update_existing\":true,\"sync_tags\":false}");
}

static void
test_every_character (void)
{
  static const gunichar BEYOND[] = { 0xe5, 0x7ff, 0x800, 0x2028, 0x2029, 0xfffd, 0x1f600,
  0x10ffff };
  g_autoptr(BudMemberWriter) writer = bud_member_writer_new (TAGS, 3, "pending");
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  JsonObject *member;

  for (gunichar c = 1; c < 0x80; c++)
    g_string_append_unichar (text, c);
  for (gsize i = 0; i < G_N_ELEMENTS (BEYOND); i++)
    g_string_append_unichar (text, BEYOND[i]);

  bud_member_writer_add (writer, text->str, (const char *[]) { text->str, NULL, NULL });
  member = finish_and_get (writer, parser, 0);

  g_assert_cmpstr (json_object_get_string_member (member, "email_address"), ==, text->str);
  member = json_object_get_object_member (member, "merge_fields");
  g_assert_cmpstr (json_object_get_string_member (member, "FNAME"), ==, text->str);
}

static void
test_bytes_that_are_no_text (void)
{
  static const char *const CASES[][2] = {
    { "a\xff" "b", "a\xef\xbf\xbd" "b" },
    { "\xc3", "\xef\xbf\xbd" },
    { "\xc3(", "\xef\xbf\xbd(" },
    { "x\xed\xa0\x80", "x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
  };
  g_autoptr(BudMemberWriter) writer = bud_member_writer_new (TAGS, 1, "subscribed");

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      JsonObject *member;

      bud_member_writer_add (writer, "a@example.com", (const char *[]) { CASES[i][0] });
      member = finish_and_get (writer, parser, 0);
      member = json_object_get_object_member (member, "merge_fields");
      g_assert_cmpstr (json_object_get_string_member (member, "FNAME"), ==, CASES[i][1]);
    }
}

static void
test_never_more_than_the_limit (void)
{
  g_autoptr(BudMemberWriter) writer = bud_member_writer_new (TAGS, 1, "subscribed");

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autofree char *last = NULL;
      JsonObject *member;

      for (guint i = 0; i < BUD_MEMBERS_MAX; i++)
        {
          g_autofree char *address = g_strdup_printf ("n%u-%u@example.com", round, i);

          g_assert_true (bud_member_writer_add (writer, address, (const char *[]) { "x" }));
        }
      g_assert_false (bud_member_writer_add (writer, "one@example.com", (const char *[]) { "x" }));
      g_assert_cmpuint (bud_member_writer_get_count (writer), ==, BUD_MEMBERS_MAX);

      last = g_strdup_printf ("n%u-499@example.com", round);
      member = finish_and_get (writer, parser, BUD_MEMBERS_MAX - 1);
      g_assert_cmpstr (json_object_get_string_member (member, "email_address"), ==, last);
      g_assert_false (json_object_has_member (member, "status"));
      g_assert_cmpuint (bud_member_writer_get_count (writer), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mailchimp/member-writer/exact-body", test_exact_body);
  g_test_add_func ("/mailchimp/member-writer/every-character", test_every_character);
  g_test_add_func ("/mailchimp/member-writer/bytes-that-are-no-text", test_bytes_that_are_no_text);
  g_test_add_func ("/mailchimp/member-writer/never-more-than-the-limit",
                   test_never_more_than_the_limit);

  return g_test_run ();
}
