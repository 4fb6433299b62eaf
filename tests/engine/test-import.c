/* test-import.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-import.h"
#include "workspace-fixture.h"

/* From a file into both stores. */

typedef struct
{
  Workspace *workspace;
  char *path;
  char *rejects_path;
  GCancellable *cancellable;
  double cancel_at; /* when this much is done; 0 for never */
  double last;
  guint n_steps;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->workspace = workspace_new (data != NULL, "http://127.0.0.1/3.0");
  self->path = g_build_filename (g_get_user_data_dir (), "people.csv", NULL);
  self->rejects_path = g_build_filename (g_get_user_data_dir (), "rejects.csv", NULL);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  self->cancellable = g_cancellable_new ();
  g_object_set (self->workspace->origin, "location", self->path, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  workspace_free (self->workspace);
  g_free (self->path);
  g_free (self->rejects_path);
  g_object_unref (self->cancellable);
}

static void
on_progress_cb (BudImport *import,
                double     fraction,
                gpointer   user_data)
{
  Fixture *self = user_data;

  g_assert_cmpfloat (fraction, >, self->last);
  g_assert_cmpfloat (fraction, <=, 1.000001);
  self->last = fraction;
  self->n_steps++;
  if (self->cancel_at > 0 && fraction >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static BudImportReport *
import (Fixture     *self,
        const char  *text,
        GError     **error)
{
  g_autoptr(BudImport) importer = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  self->last = 0;
  self->n_steps = 0;
  importer = bud_import_new (self->workspace->store, self->workspace->clock,
                             self->workspace->origin, self->rejects_path);
  g_signal_connect (importer, "progress", G_CALLBACK (on_progress_cb), self);
  bud_import_run_async (importer, self->cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_import_run_finish (importer, result, error);
}

static BudImportReport *
import_well (Fixture    *self,
             const char *text)
{
  g_autoptr(GError) error = NULL;
  BudImportReport *report = import (self, text, &error);

  g_assert_no_error (error);

  return report;
}

static gboolean
append_id (const BudCustomerRow  *customer,
           gpointer               data,
           GError               **error)
{
  g_string_append_printf (data, "%s ", customer->id);

  return TRUE;
}

static gboolean
list_ids (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(BudSelection) everybody = bud_selection_new (now);

  return bud_store_each_customer (store, everybody, append_id, data, NULL, error);
}

static void
assert_ids (Fixture    *self,
            const char *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  workspace_do (self->workspace, list_ids, ids);
  g_assert_cmpstr (ids->str, ==, expected);
}

/* Big enough for many steps. */
static char *
make_rows (guint n_rows)
{
  GString *text = g_string_new ("id,email,age\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "C%06u,person%u@kunde.example,%u\n", i, i, i % 90);

  return g_string_free (text, FALSE);
}

static void
test_report (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(BudImportReport) report = NULL;
  g_autofree char *rejects = NULL;

  g_object_set (self->workspace->origin, "key", "id", NULL);
  report = import_well (self, "id;email;age\n"
                              "1;a@kunde.example;30\n"
                              "2;b@kunde.example;31\n"
                              "1;c@kunde.example;32\n"
                              "3;d@kunde.example\n"
                              ";e@kunde.example;33\n"
                              "2;f@kunde.example;34\n"
                              "4;g@kunde.example;35\n");

  g_assert_cmpint (report->rows, ==, 3);
  g_assert_cmpint (report->rejected[BUD_REJECT_DUPLICATE_KEY], ==, 2);
  g_assert_cmpint (report->rejected[BUD_REJECT_RAGGED], ==, 1);
  g_assert_cmpint (report->rejected[BUD_REJECT_EMPTY_KEY], ==, 1);
  g_assert_cmpint (bud_import_report_count_rejected (report), ==, 4);
  g_assert_cmpint (report->delimiter, ==, ';');
  g_assert_cmpstr (report->key, ==, "id");
  g_assert_cmpstr (report->encoding, ==, "UTF-8");
  g_assert_cmpuint (report->fields->len, ==, 3);
  assert_ids (self, "1 2 4 ");

  g_assert_true (g_file_get_contents (self->rejects_path, &rejects, NULL, NULL));
  g_assert_nonnull (strstr (rejects, "c@kunde.example"));
  g_assert_nonnull (strstr (rejects, "f@kunde.example"));
  g_assert_null (strstr (rejects, "a@kunde.example"));

  /* What was found out is remembered. */
  g_assert_cmpint (bud_origin_get_rows (self->workspace->origin), ==, 3);
  g_assert_cmpint (bud_origin_get_rejected (self->workspace->origin), ==, 4);
  g_assert_cmpstr (bud_origin_get_delimiter (self->workspace->origin), ==, ";");
  g_assert_cmpint (bud_origin_get_imported_at (self->workspace->origin), ==,
                   bud_clock_unix (self->workspace->clock));
}

static void
test_progress (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *rows = make_rows (60000);
  g_autoptr(BudImportReport) report = import_well (self, rows);

  g_assert_cmpint (report->rows, ==, 60000);
  g_assert_cmpuint (self->n_steps, >=, 5);
  g_assert_cmpfloat (self->last, >, 0.9);
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  static const double moments[] = { 0.02, 0.35, 0.45 };
  g_autofree char *rows = make_rows (200000);
  g_autoptr(BudImportReport) first = import_well (self, "id,email\n1,a@kunde.example\n");

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BudImportReport) report = NULL;

      self->cancel_at = moments[i];
      report = import (self, rows, &error);
      g_assert_null (report);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_ids (self, "1 ");
      g_cancellable_reset (self->cancellable);
    }
}

static void
test_failed (Fixture       *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", BUD_SOURCE_ERROR_EMPTY },
    { "name,town\nKari,Oslo\nKari,Oslo\n", BUD_SOURCE_ERROR_KEY },
  };
  g_autoptr(BudImportReport) first = import_well (self, "id,email\n1,a@kunde.example\n");

  g_object_set (self->workspace->origin, "key", NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BudImportReport) report = import (self, cases[i].text, &error);

      g_assert_null (report);
      g_assert_error (error, BUD_SOURCE_ERROR, cases[i].code);
      assert_ids (self, "1 ");
    }
}

/* The rejects cannot be written, which is known when the first comes, or at the end. */
static void
test_no_room_for_rejects (Fixture       *self,
                          gconstpointer  data)
{
  g_autoptr(BudImportReport) first = import_well (self, "id,email\n1,a@kunde.example\n");
  g_autoptr(BudImportReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_free (self->rejects_path);
  self->rejects_path = g_build_filename (g_get_user_data_dir (), "nowhere", "rejects.csv", NULL);
  report = import (self, "id,email\n2,b@kunde.example\n2,c@kunde.example\n", &error);
  g_assert_null (report);
  g_assert_nonnull (error);
  assert_ids (self, "1 ");
}

static void
test_again (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(BudImportReport) first = import_well (self, "id,email\n1,a@kunde.example\n"
                                                        "2,b@kunde.example\n");
  g_autoptr(BudImportReport) second = import_well (self, "id,email\n2,b@kunde.example\n"
                                                         "3,c@kunde.example\n");

  assert_ids (self, "2 3 ");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "report", test_report }, { "progress", test_progress }, { "cancelled", test_cancelled },
    { "failed", test_failed }, { "no-room-for-rejects", test_no_room_for_rejects },
    { "again", test_again },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *in_memory = g_strdup_printf ("/import/%s/memory", tests[i].name);
      g_autofree char *on_disk = g_strdup_printf ("/import/%s/disk", tests[i].name);

      g_test_add (in_memory, Fixture, NULL, set_up, tests[i].test, tear_down);
      g_test_add (on_disk, Fixture, GINT_TO_POINTER (TRUE), set_up, tests[i].test, tear_down);
    }

  return g_test_run ();
}
