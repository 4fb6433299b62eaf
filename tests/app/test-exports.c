/* test-exports.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "bud-auth-error.h"
#include "bud-error.h"
#include "bud-exports.h"
#include "bud-segments.h"
#include "bud-stop-wish.h"
#include "sandbox-fixture.h"

static gboolean
save_segment (BudContext  *context,
              gpointer     data,
              GError     **error)
{
  return bud_segments_save (context, data, error);
}

static gboolean
remove_segment (BudContext  *context,
                gpointer     data,
                GError     **error)
{
  return bud_segments_remove (context, data, error);
}

static gboolean
save_export (BudContext  *context,
             gpointer     data,
             GError     **error)
{
  return bud_exports_save (context, data, error);
}

static gboolean
remove_export (BudContext  *context,
               gpointer     data,
               GError     **error)
{
  return bud_exports_remove (context, data, error);
}

static gboolean
detach_export (BudContext  *context,
               gpointer     data,
               GError     **error)
{
  return bud_exports_detach (context, data, error);
}

static gboolean
duplicate_news (BudContext  *context,
                gpointer     data,
                GError     **error)
{
  g_autoptr(BudExport) copy = bud_exports_duplicate (context, "News", data, error);

  return copy != NULL;
}

static gboolean
rehearse (BudContext  *context,
          gpointer     data,
          GError     **error)
{
  g_autoptr(BudPlan) plan = bud_exports_rehearse (context, data, NULL, error);

  if (plan != NULL)
    g_assert_cmpint (bud_plan_get_adds (plan), ==, 1);

  return plan != NULL;
}

static gboolean
stop_run (BudContext  *context,
          gpointer     data,
          GError     **error)
{
  return bud_exports_stop_run (context, data, error);
}

static BudExport *
new_export (void)
{
  static const char *const pairs[] = { "FNAME=first", NULL };
  static const char *const segments[] = { "Adults", NULL };

  return g_object_new (BUD_TYPE_EXPORT,
                       "name", "News",
                       "connection", "Shared",
                       "audience", SANDBOX_AUDIENCE,
                       "email-field", "email",
                       "merge-fields", pairs,
                       "segments", segments,
                       NULL);
}

static void
add_connection (BudContext *context,
                const char *name,
                gboolean    shared,
                const char *api_root)
{
  g_autoptr(BudConnection) connection = g_object_new (BUD_TYPE_CONNECTION,
                                                      "name", name,
                                                      "type", "mailchimp",
                                                      "api-root", api_root,
                                                      "shared", shared,
                                                      NULL);

  app_save (context, connection);
}

/* Two customers, one of them an adult, and the connections “Shared” and “Private”. */
static BudContext *
open_furnished (const char *api_root)
{
  BudContext *context = app_open ();
  g_autoptr(BudSegment) adults = g_object_new (BUD_TYPE_SEGMENT,
                                               "name", "Adults",
                                               "rule", "age>=18",
                                               NULL);

  app_import (context);
  app_call_ok (context, save_segment, adults);
  g_assert_cmpstr (bud_segment_get_rule (adults), ==, "age >= 18");
  add_connection (context, "Shared", TRUE, api_root);
  add_connection (context, "Private", FALSE, api_root);

  return context;
}

static void
test_save (void)
{
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudExport) saved = NULL;
  g_autoptr(BudConnection) connection = app_find (context, BUD_TYPE_CONNECTION, "Shared");
  g_autoptr(BudSegment) segment = app_find (context, BUD_TYPE_SEGMENT, "Adults");

  app_call_ok (context, save_export, export);
  saved = app_find (context, BUD_TYPE_EXPORT, "News");
  g_assert_cmpstr (bud_export_get_connection (saved), ==,
                   bud_item_get_id (BUD_ITEM (connection)));
  g_assert_cmpstr (bud_export_get_segments (saved)[0], ==, bud_item_get_id (BUD_ITEM (segment)));
  g_assert_null (bud_export_get_segments (saved)[1]);

  /* With ids as well. */
  app_call_ok (context, save_export, saved);
}

