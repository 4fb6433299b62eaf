/* test-verbs.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "service-fixture.h"

#define UPSERTED "{\"new_members\":[{\"email_address\":\"a@example.com\"}]," \
                 "\"updated_members\":[]," \
                 "\"errors\":[{\"email_address\":\"b@example.com\",\"error\":\"b@example.com " \
                 "looks " \
                 "fake or invalid, please enter a real email address.\",\"error_code\":" \
                 "\"ERROR_GENERIC\"}],\"total_created\":1,\"total_updated\":0,\"error_count\":1}"

static gboolean
ping (Service  *service,
      GError  **error)
{
  bud_mailchimp_ping_async (service_client (service), NULL, service_done_cb, service);

  return bud_mailchimp_ping_finish (service_client (service), service_wait (service), error);
}

static void
test_ping (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(GError) error = NULL;

  service_play (service, 200, SERVICE_JSON, "{\"health_status\":\"Everything's Chimpy!\"}");
  g_assert_true (ping (service, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (service_call (service, 0), ==, "GET /3.0/ping ");

  service_play (service, 200, SERVICE_JSON, "{\"hello\":1}");
  g_assert_false (ping (service, &error));
  g_assert_error (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_UNEXPECTED);
}

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    gboolean below;
    int code;
    guint n_calls;
  } CASES[] = {
    { 401, SERVICE_PROBLEM, "{\"title\":\"API Key Invalid\",\"detail\":\"d\"}", FALSE,
      BUD_MAILCHIMP_ERROR_UNAUTHORIZED, 1 },
    { 403, SERVICE_PROBLEM, "{\"title\":\"Forbidden\"}", FALSE, BUD_MAILCHIMP_ERROR_FORBIDDEN, 1 },
    { 404, SERVICE_PROBLEM, "{\"title\":\"Resource Not Found\"}", FALSE,
      BUD_MAILCHIMP_ERROR_NOT_FOUND, 1 },
    { 400, "text/html", "<html>", FALSE, BUD_MAILCHIMP_ERROR_INVALID, 1 },
    { 403, "text/html", "<html>Request Blocked</html>", TRUE, BUD_NET_ERROR_UNAVAILABLE, 3 },
    { 503, "text/html", "<html>Reference Number</html>", TRUE, BUD_NET_ERROR_UNAVAILABLE, 3 },
    { 200, "text/html", "<html>Welcome to the hotel</html>", TRUE, BUD_NET_ERROR_BROKEN, 3 },
    { 200, SERVICE_JSON, "{\"health_status\":\"Every", TRUE, BUD_NET_ERROR_BROKEN, 3 },
    { 200, SERVICE_JSON, "", TRUE, BUD_NET_ERROR_BROKEN, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(Service) service = service_new ();
      g_autoptr(GError) error = NULL;

      g_test_message ("%u %s", CASES[i].status, CASES[i].body);
      for (guint n = 0; n < CASES[i].n_calls; n++)
        service_play (service, CASES[i].status, CASES[i].type, CASES[i].body);

      g_assert_false (ping (service, &error));
      if (CASES[i].below)
        g_assert_error (error, BUD_NET_ERROR, CASES[i].code);
      else
        g_assert_error (error, BUD_MAILCHIMP_ERROR, CASES[i].code);
      g_assert_cmpuint (service_n_calls (service), ==, CASES[i].n_calls);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_account (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(BudAccount) account = NULL;
  g_autoptr(GError) error = NULL;

  service_play (service, 200, SERVICE_JSON,
                "{\"account_id\":\"8d3a\",\"account_name\":\"Bj\\u00f8rn AS\",\"email\":"
                "\"post@example.com\",\"pricing_plan_type\":\"monthly\","
                "\"total_subscribers\":1200000}");
  bud_mailchimp_get_account_async (service_client (service), NULL, service_done_cb, service);
  account = bud_mailchimp_get_account_finish (service_client (service), service_wait (service),
                                              &error);

  g_assert_no_error (error);
  g_assert_cmpstr (account->id, ==, "8d3a");
  g_assert_cmpstr (account->name, ==, "Bjørn AS");
  g_assert_cmpstr (account->email, ==, "post@example.com");
  g_assert_cmpstr (account->plan, ==, "monthly");
  g_assert_cmpint (account->total_subscribers, ==, 1200000);
}

static void
test_merge_fields (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(BudMergeField) made = NULL;
  g_autoptr(GError) error = NULL;
  BudMergeField *field;

  service_play (service, 200, SERVICE_JSON,
                "{\"merge_fields\":[{\"tag\":\"FNAME\",\"name\":\"First Name\",\"type\":\"text\","
                "\"required\":true,\"options\":{\"size\":25}},{\"tag\":\"SIZE\",\"name\":\"Size\","
                "\"type\":\"dropdown\",\"required\":false,\"options\":{\"choices\":[\"S\",\"L\"]}},"
                "{\"name\":\"without a tag\"},7],\"total_items\":4}");
  bud_mailchimp_list_merge_fields_async (service_client (service), "a/b?c", NULL, service_done_cb,
                                         service);
  fields = bud_mailchimp_list_merge_fields_finish (service_client (service),
                                                   service_wait (service), &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (service_call (service, 0),
                                   "GET /3.0/lists/a/b%3Fc/merge-fields?fields="));

  g_assert_cmpuint (fields->len, ==, 2);
  field = g_ptr_array_index (fields, 0);
  g_assert_cmpstr (field->tag, ==, "FNAME");
  g_assert_true (field->required);
  g_assert_cmpuint (g_strv_length (field->choices), ==, 0);
  field = g_ptr_array_index (fields, 1);
  g_assert_cmpstr (field->type, ==, "dropdown");
  g_assert_cmpstr (field->choices[1], ==, "L");

  service_play (service, 200, SERVICE_JSON,
                "{\"tag\":\"CITY2\",\"name\":\"By\",\"type\":\"text\",\"required\":false}");
  bud_mailchimp_create_merge_field_async (service_client (service), "a", "CITY", "By", "text", NULL,
                                          service_done_cb, service);
  made = bud_mailchimp_create_merge_field_finish (service_client (service), service_wait (service),
                                                  &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->tag, ==, "CITY2");
  g_assert_cmpstr (service_call (service, 1), ==,
                   "POST /3.0/lists/a/merge-fields "
                   "{\"tag\":\"CITY\",\"name\":\"By\",\"type\":\"text\"}");
}

static BudUpsertAnswer *
upsert (Service  *service,
        GError  **error)
{
  g_autoptr(BudMemberWriter) writer = bud_member_writer_new (NULL, 0, "subscribed");
  g_autoptr(GBytes) body = NULL;

  bud_member_writer_add (writer, "a@example.com", NULL);
  body = bud_member_writer_finish (writer);
  bud_mailchimp_upsert_members_async (service_client (service), "a", body, NULL, service_done_cb,
                                      service);

  return bud_mailchimp_upsert_members_finish (service_client (service), service_wait (service),
                                              error);
}

/* An answer of 200 may hold refusals; a cut one is asked for again, and counts once. */
static void
test_upsert (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(BudUpsertAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  service_play (service, 200, SERVICE_JSON, "{\"new_members\":[{\"email_address\":\"a@exam");
  service_play (service, 503, "text/html", "<html>");
  service_play (service, 200, SERVICE_JSON, UPSERTED);
  answer = upsert (service, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (service_n_calls (service), ==, 3);
  g_assert_cmpstr (service_call (service, 2), ==,
                   "POST /3.0/lists/a?skip_merge_validation=false {\"members\":[{\"email_address\":"
                   "\"a@example.com\",\"status_if_new\":\"subscribed\"}],\"update_existing\":true,"
                   "\"sync_tags\":false}");
  g_assert_cmpint (answer->n_created, ==, 1);
  g_assert_cmpuint (answer->created->len, ==, 1);
  g_assert_cmpuint (answer->errors->len, ==, 1);
  g_assert_cmpint (bud_member_error_reason (g_ptr_array_index (answer->errors, 0)), ==,
                   BUD_REASON_ADDRESS_REFUSED);
}

static void
test_upsert_refused (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(BudUpsertAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  service_play (service, 400, SERVICE_PROBLEM,
                "{\"title\":\"Invalid Resource\",\"detail\":\"The resource submitted could not be "
                "validated.\",\"errors\":[{\"field\":\"\",\"message\":\"Schema describes object, "
                "array "
                "found instead\"}]}");
  answer = upsert (service, &error);
  g_assert_null (answer);
  g_assert_error (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_INVALID);
  g_clear_error (&error);

  for (guint i = 0; i < 3; i++)
    service_play (service, 200, SERVICE_JSON, "{\"new_members\":[");
  answer = upsert (service, &error);
  g_assert_null (answer);
  g_assert_error (error, BUD_NET_ERROR, BUD_NET_ERROR_BROKEN);
}

static void
test_archive (void)
{
  static const struct
  {
    guint status;
    const char *title;
    int code;
  } CASES[] = {
    { 204, NULL, -1 },
    { 404, "Resource Not Found", -1 },
    { 405, "Method Not Allowed", -1 },
    { 403, "Forbidden", BUD_MAILCHIMP_ERROR_FORBIDDEN },
    { 400, "Bad Request", BUD_MAILCHIMP_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr(Service) service = service_new ();
      g_autoptr(GError) error = NULL;
      g_autofree char *body = g_strdup_printf ("{\"title\":\"%s\"}", CASES[i].title);
      gboolean done;

      g_test_message ("%u", CASES[i].status);
      service_play (service, CASES[i].status, CASES[i].title != NULL ? SERVICE_PROBLEM : NULL,
      body);
      bud_mailchimp_archive_member_async (service_client (service), "a",
                                          "Urist.McVankab@freddiesjokes.com", NULL, service_done_cb,
                                          service);
      done = bud_mailchimp_archive_member_finish (service_client (service), service_wait (service),
                                                  &error);

      g_assert_cmpstr (service_call (service, 0), ==,
                       "DELETE /3.0/lists/a/members/62eeb292278cc15f5817cb78f7790b08 ");
      if (CASES[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, BUD_MAILCHIMP_ERROR, CASES[i].code);
      g_assert_cmpint (done, ==, CASES[i].code < 0);
    }
}

static void
test_create_tag (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(BudTag) tag = NULL;
  g_autoptr(GError) error = NULL;

  service_play (service, 200, SERVICE_JSON,
                "{\"id\":4294967297,\"name\":\"Vår\",\"member_count\":0,\"type\":\"static\"}");
  bud_mailchimp_create_tag_async (service_client (service), "a", "Vår", NULL, service_done_cb,
                                  service);
  tag = bud_mailchimp_create_tag_finish (service_client (service), service_wait (service), &error);

  g_assert_no_error (error);
  g_assert_cmpint (tag->id, ==, G_GINT64_CONSTANT (4294967297));
  g_assert_cmpstr (tag->name, ==, "Vår");
  g_assert_cmpstr (service_call (service, 0), ==,
                   "POST /3.0/lists/a/segments {\"name\":\"Vår\",\"static_segment\":[]}");
}

static GStrv
build_addresses (guint n)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("n%u@example.com", i);

      g_strv_builder_add (builder, address);
    }

  return g_strv_builder_end (builder);
}

static void
test_tag_members (void)
{
  static const char *const ADD[] = { "a@example.com", "b@example.com", NULL };
  static const char *const NOBODY[] = { NULL };
  g_autoptr(Service) service = service_new ();
  g_autoptr(GError) error = NULL;
  gint64 n_added = -1, n_removed = -1, n_errors = -1;
  gboolean done;

  service_play (service, 200, SERVICE_JSON,
                "{\"members_added\":[{\"id\":\"x\",\"total_added\":9}],\"members_removed\":[],"
                "\"errors\":[{\"email_addresses\":[\"b@example.com\"],\"error\":\"unknown\"}],"
                "\"total_added\":1,\"total_removed\":0,\"error_count\":1}");
  bud_mailchimp_tag_members_async (service_client (service), "a", 77, ADD, NOBODY, NULL,
                                   service_done_cb, service);
  done = bud_mailchimp_tag_members_finish (service_client (service), service_wait (service),
                                           &n_added, &n_removed, &n_errors, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpint (n_added, ==, 1);
  g_assert_cmpint (n_removed, ==, 0);
  g_assert_cmpint (n_errors, ==, 1);
  g_assert_cmpstr (service_call (service, 0), ==,
                   "POST /3.0/lists/a/segments/77 "
                   "{\"members_to_add\":[\"a@example.com\",\"b@example.com\"]}");
}

static void
test_tag_too_many_members (void)
{
  g_autoptr(Service) service = service_new ();
  g_auto(GStrv) enough = build_addresses (BUD_MEMBERS_MAX);
  g_auto(GStrv) too_many = build_addresses (BUD_MEMBERS_MAX + 1);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean done;

      if (i == 2)
        service_play (service, 200, SERVICE_JSON, "{\"total_added\":500,\"total_removed\":500}");
      bud_mailchimp_tag_members_async (service_client (service), "a", 77,
                                       (const char *const *) (i == 0 ? too_many : enough),
                                       (const char *const *) (i == 1 ? too_many : enough),
                                       NULL, service_done_cb, service);
      done = bud_mailchimp_tag_members_finish (service_client (service), service_wait (service),
                                               NULL, NULL, NULL, &error);

      g_assert_cmpuint (service_n_calls (service), ==, i == 2 ? 1 : 0);
      g_assert_cmpint (done, ==, i == 2);
      if (i < 2)
        g_assert_error (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS);
    }
}

static void
test_cancelled (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) audiences = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  bud_mailchimp_list_audiences_async (service_client (service), cancellable, service_done_cb,
                                      service);
  audiences = bud_mailchimp_list_audiences_finish (service_client (service),
                                                   service_wait (service), &error);

  g_assert_null (audiences);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service_n_calls (service), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mailchimp/verbs/ping", test_ping);
  g_test_add_func ("/mailchimp/verbs/refusals", test_refusals);
  g_test_add_func ("/mailchimp/verbs/account", test_account);
  g_test_add_func ("/mailchimp/verbs/merge-fields", test_merge_fields);
  g_test_add_func ("/mailchimp/verbs/upsert", test_upsert);
  g_test_add_func ("/mailchimp/verbs/upsert-refused", test_upsert_refused);
  g_test_add_func ("/mailchimp/verbs/archive", test_archive);
  g_test_add_func ("/mailchimp/verbs/create-tag", test_create_tag);
  g_test_add_func ("/mailchimp/verbs/tag-members", test_tag_members);
  g_test_add_func ("/mailchimp/verbs/tag-too-many-members", test_tag_too_many_members);
  g_test_add_func ("/mailchimp/verbs/cancelled", test_cancelled);

  return g_test_run ();
}
