/* test-planner.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-address.h"
#include "bud-digest.h"
#include "bud-error.h"
#include "bud-planner.h"
#include "workspace-fixture.h"

/* What a plan does with whom, on both stores. */

#define ROOT "http://127.0.0.1/3.0"

static GPtrArray *
nobody (void)
{
  g_autoptr(GPtrArray) one = workspace_make_people (1);
  GPtrArray *people = g_ptr_array_ref (one);

  g_ptr_array_set_size (people, 0);

  return people;
}

static BudPlan *
plan_well (Workspace *workspace)
{
  g_autoptr(GError) error = NULL;
  BudPlan *plan = workspace_plan (workspace, NULL, &error);

  g_assert_no_error (error);

  return plan;
}

static void
assert_plan (Workspace  *workspace,
             const char *expected)
{
  g_autoptr(BudPlan) plan = plan_well (workspace);
  g_autofree char *rows = workspace_describe (workspace, bud_item_get_id (BUD_ITEM (plan)));

  g_assert_cmpstr (rows, ==, expected);
}

static void
test_reasons (gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *email;
    int age;
  } table[] = {
    { "01", "kari@kunde.example", 40 },
    { "02", NULL, 40 },
    { "03", "", 40 },
    { "04", "   ", 40 },
    { "05", "kari", 40 },
    { "06", " KARI@Kunde.Example ", 40 },
    { "07", "child@kunde.example", 8 },
    { "08", "child@kunde.example", 38 },
    { "09", "ola@kunde.example", 40 },
    { "10", "kari@kunde.example", 40 },
    { "11", "ola @kunde.example", 40 },
  };
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = nobody ();
  g_autoptr(BudPlan) plan = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    workspace_add_person (people, table[i].id, table[i].email, table[i].age);
  workspace_load (workspace, people);

  assert_plan (workspace, "01 add pending\n"
                          "02 hold held-back no-address\n"
                          "03 hold held-back no-address\n"
                          "04 hold held-back no-address\n"
                          "05 hold held-back invalid-address\n"
                          "06 hold held-back duplicate-address\n"
                          "08 add pending\n"
                          "09 add pending\n"
                          "10 hold held-back duplicate-address\n"
                          "11 hold held-back invalid-address\n");

  plan = plan_well (workspace);
  g_assert_cmpstr (bud_item_get_name (BUD_ITEM (plan)), ==, "2");
  g_assert_cmpstr (bud_plan_get_export (plan), ==, bud_item_get_id (BUD_ITEM (workspace->export)));
  g_assert_cmpint (bud_plan_get_members (plan), ==, 10);
  g_assert_cmpint (bud_plan_get_adds (plan), ==, 3);
  g_assert_cmpint (bud_plan_get_updates (plan), ==, 0);
  g_assert_cmpint (bud_plan_get_unchanged (plan), ==, 0);
  g_assert_cmpint (bud_plan_get_held_back (plan), ==, 7);
  g_assert_cmpint (bud_plan_get_calls (plan), ==, 3);
}

/* A run that has an answer for every pending row. */

typedef struct
{
  Workspace *workspace;
  BudPlan *plan;
  GArray *rows;        /* (element-type BudPlanRow) */
  GStringChunk *texts;
  int share;           /* in per cent, of those who arrive */
  GHashTable *arrived; /* (element-type utf8): customers */
} Delivery;

static gboolean
take_row (const BudPlanRow      *row,
          const BudCustomerRow  *customer,
          gpointer               data,
          GError               **error)
{
  Delivery *self = data;
  BudPlanRow kept = *row;

  kept.customer = g_string_chunk_insert (self->texts, row->customer);
  kept.outcome = row->action == BUD_ACTION_ADD ? BUD_OUTCOME_ADDED : BUD_OUTCOME_UPDATED;
  if (g_test_rand_int_range (0, 100) >= self->share)
    {
      kept.outcome = BUD_OUTCOME_REJECTED;
      kept.reason = BUD_REASON_OTHER;
    }
  else
    g_hash_table_add (self->arrived, g_strdup (row->customer));
  g_array_append_val (self->rows, kept);

  return TRUE;
}

