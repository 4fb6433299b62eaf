/* test-sqlite.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "bud-database.h"
#include "bud-error.h"
#include "bud-field.h"
#include "bud-migrations.h"
#include "bud-segment.h"
#include "store-util.h"

typedef struct
{
  char *folder;
  char *workspace;
  char *customers;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("bud-sqlite-XXXXXX", NULL);
  fixture->workspace = g_build_filename (fixture->folder, "workspace.db", NULL);
  fixture->customers = g_build_filename (fixture->folder, "customers.db", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  util_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->workspace);
  g_free (fixture->customers);
}

static BudStore *
open_good (Fixture  *fixture,
           gboolean  create)
{
  g_autoptr(GError) error = NULL;
  BudStore *store = util_open (fixture->folder, create, &error);

  g_assert_no_error (error);

  return store;
}

static void
assert_open_fails (Fixture       *fixture,
                   int            code,
                   const char    *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (util_open (fixture->folder, FALSE, &error));
  g_assert_error (error, BUD_STORE_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
run_sql (const char *path,
         const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudDatabase) database = bud_database_open (path, &error);

  g_assert_no_error (error);
  bud_database_exec (database, sql, &error);
  g_assert_no_error (error);
}

static gint64
ask_sql (const char *path,
         const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudDatabase) database = bud_database_open (path, &error);
  gint64 value = -1;

  g_assert_no_error (error);
  bud_database_get_int64 (database, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

static int
mode_of (const char *path)
{
  GStatBuf info;

  g_assert_no_errno (g_stat (path, &info));

  return info.st_mode & 0777;
}

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *nested = g_build_filename (fixture->folder, "new", NULL);
  g_autofree char *workspace = g_build_filename (nested, "workspace.db", NULL);
  g_autofree char *customers = g_build_filename (nested, "customers.db", NULL);
  g_autofree char *side_file = g_build_filename (nested, "workspace.db-wal", NULL);
  g_autoptr(GError) error = NULL;
  BudStore *store;

  g_assert_null (util_open (nested, FALSE, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (g_file_test (nested, G_FILE_TEST_EXISTS));
  assert_open_fails (fixture, BUD_STORE_ERROR_MISSING, "workspace.db");
  g_assert_false (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));

  store = util_open (nested, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mode_of (nested), ==, 0700);
  g_assert_cmpint (mode_of (workspace), ==, 0600);
  g_assert_cmpint (mode_of (customers), ==, 0600);
  g_assert_cmpint (mode_of (side_file), ==, 0600);
  util_close (store);

  g_assert_null (util_open (nested, TRUE, &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_EXISTS);
  g_clear_error (&error);

  /* A program that died while it made the workspace leaves an empty file. */
  g_assert_no_errno (truncate (workspace, 0));
  g_assert_null (util_open (nested, FALSE, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  store = util_open (nested, TRUE, &error);
  g_assert_no_error (error);
  util_close (store);
  util_remove_folder (nested);
}

static const char *const old_steps[] = { "CREATE TABLE a (x); INSERT INTO a VALUES (1)" };
static const char *const new_steps[] = {
  "CREATE TABLE a (x); INSERT INTO a VALUES (1)",
  "ALTER TABLE a ADD y; UPDATE a SET y = 2",
};
static const char *const bad_steps[] = {
  "CREATE TABLE a (x); INSERT INTO a VALUES (1)",
  "ALTER TABLE a ADD y; UPDATE a SET y = 2",
  "UPDATE a SET y = 3; INSERT INTO nowhere VALUES (1)",
};

static gboolean
migrate (const char         *path,
         const char *const  *steps,
         guint               n_steps,
         gboolean            create,
         GError            **error)
{
  BudMigrations migrations = { steps, n_steps };
  g_autoptr(BudDatabase) database = bud_database_open (path, error);

  return bud_migrations_run (&migrations, database, path, create, error);
}

static void
test_migrations (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->workspace, "", 0, NULL));
  g_assert_false (migrate (fixture->workspace, old_steps, 1, FALSE, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (migrate (fixture->workspace, old_steps, 1, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask_sql (fixture->workspace, "PRAGMA user_version"), ==, 1);

  g_assert_true (migrate (fixture->workspace, new_steps, 2, FALSE, &error));
  g_assert_true (migrate (fixture->workspace, new_steps, 2, FALSE, &error));
  g_assert_cmpint (ask_sql (fixture->workspace, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask_sql (fixture->workspace, "SELECT x + y FROM a"), ==, 3);

  /* A step that fails leaves the file at the version before. */
  g_assert_false (migrate (fixture->workspace, bad_steps, 3, FALSE, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (ask_sql (fixture->workspace, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask_sql (fixture->workspace, "SELECT y FROM a"), ==, 2);

  g_assert_false (migrate (fixture->workspace, old_steps, 1, FALSE, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_NEWER_SCHEMA);
}

static void
assert_untouched (Fixture       *fixture,
                  const char    *path,
                  int            code)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_size;
  gsize after_size;

  g_assert_true (g_file_get_contents (path, &before, &before_size, NULL));
  assert_open_fails (fixture, code, path);
  g_assert_true (g_file_get_contents (path, &after, &after_size, NULL));
  g_assert_cmpmem (before, before_size, after, after_size);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  util_close (open_good (fixture, TRUE));
  run_sql (fixture->customers, "PRAGMA user_version = 999");
  assert_untouched (fixture, fixture->customers, BUD_STORE_ERROR_NEWER_SCHEMA);
  run_sql (fixture->customers, "PRAGMA user_version = 1");
  run_sql (fixture->workspace, "PRAGMA user_version = 999");
  assert_untouched (fixture, fixture->workspace, BUD_STORE_ERROR_NEWER_SCHEMA);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;
  gsize size;

  util_close (open_good (fixture, TRUE));
  g_assert_true (g_file_get_contents (fixture->workspace, &good, &size, NULL));

  g_test_message ("the header");
  bad = g_memdup2 (good, size);
  memcpy (bad, "Not SQLite at all", 17);
  g_assert_true (g_file_set_contents (fixture->workspace, bad, size, NULL));
  assert_untouched (fixture, fixture->workspace, BUD_STORE_ERROR_CORRUPT);

  g_test_message ("the end is missing");
  g_assert_true (g_file_set_contents (fixture->workspace, good, size / 2, NULL));
  assert_untouched (fixture, fixture->workspace, BUD_STORE_ERROR_CORRUPT);

  g_test_message ("a database of somebody else's");
  g_assert_true (g_file_set_contents (fixture->workspace, good, size, NULL));
  run_sql (fixture->workspace, "PRAGMA application_id = 7");
  assert_untouched (fixture, fixture->workspace, BUD_STORE_ERROR_CORRUPT);

  g_test_message ("customers that were moved away");
  g_assert_true (g_file_set_contents (fixture->workspace, good, size, NULL));
  g_assert_no_errno (g_remove (fixture->customers));
  assert_open_fails (fixture, BUD_STORE_ERROR_MISSING, "customers.db");
  util_close (open_good (fixture, TRUE));
}

/* Starts the victim and reads its lines. */
static GSubprocess *
start_victim (const char        *deed,
              const char        *folder,
              GDataInputStream **lines)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "store", "store-victim", NULL);
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, deed, folder, NULL);
  g_assert_no_error (error);
  *lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  return process;
}

static void
assert_line (GDataInputStream *lines,
             const char       *expected)
{
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_cmpstr (line, ==, expected);
}

static void
kill_victim (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *expected = g_strdup_printf ("%s %d", g_quark_to_string (BUD_STORE_ERROR),
                                               BUD_STORE_ERROR_READ_ONLY);
  const int file_modes[] = { 0444, 0666 };

  util_close (open_good (fixture, TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (file_modes); i++)
    {
      g_autoptr(GDataInputStream) lines = NULL;
      g_autoptr(GSubprocess) process = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gsize size;

      /* Even files that may be written are of no use where their side files may not be made. */
      g_assert_no_errno (g_chmod (fixture->folder, 0555));
      g_assert_no_errno (g_chmod (fixture->workspace, file_modes[i]));
      g_assert_no_errno (g_chmod (fixture->customers, file_modes[i]));
      g_assert_true (g_file_get_contents (fixture->workspace, &before, &size, NULL));

      process = start_victim (getuid () == 0 ? "nobody" : "open", fixture->folder, &lines);
      assert_line (lines, expected);
      g_subprocess_wait (process, NULL, NULL);
      g_assert_true (g_file_get_contents (fixture->workspace, &after, &size, NULL));
      g_assert_cmpmem (before, size, after, size);
      g_assert_no_errno (g_chmod (fixture->folder, 0700));
    }
}

static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *expected = g_strdup_printf ("%s %d", g_quark_to_string (BUD_STORE_ERROR),
                                               BUD_STORE_ERROR_FULL);
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GSubprocess) process = start_victim ("full", fixture->folder, &lines);
  g_autofree char *means = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_test_message ("a full disk by %s", means);
  assert_line (lines, "opened");
  assert_line (lines, expected);
  assert_line (lines, "k1|Kari;");
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
assert_sound (BudStore *store,
              gpointer  data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  bud_store_check (store, problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
import_three (BudStore *store,
              gpointer  data)
{
  g_autoptr(BudOrigin) origin = util_origin ("crm");

  g_assert_true (bud_store_save (store, BUD_ITEM (origin), NULL));
  util_import (store, "crm", "Navn:t", "a,;b,;c,");
}

static void
assert_three (BudStore *store,
              gpointer  data)
{
  g_autoptr(BudSelection) all = util_select (store, "", "", NULL);
  g_autofree char *dump = util_dump_customers (store, all);

  g_assert_cmpstr (dump, ==, "a;b;c;");
  g_assert_cmpint (bud_store_get_generation (store, NULL), ==, 1);
}

#define COUNT_TABLES "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'rows_%' AND type = 'table'"

static void
test_killed_intake (Fixture       *fixture,
                    gconstpointer  data)
{
  BudStore *store = open_good (fixture, TRUE);
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GSubprocess) process = NULL;

  util_run (store, import_three, NULL);
  util_close (store);

  process = start_victim ("intake", fixture->folder, &lines);
  assert_line (lines, "opened");
  assert_line (lines, "half");
  kill_victim (process);
  g_assert_cmpint (ask_sql (fixture->customers, COUNT_TABLES), ==, 2);

  store = open_good (fixture, FALSE);
  util_run (store, assert_three, NULL);
  util_run (store, assert_sound, NULL);
  util_close (store);
  g_assert_cmpint (ask_sql (fixture->customers, COUNT_TABLES), ==, 1);
}

static void
plan_many (BudStore *store,
           gpointer  data)
{
  g_autoptr(BudPlan) plan = util_plan ("p1");
  g_autoptr(BudItem) export = util_item (BUD_TYPE_EXPORT, "e1", "E");
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (ids, "%sk%u", i > 0 ? " " : "", i);
  util_add_rows (store, plan, ids->str);
  g_assert_true (bud_store_save (store, BUD_ITEM (plan), NULL));
  g_assert_true (bud_store_save (store, export, NULL));
}

static void
assert_agreement (BudStore *store,
                  gpointer  data)
{
  const Fixture *fixture = data;
  g_autoptr(BudRun) run = bud_store_find (store, BUD_TYPE_RUN, "r1", NULL);
  gint64 n_added = bud_run_get_added (run);

  g_assert_cmpint (n_added, >, 0);
  g_assert_cmpint (n_added % 50, ==, 0);
  g_assert_cmpint (ask_sql (fixture->workspace, "SELECT count(*) FROM ledger"), ==, n_added);
  g_assert_cmpint (ask_sql (fixture->workspace, "SELECT count(*) FROM plan_row WHERE outcome = 1"),
                   ==, n_added);
  g_assert_cmpint (ask_sql (fixture->workspace, "SELECT count(*) FROM intent"), <=, 1);
}

static void
test_killed_results (Fixture       *fixture,
                     gconstpointer  data)
{
  BudStore *store = open_good (fixture, TRUE);

  util_run (store, plan_many, NULL);
  util_close (store);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GDataInputStream) lines = NULL;
      g_autoptr(GSubprocess) process = start_victim ("results", fixture->folder, &lines);

      assert_line (lines, "opened");
      for (guint j = 0; j < 10 + 7 * i; j++)
        assert_line (lines, "batch");
      kill_victim (process);

      store = open_good (fixture, FALSE);
      util_run (store, assert_agreement, fixture);
      util_run (store, assert_sound, NULL);
      util_close (store);
    }
}

typedef struct
{
  BudPlan *plan;
  BudIntake *intake;
} Unfinished;

static void
begin_unfinished (BudStore *store,
                  gpointer  data)
{
  Unfinished *unfinished = data;
  g_autoptr(BudOrigin) origin = util_origin ("crm");
  g_autoptr(GPtrArray) fields = util_fields ("Navn:t");

  util_add_rows (store, unfinished->plan, "a b");
  unfinished->intake = bud_store_begin_intake (store, origin, fields, NULL);
  g_assert_nonnull (unfinished->intake);
}

static void
save_names (BudStore *store,
            gpointer  data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("test %u", i);
      g_autoptr(BudItem) item = util_item (BUD_TYPE_EXPORT, name, name);
      g_autoptr(GError) error = NULL;

      bud_store_save (store, item, &error);
      g_assert_no_error (error);
    }
}

static void
finish_unfinished (BudStore *store,
                   gpointer  data)
{
  Unfinished *unfinished = data;
  g_autofree char *rows = util_dump_rows (store, unfinished->plan, NULL, NULL);
  g_autoptr(GPtrArray) items = bud_store_list (store, BUD_TYPE_EXPORT, NULL);

  g_assert_cmpstr (rows, ==, "1 a 000 - 97:98;2 b 000 - 98:99;");
  g_assert_cmpuint (items->len, ==, 600);
  util_fill (unfinished->intake, "a,");
  g_assert_true (bud_intake_commit (unfinished->intake, NULL));
}

/* What this process has not finished is not a dead one's leftover to another. */
static void
test_two_processes (Fixture       *fixture,
                    gconstpointer  data)
{
  BudStore *store = open_good (fixture, TRUE);
  g_autoptr(BudPlan) plan = util_plan ("p1");
  Unfinished unfinished = { plan, NULL };
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GSubprocess) process = NULL;

  util_run (store, begin_unfinished, &unfinished);
  process = start_victim ("save", fixture->folder, &lines);
  assert_line (lines, "opened");
  util_run (store, save_names, NULL);
  assert_line (lines, "saved");
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  util_run (store, finish_unfinished, &unfinished);
  g_clear_object (&unfinished.intake);
  util_close (store);

  /* Now it is: the plan was never saved. */
  util_close (open_good (fixture, FALSE));
  g_assert_cmpint (ask_sql (fixture->workspace, "SELECT count(*) FROM plan_row"), ==, 0);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(BudDatabase) database = NULL;
  GThread *thread;
  gint64 value;

  g_assert_true (g_file_set_contents (fixture->workspace, "", 0, NULL));
  database = bud_database_open (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_null (bud_database_set_cancellable (database, cancellable));
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (bud_database_get_int64 (database,
                                          "WITH RECURSIVE n (x) AS "
                                          "(SELECT 1 UNION ALL SELECT x + 1 FROM n) "
                                          "SELECT count(*) FROM n", &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);

  g_assert_true (bud_database_set_cancellable (database, NULL) == cancellable);
  g_assert_true (bud_database_get_int64 (database, "SELECT 7", &value, &error));
  g_assert_cmpint (value, ==, 7);
}

static gboolean
insert_and_fail (BudDatabase  *database,
                 gpointer      data,
                 GError      **error)
{
  return bud_database_exec (database, "INSERT INTO t VALUES (2); INSERT INTO t VALUES (NULL)",
                            error);
}

static void
test_database (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudDatabase) database = NULL;
  gint64 value;

  g_assert_true (g_file_set_contents (fixture->workspace, "", 0, NULL));
  database = bud_database_open (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_true (bud_database_exec (database, "CREATE TABLE t (x NOT NULL);"
                                              "INSERT INTO t VALUES (1); ", &error));

  g_test_message ("nothing of a transaction that fails");
  g_assert_false (bud_database_transaction (database, insert_and_fail, NULL, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (bud_database_in_transaction (database));
  g_assert_true (bud_database_get_int64 (database, "SELECT count(*) FROM t", &value, &error));
  g_assert_cmpint (value, ==, 1);

  g_test_message ("stop at the first failure");
  g_assert_false (bud_database_exec (database, "INSERT INTO no VALUES (1);"
                                               "INSERT INTO t VALUES (3)", &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (bud_database_get_int64 (database, "SELECT count(*) FROM t", &value, &error));
  g_assert_cmpint (value, ==, 1);

  g_test_message ("an unknown column is no text");
  g_assert_false (bud_database_get_int64 (database, "SELECT \"y\" FROM t", &value, &error));
  g_clear_error (&error);

  g_assert_true (bud_database_get_int64 (database, "SELECT bud_fold ('ÅSE') = 'åse'", &value,
                                         &error));
  g_assert_cmpint (value, ==, 1);
  g_assert_true (bud_database_get_int64 (database, "SELECT bud_text (1e20) = '1' || "
                                                   "'00000000000000000000'", &value, &error));
  g_assert_cmpint (value, ==, 1);
}

static void
find_problems (BudStore *store,
               gpointer  data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (bud_store_check (store, problems, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, *(guint *) data);
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  BudStore *store = open_good (fixture, TRUE);
  guint n_expected = 5;

  util_run (store, import_three, NULL);
  run_sql (fixture->workspace, "INSERT INTO ledger VALUES ('x', 'a', x'00', x'00');"
                               "INSERT INTO intent VALUES ('x', 1, 2);"
                               "INSERT INTO item VALUES ('person', 'x', NULL, 'not JSON')");
  run_sql (fixture->customers, "INSERT INTO source (id, rows_table) VALUES ('x', 77)");
  util_run (store, find_problems, &n_expected);
  util_close (store);
}

static void
import_pages (BudStore *store,
              gpointer  data)
{
  g_autoptr(GString) rows = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (rows, "%sk%u,Kari Nordmann", i > 0 ? ";" : "", i);
  util_import (store, "crm", "Navn:t", rows->str);
}

static void
find_damage (BudStore *store,
             gpointer  data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (bud_store_check (store, problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  g_assert_nonnull (strstr (g_ptr_array_index (problems, problems->len - 1), "customers.db"));
}

static void
test_check_damaged (Fixture       *fixture,
                    gconstpointer  data)
{
  BudStore *store = open_good (fixture, TRUE);
  g_autofree char *contents = NULL;
  gsize size;

  util_run (store, import_pages, NULL);
  util_close (store);

  g_assert_true (g_file_get_contents (fixture->customers, &contents, &size, NULL));
  memset (contents + size / 2, 0xff, 8192);
  g_assert_true (g_file_set_contents (fixture->customers, contents, size, NULL));

  store = open_good (fixture, FALSE);
  util_run (store, find_damage, NULL);
  util_close (store);
}

static void
import_secret (BudStore *store,
               gpointer  data)
{
  util_import (store, "crm", "Navn:t", "k1,Kristoffersen");
}

static void
remove_secret (BudStore *store,
               gpointer  data)
{
  g_autoptr(BudOrigin) origin = util_origin ("crm");

  g_assert_true (bud_store_remove_customers (store, origin, NULL));
}

/* People who are taken away are gone from the disk. */
static void
test_erased (Fixture       *fixture,
             gconstpointer  data)
{
  const UtilBody deeds[] = { import_secret, remove_secret };

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      BudStore *store = open_good (fixture, i == 0);
      g_autofree char *contents = NULL;
      gsize size;

      util_run (store, deeds[i], NULL);
      util_close (store);
      g_assert_true (g_file_get_contents (fixture->customers, &contents, &size, NULL));
      g_assert_cmpint (memmem (contents, size, "Kristoffersen", 13) != NULL, ==, i == 0);
    }
}

#define N_MANY 200000

static gboolean
count_cb (const BudCustomerRow  *customer,
          gpointer               data,
          GError               **error)
{
  ++*(guint *) data;

  return TRUE;
}

static void
import_many (BudStore *store,
             gpointer  data)
{
  g_autoptr(BudOrigin) origin = util_origin ("crm");
  g_autoptr(GPtrArray) fields = util_fields ("Navn:t Sum:d");
  g_autoptr(GError) error = NULL;
  g_autoptr(BudIntake) intake = bud_store_begin_intake (store, origin, fields, &error);
  g_autoptr(BudSelection) selection = NULL;
  guint n_rows = 0;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", (i * 7919) % N_MANY);
      const char *values[] = { "Kari Nordmann", "12.5" };

      g_assert_cmpint (bud_intake_add (intake, id, values, 2, &error), ==, BUD_INTAKE_ADDED);
    }
  g_assert_true (bud_intake_commit (intake, &error));

  selection = util_select (store, "Navn", "Sum > 12", NULL);
  g_assert_true (bud_store_each_customer (store, selection, count_cb, &n_rows, NULL, &error));
  g_assert_cmpuint (n_rows, ==, N_MANY);
  g_assert_cmpint (bud_store_count_customers (store, selection, NULL, &error), ==, N_MANY);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  BudStore *store = open_good (fixture, TRUE);
  struct rusage usage;

  util_run (store, import_many, NULL);
  util_close (store);
  getrusage (RUSAGE_SELF, &usage);
  g_test_message ("%d customers, peak %ld MiB", N_MANY, usage.ru_maxrss / 1024);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func)                                                                           \
  g_test_add ("/store/sqlite/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("create", test_create);
  ADD ("migrations", test_migrations);
  ADD ("newer", test_newer);
  ADD ("damaged", test_damaged);
  ADD ("read-only", test_read_only);
  ADD ("full", test_full);
  ADD ("killed-intake", test_killed_intake);
  ADD ("killed-results", test_killed_results);
  ADD ("two-processes", test_two_processes);
  ADD ("cancel", test_cancel);
  ADD ("database", test_database);
  ADD ("check", test_check);
  ADD ("check-damaged", test_check_damaged);
  ADD ("erased", test_erased);
  ADD ("many", test_many);

  return g_test_run ();
}
