/* test-store.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-connection.h"
#include "bud-decimal.h"
#include "bud-error.h"
#include "bud-item-json.h"
#include "bud-memory-store.h"
#include "bud-person.h"
#include "bud-segment.h"
#include "bud-value.h"
#include "store-util.h"

/* The base class, and the form in which items are kept. */

static void
fill_item (BudItem *item)
{
  g_autofree GParamSpec **pspecs = NULL;
  const char *list[] = { "én", "", "to = \"2\"", NULL };
  guint n_pspecs;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (item), &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_autofree char *text = g_strdup_printf ("Blåbær\n\t\"%u\" \\ \xf0\x9f\xab\x90", i);

      if (pspecs[i]->value_type == G_TYPE_STRING)
        g_object_set (item, pspecs[i]->name, text, NULL);
      else if (pspecs[i]->value_type == G_TYPE_INT64)
        g_object_set (item, pspecs[i]->name, G_MAXINT64 - i, NULL);
      else if (pspecs[i]->value_type == G_TYPE_BOOLEAN)
        g_object_set (item, pspecs[i]->name,
                      !((GParamSpecBoolean *) pspecs[i])->default_value, NULL);
      else if (pspecs[i]->value_type == G_TYPE_STRV)
        g_object_set (item, pspecs[i]->name, list, NULL);
      else
        g_assert_not_reached ();
    }
}

static void
assert_same (BudItem *a,
             BudItem *b)
{
  g_autofree GParamSpec **pspecs = NULL;
  guint n_pspecs;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (a), &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto(GValue) x = G_VALUE_INIT;
      g_auto(GValue) y = G_VALUE_INIT;

      g_test_message ("%s of %s", pspecs[i]->name, G_OBJECT_TYPE_NAME (a));
      g_object_get_property (G_OBJECT (a), pspecs[i]->name, &x);
      g_object_get_property (G_OBJECT (b), pspecs[i]->name, &y);
      if (G_VALUE_HOLDS (&x, G_TYPE_STRV) && g_value_get_boxed (&x) != NULL)
        g_assert_cmpstrv (g_value_get_boxed (&x), g_value_get_boxed (&y));
      else
        g_assert_cmpint (g_param_values_cmp (pspecs[i], &x, &y), ==, 0);
    }
}

static void
test_item_json (void)
{
  const GType types[] = { BUD_TYPE_CONNECTION, BUD_TYPE_EXPORT, BUD_TYPE_ORIGIN, BUD_TYPE_PERSON,
                          BUD_TYPE_PLAN, BUD_TYPE_RUN, BUD_TYPE_SEGMENT };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      for (guint full = 0; full < 2; full++)
        {
          g_autoptr(BudItem) item = g_object_new (types[i], NULL);
          g_autoptr(BudItem) back = NULL;
          g_autofree char *json = NULL;
          g_autoptr(GError) error = NULL;

          if (full)
            fill_item (item);
          json = bud_item_to_json (item, NULL, &error);
          g_assert_no_error (error);
          back = bud_item_from_json (types[i], json, &error);
          g_assert_no_error (error);
          assert_same (item, back);
        }
    }
}

static void
test_later_version (void)
{
  const char *later = "{\"id\":\"s1\",\"name\":\"S\",\"colour\":{\"r\":[1,null]},"
                      "\"active\":\"sometimes\",\"description\":[1]}";
  const char *const bad[] = { "", "[]", "{\"id\":", "null", "7" };
  g_autoptr(GError) error = NULL;
  g_autoptr(BudItem) item = bud_item_from_json (BUD_TYPE_SEGMENT, later, &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (bud_item_get_name (item), ==, "S");
  g_assert_null (bud_segment_get_description (BUD_SEGMENT (item)));
  g_object_set (item, "name", "Nytt", NULL);
  json = bud_item_to_json (item, later, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (json, "\"colour\":{\"r\":[1,null]}"));
  g_assert_nonnull (strstr (json, "\"name\":\"Nytt\""));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_null (bud_item_from_json (BUD_TYPE_SEGMENT, bad[i], &error));
      g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT);
      g_clear_error (&error);
    }
}

