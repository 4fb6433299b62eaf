/* test-reading.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "service-fixture.h"

/* What is added to the number of somebody who changed: another person as far as the test goes. */
#define CHANGED 10000

/* A list that the service shows in pages, and what happens to it while it is read. */
typedef struct
{
  const char *key;
  const char *item_format;
  GArray *numbers;
  guint n_pages;
  guint leave_at_page;
  guint n_leavers;
  gboolean leave_always;
  gboolean come_again;
} Audience;

static gint64
get_number (GHashTable *query,
            const char *name)
{
  const char *text = g_hash_table_lookup (query, name);

  g_assert_nonnull (text);

  return g_ascii_strtoll (text, NULL, 10);
}

/* Those in front leave, or change and so come last. */
static void
stir (Audience *audience)
{
  for (guint i = 0; audience->come_again && i < audience->n_leavers; i++)
    {
      int changed = g_array_index (audience->numbers, int, i) + CHANGED;

      g_array_append_val (audience->numbers, changed);
    }

  g_array_remove_range (audience->numbers, 0, audience->n_leavers);
}

/* Members are in the order of their changes only for those who ask for it. */
static void
check_order (GHashTable *query)
{
  g_assert_cmpstr (g_hash_table_lookup (query, "sort_field"), ==, "last_changed");
  g_assert_cmpstr (g_hash_table_lookup (query, "sort_dir"), ==, "ASC");
}

static char *
show_page (GHashTable *query,
           gpointer    data)
{
  Audience *audience = data;
  g_autoptr(GString) body = g_string_new (NULL);
  gint64 offset = get_number (query, "offset");
  gint64 end;

  g_assert_cmpint (get_number (query, "count"), ==, 1000);
  if (g_str_equal (audience->key, "members"))
    check_order (query);

  audience->n_pages++;
  if (audience->n_pages == audience->leave_at_page || audience->leave_always)
    stir (audience);

  g_string_append_printf (body, "{\"%s\":[", audience->key);
  end = MIN (offset + 1000, (gint64) audience->numbers->len);
  for (gint64 i = offset; i < end; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", g_array_index (audience->numbers, int, i));
      g_auto(GStrv) parts = g_strsplit (audience->item_format, "#", -1);
      g_autofree char *item = g_strjoinv (number, parts);

      g_string_append_printf (body, "%s%s", i > offset ? "," : "", item);
    }
  g_string_append_printf (body, "],\"total_items\":%u}", audience->numbers->len);

  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
fill (Audience *audience,
      int       n)
{
  audience->numbers = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; i < n; i++)
    g_array_append_val (audience->numbers, i);
}

static void
test_every_size_of_list (void)
{
  static const int SIZES[] = { 0, 1, 999, 1000, 1001, 2000, 2001, 2500 };

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      g_autoptr(Service) service = service_new ();
      Audience account = { "lists", "{\"id\":\"l#\",\"name\":\"List #\",\"double_optin\":true,"
                           "\"stats\":{\"member_count\":#}}" };
      g_autoptr(GPtrArray) audiences = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%d", SIZES[i]);
      fill (&account, SIZES[i]);
      service_set_func (service, show_page, &account);
      bud_mailchimp_list_audiences_async (service_client (service), NULL, service_done_cb, service);
      audiences = bud_mailchimp_list_audiences_finish (service_client (service),
                                                       service_wait (service), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (audiences->len, ==, SIZES[i]);
      g_assert_cmpuint (account.n_pages, ==, MAX ((SIZES[i] + 999) / 1000, 1));
      for (int n = 0; n < SIZES[i]; n++)
        {
          BudAudience *audience = g_ptr_array_index (audiences, n);
          g_autofree char *id = g_strdup_printf ("l%d", n);

          g_assert_cmpstr (audience->id, ==, id);
          g_assert_cmpint (audience->member_count, ==, n);
          g_assert_true (audience->double_optin);
        }
      g_array_unref (account.numbers);
    }
}

static void
test_tags (void)
{
  g_autoptr(Service) service = service_new ();
  Audience audience = { "segments", "{\"id\":1#,\"name\":\"T#\",\"member_count\":#}" };
  g_autoptr(GPtrArray) tags = NULL;
  g_autoptr(GError) error = NULL;

  fill (&audience, 1001);
  service_set_func (service, show_page, &audience);
  bud_mailchimp_list_tags_async (service_client (service), "a", NULL, service_done_cb, service);
  tags = bud_mailchimp_list_tags_finish (service_client (service), service_wait (service), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tags->len, ==, 1001);
  g_assert_cmpint (((BudTag *) g_ptr_array_index (tags, 1000))->id, ==, 11000);
  g_assert_nonnull (strstr (service_call (service, 1), "type=static"));
  g_array_unref (audience.numbers);
}

static void
count_member (const char *address,
              const char *status,
              const char *last_changed,
              gpointer    data)
{
  GHashTable *told = data;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (told, address));

  g_assert_cmpstr (status, ==, "archived");
  g_assert_true (g_str_has_prefix (last_changed, "2026"));
  g_hash_table_insert (told, g_strdup (address), GUINT_TO_POINTER (n + 1));
}

static gint64
read_members (Service     *service,
              Audience    *audience,
              int          n,
              GHashTable  *told,
              GError     **error)
{
  audience->key = "members";
  audience->item_format = "{\"email_address\":\"n#@example.com\",\"status\":\"archived\","
                          "\"last_changed\":\"2026-01-01T00:00:00+00:00\"}";
  fill (audience, n);
  service_set_func (service, show_page, audience);
  bud_mailchimp_read_members_async (service_client (service), "a", "archived",
                                    "2026-01-01T00:00:00+00:00", count_member, told, NULL,
                                    service_done_cb, service);

  return bud_mailchimp_read_members_finish (service_client (service), service_wait (service),
                                            error);
}

