/* bud-sqlite-check.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-folder.h"
#include "bud-sqlite-store-private.h"

static gboolean
read_verdicts (BudDatabase  *reader,
               const char   *pragma,
               const char   *name,
               GPtrArray    *problems,
               GError      **error)
{
  g_autoptr(BudStatement) statement = bud_database_prepare (reader, pragma, error);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;

  while (has_row)
    {
      const char *verdict;

      if (!bud_statement_step (statement, &has_row, error))
        return FALSE;

      verdict = has_row ? bud_statement_get_text (statement, 0) : "ok";
      if (!g_str_equal (verdict, "ok"))
        g_ptr_array_add (problems,
                         /* Translators: a file's name, then what SQLite says, in English */
                         g_strdup_printf (_("“%s” is damaged: %s"), name, verdict));
    }

  return TRUE;
}

/* Damage that keeps the check itself from reading on is what it looks for, and no failure. */
static gboolean
check_file (BudDatabase  *reader,
            const char   *pragma,
            const char   *name,
            const char   *advice,
            GPtrArray    *problems,
            GError      **error)
{
  guint n_before = problems->len;
  g_autoptr(GError) local_error = NULL;
  gboolean is_read = read_verdicts (reader, pragma, name, problems, &local_error);

  if (!is_read && !g_error_matches (local_error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!is_read || problems->len > n_before)
    g_ptr_array_add (problems, g_strdup (advice));

  return TRUE;
}

/* How many things a query counts; nothing is said when there are none. */
static gboolean
count (BudDatabase  *reader,
       const char   *sql,
       gulong       *n,
       GError      **error)
{
  gint64 value;

  if (!bud_database_get_int64 (reader, sql, &value, error))
    return FALSE;

  *n = value;

  return TRUE;
}

static gboolean
check_items (BudDatabase  *reader,
             GPtrArray    *problems,
             GError      **error)
{
  gulong n;

  if (!count (reader, "SELECT count(*) FROM item WHERE NOT json_valid (body)", &n, error))
    return FALSE;

  if (n > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (ngettext ("%lu thing in the workspace cannot be read.",
                                                "%lu things in the workspace cannot be read.", n),
                                      n));

  return TRUE;
}

static gboolean
check_ledger (BudDatabase  *reader,
              GPtrArray    *problems,
              GError      **error)
{
  gulong n;

  if (!count (reader,
              "SELECT count(DISTINCT export) FROM ledger "
              "WHERE export NOT IN (SELECT id FROM item WHERE kind = 'export')", &n, error))
    return FALSE;

  if (n > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (ngettext ("What was delivered is kept for %lu export that "
                                                "does not exist.",
                                                "What was delivered is kept for %lu exports that "
                                                "do not exist.", n), n));

  return TRUE;
}

static gboolean
check_intents (BudDatabase  *reader,
               GPtrArray    *problems,
               GError      **error)
{
  gulong n;

  if (!count (reader,
              "SELECT count(DISTINCT run) FROM intent "
              "WHERE run NOT IN (SELECT id FROM item WHERE kind = 'run')", &n, error))
    return FALSE;

  if (n > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (ngettext ("Requests are noted for %lu run that does not "
                                                "exist.",
                                                "Requests are noted for %lu runs that do not "
                                                "exist.", n), n));

  return TRUE;
}

static gboolean
check_sources (BudDatabase  *reader,
               GPtrArray    *problems,
               GError      **error)
{
  gulong n;

  if (!count (reader,
              "SELECT count(*) FROM source "
              "WHERE id NOT IN (SELECT id FROM item WHERE kind = 'source')", &n, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (ngettext ("There are customers of %lu source that does not "
                                                "exist.",
                                                "There are customers of %lu sources that do not "
                                                "exist.", n), n));

  if (!count (reader,
              "SELECT count(*) FROM source WHERE 'rows_' || rows_table NOT IN "
              "(SELECT name FROM customers.sqlite_schema)", &n, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (ngettext ("The customers of %lu source are gone. Import it "
                                                "again.",
                                                "The customers of %lu sources are gone. Import "
                                                "them again.", n), n));

  return TRUE;
}

gboolean
_bud_sqlite_check (BudStore      *store,
                   GPtrArray     *problems,
                   GCancellable  *cancellable,
                   GError       **error)
{
  BudDatabase *reader = BUD_SQLITE_STORE (store)->reader;
  GCancellable *previous;
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  previous = bud_database_set_cancellable (reader, cancellable);
  done = check_file (reader, "PRAGMA main.integrity_check", BUD_FOLDER_WORKSPACE,
                     _("“workspace.db” is damaged. Restore it from a backup."), problems, error) &&
         check_file (reader, "PRAGMA customers.integrity_check", BUD_FOLDER_CUSTOMERS,
                     _("“customers.db” is damaged. It holds imported customers and nothing else: "
                       "import the sources again."), problems, error);

  /* What a damaged file says about itself is worth nothing. */
  if (done && problems->len == 0)
    done = check_items (reader, problems, error) &&
           check_ledger (reader, problems, error) &&
           check_intents (reader, problems, error) &&
           check_sources (reader, problems, error);
  bud_database_set_cancellable (reader, previous);

  return done;
}