static void
test_decimal (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) canonical = g_string_new (NULL);
      char text[BUD_DECIMAL_SIZE];
      char again[BUD_DECIMAL_SIZE];
      guint64 whole = ((guint64) g_test_rand_int () << 16) % 1000000000000;
      double value;
      double back;

      /* At most fifteen digits: those a double keeps exactly. */
      g_snprintf (text, sizeof text, "%s%" G_GUINT64_FORMAT ".%03d", i % 2 ? "-" : "", whole,
                  g_test_rand_int_range (0, 1000));
      g_assert_true (bud_value_canonical (BUD_FIELD_DECIMAL, text, canonical));
      g_assert_true (bud_decimal_parse (canonical->str, &value));
      g_assert_cmpstr (bud_decimal_format (value, again), ==, canonical->str);

      value = g_test_rand_double_range (-1e-7, 1e-7);
      g_assert_true (bud_decimal_parse (bud_decimal_format (value, again), &back));
      g_assert_true (value == back);
      g_assert_null (strchr (again, 'e'));
    }
}

typedef struct
{
  GString *order;
  GMutex mutex;
  GCond changed;
  gboolean may_go;
  guint n_over;
} Queue;

typedef struct
{
  Queue *queue;
  char name;
} QueueJob;

static gboolean
wait_until_told (BudStore      *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Queue *queue = data;

  g_mutex_lock (&queue->mutex);
  while (!queue->may_go)
    g_cond_wait (&queue->changed, &queue->mutex);
  g_mutex_unlock (&queue->mutex);

  return TRUE;
}

static gboolean
note_name (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  QueueJob *job = data;

  g_string_append_c (job->queue->order, job->name);

  return TRUE;
}

static void
let_go (Queue *queue)
{
  g_mutex_lock (&queue->mutex);
  queue->may_go = TRUE;
  g_cond_signal (&queue->changed);
  g_mutex_unlock (&queue->mutex);
}

static void
count_over_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Queue *queue = user_data;
  g_autoptr(GError) error = NULL;

  if (!bud_store_run_finish (BUD_STORE (source), result, &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_string_append_c (queue->order, '-');
    }
  queue->n_over++;
}

static void
test_queue (void)
{
  static const struct { char name; int priority; gboolean cancel; } jobs[] = {
    { 'd', 5, FALSE }, { 'e', 5, FALSE }, { 'a', -1, FALSE }, { 'x', 0, TRUE }, { 'b', 0, FALSE },
    { 'c', 0, FALSE },
  };
  Queue queue = { .order = g_string_new (NULL) };
  BudStore *store = bud_memory_store_new ();

  bud_store_run_async (store, -9, wait_until_told, &queue, NULL, NULL, count_over_cb, &queue);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      QueueJob *job = g_new (QueueJob, 1);

      job->queue = &queue;
      job->name = jobs[i].name;
      bud_store_run_async (store, jobs[i].priority, note_name, job, g_free, cancellable,
                           count_over_cb, &queue);
      if (jobs[i].cancel)
        g_cancellable_cancel (cancellable);
    }
  let_go (&queue);
  while (queue.n_over < G_N_ELEMENTS (jobs) + 1)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (strchr (queue.order->str, 'x'));
  g_assert_nonnull (strchr (queue.order->str, '-'));
  g_string_replace (queue.order, "-", "", 0);
  g_assert_cmpstr (queue.order->str, ==, "abcde");
  g_string_free (queue.order, TRUE);
  util_close (store);
}

