/* test-item.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-connection.h"
#include "bud-export.h"
#include "bud-origin.h"
#include "bud-person.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-segment.h"

#define N_CLASSES 7

static void
get_classes (GType types[N_CLASSES])
{
  types[0] = BUD_TYPE_CONNECTION;
  types[1] = BUD_TYPE_EXPORT;
  types[2] = BUD_TYPE_ORIGIN;
  types[3] = BUD_TYPE_PERSON;
  types[4] = BUD_TYPE_PLAN;
  types[5] = BUD_TYPE_RUN;
  types[6] = BUD_TYPE_SEGMENT;
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    counter)
{
  (*(guint *) counter)++;
}

/* A value other than the default; @variant gives different ones. */
static void
fill_value (GValue     *value,
            GParamSpec *pspec,
            int         variant)
{
  static const char *const lists[][3] = { { "a=b", "c=d", NULL }, { "a=b", NULL, NULL } };

  g_value_init (value, pspec->value_type);

  if (G_IS_PARAM_SPEC_STRING (pspec))
    g_value_set_static_string (value, variant == 0 ? "Blå “Ørret”\n" : "other");
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (value, variant == 0 ? G_MAXINT64 : G_MININT64);
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, (variant == 0) != G_PARAM_SPEC_BOOLEAN (pspec)->default_value);
  else if (pspec->value_type == G_TYPE_STRV)
    g_value_set_boxed (value, lists[variant]);
  else
    g_error ("no item has a property of type %s", g_type_name (pspec->value_type));
}

static void
assert_values_equal (const GValue *a,
                     const GValue *b)
{
  g_assert_cmpstr (G_VALUE_TYPE_NAME (a), ==, G_VALUE_TYPE_NAME (b));

  if (G_VALUE_HOLDS_STRING (a))
    g_assert_cmpstr (g_value_get_string (a), ==, g_value_get_string (b));
  else if (G_VALUE_HOLDS_INT64 (a))
    g_assert_cmpint (g_value_get_int64 (a), ==, g_value_get_int64 (b));
  else if (G_VALUE_HOLDS_BOOLEAN (a))
    g_assert_cmpint (g_value_get_boolean (a), ==, g_value_get_boolean (b));
  else
    g_assert_cmpstrv (g_value_get_boxed (a), g_value_get_boxed (b));
}

static void
assert_holds (BudItem      *item,
              GParamSpec   *pspec,
              const GValue *expected)
{
  g_auto(GValue) actual = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (item), pspec->name, &actual);
  assert_values_equal (&actual, expected);
}

/* Sets, sets again, sets otherwise: one notification for each real change. */
static void
check_property (BudItem    *item,
                GParamSpec *pspec)
{
  g_autofree char *signal_name = g_strconcat ("notify::", pspec->name, NULL);
  guint n_notified = 0;
  gulong handler = g_signal_connect (item, signal_name, G_CALLBACK (count_notify), &n_notified);

  g_test_message ("%s:%s", G_OBJECT_TYPE_NAME (item), pspec->name);

  for (int variant = 0; variant < 2; variant++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      fill_value (&value, pspec, variant);
      g_object_set_property (G_OBJECT (item), pspec->name, &value);
      assert_holds (item, pspec, &value);
      g_assert_cmpuint (n_notified, ==, variant + 1);

      g_object_set_property (G_OBJECT (item), pspec->name, &value);
      assert_holds (item, pspec, &value);
      g_assert_cmpuint (n_notified, ==, variant + 1);
    }

  g_signal_handler_disconnect (item, handler);
}

static void
test_properties (void)
{
  GType types[N_CLASSES];

  get_classes (types);
  for (guint i = 0; i < N_CLASSES; i++)
    {
      g_autoptr(BudItem) item = g_object_new (types[i], NULL);
      g_autofree GParamSpec **pspecs = NULL;
      guint n_pspecs;

      pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (item), &n_pspecs);
      g_assert_cmpuint (n_pspecs, >=, 3);
      for (guint j = 0; j < n_pspecs; j++)
        check_property (item, pspecs[j]);
    }
}

