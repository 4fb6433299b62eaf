/* store-victim.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include "store-util.h"

/* store-victim DEED FOLDER: what a test does to a workspace from another process, which it may
 * then kill. Each line on standard output says how far it is. */

#define MANY 100000000
#define BATCH 50

static void
say (const char *text)
{
  g_print ("%s\n", text);
  fflush (stdout);
}

static void
add_customers (BudStore *store,
               gpointer  data)
{
  g_autoptr(BudOrigin) origin = util_origin ("crm");
  g_autoptr(GPtrArray) fields = util_fields ("Navn:t");
  g_autoptr(GError) error = NULL;
  g_autoptr(BudIntake) intake = bud_store_begin_intake (store, origin, fields, &error);
  gint64 n_rows = *(gint64 *) data;

  for (gint64 i = 0; i < n_rows && error == NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, i);
      const char *values[] = { "Kari Nordmann fra en by langt herfra" };

      bud_intake_add (intake, id, values, 1, &error);
      if (i == 120000)
        say ("half");
    }

  if (error != NULL)
    g_print ("%s %d\n", g_quark_to_string (error->domain), error->code);
  fflush (stdout);
}

static void
record_results (BudStore *store,
                gpointer  data)
{
  g_autoptr(BudRun) run = bud_store_find (store, BUD_TYPE_RUN, "r1", NULL);
  BudPlanRow rows[BATCH] = { 0 };
  g_autoptr(GError) error = NULL;

  /* It carries on where the record ends. */
  if (run == NULL)
    run = util_run_item ("r1", "e1", "p1");
  for (gint64 first = bud_run_get_added (run) + 1; error == NULL; first += BATCH)
    {
      bud_store_record_intent (store, run, first, first + BATCH - 1, &error);
      for (guint i = 0; i < BATCH; i++)
        {
          rows[i].seq = first + i;
          rows[i].outcome = BUD_OUTCOME_ADDED;
        }
      g_object_set (run, "added", first + BATCH - 1, NULL);
      bud_store_record_results (store, run, rows, BATCH, &error);
      say ("batch");
    }
}

static void
save_names (BudStore *store,
            gpointer  data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("victim %u", i);
      g_autoptr(BudItem) item = util_item (BUD_TYPE_EXPORT, name, name);
      g_autoptr(GError) error = NULL;

      bud_store_save (store, item, &error);
      g_assert_no_error (error);
    }
  say ("saved");
}

static BudStore *
open_or_say (const char *folder,
             gboolean    create)
{
  g_autoptr(GError) error = NULL;
  BudStore *store = util_open (folder, create, &error);

  if (store != NULL)
    say ("opened");
  else
    g_print ("%s %d\n", g_quark_to_string (error->domain), error->code);

  return store;
}

/* A small disk if this process may mount one; else files that may not grow. */
static void
make_disk_small (const char *folder)
{
  struct rlimit limit = { 1 << 20, 1 << 20 };

  if (unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
      mount ("tmpfs", folder, "tmpfs", 0, "size=2m") == 0)
    {
      say ("tmpfs");
      return;
    }

  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  say ("rlimit");
}

static void
check_after_full (BudStore *store,
                  gpointer  data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BudSelection) all = util_select (store, "Navn", "", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *dump = util_dump_customers (store, all);

  bud_store_check (store, problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    say (g_ptr_array_index (problems, i));
  say (dump);
}

static void
import_first (BudStore *store,
              gpointer  data)
{
  g_autoptr(BudOrigin) origin = util_origin ("crm");

  bud_store_save (store, BUD_ITEM (origin), NULL);
  util_import (store, "crm", "Navn:t", "k1,Kari");
}

int
main (int    argc,
      char **argv)
{
  const char *deed = argv[1];
  const char *folder = argv[2];
  gint64 n_rows = MANY;
  BudStore *store;

  if (g_str_equal (deed, "nobody"))
    g_assert_no_errno (setuid (65534));
  if (g_str_equal (deed, "full"))
    make_disk_small (folder);

  if ((store = open_or_say (folder, g_str_equal (deed, "full"))) == NULL)
    return 0;

  if (g_str_equal (deed, "intake"))
    util_run (store, add_customers, &n_rows);
  else if (g_str_equal (deed, "results"))
    util_run (store, record_results, NULL);
  else if (g_str_equal (deed, "save"))
    util_run (store, save_names, NULL);

  if (g_str_equal (deed, "full"))
    {
      util_run (store, import_first, NULL);
      util_run (store, add_customers, &n_rows);
      util_run (store, check_after_full, NULL);
    }
  util_close (store);

  return 0;
}