static void
test_incomplete (void)
{
  static const struct
  {
    const char *property;
    const char *value;
    int code;
    const char *words;
  } cases[] = {
    { "name", " News", BUD_ERROR_INVALID, "name" },
    { "connection", NULL, BUD_ERROR_INVALID, "has no connection" },
    { "connection", "Sharde", BUD_ERROR_NOT_FOUND, "Sharde" },
    { "audience", NULL, BUD_ERROR_INVALID, "audience" },
    { "email-field", NULL, BUD_ERROR_INVALID, "e-mail" },
    { "email-field", "emial", BUD_ERROR_NOT_FOUND, "emial" },
  };
  static const char *const unknown[] = { "Children", NULL };
  static const char *const bad_pairs[] = { "first", NULL };
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) without = new_export ();
  g_autoptr(BudExport) with_unknown = new_export ();
  g_autoptr(BudExport) badly_paired = new_export ();
  g_autoptr(BudExport) saved = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BudExport) export = new_export ();

      g_object_set (export, cases[i].property, cases[i].value, NULL);
      app_refused (context, save_export, export, cases[i].code, cases[i].words);
    }

  g_object_set (without, "segments", NULL, NULL);
  app_refused (context, save_export, without, BUD_ERROR_INVALID, "segment");
  g_object_set (with_unknown, "segments", unknown, NULL);
  app_refused (context, save_export, with_unknown, BUD_ERROR_NOT_FOUND, "Children");
  g_object_set (badly_paired, "merge-fields", bad_pairs, NULL);
  app_refused (context, save_export, badly_paired, BUD_ERROR_INVALID, "FNAME=first_name");

  saved = app_find (context, BUD_TYPE_EXPORT, "News");
  g_assert_null (saved);
}

static void
test_duplicate_and_remove (void)
{
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudExport) copy = NULL;
  g_autoptr(BudExport) gone = NULL;
  g_autoptr(GError) error = NULL;

  app_call_ok (context, save_export, export);
  app_call_ok (context, duplicate_news, (gpointer) "Copy");
  copy = app_find (context, BUD_TYPE_EXPORT, "Copy");
  g_assert_cmpstr (bud_item_get_id (BUD_ITEM (copy)), !=, bud_item_get_id (BUD_ITEM (export)));
  g_assert_cmpstr (bud_export_get_connection (copy), ==, bud_export_get_connection (export));
  g_assert_cmpstr (bud_export_get_audience (copy), ==, bud_export_get_audience (export));
  g_assert_cmpstr (bud_export_get_email_field (copy), ==, "email");
  g_assert_cmpstrv ((GStrv) bud_export_get_segments (copy),
                    (GStrv) bud_export_get_segments (export));
  g_assert_cmpstrv ((GStrv) bud_export_get_merge_fields (copy),
                    (GStrv) bud_export_get_merge_fields (export));
  app_call_ok (context, rehearse, (gpointer) "Copy");

  g_assert_false (app_call (context, duplicate_news, (gpointer) "Copy", &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CONSTRAINT);
  app_refused (context, duplicate_news, (gpointer) "", BUD_ERROR_INVALID, "name");

  app_call_ok (context, remove_export, (gpointer) "Copy");
  gone = app_find (context, BUD_TYPE_EXPORT, "Copy");
  g_assert_null (gone);
  app_refused (context, remove_export, (gpointer) "Copy", BUD_ERROR_NOT_FOUND, "Copy");
}