/* What a store does: every property of one item, given to another of its class. */
static void
test_copy (void)
{
  GType types[N_CLASSES];

  get_classes (types);
  for (guint i = 0; i < N_CLASSES; i++)
    {
      g_autoptr(BudItem) item = g_object_new (types[i], NULL);
      g_autoptr(BudItem) copy = g_object_new (types[i], NULL);
      g_autofree GParamSpec **pspecs = NULL;
      guint n_pspecs;

      pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (item), &n_pspecs);
      for (guint j = 0; j < n_pspecs; j++)
        {
          g_auto(GValue) value = G_VALUE_INIT;

          fill_value (&value, pspecs[j], 0);
          g_object_set_property (G_OBJECT (item), pspecs[j]->name, &value);
          g_object_set_property (G_OBJECT (copy), pspecs[j]->name, &value);
        }

      for (guint j = 0; j < n_pspecs; j++)
        {
          g_auto(GValue) value = G_VALUE_INIT;

          g_object_get_property (G_OBJECT (item), pspecs[j]->name, &value);
          assert_holds (copy, pspecs[j], &value);
        }
    }
}

static void
test_kinds (void)
{
  static const char *const kinds[N_CLASSES] = {
    "connection", "export", "source", "person", "plan", "run", "segment",
  };
  GType types[N_CLASSES];

  get_classes (types);
  for (guint i = 0; i < N_CLASSES; i++)
    {
      g_autoptr(BudItem) item = g_object_new (types[i], NULL);

      g_assert_cmpstr (bud_item_type_kind (types[i]), ==, kinds[i]);
      g_assert_cmpstr (bud_item_get_kind (item), ==, kinds[i]);
    }
}

static void
test_ids (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(BudSegment) kept = g_object_new (BUD_TYPE_SEGMENT, "id", "abc", "name", "Nord", NULL);

  for (int i = 0; i < 1000; i++)
    {
      g_autoptr(BudSegment) segment = g_object_new (BUD_TYPE_SEGMENT, NULL);
      const char *id = bud_item_get_id (BUD_ITEM (segment));

      g_assert_cmpuint (strspn (id, "0123456789abcdef"), ==, 12);
      g_assert_cmpuint (strlen (id), ==, 12);
      g_assert_true (g_hash_table_add (seen, g_strdup (id)));
    }

  g_assert_cmpstr (bud_item_get_id (BUD_ITEM (kept)), ==, "abc");
  g_assert_cmpstr (bud_item_get_name (BUD_ITEM (kept)), ==, "Nord");
}

static void
test_defaults (void)
{
  g_autoptr(BudSegment) segment = g_object_new (BUD_TYPE_SEGMENT, NULL);
  g_autoptr(BudConnection) connection = g_object_new (BUD_TYPE_CONNECTION, NULL);
  g_autoptr(BudExport) export = g_object_new (BUD_TYPE_EXPORT, NULL);
  g_autoptr(BudRun) run = g_object_new (BUD_TYPE_RUN, NULL);
  g_autoptr(BudPerson) person = g_object_new (BUD_TYPE_PERSON, NULL);

  g_assert_true (bud_segment_is_active (segment));
  g_assert_null (bud_segment_get_rule (segment));
  g_assert_false (bud_connection_is_shared (connection));
  g_assert_cmpint (bud_connection_get_created_at (connection), ==, 0);
  g_assert_null (bud_export_get_segments (export)[0]);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_FAILED);

  /* Somebody whose role cannot be read may do the least. */
  g_assert_cmpint (bud_person_get_role (person), ==, BUD_ROLE_VIEWER);
  g_object_set (person, "role", "king", NULL);
  g_assert_cmpint (bud_person_get_role (person), ==, BUD_ROLE_VIEWER);
  g_object_set (person, "role", "administrator", NULL);
  g_assert_cmpint (bud_person_get_role (person), ==, BUD_ROLE_ADMINISTRATOR);
}

static void
set_list (BudExport         *export,
          const char *const *list,
          guint             *n_notified,
          guint              expected)
{
  g_object_set (export, "segments", list, NULL);
  g_assert_cmpuint (*n_notified, ==, expected);
}

