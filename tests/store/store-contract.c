/* store-contract.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-connection.h"
#include "bud-error.h"
#include "bud-field.h"
#include "bud-person.h"
#include "bud-segment.h"
#include "store-contract.h"
#include "store-util.h"

static void
save (BudStore *store,
      BudItem  *item)
{
  g_autoptr(GError) error = NULL;

  bud_store_save (store, item, &error);
  g_assert_no_error (error);
}

static void
save_named (BudStore   *store,
            GType       type,
            const char *id,
            const char *name)
{
  g_autoptr(BudItem) item = util_item (type, id, name);

  save (store, item);
}

static char *
dump_names (BudStore *store,
            GType     type)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = bud_store_list (store, type, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (out, "%s;", bud_item_get_name (g_ptr_array_index (items, i)));

  return g_string_free (out, FALSE);
}

#define assert_dump(expression, expected)                                                         \
  G_STMT_START                                                                                    \
  {                                                                                               \
    g_autofree char *dumped = (expression);                                                       \
    g_assert_cmpstr (dumped, ==, (expected));                                                     \
  }                                                                                               \
  G_STMT_END

static void
test_items (BudStore *store,
            gpointer  data)
{
  const char *merge_fields[] = { "FNAME=Fornavn", "ADR=Gate på Ås", NULL };
  g_autoptr(BudExport) export = NULL;
  g_autoptr(BudExport) found = NULL;
  g_autoptr(GError) error = NULL;

  assert_dump (dump_names (store, BUD_TYPE_EXPORT), "");

  export = g_object_new (BUD_TYPE_EXPORT, "id", "e1", "name", "Nyhetsbrev ÆØÅ",
                         "merge-fields", merge_fields, "audience", "a\"'\\1", NULL);
  save (store, BUD_ITEM (export));
  found = bud_store_find (store, BUD_TYPE_EXPORT, "e1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bud_export_get_audience (found), ==, "a\"'\\1");
  g_assert_null (bud_export_get_connection (found));
  g_assert_cmpstrv (bud_export_get_merge_fields (found), merge_fields);
  g_assert_true (found != export);

  g_object_set (export, "name", "Annet", "merge-fields", NULL, NULL);
  save (store, BUD_ITEM (export));
  assert_dump (dump_names (store, BUD_TYPE_EXPORT), "Annet;");

  g_assert_true (bud_store_remove (store, BUD_ITEM (export), &error));
  g_assert_true (bud_store_remove (store, BUD_ITEM (export), &error));
  g_assert_no_error (error);
  assert_dump (dump_names (store, BUD_TYPE_EXPORT), "");
}

static void
test_find (BudStore *store,
           gpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudItem) by_name = NULL;
  g_autoptr(BudItem) by_id = NULL;

  save_named (store, BUD_TYPE_SEGMENT, "s1", "Åremål");
  save_named (store, BUD_TYPE_SEGMENT, "s2", "Oslo");
  save_named (store, BUD_TYPE_SEGMENT, "s3", "s1");

  by_name = bud_store_find (store, BUD_TYPE_SEGMENT, "åREMÅL", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bud_item_get_id (by_name), ==, "s1");
  by_id = bud_store_find (store, BUD_TYPE_SEGMENT, "s1", &error);
  g_assert_cmpstr (bud_item_get_id (by_id), ==, "s1");

  g_assert_null (bud_store_find (store, BUD_TYPE_SEGMENT, "Oslø", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“Oslø”. Did you mean “Oslo”?"));
  g_clear_error (&error);
  g_assert_null (bud_store_find (store, BUD_TYPE_PERSON, "Kari", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_assert_null (strstr (error->message, "Did you mean"));
}

static void
test_names (BudStore *store,
            gpointer  data)
{
  g_autoptr(BudItem) twin = util_item (BUD_TYPE_SEGMENT, "s2", "kunder på ÅS");
  g_autoptr(GError) error = NULL;

  save_named (store, BUD_TYPE_SEGMENT, "s1", "Kunder på Ås");
  g_assert_false (bud_store_save (store, twin, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "kunder på ÅS"));
  assert_dump (dump_names (store, BUD_TYPE_SEGMENT), "Kunder på Ås;");

  /* Another kind may have the name, an item may change the case of its own, and swap names. */
  save_named (store, BUD_TYPE_EXPORT, "s1", "Kunder på Ås");
  save_named (store, BUD_TYPE_SEGMENT, "s1", "KUNDER PÅ ÅS");
  save_named (store, BUD_TYPE_SEGMENT, "s3", "bergen");
  save_named (store, BUD_TYPE_SEGMENT, "s4", "Asker");
  assert_dump (dump_names (store, BUD_TYPE_SEGMENT), "Asker;bergen;KUNDER PÅ ÅS;");

  /* Things without a name are never in each other's way. */
  save_named (store, BUD_TYPE_CONNECTION, "c1", NULL);
  save_named (store, BUD_TYPE_CONNECTION, "c2", NULL);
}

