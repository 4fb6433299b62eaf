/* store-util.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "bud-field.h"
#include "bud-sqlite-store.h"
#include "store-util.h"

typedef struct
{
  UtilBody body;
  gpointer data;
  gboolean is_done;
} Call;

static gboolean
run_body (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Call *call = data;

  g_assert_true (bud_store_is_on_thread (store));
  call->body (store, call->data);

  return TRUE;
}

static void
body_run_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr(GError) error = NULL;

  bud_store_run_finish (BUD_STORE (source), result, &error);
  g_assert_no_error (error);
  call->is_done = TRUE;
}

void
util_run (BudStore *store,
          UtilBody  body,
          gpointer  data)
{
  Call call = { body, data, FALSE };

  bud_store_run_async (store, 0, run_body, &call, NULL, NULL, body_run_cb, &call);
  while (!call.is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
take_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

BudStore *
util_open (const char  *folder,
           gboolean     create,
           GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bud_sqlite_store_open_async (folder, create, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return bud_sqlite_store_open_finish (result, error);
}

void
util_close (BudStore *store)
{
  bud_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (store);
}

void
util_remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (folder));
}

BudItem *
util_item (GType       type,
           const char *id,
           const char *name)
{
  return g_object_new (type, "id", id, "name", name, NULL);
}

BudOrigin *
util_origin (const char *id)
{
  return BUD_ORIGIN (util_item (BUD_TYPE_ORIGIN, id, id));
}

BudPlan *
util_plan (const char *id)
{
  return BUD_PLAN (util_item (BUD_TYPE_PLAN, id, id));
}

BudRun *
util_run_item (const char *id,
               const char *export_id,
               const char *plan)
{
  return g_object_new (BUD_TYPE_RUN, "id", id, "name", id, "export", export_id, "plan", plan, NULL);
}

/* "name:type name:type"; types are t, i, d (decimal), D (date) and b. */
GPtrArray *
util_fields (const char *spec)
{
  g_auto(GStrv) words = g_strsplit (spec, " ", -1);
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (words[i], ":", 2);
      g_autofree char *column = g_strdup_printf ("c%u", i);
      BudFieldType type = BUD_FIELD_TEXT;

      switch (parts[1][0])
        {
        case 'i':
          type = BUD_FIELD_INTEGER;
          break;
        case 'd':
          type = BUD_FIELD_DECIMAL;
          break;
        case 'D':
          type = BUD_FIELD_DATE;
          break;
        case 'b':
          type = BUD_FIELD_BOOLEAN;
          break;
        default:
          break;
        }
      g_ptr_array_add (fields, bud_field_new (parts[0], type, column));
    }

  return fields;
}

/* "id,value,value;id,value,value" */
void
util_fill (BudIntake  *intake,
           const char *rows)
{
  g_auto(GStrv) lines = g_strsplit (rows, ";", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) cells = g_strsplit (lines[i], ",", -1);
      g_autoptr(GError) error = NULL;
      BudIntakeVerdict verdict;

      verdict = bud_intake_add (intake, cells[0], (const char *const *) cells + 1,
                                g_strv_length (cells) - 1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (verdict, ==, BUD_INTAKE_ADDED);
    }
}

void
util_import (BudStore   *store,
             const char *origin,
             const char *fields,
             const char *rows)
{
  g_autoptr(BudOrigin) item = util_origin (origin);
  g_autoptr(GPtrArray) field_array = util_fields (fields);
  g_autoptr(BudIntake) intake = NULL;
  g_autoptr(GError) error = NULL;

  intake = bud_store_begin_intake (store, item, field_array, &error);
  g_assert_no_error (error);
  util_fill (intake, rows);
  bud_intake_commit (intake, &error);
  g_assert_no_error (error);
}

/* Fields by name, parted by spaces; rules parted by semicolons. */
BudSelection *
util_select (BudStore   *store,
             const char *fields,
             const char *rules,
             const char *export_id)
{
  g_autoptr(GDateTime) now = g_date_time_new_utc (2026, 11, 23, 12, 0, 0);
  BudSelection *selection = bud_selection_new (now);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) known = bud_store_list_fields (store, &error);
  g_auto(GStrv) names = g_strsplit (fields, " ", -1);
  g_auto(GStrv) texts = g_strsplit (rules, ";", -1);

  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL && *names[i] != '\0'; i++)
    {
      BudField *field = bud_field_require (known, names[i], &error);

      g_assert_no_error (error);
      bud_selection_add_field (selection, field);
    }
  for (guint i = 0; texts[i] != NULL && *texts[i] != '\0'; i++)
    {
      g_autoptr(BudRule) rule = bud_rule_parse (texts[i], &error);
      g_autoptr(BudRule) bound = NULL;

      g_assert_no_error (error);
      bound = bud_rule_bind (rule, known, &error);
      g_assert_no_error (error);
      bud_selection_add_rule (selection, bound);
    }
  bud_selection_set_ledger (selection, export_id);

  return selection;
}

