/* test-batch.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-batch.h"
#include "workspace-fixture.h"

typedef struct
{
  Workspace *workspace;
  BudMapping *mapping;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr(GPtrArray) people = workspace_make_people (1);
  g_autoptr(GError) error = NULL;

  self->workspace = workspace_new (FALSE, "http://127.0.0.1/3.0");
  workspace_load (self->workspace, people);
  self->mapping = workspace_map (self->workspace, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_object_unref (self->mapping);
  workspace_free (self->workspace);
}

/* Person i has the tag “Adults” when i is even and “Oslo” when it can be divided by three. */
static BudBatch *
make_batch (Fixture *self,
            guint    n_people)
{
  BudBatch *batch = bud_batch_new (self->mapping);

  for (guint i = 0; i < n_people; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);
      g_autofree char *email = g_strdup_printf (" Person%u@Kunde.example ", i);
      g_autofree char *address = g_strdup_printf ("person%u@kunde.example", i);
      const char *values[] = { email, i == 0 ? "" : id };
      const gboolean matches[] = { i % 2 == 0, i % 3 == 0 };
      const BudCustomerRow customer = { id, values, 2, matches, NULL, NULL };
      const BudPlanRow row = { .seq = 10 + i, .customer = id, .action = BUD_ACTION_ADD };

      bud_batch_add (batch, &row, address, &customer);
    }

  return batch;
}