static void
save_numbered (BudStore *store,
               GType     type)
{
  g_autoptr(BudItem) item = g_object_new (type, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (bud_store_save_numbered (store, item, &error));
  g_assert_no_error (error);
}

static void
test_numbers (BudStore *store,
              gpointer  data)
{
  save_numbered (store, BUD_TYPE_RUN);
  assert_dump (dump_names (store, BUD_TYPE_RUN), "1;");
  save_named (store, BUD_TYPE_RUN, "r9", "9");
  save_named (store, BUD_TYPE_RUN, "r10", "10");
  save_numbered (store, BUD_TYPE_RUN);
  save_numbered (store, BUD_TYPE_PLAN);
  assert_dump (dump_names (store, BUD_TYPE_RUN), "1;9;10;11;");
  assert_dump (dump_names (store, BUD_TYPE_PLAN), "1;");
}

static void
test_secret (BudStore *store,
             gpointer  data)
{
  guint8 first[BUD_SECRET_SIZE] = { 0 };
  guint8 second[BUD_SECRET_SIZE] = { 0 };
  guint8 none[BUD_SECRET_SIZE] = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (bud_store_get_secret (store, first, &error));
  g_assert_true (bud_store_get_secret (store, second, &error));
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
  g_assert_true (memcmp (first, none, sizeof none) != 0);
}

static void
test_customers (BudStore *store,
                gpointer  data)
{
  g_autoptr(BudSelection) all = NULL;
  g_autoptr(BudSelection) some = NULL;
  g_autoptr(BudSelection) page = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (bud_store_get_generation (store, &error), ==, 0);
  assert_dump (util_dump_fields (store), "");
  all = util_select (store, "", "", NULL);
  assert_dump (util_dump_customers (store, all), "");
  g_assert_cmpint (bud_store_count_customers (store, all, NULL, &error), ==, 0);

  util_import (store, "crm", "Navn:t Sum:d Antall:i Født:D Aktiv:b",
               "k2,Åse,1234.5,-12,1980-05-17,1;k1,O'Hara,0.1,,,0;k10,,100,7,2026-11-23,");
  g_assert_cmpint (bud_store_get_generation (store, &error), ==, 1);
  assert_dump (util_dump_fields (store),
               "Navn:0:p1;Sum:2:p2;Antall:1:p3;Født:3:p4;Aktiv:4:p5;");

  some = util_select (store, "Sum navn Antall Født Aktiv", "", NULL);
  assert_dump (util_dump_customers (store, some),
               "k1|0.1|O'Hara|-|-|0;k10|100|-|7|2026-11-23|-;"
               "k2|1234.5|Åse|-12|1980-05-17|1;");

  page = util_select (store, "", "", NULL);
  bud_selection_set_page (page, "k1", 1);
  assert_dump (util_dump_customers (store, page), "k10;");
  g_assert_cmpint (bud_store_count_customers (store, page, NULL, &error), ==, 3);
  g_assert_no_error (error);
}

static void
test_rules (BudStore *store,
            gpointer  data)
{
  g_autoptr(BudSelection) one = NULL;
  g_autoptr(BudSelection) two = NULL;
  g_autoptr(BudSelection) page = NULL;
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "By:t Sum:d",
               "a,Oslo,10;b,Bergen,200.25;c,oslo,300;d,,5;e,Ålesund,");

  one = util_select (store, "By", "By = \"Oslo\"", NULL);
  assert_dump (util_dump_customers (store, one), "a|Oslo|m1;");
  two = util_select (store, "", "Sum > 100;By = \"Oslo\"", NULL);
  assert_dump (util_dump_customers (store, two), "a|m01;b|m10;c|m10;");
  g_assert_cmpint (bud_store_count_customers (store, two, NULL, &error), ==, 3);
  page = util_select (store, "", "Sum > 100;By is empty", NULL);
  bud_selection_set_page (page, "b", 1);
  assert_dump (util_dump_customers (store, page), "c|m10;");
}