void
util_set_hash (guint8 hash[BUD_HASH_SIZE],
               guint  number)
{
  memset (hash, 0, BUD_HASH_SIZE);
  for (guint i = 0; i < sizeof number; i++)
    hash[i] = (number >> (8 * i)) & 0xff;
}

/* "id id id": the key of each is its sum of characters, the payload one more. */
void
util_add_rows (BudStore   *store,
               BudPlan    *plan,
               const char *customers)
{
  g_auto(GStrv) ids = g_strsplit (customers, " ", -1);
  guint n_rows = g_strv_length (ids);
  g_autofree BudPlanRow *rows = g_new0 (BudPlanRow, n_rows);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      guint number = 0;

      for (const char *c = ids[i]; *c != '\0'; c++)
        number += (guchar) *c;
      rows[i].customer = ids[i];
      rows[i].action = BUD_ACTION_ADD;
      util_set_hash (rows[i].key, number);
      util_set_hash (rows[i].payload, number + 1);
    }

  bud_store_add_plan_rows (store, plan, rows, n_rows, &error);
  g_assert_no_error (error);
}

void
util_record (BudStore   *store,
             BudRun     *run,
             gint64      seq,
             BudOutcome  outcome,
             BudReason   reason,
             const char *detail)
{
  BudPlanRow row = { .seq = seq, .outcome = outcome, .reason = reason, .detail = detail };
  g_autoptr(GError) error = NULL;

  bud_store_record_results (store, run, &row, 1, &error);
  g_assert_no_error (error);
}

typedef struct
{
  GString *out;
  guint n_rules;
} Dump;

static void
dump_customer (const BudCustomerRow *customer,
               const Dump           *dump)
{
  g_string_append (dump->out, customer->id);
  for (gsize i = 0; i < customer->n_values; i++)
    g_string_append_printf (dump->out, "|%s",
                            customer->values[i] != NULL ? customer->values[i] : "-");
  for (guint i = 0; i < dump->n_rules; i++)
    g_string_append_printf (dump->out, "%s%d", i == 0 ? "|m" : "", customer->matches[i]);
  if (customer->ledger_key != NULL)
    g_string_append_printf (dump->out, "|%u:%u",
                            customer->ledger_key[0] + 256 * customer->ledger_key[1],
                            customer->ledger_payload[0] + 256 * customer->ledger_payload[1]);
  g_string_append_c (dump->out, ';');
}

static gboolean
dump_customer_cb (const BudCustomerRow  *customer,
                  gpointer               data,
                  GError               **error)
{
  dump_customer (customer, data);

  return TRUE;
}

char *
util_dump_customers (BudStore     *store,
                     BudSelection *selection)
{
  Dump dump = { g_string_new (NULL), bud_selection_get_rules (selection)->len };
  g_autoptr(GError) error = NULL;

  bud_store_each_customer (store, selection, dump_customer_cb, &dump, NULL, &error);
  g_assert_no_error (error);

  return g_string_free (dump.out, FALSE);
}

static gboolean
dump_row_cb (const BudPlanRow      *row,
             const BudCustomerRow  *customer,
             gpointer               data,
             GError               **error)
{
  Dump *dump = data;

  g_string_append_printf (dump->out, "%" G_GINT64_FORMAT " %s %d%d%d %s %u:%u",
                          row->seq, row->customer, row->action, row->outcome, row->reason,
                          row->detail != NULL ? row->detail : "-",
                          row->key[0] + 256 * row->key[1],
                          row->payload[0] + 256 * row->payload[1]);
  g_string_append (dump->out, customer != NULL ? " = " : ";");
  if (customer != NULL)
    dump_customer (customer, dump);

  return TRUE;
}

char *
util_dump_rows (BudStore           *store,
                BudPlan            *plan,
                const BudRowFilter *filter,
                BudSelection       *selection)
{
  Dump dump = { g_string_new (NULL), 0 };
  g_autoptr(GError) error = NULL;

  if (selection != NULL)
    dump.n_rules = bud_selection_get_rules (selection)->len;
  bud_store_each_plan_row (store, plan, filter, selection, dump_row_cb, &dump, NULL, &error);
  g_assert_no_error (error);

  return g_string_free (dump.out, FALSE);
}

char *
util_dump_tally (BudStore *store,
                 BudPlan  *plan)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) tally = bud_store_tally (store, plan, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < tally->len; i++)
    {
      const BudTally *line = &g_array_index (tally, BudTally, i);

      g_string_append_printf (out, "%d%d%d=%" G_GINT64_FORMAT ";", line->action, line->outcome,
                              line->reason, line->count);
    }

  return g_string_free (out, FALSE);
}

char *
util_dump_fields (BudStore *store)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) fields = bud_store_list_fields (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < fields->len; i++)
    {
      BudField *field = g_ptr_array_index (fields, i);

      g_string_append_printf (out, "%s:%d:%s;", bud_field_get_name (field),
                              bud_field_get_field_type (field), bud_field_get_column (field));
    }

  return g_string_free (out, FALSE);
}