static gboolean
record (BudStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Delivery *self = data;
  BudRowFilter pending = { .outcome = BUD_OUTCOME_PENDING, .reason = -1 };
  g_autoptr(BudRun) run = NULL;

  run = g_object_new (BUD_TYPE_RUN,
                      "export", bud_item_get_id (BUD_ITEM (self->workspace->export)),
                      "plan", bud_item_get_id (BUD_ITEM (self->plan)),
                      "state", "completed",
                      NULL);

  return bud_store_each_plan_row (store, self->plan, &pending, NULL, take_row, self, NULL,
                                  error) &&
         bud_store_save_numbered (store, BUD_ITEM (run), error) &&
         bud_store_record_results (store, run, (BudPlanRow *) self->rows->data, self->rows->len,
                                   error);
}

static void
deliver (Workspace  *workspace,
         int         share,
         GHashTable *arrived)
{
  g_autoptr(BudPlan) plan = plan_well (workspace);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (BudPlanRow));
  GStringChunk *texts = g_string_chunk_new (1024);
  Delivery delivery = { workspace, plan, rows, texts, share, arrived };

  workspace_do (workspace, record, &delivery);
  g_string_chunk_free (texts);
}

static void
test_changes (gconstpointer data)
{
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = workspace_make_people (8);
  g_autoptr(GHashTable) arrived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(BudPlan) plan = NULL;
  Customer *person = g_ptr_array_index (people, 1);

  workspace_load (workspace, people);
  deliver (workspace, 100, arrived);
  g_assert_cmpuint (g_hash_table_size (arrived), ==, 8);

  plan = plan_well (workspace);
  g_assert_cmpint (bud_plan_get_unchanged (plan), ==, 8);
  assert_plan (workspace, "");

  /* A value, another address, an address that is only written otherwise, tags on and off. */
  workspace_set_text (&person->first, "Changed");
  person = g_ptr_array_index (people, 2);
  workspace_set_text (&person->email, "moved@kunde.example");
  person = g_ptr_array_index (people, 3);
  workspace_set_text (&person->email, " PERSON3@KUNDE.example");
  person = g_ptr_array_index (people, 4);
  workspace_set_text (&person->city, "Oslo");
  person = g_ptr_array_index (people, 6);
  workspace_set_text (&person->city, NULL);
  person = g_ptr_array_index (people, 7);
  workspace_set_text (&person->score, "not delivered");
  workspace_load (workspace, people);
  assert_plan (workspace, "C000001 update pending\n"
                          "C000002 add pending\n"
                          "C000004 update pending\n"
                          "C000006 update pending\n");
}

static gint64 counted;

static gint64
count_counted (BudStore      *store,
               BudSelection  *selection,
               GCancellable  *cancellable,
               GError       **error)
{
  return counted;
}

static gboolean
count_plans (BudStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GPtrArray) plans = bud_store_list (store, BUD_TYPE_PLAN, error);

  if (plans != NULL)
    *(guint *) data = plans->len;

  return plans != NULL;
}

static void
assert_no_plan (Workspace    *workspace,
                GCancellable *cancellable,
                GQuark        domain,
                int           code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudPlan) plan = workspace_plan (workspace, cancellable, &error);
  guint n_plans = 1;

  g_assert_null (plan);
  g_assert_error (error, domain, code);
  workspace_do (workspace, count_plans, &n_plans);
  g_assert_cmpuint (n_plans, ==, 0);
}

static void
test_limit (gconstpointer data)
{
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = workspace_make_people (5);
  g_autoptr(BudPlan) plan = NULL;
  BudStoreClass *store_class = BUD_STORE_GET_CLASS (workspace->store);
  gint64 (*count_customers) (BudStore *, BudSelection *, GCancellable *, GError **);

  workspace_load (workspace, people);
  count_customers = store_class->count_customers;
  store_class->count_customers = count_counted;

  counted = BUD_PLAN_MAX_MEMBERS + 1;
  assert_no_plan (workspace, NULL, BUD_ERROR, BUD_ERROR_LIMIT);
  /* Somebody imported more of them after they were counted. */
  counted = 3;
  assert_no_plan (workspace, NULL, BUD_ERROR, BUD_ERROR_STALE);
  counted = BUD_PLAN_MAX_MEMBERS;
  plan = plan_well (workspace);
  g_assert_cmpint (bud_plan_get_adds (plan), ==, 5);

  store_class->count_customers = count_customers;
}

static gboolean
(*true_each_customer) (BudStore         *store,
                       BudSelection     *selection,
                       BudCustomerFunc   func,
                       gpointer          data,
                       GCancellable     *cancellable,
                       GError          **error);