static BudRunJob *
prepare (BudContext  *context,
         const char  *name,
         const char  *plan,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_exports_prepare_async (context, name, plan, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_exports_prepare_finish (context, result, error);
}

static void
test_detach (void)
{
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudExport) detached = NULL;
  g_autoptr(BudRunJob) job = NULL;
  g_autoptr(GError) error = NULL;

  app_call_ok (context, save_export, export);
  app_set_role (context, "contributor");
  app_refused (context, detach_export, (gpointer) "News", BUD_ERROR_NOT_PERMITTED, "detach");
  app_set_role (context, "administrator");
  app_call_ok (context, detach_export, (gpointer) "News");

  detached = app_find (context, BUD_TYPE_EXPORT, "News");
  g_assert_null (bud_export_get_connection (detached));
  g_assert_cmpstr (bud_export_get_audience (detached), ==, SANDBOX_AUDIENCE);
  job = prepare (context, "News", NULL, &error);
  g_assert_null (job);
  g_assert_error (error, BUD_ERROR, BUD_ERROR_INVALID);

  /* A detached export is the administrators', also to attach. */
  app_set_role (context, "contributor");
  app_refused (context, remove_export, (gpointer) "News", BUD_ERROR_NOT_PERMITTED, "export");
  g_object_set (detached, "connection", "Shared", NULL);
  app_refused (context, save_export, detached, BUD_ERROR_NOT_PERMITTED, "export");
  app_set_role (context, "administrator");
  app_call_ok (context, save_export, detached);
}

/* A contributor neither touches an export of a private connection nor takes it to a shared one. */
static void
test_contributor (void)
{
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudExport) mine = NULL;
  BudRun *run;

  g_object_set (export, "connection", "Private", NULL);
  app_call_ok (context, save_export, export);
  run = g_object_new (BUD_TYPE_RUN,
                      "name", "1",
                      "export", bud_item_get_id (BUD_ITEM (export)),
                      "state", "running",
                      NULL);

  app_set_role (context, "contributor");
  app_refused (context, save_export, export, BUD_ERROR_NOT_PERMITTED, "shared");
  app_refused (context, remove_export, (gpointer) "News", BUD_ERROR_NOT_PERMITTED, "shared");
  app_refused (context, duplicate_news, (gpointer) "Copy", BUD_ERROR_NOT_PERMITTED, "shared");
  app_refused (context, rehearse, (gpointer) "News", BUD_ERROR_NOT_PERMITTED, "shared");
  app_refused (context, stop_run, run, BUD_ERROR_NOT_PERMITTED, "shared");
  g_object_set (export, "connection", "Shared", NULL);
  app_refused (context, save_export, export, BUD_ERROR_NOT_PERMITTED, "shared");

  mine = new_export ();
  g_object_set (mine, "name", "Mine", NULL);
  app_call_ok (context, save_export, mine);
  app_call_ok (context, rehearse, (gpointer) "Mine");
  g_object_unref (run);
}

static gboolean
count_wishes (BudContext  *context,
              gpointer     data,
              GError     **error)
{
  g_autoptr(GPtrArray) wishes = bud_store_list (bud_context_get_store (context),
                                                BUD_TYPE_STOP_WISH, error);

  g_assert_cmpuint (wishes->len, ==, GPOINTER_TO_UINT (data));

  return TRUE;
}

static void
test_stop (void)
{
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudRun) run = NULL;

  app_call_ok (context, save_export, export);
  run = g_object_new (BUD_TYPE_RUN,
                      "name", "1",
                      "export", bud_item_get_id (BUD_ITEM (export)),
                      "state", "running",
                      NULL);
  app_save (context, run);

  app_call_ok (context, stop_run, run);
  app_call_ok (context, stop_run, run);
  app_call_ok (context, count_wishes, GUINT_TO_POINTER (1));

  g_object_set (run, "state", "completed", NULL);
  app_refused (context, stop_run, run, BUD_ERROR_INVALID, "over");
}

static void
store_token (BudContext *context)
{
  g_autoptr(BudConnection) connection = app_find (context, BUD_TYPE_CONNECTION, "Shared");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;

  bud_keyring_store_async (bud_context_get_keyring (context),
                           bud_item_get_id (BUD_ITEM (connection)), "Shared", "practice", NULL,
                           bud_await_ready, &slot);
  result = bud_await (&slot);
  bud_keyring_store_finish (bud_context_get_keyring (context), result, &error);
  g_assert_no_error (error);
}

