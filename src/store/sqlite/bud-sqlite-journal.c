/* bud-sqlite-journal.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-run.h"
#include "bud-sqlite-store-private.h"
#include "bud-store-words.h"

gboolean
_bud_sqlite_record_intent (BudStore  *store,
                           BudRun    *run,
                           gint64     first_seq,
                           gint64     last_seq,
                           GError   **error)
{
  BudStatement *statement;

  statement = bud_database_cached (BUD_SQLITE_STORE (store)->writer,
                                   "INSERT OR REPLACE INTO intent VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_item_get_id (BUD_ITEM (run)));
  bud_statement_bind_int64 (statement, 2, first_seq);
  bud_statement_bind_int64 (statement, 3, last_seq);

  return bud_statement_run (statement, error);
}

typedef struct
{
  BudRun *run;
  const BudPlanRow *rows;
  gsize n_rows;
  gint64 first; /* "at" of the plan's row 0 */
} Results;

/* Rows that follow one another in the plan and had the same fate: nearly always a whole batch. */
typedef struct
{
  const BudPlanRow *rows;
  gsize n_rows;
} Stretch;

static gboolean
continues (const BudPlanRow *row,
           const BudPlanRow *previous)
{
  return row->seq == previous->seq + 1 && row->outcome == previous->outcome &&
         row->reason == previous->reason && g_strcmp0 (row->detail, previous->detail) == 0;
}

static Stretch
find_stretch (const Results *results,
              gsize          from)
{
  gsize end = from + 1;

  while (end < results->n_rows && continues (&results->rows[end], &results->rows[end - 1]))
    end++;

  return (Stretch) { results->rows + from, end - from };
}

static void
bind_places (BudStatement  *statement,
             int            parameter,
             const Results *results,
             const Stretch *stretch)
{
  gint64 first = results->first + stretch->rows[0].seq;

  bud_statement_bind_int64 (statement, parameter, first);
  bud_statement_bind_int64 (statement, parameter + 1, first + stretch->n_rows - 1);
}

static gboolean
update_rows (BudDatabase    *database,
             const Results  *results,
             const Stretch  *stretch,
             GError        **error)
{
  const BudPlanRow *row = stretch->rows;
  BudStatement *statement;
  gsize n_found;

  statement = bud_database_cached (database,
                                   "UPDATE plan_row SET outcome = ?, reason = ?, detail = ? "
                                   "WHERE at BETWEEN ? AND ?", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_int64 (statement, 1, row->outcome);
  bud_statement_bind_int64 (statement, 2, row->reason);
  bud_statement_bind_text (statement, 3, row->detail);
  bind_places (statement, 4, results, stretch);
  if (!bud_statement_run (statement, error))
    return FALSE;

  n_found = results->first != 0 ? bud_database_get_changes (database) : 0;
  if (n_found == stretch->n_rows)
    return TRUE;

  /* A plan has no gaps, so those that it has come first. */
  bud_store_set_row_error (error, row[n_found].seq);

  return FALSE;
}

/* What was delivered is what was planned, so it is the plan's rows that go into the ledger. */
static gboolean
update_ledger (BudDatabase    *database,
               const Results  *results,
               const Stretch  *stretch,
               GError        **error)
{
  BudOutcome outcome = stretch->rows[0].outcome;
  BudStatement *statement;

  if (outcome != BUD_OUTCOME_ADDED && outcome != BUD_OUTCOME_UPDATED)
    return TRUE;

  statement = bud_database_cached (database,
                                   "INSERT INTO ledger (export, customer, key, payload) "
                                   "SELECT ?, customer, key, payload FROM plan_row "
                                   "WHERE at BETWEEN ? AND ? "
                                   "ON CONFLICT (export, customer) DO UPDATE "
                                   "SET key = excluded.key, payload = excluded.payload", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_run_get_export (results->run));
  bind_places (statement, 2, results, stretch);

  return bud_statement_run (statement, error);
}

static gboolean
settle_intents (BudDatabase    *database,
                const Results  *results,
                GError        **error)
{
  gint64 lowest = G_MAXINT64;
  gint64 highest = 0;
  BudStatement *statement;

  for (gsize i = 0; i < results->n_rows; i++)
    {
      lowest = MIN (lowest, results->rows[i].seq);
      highest = MAX (highest, results->rows[i].seq);
    }

  statement = bud_database_cached (database,
                                   "DELETE FROM intent "
                                   "WHERE run = ? AND first_seq <= ? AND last_seq >= ?", error);
  if (statement == NULL)
    return FALSE;

  bud_statement_bind_text (statement, 1, bud_item_get_id (BUD_ITEM (results->run)));
  bud_statement_bind_int64 (statement, 2, lowest);
  bud_statement_bind_int64 (statement, 3, highest);

  return bud_statement_run (statement, error);
}

static gboolean
write_results (BudDatabase  *database,
               gpointer      data,
               GError      **error)
{
  Results *results = data;

  if (!_bud_sqlite_find_plan (database, bud_run_get_plan (results->run), &results->first, error))
    return FALSE;

  for (gsize i = 0; i < results->n_rows; )
    {
      Stretch stretch = find_stretch (results, i);

      if (!update_rows (database, results, &stretch, error) ||
          !update_ledger (database, results, &stretch, error))
        return FALSE;
      i += stretch.n_rows;
    }

  return (results->n_rows == 0 || settle_intents (database, results, error)) &&
         _bud_sqlite_write_item (database, BUD_ITEM (results->run), error);
}

gboolean
_bud_sqlite_record_results (BudStore          *store,
                            BudRun            *run,
                            const BudPlanRow  *rows,
                            gsize              n_rows,
                            GError           **error)
{
  Results results = { run, rows, n_rows, 0 };

  return bud_database_transaction (BUD_SQLITE_STORE (store)->writer, write_results, &results,
                                   error);
}