static void
assert_closed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (bud_store_run_finish (BUD_STORE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  ++*(guint *) user_data;
}

static gpointer
let_go_soon (gpointer data)
{
  g_usleep (20 * 1000);
  let_go (data);

  return NULL;
}

static void
test_close (void)
{
  Queue queue = { .order = g_string_new (NULL) };
  QueueJob job = { &queue, 'x' };
  BudStore *store = bud_memory_store_new ();
  GThread *thread;
  guint n_refused = 0;

  g_assert_false (bud_store_is_on_thread (store));
  bud_store_run_async (store, 0, wait_until_told, &queue, NULL, NULL, count_over_cb, &queue);
  /* Let it begin, so that it is the one that runs. */
  g_usleep (20 * 1000);
  bud_store_run_async (store, 0, note_name, &job, NULL, NULL, count_over_cb, &queue);
  thread = g_thread_new ("go", let_go_soon, &queue);
  bud_store_close (store);
  bud_store_close (store);
  g_thread_join (thread);
  bud_store_run_async (store, 0, note_name, &job, NULL, NULL, assert_closed_cb, &n_refused);
  while (queue.n_over < 2 || n_refused < 1)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (queue.order->str, ==, "-");
  g_string_free (queue.order, TRUE);
  util_close (store);
}

static void
set_flag (gpointer  data,
          GObject  *gone)
{
  g_atomic_int_set ((int *) data, TRUE);
}

/* Nobody waits and nobody else has the store: the thread itself drops the last reference. */
static void
test_last_reference_on_thread (void)
{
  for (guint i = 0; i < 50; i++)
    {
      Queue queue = { .order = NULL };
      BudStore *store = bud_memory_store_new ();
      int is_gone = FALSE;

      g_object_weak_ref (G_OBJECT (store), set_flag, &is_gone);
      bud_store_run_async (store, 0, wait_until_told, &queue, NULL, NULL, NULL, NULL);
      g_object_unref (store);
      let_go (&queue);
      while (!g_atomic_int_get (&is_gone))
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (100);
        }
      g_usleep (1000);
    }
}

/* A store that has two of a name, as one on a server may. */
#define TWIN_TYPE_STORE (twin_store_get_type ())

G_DECLARE_FINAL_TYPE (TwinStore, twin_store, TWIN, STORE, BudStore)

struct _TwinStore
{
  BudStore parent_instance;
};

G_DEFINE_FINAL_TYPE (TwinStore, twin_store, BUD_TYPE_STORE)

static GPtrArray *
twin_store_list (BudStore  *store,
                 GType      type,
                 GError   **error)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, util_item (type, "1", "Oslo"));
  g_ptr_array_add (items, util_item (type, "2", "OSLO"));

  return items;
}

static void
twin_store_class_init (TwinStoreClass *klass)
{
  BUD_STORE_CLASS (klass)->list = twin_store_list;
}

static void
twin_store_init (TwinStore *self)
{
}

static void
find_twins (BudStore *store,
            gpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudItem) second = NULL;

  g_assert_null (bud_store_find (store, BUD_TYPE_SEGMENT, "oslo", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_AMBIGUOUS);
  g_clear_error (&error);
  second = bud_store_find (store, BUD_TYPE_SEGMENT, "2", &error);
  g_assert_cmpstr (bud_item_get_name (second), ==, "OSLO");
}

static void
test_ambiguous (void)
{
  BudStore *store = g_object_new (TWIN_TYPE_STORE, NULL);

  util_run (store, find_twins, NULL);
  util_close (store);
}

/* The same random deeds to both stores must give the same answers. */
static void
import_at_random (BudStore *store,
                  GRand    *rand)
{
  static const char *const shapes[] = { "By:t Sum:d", "sum:d Navn:t", "Sum:i By:t", "Navn:t sum:t" };
  const char *origin = g_rand_boolean (rand) ? "one" : "two";
  const char *shape = shapes[g_rand_int_range (rand, 0, G_N_ELEMENTS (shapes))];
  g_autoptr(GString) rows = g_string_new (NULL);

  for (int i = 0; i < 8; i++)
    {
      if (g_rand_boolean (rand))
        g_string_append_printf (rows, "%sk%d,%s,%s", rows->len > 0 ? ";" : "", i,
                                g_rand_boolean (rand) ? "7" : "", g_rand_boolean (rand) ? "12" : "");
    }
  util_import (store, origin, shape, rows->str);
}

