/* bench-store.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sys/resource.h>

#include "bud-field.h"
#include "store-util.h"

/* bench-store [ROWS [FOLDER]]: prints what each big operation takes. Not a test. */

#define N_FIELDS 10
#define BATCH 500

static gint64 n_rows = 1000000;

static void
report (const char *what,
        gint64      n,
        gint64      started)
{
  double seconds = (g_get_monotonic_time () - started) / 1e6;
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  g_print ("%-44s %9" G_GINT64_FORMAT " in %7.2f s  %9.0f/s  peak %ld MiB\n", what, n, seconds,
           n / seconds, usage.ru_maxrss / 1024);
}

static void
import (BudStore   *store,
        const char *source,
        gboolean    shuffled)
{
  g_autoptr(BudOrigin) origin = util_origin (source);
  g_autoptr(GPtrArray) fields = util_fields ("Fornavn:t Etternavn:t Epost:t By:t Postnr:t Født:D "
                                             "Sum:d Antall:i Aktiv:b Land:t");
  g_autoptr(GError) error = NULL;
  g_autoptr(BudIntake) intake = bud_store_begin_intake (store, origin, fields, &error);
  gint64 started = g_get_monotonic_time ();

  g_assert_no_error (error);
  for (gint64 i = 0; i < n_rows; i++)
    {
      gint64 n = shuffled ? (i * 7919) % n_rows : i;
      char id[32];
      char email[48];
      char sum[32];
      char count[16];
      const char *values[N_FIELDS] = {
        "Kari", "Nordmann", email, n % 3 == 0 ? "Oslo" : "Bergen", "0150", "1980-05-17", sum,
        count, n % 2 == 0 ? "1" : "0", "Norge",
      };

      g_snprintf (id, sizeof id, "C%09" G_GINT64_FORMAT, n);
      g_snprintf (email, sizeof email, "kari.nordmann%" G_GINT64_FORMAT "@example.com", n);
      g_snprintf (sum, sizeof sum, "%" G_GINT64_FORMAT ".5", n % 5000);
      g_snprintf (count, sizeof count, "%" G_GINT64_FORMAT, n % 50);
      bud_intake_add (intake, id, values, N_FIELDS, &error);
      g_assert_no_error (error);
    }
  bud_intake_commit (intake, &error);
  g_assert_no_error (error);
  report (shuffled ? "intake of 10 fields, in no order" : "intake of 10 fields, in order", n_rows,
          started);
}

static gboolean
count_cb (const BudCustomerRow  *customer,
          gpointer               data,
          GError               **error)
{
  ++*(gint64 *) data;

  return TRUE;
}