/* As deep as a rule may be: SQLite's parser holds only a hundred things. */
static void
test_deep_rule (BudStore *store,
                gpointer  data)
{
  g_autoptr(GString) rule = g_string_new (NULL);
  g_autoptr(BudSelection) selection = NULL;

  for (guint i = 0; i < 15; i++)
    g_string_append (rule, "By = \"x\" or (Sum > 1 and (");
  g_string_append (rule, "By = \"Oslo\"");
  for (guint i = 0; i < 15; i++)
    g_string_append (rule, "))");

  util_import (store, "a", "By:t Sum:d", "a,Oslo,10;b,Bergen,10");
  util_import (store, "b", "By:t Sum:d", "a,,10;c,Oslo,1");
  g_string_append_printf (rule, ";%s", rule->str);
  selection = util_select (store, "By", rule->str, "e1");
  assert_dump (util_dump_customers (store, selection), "a|Oslo|m11;");
}

static void
test_sources (BudStore *store,
              gpointer  data)
{
  g_autoptr(BudSelection) selection = NULL;
  g_autoptr(BudSelection) rule = NULL;
  g_autoptr(BudOrigin) first = util_origin ("first");
  g_autoptr(GError) error = NULL;

  util_import (store, "first", "Navn:t Sum:d Kode:i", "k1,Kari,1.5,7;k2,,,;k4,Nils,4,");
  util_import (store, "second", "sum:d NAVN:t Kode:d By:t",
               "k2,22.25,Ola,2.50,Oslo;k3,3,Per,,Moss;k1,9,Feil,1,Ås");
  assert_dump (util_dump_fields (store), "Navn:0:p1;Sum:2:p2;Kode:0:p4;By:0:p5;");
  selection = util_select (store, "Navn Sum Kode By", "", NULL);
  assert_dump (util_dump_customers (store, selection),
               "k1|Kari|1.5|7|Ås;k2|Ola|22.25|2.5|Oslo;k3|Per|3|-|Moss;k4|Nils|4|-|-;");
  g_assert_cmpint (bud_store_count_customers (store, selection, NULL, &error), ==, 4);
  rule = util_select (store, "", "Sum >= 3 and Kode is empty", NULL);
  assert_dump (util_dump_customers (store, rule), "k3|m1;k4|m1;");

  /* Importing the first one again does not make it the last. */
  util_import (store, "first", "Navn:t Sum:d Kode:i", "k1,Nytt,,");
  assert_dump (util_dump_customers (store, selection),
               "k1|Nytt|9|1|Ås;k2|Ola|22.25|2.5|Oslo;k3|Per|3|-|Moss;");

  g_assert_true (bud_store_remove_customers (store, first, &error));
  g_assert_cmpint (bud_store_get_generation (store, &error), ==, 4);
  g_assert_true (bud_store_remove_customers (store, first, &error));
  g_assert_cmpint (bud_store_get_generation (store, &error), ==, 4);
  assert_dump (util_dump_fields (store), "sum:2:p2;NAVN:0:p1;Kode:2:p6;By:0:p5;");
}

static gboolean
never_cb (const BudCustomerRow  *customer,
          gpointer               data,
          GError               **error)
{
  g_assert_not_reached ();
}

