/* rule-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "bud-rule-eval.h"
#include "bud-rule-sql.h"
#include "bud-text.h"
#include "rule-fixture.h"

struct _RuleFixture
{
  sqlite3 *db;
  GPtrArray *fields; /* (owned) (element-type BudField) */
  GPtrArray *rows;   /* (owned) (element-type GStrv), "" where empty */
  GDateTime *now;    /* (owned) */
};

static const struct
{
  const char *name;
  BudFieldType type;
  const char *column;
} field_table[FIXTURE_N_FIELDS] = {
  { "text", BUD_FIELD_TEXT, "c0" },
  { "whole", BUD_FIELD_INTEGER, "c1" },
  { "amount", BUD_FIELD_DECIMAL, "c2" },
  { "day", BUD_FIELD_DATE, "c3" },
  { "yes or no", BUD_FIELD_BOOLEAN, "c4" },
  { "odd \"name]", BUD_FIELD_TEXT, "c5\" OR 1; --" },
};

static void
fold_function (sqlite3_context  *context,
               int               n_args,
               sqlite3_value   **args)
{
  const char *text = (const char *) sqlite3_value_text (args[0]);

  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, bud_text_fold (text), -1, g_free);
}

static void
execute (sqlite3    *db,
         const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

RuleFixture *
rule_fixture_new (void)
{
  RuleFixture *self = g_new0 (RuleFixture, 1);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");

  g_assert_nonnull (zone);
  /* Half past midnight in Oslo is still the day before in Greenwich. */
  self->now = g_date_time_new (zone, 2026, 3, 31, 0, 30, 0);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);
  for (guint i = 0; i < FIXTURE_N_FIELDS; i++)
    g_ptr_array_add (self->fields, bud_field_new (field_table[i].name, field_table[i].type,
                                                  field_table[i].column));

  g_assert_cmpint (sqlite3_open (":memory:", &self->db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_create_function (self->db, "bud_fold", 1,
                                            SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                            fold_function, NULL, NULL),
                   ==, SQLITE_OK);
  /* Columns without types: the SQL must not count on them to convert what it compares. */
  execute (self->db, "CREATE TABLE customers (id INTEGER PRIMARY KEY, c0, c1, c2, c3, c4, "
                     "\"c5\"\" OR 1; --\")");

  return self;
}

void
rule_fixture_free (RuleFixture *self)
{
  g_assert_cmpint (sqlite3_close (self->db), ==, SQLITE_OK);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->rows);
  g_date_time_unref (self->now);
  g_free (self);
}

GPtrArray *
rule_fixture_get_fields (RuleFixture *self)
{
  return self->fields;
}

GDateTime *
rule_fixture_get_now (RuleFixture *self)
{
  return self->now;
}

guint
rule_fixture_get_n_rows (RuleFixture *self)
{
  return self->rows->len;
}

static sqlite3_stmt *
prepare (RuleFixture *self,
         const char  *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s in: %s", sqlite3_errmsg (self->db), sql);

  return statement;
}

/* @values are canonical; NULL and "" are both empty. */
void
rule_fixture_add (RuleFixture       *self,
                  const char *const  values[FIXTURE_N_FIELDS])
{
  sqlite3_stmt *statement = prepare (
    self, "INSERT INTO customers VALUES (NULL, ?, CAST(? AS INTEGER), CAST(? AS REAL), ?, "
          "CAST(? AS INTEGER), ?)");
  GStrv row = g_new0 (char *, FIXTURE_N_FIELDS + 1);

  for (guint i = 0; i < FIXTURE_N_FIELDS; i++)
    {
      row[i] = g_strdup (values[i] != NULL ? values[i] : "");
      if (*row[i] != '\0')
        sqlite3_bind_text (statement, i + 1, row[i], -1, SQLITE_STATIC);
    }
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  g_ptr_array_add (self->rows, row);
}

BudRule *
rule_fixture_bind (RuleFixture *self,
                   const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudRule) rule = bud_rule_parse (text, &error);
  BudRule *bound;

  g_assert_no_error (error);
  bound = bud_rule_bind (rule, self->fields, &error);
  g_assert_no_error (error);

  return bound;
}

char *
rule_fixture_ask_sql (RuleFixture *self,
                      BudRule     *rule)
{
  g_autoptr (GString) sql = g_string_new ("SELECT answer FROM (SELECT id, (");
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement;

  bud_rule_append_sql (rule, self->now, sql, params);
  g_string_append (sql, ") AS answer FROM customers) ORDER BY id");
  statement = prepare (self, sql->str);

  g_assert_cmpint (sqlite3_bind_parameter_count (statement), ==, params->len);
  for (guint i = 0; i < params->len; i++)
    sqlite3_bind_text (statement, i + 1, g_ptr_array_index (params, i), -1, SQLITE_STATIC);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_assert_cmpint (sqlite3_column_type (statement, 0), ==, SQLITE_INTEGER);
      g_string_append_printf (answers, "%d", sqlite3_column_int (statement, 0));
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);

  return g_string_free (g_steal_pointer (&answers), FALSE);
}

typedef struct
{
  RuleFixture *fixture;
  guint row;
} Customer;

static const char *
look_up (const BudField *field,
         gpointer        data)
{
  Customer *customer = data;
  GStrv row = g_ptr_array_index (customer->fixture->rows, customer->row);
  guint i;

  g_assert_true (g_ptr_array_find (customer->fixture->fields, field, &i));

  return *row[i] != '\0' ? row[i] : NULL;
}

char *
rule_fixture_ask_memory (RuleFixture *self,
                         BudRule     *rule)
{
  g_autoptr (GString) answers = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Customer customer = { self, i };

      g_string_append_c (answers,
                         bud_rule_matches (rule, self->now, look_up, &customer) ? '1' : '0');
    }

  return g_string_free (g_steal_pointer (&answers), FALSE);
}

/* Both ways of asking give @expected. */
void
rule_fixture_check (RuleFixture *self,
                    const char  *text,
                    const char  *expected)
{
  g_autoptr (BudRule) rule = rule_fixture_bind (self, text);
  g_autofree char *by_sql = rule_fixture_ask_sql (self, rule);
  g_autofree char *by_memory = rule_fixture_ask_memory (self, rule);

  g_test_message ("%s", text);
  g_assert_cmpstr (by_memory, ==, expected);
  g_assert_cmpstr (by_sql, ==, expected);
}