static void
iterate (BudStore   *store,
         const char *what,
         const char *fields,
         const char *rules,
         const char *export_id)
{
  g_autoptr(BudSelection) selection = util_select (store, fields, rules, export_id);
  g_autoptr(GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  gint64 n = 0;

  bud_store_each_customer (store, selection, count_cb, &n, NULL, &error);
  g_assert_no_error (error);
  report (what, n, started);

  started = g_get_monotonic_time ();
  g_assert_cmpint (bud_store_count_customers (store, selection, NULL, &error), ==, n);
  report ("  count of the same", n, started);
}

static void
add_rows (BudStore *store,
          BudPlan  *plan)
{
  enum { AT_ONCE = 10000 };
  g_autofree BudPlanRow *rows = g_new0 (BudPlanRow, AT_ONCE);
  g_autofree char *ids = g_malloc (AT_ONCE * 16);
  g_autoptr(GError) error = NULL;
  gint64 started = g_get_monotonic_time ();

  for (gint64 i = 0; i < n_rows; i += AT_ONCE)
    {
      for (guint j = 0; j < AT_ONCE; j++)
        {
          g_snprintf (ids + j * 16, 16, "C%09" G_GINT64_FORMAT, i + j);
          rows[j].customer = ids + j * 16;
          util_set_hash (rows[j].key, (i + j) * 2654435761u);
          util_set_hash (rows[j].payload, (i + j) * 2246822519u);
        }
      bud_store_add_plan_rows (store, plan, rows, MIN (AT_ONCE, n_rows - i), &error);
      g_assert_no_error (error);
    }
  report ("plan rows", n_rows, started);
}

static gboolean
count_row_cb (const BudPlanRow      *row,
              const BudCustomerRow  *customer,
              gpointer               data,
              GError               **error)
{
  *(gint64 *) data += customer != NULL;

  return TRUE;
}

static void
read_rows (BudStore *store,
           BudPlan  *plan)
{
  g_autoptr(BudSelection) selection = util_select (store, "Epost Fornavn Etternavn",
                                                   "By = \"Oslo\"", "e1");
  g_autoptr(GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  gint64 n = 0;

  bud_store_each_plan_row (store, plan, NULL, selection, count_row_cb, &n, NULL, &error);
  g_assert_no_error (error);
  report ("plan rows with customers, rule and ledger", n, started);

  started = g_get_monotonic_time ();
  g_array_unref (bud_store_tally (store, plan, &error));
  report ("tally", n_rows, started);
}

static void
hold (BudStore *store,
      BudPlan  *plan)
{
  gsize n = n_rows / 100;
  g_autofree BudOptOut *entries = g_new0 (BudOptOut, n);
  g_autoptr(GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  gint64 n_held;

  for (gsize i = 0; i < n; i++)
    util_set_hash (entries[i].key, i * 100 * 2654435761u);
  bud_store_set_opt_outs (store, "a1", entries, n, FALSE, &error);
  g_assert_no_error (error);
  report ("opt-outs", n, started);
  started = g_get_monotonic_time ();
  bud_store_hold_opted_out (store, plan, "a1", &n_held, &error);
  g_assert_no_error (error);
  report ("rows held", n_held, started);
}

static void
record (BudStore   *store,
        BudPlan    *plan,
        const char *what)
{
  g_autoptr(BudRun) run = util_run_item ("1", "e1", bud_item_get_id (BUD_ITEM (plan)));
  BudPlanRow rows[BATCH] = { 0 };
  g_autoptr(GError) error = NULL;
  gint64 started = g_get_monotonic_time ();

  for (gint64 first = 1; first <= n_rows; first += BATCH)
    {
      bud_store_record_intent (store, run, first, first + BATCH - 1, &error);
      for (guint i = 0; i < BATCH; i++)
        {
          rows[i].seq = first + i;
          rows[i].outcome = BUD_OUTCOME_ADDED;
        }
      g_object_set (run, "added", first + BATCH - 1, NULL);
      bud_store_record_results (store, run, rows, BATCH, &error);
      g_assert_no_error (error);
    }
  report (what, n_rows / BATCH, started);
}

static void
bench (BudStore *store,
       gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(GError) error = NULL;

  import (store, "crm", FALSE);
  import (store, "crm", TRUE);
  iterate (store, "customers, 3 fields", "Epost Fornavn Etternavn", "", NULL);
  iterate (store, "customers, 1 rule", "Epost Fornavn Etternavn", "Sum > 2500 and By = \"Oslo\"",
           NULL);
  add_rows (store, plan);
  bud_store_save (store, BUD_ITEM (plan), &error);
  hold (store, plan);
  record (store, plan, "intents and results of 500, new ledger");
  record (store, plan, "intents and results of 500, known ledger");
  iterate (store, "customers, 2 rules and ledger", "Epost Fornavn Etternavn Sum",
           "Sum > 2500;By = \"Oslo\"", "e1");
  read_rows (store, plan);
  import (store, "web", FALSE);
  iterate (store, "customers of two sources, 1 rule and ledger", "Epost Fornavn Etternavn",
           "By = \"Oslo\"", "e1");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = argc > 2 ? g_strdup (argv[2])
                                     : g_dir_make_tmp ("bud-bench-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  BudStore *store;

  if (argc > 1)
    n_rows = g_ascii_strtoll (argv[1], NULL, 10);

  store = util_open (folder, TRUE, &error);
  g_assert_no_error (error);
  util_run (store, bench, NULL);
  util_close (store);
  util_remove_folder (folder);

  return 0;
}