/* No list and an empty one are the same to everybody who asks. */
static void
test_lists (void)
{
  static const char *const empty[] = { NULL };
  static const char *const one[] = { "a", NULL };
  static const char *const two[] = { "a", "b", NULL };
  static const char *const swapped[] = { "b", "a", NULL };
  g_autoptr(BudExport) export = g_object_new (BUD_TYPE_EXPORT, NULL);
  g_auto(GStrv) equal = g_strdupv ((char **) two);
  guint n = 0;

  g_signal_connect (export, "notify::segments", G_CALLBACK (count_notify), &n);

  set_list (export, NULL, &n, 0);
  set_list (export, empty, &n, 0);
  set_list (export, one, &n, 1);
  set_list (export, two, &n, 2);
  set_list (export, (const char *const *) equal, &n, 2);
  g_assert_true (bud_export_get_segments (export) != (const char *const *) equal);
  set_list (export, swapped, &n, 3);
  g_assert_cmpstrv (bud_export_get_segments (export), swapped);
  set_list (export, NULL, &n, 4);
  g_assert_nonnull (bud_export_get_segments (export));
  g_assert_null (bud_export_get_segments (export)[0]);
  set_list (export, empty, &n, 4);
  set_list (export, one, &n, 5);
  set_list (export, empty, &n, 6);
  set_list (export, NULL, &n, 6);
}

static void
assert_getter (const char *class_and_property,
               const char *actual)
{
  g_test_message ("%s", class_and_property);
  g_assert_cmpstr (actual, ==, strchr (class_and_property, ':') + 1);
}

/* Each getter answers with its own property and no other. */
static void
test_text_getters (void)
{
  g_autoptr(BudConnection) c = NULL;
  g_autoptr(BudExport) e = NULL;
  g_autoptr(BudOrigin) o = NULL;
  g_autoptr(BudPlan) p = NULL;
  g_autoptr(BudRun) r = NULL;
  g_autoptr(BudSegment) s = NULL;

  c = g_object_new (BUD_TYPE_CONNECTION, "type", "type", "api-root", "api-root",
                    "account", "account", NULL);
  assert_getter ("connection:type", bud_connection_get_type_name (c));
  assert_getter ("connection:api-root", bud_connection_get_api_root (c));
  assert_getter ("connection:account", bud_connection_get_account (c));

  e = g_object_new (BUD_TYPE_EXPORT, "connection", "connection", "audience", "audience",
                    "audience-name", "audience-name", "email-field", "email-field", NULL);
  assert_getter ("export:connection", bud_export_get_connection (e));
  assert_getter ("export:audience", bud_export_get_audience (e));
  assert_getter ("export:audience-name", bud_export_get_audience_name (e));
  assert_getter ("export:email-field", bud_export_get_email_field (e));

  o = g_object_new (BUD_TYPE_ORIGIN, "type", "type", "location", "location",
                    "encoding", "encoding", "delimiter", "delimiter", "key", "key", NULL);
  assert_getter ("source:type", bud_origin_get_type_name (o));
  assert_getter ("source:location", bud_origin_get_location (o));
  assert_getter ("source:encoding", bud_origin_get_encoding (o));
  assert_getter ("source:delimiter", bud_origin_get_delimiter (o));
  assert_getter ("source:key", bud_origin_get_key (o));

  p = g_object_new (BUD_TYPE_PLAN, "export", "export", "inputs", "inputs", NULL);
  assert_getter ("plan:export", bud_plan_get_export (p));
  assert_getter ("plan:inputs", bud_plan_get_inputs (p));

  r = g_object_new (BUD_TYPE_RUN, "export", "export", "plan", "plan", "by", "by",
                    "message", "message", "state", "stopped-by-guard", NULL);
  assert_getter ("run:export", bud_run_get_export (r));
  assert_getter ("run:plan", bud_run_get_plan (r));
  assert_getter ("run:by", bud_run_get_by (r));
  assert_getter ("run:message", bud_run_get_message (r));
  g_assert_cmpint (bud_run_get_state (r), ==, BUD_RUN_STOPPED_BY_GUARD);

  s = g_object_new (BUD_TYPE_SEGMENT, "rule", "rule", "description", "description", NULL);
  assert_getter ("segment:rule", bud_segment_get_rule (s));
  assert_getter ("segment:description", bud_segment_get_description (s));
}