static void
test_run (void)
{
  g_autoptr(Sandbox) sandbox = sandbox_new ("--api-key=practice");
  g_autoptr(BudContext) context = open_furnished (sandbox_get_api_root (sandbox));
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudRunJob) job = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(BudRun) run = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;

  app_call_ok (context, save_export, export);
  app_call_ok (context, duplicate_news, (gpointer) "Copy");
  app_call_ok (context, rehearse, (gpointer) "News");
  g_assert_cmpint (sandbox_get_count (sandbox, "requests"), ==, 0);

  job = prepare (context, "News", "1", &error);
  g_assert_null (job);
  g_assert_error (error, BUD_AUTH_ERROR, BUD_AUTH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  store_token (context);

  job = prepare (context, "Copy", "1", &error);
  g_assert_null (job);
  g_assert_error (error, BUD_ERROR, BUD_ERROR_INVALID);
  g_clear_error (&error);
  job = prepare (context, "News", "2", &error);
  g_assert_null (job);
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  job = prepare (context, "News", "1", &error);
  g_assert_no_error (error);
  bud_run_job_run_async (job, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  run = bud_run_job_run_finish (job, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED);
  g_assert_cmpint (bud_run_get_added (run), ==, 1);
  g_assert_cmpstr (bud_run_get_by (run), ==, bud_context_get_user (context));
}

static void
test_segments (void)
{
  g_autoptr(BudContext) context = open_furnished (NULL);
  g_autoptr(BudExport) export = new_export ();
  g_autoptr(BudSegment) wrong = g_object_new (BUD_TYPE_SEGMENT,
                                              "name", "Wrong",
                                              "rule", "agee > 3",
                                              NULL);
  g_autoptr(BudSegment) namesake = g_object_new (BUD_TYPE_SEGMENT,
                                                 "name", "Adults",
                                                 "rule", "age > 3",
                                                 NULL);
  g_autoptr(BudSegment) saved = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (app_call (context, save_segment, wrong, &error));
  g_assert_error (error, BUD_RULE_ERROR, BUD_RULE_ERROR_FIELD);
  saved = app_find (context, BUD_TYPE_SEGMENT, "Wrong");
  g_assert_null (saved);
  g_clear_error (&error);
  g_assert_false (app_call (context, save_segment, namesake, &error));
  g_assert_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CONSTRAINT);

  app_call_ok (context, save_export, export);
  app_call_ok (context, duplicate_news, (gpointer) "Copy");
  app_refused (context, remove_segment, (gpointer) "Adults", BUD_ERROR_IN_USE, "Copy, News");
  app_call_ok (context, remove_export, (gpointer) "Copy");
  app_refused (context, remove_segment, (gpointer) "Adults", BUD_ERROR_IN_USE, "News");
  app_call_ok (context, remove_export, (gpointer) "News");

  app_set_role (context, "viewer");
  app_refused (context, remove_segment, (gpointer) "Adults", BUD_ERROR_NOT_PERMITTED, "segments");
  app_set_role (context, "contributor");
  app_call_ok (context, remove_segment, (gpointer) "Adults");
  app_refused (context, remove_segment, (gpointer) "Adults", BUD_ERROR_NOT_FOUND, "Adults");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/exports/save", test_save);
  g_test_add_func ("/exports/incomplete", test_incomplete);
  g_test_add_func ("/exports/duplicate-and-remove", test_duplicate_and_remove);
  g_test_add_func ("/exports/detach", test_detach);
  g_test_add_func ("/exports/contributor", test_contributor);
  g_test_add_func ("/exports/stop", test_stop);
  g_test_add_func ("/exports/run", test_run);
  g_test_add_func ("/exports/segments", test_segments);

  return g_test_run ();
}