/* A field that somebody still holds must never read another one's values. */
static void
test_stale_fields (BudStore *store,
                   gpointer  data)
{
  g_autoptr(BudSelection) by_field = NULL;
  g_autoptr(BudSelection) by_rule = NULL;
  g_autoptr(BudSelection) again = NULL;
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "Navn:t Epost:t", "k1,Kari,kari@example.com");
  by_field = util_select (store, "Epost", "", NULL);
  by_rule = util_select (store, "", "Epost contains \"kari\"", NULL);

  util_import (store, "crm", "Navn:t Telefon:t", "k1,Kari,kari");
  g_assert_false (bud_store_each_customer (store, by_field, never_cb, NULL, NULL, &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_STALE);
  g_clear_error (&error);
  g_assert_false (bud_store_each_customer (store, by_rule, never_cb, NULL, NULL, &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_STALE);
  g_clear_error (&error);
  g_assert_cmpint (bud_store_count_customers (store, by_rule, NULL, &error), ==, -1);
  g_assert_error (error, BUD_ERROR, BUD_ERROR_STALE);

  util_import (store, "crm", "Epost:t", "k1,ny@example.com");
  assert_dump (util_dump_customers (store, by_field), "k1|ny@example.com;");
}

static gpointer
use_intake (gpointer data)
{
  BudIntake *intake = data;
  g_autoptr(GError) error = NULL;

  util_fill (intake, "k2,Ola;k3,Per");
  g_assert_true (bud_intake_commit (intake, &error));
  g_assert_no_error (error);

  return NULL;
}

static void
test_intake (BudStore *store,
             gpointer  data)
{
  static const char *const values[] = { "Kari" };
  static const char *const wrong[] = { "tolv" };
  g_autoptr(BudOrigin) origin = util_origin ("crm");
  g_autoptr(GPtrArray) fields = util_fields ("Navn:t");
  g_autoptr(GPtrArray) numbers = util_fields ("Navn:i");
  g_autoptr(GPtrArray) twins = util_fields ("Navn:t navn:t");
  g_autoptr(BudIntake) intake = NULL;
  g_autoptr(BudSelection) all = util_select (store, "", "", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (bud_store_begin_intake (store, origin, twins, &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_INVALID);
  g_clear_error (&error);

  /* Abandoned: no trace */
  intake = bud_store_begin_intake (store, origin, fields, &error);
  g_assert_cmpint (bud_intake_add (intake, "k1", values, 1, &error), ==, BUD_INTAKE_ADDED);
  g_assert_cmpint (bud_intake_add (intake, "k1", values, 1, &error), ==, BUD_INTAKE_DUPLICATE);
  assert_dump (util_dump_customers (store, all), "");
  g_assert_finalize_object (g_steal_pointer (&intake));
  g_assert_cmpint (bud_store_get_generation (store, &error), ==, 0);
  assert_dump (util_dump_fields (store), "");

  /* On another thread, and not usable afterwards */
  intake = bud_store_begin_intake (store, origin, fields, &error);
  g_thread_join (g_thread_new ("intake", use_intake, intake));
  assert_dump (util_dump_customers (store, all), "k2;k3;");
  g_assert_false (bud_intake_commit (intake, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (bud_intake_add (intake, "k9", values, 1, &error), ==, BUD_INTAKE_FAILED);
  g_clear_error (&error);
  g_clear_object (&intake);

  /* A value of the wrong type ends it, and the old rows stay */
  intake = bud_store_begin_intake (store, origin, numbers, &error);
  g_assert_cmpint (bud_intake_add (intake, "k4", wrong, 1, &error), ==, BUD_INTAKE_FAILED);
  g_assert_error (error, BUD_ERROR, BUD_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (bud_intake_commit (intake, &error));
  assert_dump (util_dump_customers (store, all), "k2;k3;");
  g_clear_object (&intake);

  /* No rows at all is a result too */
  util_import (store, "crm", "Navn:t", "");
  assert_dump (util_dump_customers (store, all), "");
}

static void
test_decimals (BudStore *store,
               gpointer  data)
{
  static const char *const decimals[] = {
    "0", "1234.5", "-0.1", "3", "100000000000000000000", "0.000001", "1234567890.123456",
    "0.30000000000000004", "99999999999999", "-12345678.9", "1e5",
  };
  g_autoptr(GString) rows = g_string_new (NULL);
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(BudSelection) selection = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (decimals); i++)
    {
      g_string_append_printf (rows, "%s%c,%s", i > 0 ? ";" : "", 'a' + i, decimals[i]);
      g_string_append_printf (expected, "%c|%s;", 'a' + i,
                              g_str_equal (decimals[i], "1e5") ? "100000" : decimals[i]);
    }

  util_import (store, "crm", "Sum:d", rows->str);
  selection = util_select (store, "Sum", "", NULL);
  assert_dump (util_dump_customers (store, selection), expected->str);
}

typedef struct
{
  GCancellable *cancellable;
  guint n_rows;
} Stop;

static gboolean
cancel_cb (const BudCustomerRow  *customer,
           gpointer               data,
           GError               **error)
{
  Stop *stop = data;

  if (++stop->n_rows == 2)
    g_cancellable_cancel (stop->cancellable);

  return TRUE;
}

static gboolean
fail_cb (const BudCustomerRow  *customer,
         gpointer               data,
         GError               **error)
{
  g_set_error_literal (error, BUD_ERROR, BUD_ERROR_LIMIT, "enough");

  return FALSE;
}

static void
test_stopping (BudStore *store,
               gpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(BudSelection) all = NULL;
  g_autoptr(GError) error = NULL;
  Stop stop = { cancellable, 0 };

  util_import (store, "crm", "Navn:t", "a,;b,;c,;d,");
  all = util_select (store, "", "", NULL);
  g_assert_false (bud_store_each_customer (store, all, cancel_cb, &stop, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (stop.n_rows, ==, 2);
  g_clear_error (&error);
  g_assert_cmpint (bud_store_count_customers (store, all, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (bud_store_each_customer (store, all, fail_cb, NULL, NULL, &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_LIMIT);
  assert_dump (util_dump_customers (store, all), "a;b;c;d;");
}

static void
test_plan_rows (BudStore *store,
                gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudPlan) other = util_plan ("p2");
  g_autoptr(BudSelection) selection = NULL;
  BudRowFilter filter = { .outcome = -1, .reason = -1, .after = 1, .limit = 1 };
  BudPlanRow held = { .customer = "d", .action = BUD_ACTION_HOLD,
                      .outcome = BUD_OUTCOME_HELD_BACK, .reason = BUD_REASON_NO_ADDRESS,
                      .detail = "æ" };
  g_autoptr(GError) error = NULL;

  assert_dump (util_dump_rows (store, plan, NULL, NULL), "");
  assert_dump (util_dump_tally (store, plan), "");
  util_add_rows (store, plan, "a b");
  util_add_rows (store, other, "x");
  util_add_rows (store, plan, "c");
  g_assert_true (bud_store_add_plan_rows (store, plan, &held, 1, &error));
  assert_dump (util_dump_rows (store, plan, NULL, NULL),
               "1 a 000 - 97:98;2 b 000 - 98:99;3 c 000 - 99:100;4 d 331 æ 0:0;");
  assert_dump (util_dump_rows (store, other, NULL, NULL), "1 x 000 - 120:121;");
  assert_dump (util_dump_tally (store, plan), "000=3;331=1;");

  assert_dump (util_dump_rows (store, plan, &filter, NULL), "2 b 000 - 98:99;");
  filter = (BudRowFilter) { .outcome = BUD_OUTCOME_HELD_BACK, .reason = BUD_REASON_NO_ADDRESS };
  assert_dump (util_dump_rows (store, plan, &filter, NULL), "4 d 331 æ 0:0;");
  filter.reason = BUD_REASON_OTHER;
  assert_dump (util_dump_rows (store, plan, &filter, NULL), "");

  util_import (store, "crm", "By:t Sum:d", "a,Oslo,1.5;c,Moss,;d,,7");
  selection = util_select (store, "Sum By", "By = \"Oslo\";Sum > 1", NULL);
  assert_dump (util_dump_rows (store, plan, NULL, selection),
               "1 a 000 - 97:98 = a|1.5|Oslo|m11;2 b 000 - 98:99;"
               "3 c 000 - 99:100 = c|-|Moss|m00;4 d 331 æ 0:0 = d|7|-|m01;");

  save (store, BUD_ITEM (plan));
  g_assert_true (bud_store_remove (store, BUD_ITEM (plan), &error));
  assert_dump (util_dump_rows (store, plan, NULL, NULL), "");
  assert_dump (util_dump_rows (store, other, NULL, NULL), "1 x 000 - 120:121;");
}

static void
test_several_sources_of_plan (BudStore *store,
                              gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudSelection) selection = NULL;

  util_import (store, "one", "By:t", "a,Oslo;b,");
  util_import (store, "two", "Sum:d By:t", "b,2,Moss;c,3,");
  util_add_rows (store, plan, "a b c d");
  selection = util_select (store, "By Sum", "Sum > 2", NULL);
  assert_dump (util_dump_rows (store, plan, NULL, selection),
               "1 a 000 - 97:98 = a|Oslo|-|m0;2 b 000 - 98:99 = b|Moss|2|m0;"
               "3 c 000 - 99:100 = c|-|3|m1;4 d 000 - 100:101;");
}

static void
test_holds (BudStore *store,
            gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  BudOptOut entries[2] = { { .reason = BUD_REASON_UNSUBSCRIBED }, { .reason = BUD_REASON_CLEANED } };
  BudOptOut late = { .reason = BUD_REASON_ARCHIVED };
  g_autoptr(GError) error = NULL;
  gint64 n_held = -1;

  util_set_hash (entries[0].key, 'a');
  util_set_hash (entries[1].key, 'b');
  util_set_hash (late.key, 'c');
  util_add_rows (store, plan, "a b c d");

  g_assert_true (bud_store_set_opt_outs (store, "aud", entries, 2, FALSE, &error));
  g_assert_true (bud_store_hold_opted_out (store, plan, "another", &n_held, &error));
  g_assert_cmpint (n_held, ==, 0);
  g_assert_true (bud_store_hold_opted_out (store, plan, "aud", &n_held, &error));
  g_assert_cmpint (n_held, ==, 2);
  assert_dump (util_dump_tally (store, plan), "000=2;034=1;035=1;");

  /* Those held already are not counted again. */
  g_assert_true (bud_store_set_opt_outs (store, "aud", &late, 1, TRUE, &error));
  g_assert_true (bud_store_hold_opted_out (store, plan, "aud", &n_held, &error));
  g_assert_cmpint (n_held, ==, 1);

  /* Replaced: only the new ones count. */
  g_assert_true (bud_store_set_opt_outs (store, "aud", NULL, 0, FALSE, &error));
  util_add_rows (store, plan, "a");
  g_assert_true (bud_store_hold_opted_out (store, plan, "aud", NULL, &error));
  assert_dump (util_dump_tally (store, plan), "000=2;034=1;035=1;036=1;");
}

static void
test_journal (BudStore *store,
              gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudRun) run = util_run_item ("r1", "e1", "p1");
  g_autoptr(BudRun) found = NULL;
  g_autoptr(BudItem) export = util_item (BUD_TYPE_EXPORT, "e1", "E");
  g_autoptr(BudSelection) selection = NULL;
  BudPlanRow rows[2] = { { .seq = 3, .outcome = BUD_OUTCOME_UPDATED }, { .seq = 9 } };
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "Navn:t", "a,;b,;c,;d,");
  util_add_rows (store, plan, "a b c d");
  save (store, BUD_ITEM (plan));
  selection = util_select (store, "", "", "e1");

  g_assert_true (bud_store_record_intent (store, run, 1, 4, &error));
  util_record (store, run, 1, BUD_OUTCOME_ADDED, BUD_REASON_NONE, NULL);
  g_object_set (run, "added", (gint64) 1, NULL);
  util_record (store, run, 2, BUD_OUTCOME_REJECTED, BUD_REASON_OTHER, "No.");
  assert_dump (util_dump_customers (store, selection), "a|97:98;b;c;d;");
  assert_dump (util_dump_rows (store, plan, NULL, NULL),
               "1 a 010 - 97:98;2 b 0413 No. 98:99;3 c 000 - 99:100;4 d 000 - 100:101;");
  found = bud_store_find (store, BUD_TYPE_RUN, "r1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_added (found), ==, 1);

  /* All or nothing */
  g_object_set (run, "added", (gint64) 2, NULL);
  g_assert_false (bud_store_record_results (store, run, rows, 2, &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_dump (util_dump_tally (store, plan), "000=2;010=1;0413=1;");
  assert_dump (util_dump_customers (store, selection), "a|97:98;b;c;d;");

  /* The same again changes nothing */
  util_record (store, run, 1, BUD_OUTCOME_ADDED, BUD_REASON_NONE, NULL);
  util_record (store, run, 3, BUD_OUTCOME_UPDATED, BUD_REASON_NONE, NULL);
  assert_dump (util_dump_customers (store, selection), "a|97:98;b;c|99:100;d;");
  assert_dump (util_dump_rows (store, plan, NULL, selection),
               "1 a 010 - 97:98 = a|97:98;2 b 0413 No. 98:99 = b;"
               "3 c 020 - 99:100 = c|99:100;4 d 000 - 100:101 = d;");

  /* The ledger goes with its export. */
  g_assert_true (bud_store_remove (store, export, &error));
  assert_dump (util_dump_customers (store, selection), "a;b;c;d;");
}

/* Rows of one answer: neighbours with the same fate and without, in any order, with gaps. */
static void
test_mixed_results (BudStore *store,
                    gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudRun) run = util_run_item ("r1", "e1", "p1");
  g_autoptr(BudSelection) selection = NULL;
  BudPlanRow rows[] = {
    { .seq = 5, .outcome = BUD_OUTCOME_ADDED },
    { .seq = 6, .outcome = BUD_OUTCOME_ADDED },
    { .seq = 1, .outcome = BUD_OUTCOME_UPDATED },
    { .seq = 2, .outcome = BUD_OUTCOME_REJECTED, .reason = BUD_REASON_OTHER, .detail = "No." },
    { .seq = 3, .outcome = BUD_OUTCOME_REJECTED, .reason = BUD_REASON_OTHER, .detail = "Yes?" },
  };
  BudPlanRow beyond[] = {
    { .seq = 6, .outcome = BUD_OUTCOME_UPDATED },
    { .seq = 7, .outcome = BUD_OUTCOME_UPDATED },
    { .seq = 8, .outcome = BUD_OUTCOME_UPDATED },
    { .seq = 9, .outcome = BUD_OUTCOME_UPDATED },
  };
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "Navn:t", "a,;b,;c,;d,;e,;f,;g,");
  util_add_rows (store, plan, "a b c d e f g");
  selection = util_select (store, "", "", "e1");

  g_assert_true (bud_store_record_results (store, run, rows, G_N_ELEMENTS (rows), &error));
  g_assert_no_error (error);
  assert_dump (util_dump_rows (store, plan, NULL, NULL),
               "1 a 020 - 97:98;2 b 0413 No. 98:99;3 c 0413 Yes? 99:100;4 d 000 - 100:101;"
               "5 e 010 - 101:102;6 f 010 - 102:103;7 g 000 - 103:104;");
  assert_dump (util_dump_customers (store, selection),
               "a|97:98;b;c;d;e|101:102;f|102:103;g;");

  /* The plan ends within the neighbours: none of them is recorded, and the first one is named. */
  g_assert_false (bud_store_record_results (store, run, beyond, G_N_ELEMENTS (beyond), &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, " 8 "));
  assert_dump (util_dump_tally (store, plan), "000=2;010=2;020=1;0413=2;");
}

/* A later failure leaves what was delivered before, so that it is tried again. */
static void
test_ledger_keeps (BudStore *store,
                   gpointer  data)
{
  g_autoptr(BudPlan) first = util_plan ("p1");
  g_autoptr(BudPlan) second = util_plan ("p2");
  g_autoptr(BudRun) run = util_run_item ("1", "e1", "p1");
  g_autoptr(BudRun) next = util_run_item ("2", "e1", "p2");
  g_autoptr(BudSelection) selection = NULL;
  BudPlanRow row = { .customer = "a", .action = BUD_ACTION_UPDATE };
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "Navn:t", "a,");
  selection = util_select (store, "", "", "e1");
  util_add_rows (store, first, "a");
  util_record (store, run, 1, BUD_OUTCOME_ADDED, BUD_REASON_NONE, NULL);

  util_set_hash (row.key, 97);
  util_set_hash (row.payload, 500);
  g_assert_true (bud_store_add_plan_rows (store, second, &row, 1, &error));
  util_record (store, next, 1, BUD_OUTCOME_REJECTED, BUD_REASON_FIELD_REFUSED, "x");
  assert_dump (util_dump_customers (store, selection), "a|97:98;");
  util_record (store, next, 1, BUD_OUTCOME_UPDATED, BUD_REASON_NONE, NULL);
  assert_dump (util_dump_customers (store, selection), "a|97:500;");
}

/* Somebody who is added at an address takes it over from who had it before. */
static void
test_displaced (BudStore *store,
                gpointer  data)
{
  g_autoptr(BudPlan) first = util_plan ("p1");
  g_autoptr(BudPlan) second = util_plan ("p2");
  g_autoptr(BudRun) run = util_run_item ("1", "e1", "p1");
  g_autoptr(BudSelection) selection = NULL;
  BudPlanRow rows[3] = {
    { .customer = "c", .action = BUD_ACTION_ADD },
    { .customer = "d", .action = BUD_ACTION_HOLD, .outcome = BUD_OUTCOME_HELD_BACK },
    { .customer = "b", .action = BUD_ACTION_UPDATE },
  };
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "Navn:t", "a,;b,;c,;d,");
  selection = util_select (store, "", "", "e1");
  g_object_set (first, "export", "e1", NULL);
  g_object_set (second, "export", "e1", NULL);

  util_add_rows (store, first, "a b");
  g_assert_true (bud_store_forget_displaced (store, first, &error));
  util_record (store, run, 1, BUD_OUTCOME_ADDED, BUD_REASON_NONE, NULL);
  util_record (store, run, 2, BUD_OUTCOME_ADDED, BUD_REASON_NONE, NULL);
  assert_dump (util_dump_customers (store, selection), "a|97:98;b|98:99;c;d;");

  /* c comes to a's address; b's own entry stays, and who is held back takes nothing over */
  util_set_hash (rows[0].key, 'a');
  util_set_hash (rows[1].key, 'b');
  util_set_hash (rows[2].key, 'b');
  g_assert_true (bud_store_add_plan_rows (store, second, rows, 3, &error));
  g_assert_true (bud_store_forget_displaced (store, second, &error));
  g_assert_no_error (error);
  assert_dump (util_dump_customers (store, selection), "a;b|98:99;c;d;");
}

typedef struct
{
  BudStore *store;
  BudPlan *plan;
  BudRun *run;
  guint n_rows;
} Writing;

static gboolean
write_customer_cb (const BudCustomerRow  *customer,
                   gpointer               data,
                   GError               **error)
{
  Writing *writing = data;

  writing->n_rows++;
  g_assert_null (customer->ledger_key);
  util_add_rows (writing->store, writing->plan, customer->id);
  util_record (writing->store, writing->run, writing->n_rows, BUD_OUTCOME_ADDED,
               BUD_REASON_NONE, NULL);
  if (writing->n_rows == 1)
    util_import (writing->store, "crm", "Annet:t", "z,1");

  return TRUE;
}

static gboolean
write_row_cb (const BudPlanRow      *row,
              const BudCustomerRow  *customer,
              gpointer               data,
              GError               **error)
{
  Writing *writing = data;

  util_add_rows (writing->store, writing->plan, "more");
  writing->n_rows++;

  return TRUE;
}

/* A callback may write; what it reads stays as it was. */
static void
test_writing_while_reading (BudStore *store,
                            gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudRun) run = util_run_item ("1", "e1", "p1");
  g_autoptr(BudSelection) selection = NULL;
  g_autoptr(BudSelection) after = NULL;
  Writing writing = { store, plan, run, 0 };
  g_autoptr(GError) error = NULL;

  util_import (store, "crm", "Navn:t", "a,;b,;c,");
  selection = util_select (store, "Navn", "", "e1");
  bud_store_each_customer (store, selection, write_customer_cb, &writing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (writing.n_rows, ==, 3);
  after = util_select (store, "Annet", "", "e1");
  assert_dump (util_dump_customers (store, after), "z|1;");
  assert_dump (util_dump_tally (store, plan), "010=3;");

  bud_store_each_plan_row (store, plan, NULL, NULL, write_row_cb, &writing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (writing.n_rows, ==, 6);
}

static void
test_check (BudStore *store,
            gpointer  data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BudOrigin) origin = util_origin ("crm");
  g_autoptr(GError) error = NULL;

  save (store, BUD_ITEM (origin));
  util_import (store, "crm", "Navn:t", "a,");
  g_assert_true (bud_store_check (store, problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

typedef struct
{
  const char *name;
  UtilBody body;
} Case;

static const Case cases[] = {
  { "items", test_items },
  { "find", test_find },
  { "names", test_names },
  { "numbers", test_numbers },
  { "secret", test_secret },
  { "customers", test_customers },
  { "rules", test_rules },
  { "deep-rule", test_deep_rule },
  { "sources", test_sources },
  { "stale-fields", test_stale_fields },
  { "intake", test_intake },
  { "decimals", test_decimals },
  { "stopping", test_stopping },
  { "plan-rows", test_plan_rows },
  { "several-sources-of-plan", test_several_sources_of_plan },
  { "holds", test_holds },
  { "journal", test_journal },
  { "displaced", test_displaced },
  { "mixed-results", test_mixed_results },
  { "ledger-keeps", test_ledger_keeps },
  { "writing-while-reading", test_writing_while_reading },
  { "check", test_check },
};

typedef struct
{
  ContractMake make;
  UtilBody body;
} Contract;

static void
run_contract (gconstpointer data)
{
  const Contract *contract = data;
  BudStore *store = contract->make ();

  util_run (store, contract->body, NULL);
  util_close (store);
}

void
store_contract_add (const char   *name,
                    ContractMake  make)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/%s/%s", name, cases[i].name);
      Contract *contract = g_new0 (Contract, 1);

      contract->make = make;
      contract->body = cases[i].body;
      g_test_add_data_func_full (path, contract, run_contract, g_free);
    }
}