static void
test_number_getters (void)
{
  g_autoptr(BudOrigin) o = NULL;
  g_autoptr(BudPlan) p = NULL;
  g_autoptr(BudRun) r = NULL;

  o = g_object_new (BUD_TYPE_ORIGIN, "imported-at", G_GINT64_CONSTANT (1),
                    "rows", G_GINT64_CONSTANT (2), "rejected", G_GINT64_CONSTANT (3), NULL);
  g_assert_cmpint (bud_origin_get_imported_at (o), ==, 1);
  g_assert_cmpint (bud_origin_get_rows (o), ==, 2);
  g_assert_cmpint (bud_origin_get_rejected (o), ==, 3);

  p = g_object_new (BUD_TYPE_PLAN, "created-at", G_GINT64_CONSTANT (1),
                    "members", G_GINT64_CONSTANT (2), "adds", G_GINT64_CONSTANT (3),
                    "updates", G_GINT64_CONSTANT (4), "unchanged", G_GINT64_CONSTANT (5),
                    "held-back", G_GINT64_CONSTANT (6), "calls", G_GINT64_CONSTANT (7), NULL);
  g_assert_cmpint (bud_plan_get_created_at (p), ==, 1);
  g_assert_cmpint (bud_plan_get_members (p), ==, 2);
  g_assert_cmpint (bud_plan_get_adds (p), ==, 3);
  g_assert_cmpint (bud_plan_get_updates (p), ==, 4);
  g_assert_cmpint (bud_plan_get_unchanged (p), ==, 5);
  g_assert_cmpint (bud_plan_get_held_back (p), ==, 6);
  g_assert_cmpint (bud_plan_get_calls (p), ==, 7);

  r = g_object_new (BUD_TYPE_RUN, "started-at", G_GINT64_CONSTANT (1),
                    "touched-at", G_GINT64_CONSTANT (2), "finished-at", G_GINT64_CONSTANT (3),
                    "planned", G_GINT64_CONSTANT (4), "added", G_GINT64_CONSTANT (5),
                    "updated", G_GINT64_CONSTANT (6), "unchanged", G_GINT64_CONSTANT (7),
                    "held-back", G_GINT64_CONSTANT (8), "rejected", G_GINT64_CONSTANT (9),
                    "calls", G_GINT64_CONSTANT (10), "holder", "host/1/2", NULL);
  g_assert_cmpint (bud_run_get_started_at (r), ==, 1);
  g_assert_cmpint (bud_run_get_touched_at (r), ==, 2);
  g_assert_cmpint (bud_run_get_finished_at (r), ==, 3);
  g_assert_cmpint (bud_run_get_planned (r), ==, 4);
  g_assert_cmpint (bud_run_get_added (r), ==, 5);
  g_assert_cmpint (bud_run_get_updated (r), ==, 6);
  g_assert_cmpint (bud_run_get_unchanged (r), ==, 7);
  g_assert_cmpint (bud_run_get_held_back (r), ==, 8);
  g_assert_cmpint (bud_run_get_rejected (r), ==, 9);
  g_assert_cmpint (bud_run_get_calls (r), ==, 10);
  g_assert_cmpstr (bud_run_get_holder (r), ==, "host/1/2");
}

static void
test_finalize (void)
{
  GType types[N_CLASSES];

  get_classes (types);
  for (guint i = 0; i < N_CLASSES; i++)
    {
      BudItem *item = g_object_new (types[i], "name", "x", NULL);

      g_assert_finalize_object (item);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/item/properties", test_properties);
  g_test_add_func ("/core/item/copy", test_copy);
  g_test_add_func ("/core/item/kinds", test_kinds);
  g_test_add_func ("/core/item/ids", test_ids);
  g_test_add_func ("/core/item/defaults", test_defaults);
  g_test_add_func ("/core/item/lists", test_lists);
  g_test_add_func ("/core/item/text-getters", test_text_getters);
  g_test_add_func ("/core/item/number-getters", test_number_getters);
  g_test_add_func ("/core/item/finalize", test_finalize);

  return g_test_run ();
}