/* Stops when everybody has been looked at, and so after many rows have been stored. */
static gboolean
each_and_cancel (BudStore         *store,
                 BudSelection     *selection,
                 BudCustomerFunc   func,
                 gpointer          data,
                 GCancellable     *cancellable,
                 GError          **error)
{
  if (!true_each_customer (store, selection, func, data, cancellable, error))
    return FALSE;

  g_cancellable_cancel (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
test_cancelled (gconstpointer data)
{
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = workspace_make_people (5000);
  g_autoptr(GCancellable) before = g_cancellable_new ();
  g_autoptr(GCancellable) during = g_cancellable_new ();
  g_autoptr(BudPlan) plan = NULL;
  BudStoreClass *store_class = BUD_STORE_GET_CLASS (workspace->store);

  workspace_load (workspace, people);
  g_cancellable_cancel (before);
  assert_no_plan (workspace, before, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  true_each_customer = store_class->each_customer;
  store_class->each_customer = each_and_cancel;
  assert_no_plan (workspace, during, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  store_class->each_customer = true_each_customer;

  plan = plan_well (workspace);
  g_assert_cmpint (bud_plan_get_adds (plan), ==, 4750);
}

/* Rehearsals pile up only as long as they can be run, and what was run is history. */
static void
test_stale (gconstpointer data)
{
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = workspace_make_people (5);
  g_autoptr(BudPlan) first = NULL;
  g_autoptr(BudPlan) second = NULL;
  g_autoptr(BudPlan) third = NULL;
  g_autoptr(BudPlan) fourth = NULL;
  g_autoptr(BudRun) run = NULL;
  g_autofree char *rows = NULL;
  guint n_plans = 0;

  workspace_load (workspace, people);
  first = plan_well (workspace);
  second = plan_well (workspace);
  workspace_do (workspace, count_plans, &n_plans);
  g_assert_cmpuint (n_plans, ==, 2);

  run = g_object_new (BUD_TYPE_RUN,
                      "name", "1",
                      "plan", bud_item_get_id (BUD_ITEM (first)),
                      "state", "completed",
                      NULL);
  workspace_save (workspace, BUD_ITEM (run));
  workspace_load (workspace, people);
  third = plan_well (workspace);
  fourth = plan_well (workspace);
  workspace_do (workspace, count_plans, &n_plans);
  g_assert_cmpuint (n_plans, ==, 3);

  rows = workspace_describe (workspace, bud_item_get_id (BUD_ITEM (first)));
  g_assert_cmpint (strlen (rows), >, 0);
}

typedef struct
{
  Workspace *workspace;
  BudPlan *plan;
} Holding;

static gboolean
hold (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Holding *self = data;
  g_autoptr(BudMapping) mapping = NULL;
  BudOptOut opt_outs[] = { { .reason = BUD_REASON_ARCHIVED }, { .reason = BUD_REASON_CLEANED },
                           { .reason = BUD_REASON_UNSUBSCRIBED } };
  guint8 secret[BUD_SECRET_SIZE];

  if (!bud_store_get_secret (store, secret, error))
    return FALSE;

  bud_digest_address (secret, "person1@kunde.example", opt_outs[0].key);
  bud_digest_address (secret, "person3@kunde.example", opt_outs[1].key);
  bud_digest_address (secret, "stranger@kunde.example", opt_outs[2].key);
  mapping = bud_mapping_new (store, self->workspace->export, self->workspace->clock, error);

  return mapping != NULL &&
         bud_store_set_opt_outs (store, "practice", opt_outs, 3, FALSE, error) &&
         bud_planner_hold_opt_outs (store, self->plan, mapping, "practice", error);
}

static void
test_held_back (gconstpointer data)
{
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = workspace_make_people (5);
  g_autoptr(BudPlan) plan = NULL;
  g_autofree char *rows = NULL;
  Holding holding;

  workspace_load (workspace, people);
  plan = plan_well (workspace);
  g_assert_cmpint (bud_plan_get_adds (plan), ==, 5);
  holding = (Holding) { workspace, plan };
  workspace_do (workspace, hold, &holding);

  rows = workspace_describe (workspace, bud_item_get_id (BUD_ITEM (plan)));
  g_assert_cmpstr (rows, ==, "C000000 add pending\n"
                             "C000001 add held-back archived\n"
                             "C000002 add pending\n"
                             "C000003 add held-back cleaned\n"
                             "C000004 add pending\n");
  g_assert_cmpint (bud_plan_get_adds (plan), ==, 3);
  g_assert_cmpint (bud_plan_get_held_back (plan), ==, 2);
}

/* Many rounds against a simple model: what was delivered to whom, as text. */

static void
edit (GPtrArray *people)
{
  for (int n = g_test_rand_int_range (0, 30); n > 0; n--)
    {
      Customer *person = g_ptr_array_index (people, g_test_rand_int_range (0, people->len));
      g_autofree char *text = g_strdup_printf ("%s%d%s", n % 3 == 0 ? " P" : "p",
                                               g_test_rand_int_range (0, 60),
                                               n % 5 == 0 ? "" : "@kunde.example");

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          workspace_set_text (&person->email, text);
          break;
        case 1:
          workspace_set_text (&person->first, n % 4 == 0 ? NULL : text);
          break;
        case 2:
          workspace_set_text (&person->city, n % 2 == 0 ? "Oslo" : "Hamar");
          break;
        default:
          person->age = g_test_rand_int_range (16, 20);
          break;
        }
    }
}

static char *
dup_payload (const Customer *person,
             const char     *address)
{
  return g_strdup_printf ("%s|%s|%d|%d", address, person->first != NULL ? person->first : "",
                          person->age >= 18, g_strcmp0 (person->city, "Oslo") == 0);
}

static const char *
decide (const Customer *person,
        GHashTable     *seen,
        GHashTable     *delivered,
        GHashTable     *wanted)
{
  char address[BUD_ADDRESS_MAX + 1];
  g_autofree char *payload = NULL;
  g_autofree char *prefix = NULL;
  const char *before = g_hash_table_lookup (delivered, person->id);

  switch (bud_address_normalise (person->email, address))
    {
    case BUD_ADDRESS_EMPTY:
      return "hold held-back no-address";
    case BUD_ADDRESS_INVALID:
      return "hold held-back invalid-address";
    case BUD_ADDRESS_OK:
      break;
    }
  if (!g_hash_table_add (seen, g_strdup (address)))
    return "hold held-back duplicate-address";

  payload = dup_payload (person, address);
  prefix = g_strconcat (address, "|", NULL);
  g_hash_table_insert (wanted, g_strdup (person->id), g_strdup (payload));

  if (before == NULL || !g_str_has_prefix (before, prefix))
    return "add pending";

  return g_str_equal (before, payload) ? NULL : "update pending";
}

static char *
expect (GPtrArray  *people,
        GHashTable *delivered,
        GHashTable *wanted)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      Customer *person = g_ptr_array_index (people, i);
      const char *row = NULL;

      if (person->age >= 18 || g_strcmp0 (person->city, "Oslo") == 0)
        row = decide (person, seen, delivered, wanted);
      if (row != NULL)
        g_string_append_printf (rows, "%s %s\n", person->id, row);
    }

  return g_string_free (rows, FALSE);
}

static void
test_property (gconstpointer data)
{
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, ROOT);
  g_autoptr(GPtrArray) people = workspace_make_people (50);
  g_autoptr(GHashTable) delivered = NULL;

  delivered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int round = 0; round < 40; round++)
    {
      g_autoptr(GHashTable) wanted = NULL;
      g_autoptr(GHashTable) arrived = NULL;
      g_autofree char *rows = NULL;
      GHashTableIter iter;
      gpointer customer;

      wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      arrived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      edit (people);
      workspace_load (workspace, people);
      rows = expect (people, delivered, wanted);
      assert_plan (workspace, rows);

      deliver (workspace, 70, arrived);
      g_hash_table_iter_init (&iter, arrived);
      while (g_hash_table_iter_next (&iter, &customer, NULL))
        g_hash_table_replace (delivered, g_strdup (customer),
                              g_strdup (g_hash_table_lookup (wanted, customer)));
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    GTestDataFunc test;
  } tests[] = {
    { "reasons", test_reasons }, { "changes", test_changes }, { "limit", test_limit },
    { "cancelled", test_cancelled }, { "stale", test_stale }, { "held-back", test_held_back },
    { "property", test_property },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *in_memory = g_strdup_printf ("/planner/%s/memory", tests[i].name);
      g_autofree char *on_disk = g_strdup_printf ("/planner/%s/disk", tests[i].name);

      g_test_add_data_func (in_memory, NULL, tests[i].test);
      g_test_add_data_func (on_disk, GINT_TO_POINTER (TRUE), tests[i].test);
    }

  return g_test_run ();
}