static void
test_members (void)
{
  static const int SIZES[] = { 0, 1, 2, 49, 50, 51, 999, 1000, 1001, 1050, 1950, 2000, 3000 };

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      g_autoptr(Service) service = service_new ();
      g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr(GError) error = NULL;
      Audience audience = { NULL, };

      g_test_message ("%d", SIZES[i]);
      g_assert_cmpint (read_members (service, &audience, SIZES[i], told, &error), ==, SIZES[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (g_hash_table_size (told), ==, SIZES[i]);
      g_assert_nonnull (strstr (service_call (service, 0), "&status=archived"));
      g_assert_nonnull (strstr (service_call (service, 0),
                                "&since_last_changed=2026-01-01T00%3A00%3A00%2B00%3A00"));
      g_array_unref (audience.numbers);
    }
}

/* People leave the front of the list, or change and so move to its end, while it is read: whoever
 * is still there must have been told of. */
static void
test_members_who_leave (void)
{
  static const guint N_LEAVERS[] = { 1, 10, 49, 50, 51, 400, 1000, 2000, 2900 };

  for (gsize i = 0; i < G_N_ELEMENTS (N_LEAVERS); i++)
    for (guint page = 2; page <= 7; page++)
      {
        g_autoptr(Service) service = service_new ();
        g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr(GError) error = NULL;
        Audience audience = {
          .leave_at_page = page / 2 + 1,
          .n_leavers = N_LEAVERS[i],
          .come_again = page % 2 == 1,
        };

        g_test_message ("%u leave before page %u", N_LEAVERS[i], audience.leave_at_page);
        read_members (service, &audience, 3500, told, &error);
        g_assert_no_error (error);
        for (guint n = 0; n < audience.numbers->len; n++)
          {
            g_autofree char *address = NULL;

            address = g_strdup_printf ("n%d@example.com",
                                       g_array_index (audience.numbers, int, n));
            g_assert_true (g_hash_table_contains (told, address));
          }
        g_array_unref (audience.numbers);
      }
}

static void
test_members_without_rest (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;
  Audience audience = { .leave_always = TRUE, .n_leavers = 60 };

  g_assert_cmpint (read_members (service, &audience, 5000, told, &error), ==, -1);
  g_assert_error (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_UNAVAILABLE);
  g_array_unref (audience.numbers);
}

/* A service that gives fewer than asked for, and says that there are more than there are. */
static void
test_members_of_an_odd_service (void)
{
  g_autoptr(Service) service = service_new ();
  g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;

#define MEMBER(n) "{\"email_address\":\"n" #n "@example.com\",\"status\":\"archived\"," \
                  "\"last_changed\":\"2026\"}"
  service_play (service, 200, SERVICE_JSON,
                "{\"members\":[" MEMBER (1) "," MEMBER (2) "],\"total_items\":9}");
  service_play (service, 200, SERVICE_JSON,
                "{\"members\":[" MEMBER (2) "," MEMBER (3) "],\"total_items\":9}");
  service_play (service, 200, SERVICE_JSON, "{\"members\":[" MEMBER (3) "],\"total_items\":9}");
  service_play (service, 200, SERVICE_JSON, "{\"members\":[],\"total_items\":9}");
#undef MEMBER

  bud_mailchimp_read_members_async (service_client (service), "a", NULL, NULL, count_member, told,
                                    NULL, service_done_cb, service);
  g_assert_cmpint (bud_mailchimp_read_members_finish (service_client (service),
                                                      service_wait (service), &error), ==, 3);
  g_assert_no_error (error);
  g_assert_null (strstr (service_call (service, 0), "status="));
  g_assert_nonnull (strstr (service_call (service, 1), "&offset=1 "));
  g_assert_nonnull (strstr (service_call (service, 3), "&offset=3 "));
}

/* A page that is cut or refused in the middle ends in the same error as a single call. */
static void
test_second_page_fails (void)
{
  static const char FIRST[] = "{\"lists\":[{\"id\":\"l\"}],\"total_items\":2}";
  g_autoptr(Service) service = service_new ();
  g_autoptr(GPtrArray) audiences = NULL;
  g_autoptr(GError) error = NULL;

  service_play (service, 200, SERVICE_JSON, FIRST);
  service_play (service, 200, SERVICE_JSON, "{\"lists\":[");
  service_play (service, 401, SERVICE_PROBLEM, "{\"title\":\"API Key Invalid\"}");
  bud_mailchimp_list_audiences_async (service_client (service), NULL, service_done_cb, service);
  audiences = bud_mailchimp_list_audiences_finish (service_client (service),
                                                   service_wait (service), &error);

  g_assert_null (audiences);
  g_assert_error (error, BUD_MAILCHIMP_ERROR, BUD_MAILCHIMP_ERROR_UNAUTHORIZED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/mailchimp/reading/every-size-of-list", test_every_size_of_list);
  g_test_add_func ("/mailchimp/reading/tags", test_tags);
  g_test_add_func ("/mailchimp/reading/members", test_members);
  g_test_add_func ("/mailchimp/reading/members-who-leave", test_members_who_leave);
  g_test_add_func ("/mailchimp/reading/members-without-rest", test_members_without_rest);
  g_test_add_func ("/mailchimp/reading/members-of-an-odd-service", test_members_of_an_odd_service);
  g_test_add_func ("/mailchimp/reading/second-page-fails", test_second_page_fails);

  return g_test_run ();
}