static void
apply (BudBatch   *batch,
       const char *text)
{
  g_autoptr(GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr(BudUpsertAnswer) answer = bud_upsert_answer_scan (body);

  g_assert_nonnull (answer);
  bud_batch_apply_answer (batch, answer);
}

static void
test_encode (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(BudBatch) batch = make_batch (self, 2);
  g_autoptr(GBytes) body = bud_batch_encode (batch, "subscribed");
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_nonnull (strstr (text, "\"person0@kunde.example\""));
  g_assert_nonnull (strstr (text, "\"person1@kunde.example\""));
  g_assert_nonnull (strstr (text, "\"FNAME\":\"C1\""));
  g_assert_nonnull (strstr (text, "\"status_if_new\":\"subscribed\""));
  g_assert_null (strstr (text, "\"status\""));
  g_assert_null (strstr (text, "\"\""));
}

static void
test_answer (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(BudBatch) batch = make_batch (self, 6);
  const BudPlanRow *rows = bud_batch_get_rows (batch);

  apply (batch, "{\"new_members\":[{\"email_address\":\"PERSON0@Kunde.Example\"}],"
                "\"updated_members\":[{\"email_address\":\"person2@kunde.example\"},"
                "{\"email_address\":\"stranger@kunde.example\"}],"
                "\"errors\":[{\"email_address\":\"Person1@kunde.example\",\"error\":\"x is in a "
                "compliance state due to unsubscribe\",\"error_code\":\"ERROR_GENERIC\"},"
                "{\"email_address\":\"\",\"error\":\"nobody\"},"
                "{\"email_address\":\"person3@kunde.example\",\"error\":\"looks fake or invalid\","
                "\"error_code\":\"ERROR_GENERIC\"},"
                "{\"email_address\":\"person5@kunde.example\",\"error\":\"Forgotten: was permanently "
                "deleted\",\"error_code\":\"ERROR_GENERIC\"}],"
                "\"total_created\":1,\"total_updated\":2,\"error_count\":4}");

  g_assert_cmpint (rows[0].outcome, ==, BUD_OUTCOME_ADDED);
  g_assert_cmpint (rows[0].reason, ==, BUD_REASON_NONE);
  g_assert_null (rows[0].detail);
  g_assert_cmpint (rows[1].outcome, ==, BUD_OUTCOME_REJECTED);
  g_assert_cmpint (rows[1].reason, ==, BUD_REASON_COMPLIANCE);
  g_assert_nonnull (strstr (rows[1].detail, "compliance"));
  g_assert_cmpint (rows[2].outcome, ==, BUD_OUTCOME_UPDATED);
  g_assert_cmpint (rows[3].reason, ==, BUD_REASON_ADDRESS_REFUSED);
  g_assert_cmpint (rows[4].outcome, ==, BUD_OUTCOME_REJECTED);
  g_assert_cmpint (rows[4].reason, ==, BUD_REASON_OTHER);
  g_assert_cmpstr (rows[4].detail, !=, NULL);
  g_assert_cmpint (rows[5].reason, ==, BUD_REASON_FORGOTTEN);

  g_assert_cmpuint (bud_batch_count (batch, BUD_OUTCOME_ADDED), ==, 1);
  g_assert_cmpuint (bud_batch_count (batch, BUD_OUTCOME_UPDATED), ==, 1);
  g_assert_cmpuint (bud_batch_count (batch, BUD_OUTCOME_REJECTED), ==, 4);
}

/* Only who arrived gets a tag. */
static void
test_tagged (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(BudBatch) batch = make_batch (self, 7);
  g_auto(GStrv) adults = NULL;
  g_auto(GStrv) oslo = NULL;
  g_autofree char *adult_text = NULL;
  g_autofree char *oslo_text = NULL;

  apply (batch, "{\"new_members\":[{\"email_address\":\"person0@kunde.example\"},"
                "{\"email_address\":\"person1@kunde.example\"}],"
                "\"updated_members\":[{\"email_address\":\"person4@kunde.example\"},"
                "{\"email_address\":\"person3@kunde.example\"}],\"errors\":[],\"error_count\":0}");
  adults = bud_batch_dup_tagged (batch, 0);
  oslo = bud_batch_dup_tagged (batch, 1);
  adult_text = g_strjoinv (" ", adults);
  oslo_text = g_strjoinv (" ", oslo);

  g_assert_cmpstr (adult_text, ==, "person0@kunde.example person4@kunde.example");
  g_assert_cmpstr (oslo_text, ==, "person0@kunde.example person3@kunde.example");
}

/* Halves of halves: everybody, once, in order, with values and tags. */
static void
collect (BudBatch *batch,
         GString  *people)
{
  BudBatch *halves[2];

  if (bud_batch_get_size (batch) > 1)
    {
      bud_batch_split (batch, &halves[0], &halves[1]);
      for (guint i = 0; i < 2; i++)
        {
          g_assert_cmpuint (bud_batch_get_size (halves[i]), >, 0);
          collect (halves[i], people);
          bud_batch_unref (halves[i]);
        }
      return;
    }

  {
    const BudPlanRow *row = bud_batch_get_rows (batch);
    g_autoptr(GBytes) body = bud_batch_encode (batch, "subscribed");
    g_autofree char *address = NULL;
    g_autofree char *answer = NULL;

    g_assert_cmpint (bud_batch_get_first_seq (batch), ==, row->seq);
    g_assert_cmpint (bud_batch_get_last_seq (batch), ==, row->seq);
    address = g_strdup_printf ("person%d@kunde.example", (int) row->seq - 10);
    answer = g_strdup_printf ("{\"new_members\":[{\"email_address\":\"%s\"}],"
                              "\"updated_members\":[],\"errors\":[],\"error_count\":0}", address);
    apply (batch, answer);
    g_string_append_printf (people, "%s", row->customer);
    for (gsize tag = 0; tag < 2; tag++)
      {
        g_auto(GStrv) tagged = bud_batch_dup_tagged (batch, tag);

        g_string_append (people, tagged[0] != NULL ? "+" : "-");
      }
    g_string_append (people, strstr (g_bytes_get_data (body, NULL), address) != NULL ? " " : "?");
  }
}

static void
test_split (Fixture       *self,
            gconstpointer  data)
{
  for (guint n = 1; n <= 40; n++)
    {
      g_autoptr(BudBatch) batch = make_batch (self, n);
      g_autoptr(GString) people = g_string_new (NULL);
      g_autoptr(GString) expected = g_string_new (NULL);

      collect (batch, people);
      for (guint i = 0; i < n; i++)
        g_string_append_printf (expected, "C%u%s%s ", i, i % 2 == 0 ? "+" : "-",
                                i % 3 == 0 ? "+" : "-");
      g_assert_cmpstr (people->str, ==, expected->str);
    }
}

static void
test_reject_all (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(BudBatch) batch = make_batch (self, 3);

  bud_batch_reject_all (batch, "No.");
  g_assert_cmpuint (bud_batch_count (batch, BUD_OUTCOME_REJECTED), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (bud_batch_get_rows (batch)[i].reason, ==, BUD_REASON_OTHER);
      g_assert_cmpstr (bud_batch_get_rows (batch)[i].detail, ==, "No.");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/batch/encode", Fixture, NULL, set_up, test_encode, tear_down);
  g_test_add ("/batch/answer", Fixture, NULL, set_up, test_answer, tear_down);
  g_test_add ("/batch/tagged", Fixture, NULL, set_up, test_tagged, tear_down);
  g_test_add ("/batch/split", Fixture, NULL, set_up, test_split, tear_down);
  g_test_add ("/batch/reject-all", Fixture, NULL, set_up, test_reject_all, tear_down);

  return g_test_run ();
}