static void
record_at_random (BudStore *store,
                  GRand    *rand)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudRun) run = util_run_item ("r1", g_rand_boolean (rand) ? "e1" : "e2", "p1");
  int seq = g_rand_int_range (rand, 1, 6);

  util_add_rows (store, plan, "k1 k3 k5 k9 kx");
  util_record (store, run, seq, g_rand_int_range (rand, 1, 5), g_rand_int_range (rand, 0, 3), "d");
}

static void
hold_at_random (BudStore *store,
                GRand    *rand)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  BudOptOut entry = { .reason = BUD_REASON_CLEANED };

  util_set_hash (entry.key, 'k' + '0' + g_rand_int_range (rand, 0, 9));
  g_assert_true (bud_store_set_opt_outs (store, "a", &entry, 1, g_rand_boolean (rand), NULL));
  g_assert_true (bud_store_hold_opted_out (store, plan, "a", NULL, NULL));
}

static void
remove_at_random (BudStore *store,
                  GRand    *rand)
{
  g_autoptr(BudOrigin) origin = util_origin (g_rand_boolean (rand) ? "one" : "two");
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudItem) export = util_item (BUD_TYPE_EXPORT, "e1", "E");

  if (g_rand_boolean (rand))
    g_assert_true (bud_store_remove_customers (store, origin, NULL));
  if (g_rand_boolean (rand))
    g_assert_true (bud_store_remove (store, BUD_ITEM (plan), NULL));
  if (g_rand_boolean (rand))
    g_assert_true (bud_store_remove (store, export, NULL));
}

typedef struct
{
  guint32 seed;
  char *answer;
} Deeds;

static void
describe_all (BudStore *store,
              GString  *out)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autofree char *fields = util_dump_fields (store);
  const char *wanted = strstr (fields, "um:") != NULL ? "sum" : "";
  const char *rule = *wanted == '\0' ? "" : "sum is not empty;sum = 7";
  g_autoptr(BudSelection) selection = util_select (store, wanted,
                                                   strstr (fields, "um:0") ? "sum is empty" : rule,
                                                   "e1");
  g_autofree char *customers = util_dump_customers (store, selection);
  g_autofree char *rows = util_dump_rows (store, plan, NULL, selection);
  g_autofree char *tally = util_dump_tally (store, plan);

  g_string_append_printf (out, "%s\n%s\n%s\n%s\n%" G_GINT64_FORMAT "\n", fields, customers, rows,
                          tally, bud_store_get_generation (store, NULL));
}

static void
do_deeds (BudStore *store,
          gpointer  data)
{
  static void (*const deeds[]) (BudStore *, GRand *) = {
    import_at_random, import_at_random, record_at_random, record_at_random, hold_at_random,
    remove_at_random,
  };
  Deeds *script = data;
  g_autoptr(GRand) rand = g_rand_new_with_seed (script->seed);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 25; i++)
    {
      deeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (deeds))] (store, rand);
      describe_all (store, out);
    }
  script->answer = g_string_free (out, FALSE);
}

static void
test_equal_answers (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("bud-equal-XXXXXX", NULL);
      Deeds scripts[2] = { { g_test_rand_int (), NULL }, { 0, NULL } };
      BudStore *stores[2];
      g_autoptr(GError) error = NULL;

      scripts[1].seed = scripts[0].seed;
      stores[0] = bud_memory_store_new ();
      stores[1] = util_open (folder, TRUE, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < G_N_ELEMENTS (stores); j++)
        {
          util_run (stores[j], do_deeds, &scripts[j]);
          util_close (stores[j]);
        }
      g_assert_cmpstr (scripts[0].answer, ==, scripts[1].answer);
      g_free (scripts[0].answer);
      g_free (scripts[1].answer);
      util_remove_folder (folder);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/item-json", test_item_json);
  g_test_add_func ("/store/later-version", test_later_version);
  g_test_add_func ("/store/decimal", test_decimal);
  g_test_add_func ("/store/queue", test_queue);
  g_test_add_func ("/store/close", test_close);
  g_test_add_func ("/store/last-reference-on-thread", test_last_reference_on_thread);
  g_test_add_func ("/store/ambiguous", test_ambiguous);
  g_test_add_func ("/store/equal-answers", test_equal_answers);

  return g_test_run ();
}
