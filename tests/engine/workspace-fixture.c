/* workspace-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-enums.h"
#include "bud-memory-store.h"
#include "bud-planner.h"
#include "bud-segment.h"
#include "bud-sqlite-store.h"
#include "bud-text.h"
#include "workspace-fixture.h"

/* 2026-11-23 12:00 UTC */
#define NOON 1795435200

static BudStore *
open_store (const char *folder,
            gboolean    create)
{
  GAsyncResult *slot = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  BudStore *store;

  bud_sqlite_store_open_async (folder, create, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  store = bud_sqlite_store_open_finish (result, &error);
  g_assert_no_error (error);

  return store;
}

static Workspace *
new_workspace (const char *folder,
               gboolean    create)
{
  Workspace *self = g_new0 (Workspace, 1);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();

  self->folder = g_strdup (folder);
  self->store = folder != NULL ? open_store (folder, create) : bud_memory_store_new ();
  self->clock = bud_clock_new_fixed (NOON, utc);
  self->authorizer = bud_authorizer_new_bearer ("practice");

  return self;
}

static gpointer
make_segment (const char *name,
              const char *rule)
{
  return g_object_new (BUD_TYPE_SEGMENT, "name", name, "rule", rule, NULL);
}

static gboolean
furnish (BudStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Workspace *self = data;
  g_autoptr(BudItem) adults = make_segment ("Adults", "age >= 18");
  g_autoptr(BudItem) oslo = make_segment ("Oslo", "city = \"Oslo\"");
  const char *segments[] = { bud_item_get_id (adults), bud_item_get_id (oslo), NULL };

  g_object_set (self->export, "segments", segments, NULL);

  return bud_store_save (store, adults, error) &&
         bud_store_save (store, oslo, error) &&
         bud_store_save (store, BUD_ITEM (self->origin), error) &&
         bud_store_save (store, BUD_ITEM (self->connection), error) &&
         bud_store_save (store, BUD_ITEM (self->export), error);
}

/* One on disk goes away with the test. */
Workspace *
workspace_new (gboolean    on_disk,
               const char *api_root)
{
  static const char *const pairs[] = { "FNAME=first", NULL };
  g_autofree char *folder = NULL;
  Workspace *self;

  if (on_disk)
    folder = g_build_filename (g_get_user_data_dir (), "workspace", NULL);
  self = new_workspace (folder, TRUE);

  self->origin = g_object_new (BUD_TYPE_ORIGIN, "name", "customers", "type", "csv", NULL);
  self->connection = g_object_new (BUD_TYPE_CONNECTION,
                                   "name", "Practice",
                                   "type", "mailchimp",
                                   "api-root", api_root,
                                   NULL);
  self->export = g_object_new (BUD_TYPE_EXPORT,
                               "name", "News",
                               "connection", bud_item_get_id (BUD_ITEM (self->connection)),
                               "audience", "practice",
                               "email-field", "email",
                               "merge-fields", pairs,
                               NULL);
  workspace_do (self, furnish, self);

  return self;
}

static gboolean
find_items (BudStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Workspace *self = data;

  return (self->origin = bud_store_find (store, BUD_TYPE_ORIGIN, "customers", error)) != NULL &&
         (self->connection = bud_store_find (store, BUD_TYPE_CONNECTION, "Practice",
                                             error)) != NULL &&
         (self->export = bud_store_find (store, BUD_TYPE_EXPORT, "News", error)) != NULL;
}

/* Another handle on a workspace that is there: as of a second program, or after a crash. */
Workspace *
workspace_open (const char *folder)
{
  Workspace *self = new_workspace (folder, FALSE);

  workspace_do (self, find_items, self);

  return self;
}

void
workspace_free (Workspace *self)
{
  bud_store_close (self->store);
  g_object_unref (self->store);
  g_object_unref (self->clock);
  g_object_unref (self->origin);
  g_object_unref (self->connection);
  g_object_unref (self->export);
  g_object_unref (self->authorizer);
  g_free (self->folder);
  g_free (self);
}

/* On the store's thread; it has to succeed. */
void
workspace_do (Workspace    *self,
              BudStoreFunc  func,
              gpointer      data)
{
  g_autoptr(GError) error = NULL;

  bud_await_store (self->store, func, data, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
save_item (BudStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return bud_store_save (store, data, error);
}

void
workspace_save (Workspace *self,
                gpointer   item)
{
  workspace_do (self, save_item, item);
}

static void
customer_free (gpointer data)
{
  Customer *customer = data;

  g_free (customer->id);
  g_free (customer->email);
  g_free (customer->first);
  g_free (customer->city);
  g_free (customer->score);
  g_free (customer);
}

void
workspace_set_text (char       **text,
                    const char  *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

Customer *
workspace_add_person (GPtrArray  *people,
                      const char *id,
                      const char *email,
                      int         age)
{
  Customer *customer = g_new0 (Customer, 1);

  customer->id = g_strdup (id);
  customer->email = g_strdup (email);
  customer->age = age;
  g_ptr_array_add (people, customer);

  return customer;
}

/* In the order of their ids; one in ten is a child, of whom half live in Oslo. */
GPtrArray *
workspace_make_people (guint n_people)
{
  static const char *const cities[] = { "Oslo", "Bergen", "Hamar" };
  GPtrArray *people = g_ptr_array_new_with_free_func (customer_free);

  for (guint i = 0; i < n_people; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%06u", i);
      g_autofree char *email = g_strdup_printf ("person%u@kunde.example", i);
      Customer *customer = workspace_add_person (people, id, email, i % 10 == 0 ? 9 : 20 + i % 60);

      customer->first = g_strdup_printf ("Name %u", i);
      customer->city = g_strdup (i % 10 == 0 ? cities[i / 10 % 2] : cities[i % 3]);
    }

  return people;
}

typedef struct
{
  Workspace *workspace;
  GPtrArray *people;
} Load;

static gboolean
load (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Load *self = data;
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);
  g_autoptr(BudIntake) intake = NULL;

  for (const char *const *name = (const char *const []) { "id", "email", "first", "city", "score",
                                                          NULL }; *name != NULL; name++)
    g_ptr_array_add (fields, bud_field_new (*name, BUD_FIELD_TEXT, *name));
  g_ptr_array_add (fields, bud_field_new ("age", BUD_FIELD_INTEGER, "age"));

  intake = bud_store_begin_intake (store, self->workspace->origin, fields, error);
  for (guint i = 0; intake != NULL && i < self->people->len; i++)
    {
      Customer *person = g_ptr_array_index (self->people, i);
      g_autofree char *age = g_strdup_printf ("%d", person->age);
      const char *values[] = { person->id, person->email, person->first, person->city,
                               person->score, age };

      if (bud_intake_add (intake, person->id, values, G_N_ELEMENTS (values), error) !=
          BUD_INTAKE_ADDED)
        return FALSE;
    }

  return intake != NULL && bud_intake_commit (intake, error);
}

void
workspace_load (Workspace *self,
                GPtrArray *people)
{
  Load data = { self, people };

  workspace_do (self, load, &data);
}

/* One that does not wait long: the service is on this computer. */
BudRunJob *
workspace_new_job (Workspace *self)
{
  BudRunJob *job = bud_run_job_new (self->store, self->clock, self->export, self->connection,
                                    self->authorizer, "tester");

  bud_run_job_set_patience (job, 20000, 2, 20);

  return job;
}

BudRun *
workspace_run (Workspace     *self,
               BudPlan       *plan,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(BudRunJob) job = workspace_new_job (self);
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  bud_run_job_set_plan (job, plan);
  bud_run_job_run_async (job, cancellable, bud_await_ready, &slot);
  result = bud_await (&slot);

  return bud_run_job_run_finish (job, result, error);
}

/* A run that completes, with nobody rejected. */
BudRun *
workspace_run_well (Workspace *self)
{
  g_autoptr(GError) error = NULL;
  BudRun *run = workspace_run (self, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bud_run_get_message (run), ==, NULL);
  g_assert_cmpint (bud_run_get_state (run), ==, BUD_RUN_COMPLETED);

  return run;
}

typedef struct
{
  Workspace *workspace;
  BudMapping *mapping;
  BudPlan *plan;
  GCancellable *cancellable; /* (nullable): instead of the job's */
} Planning;

static gboolean
map (BudStore      *store,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Planning *self = data;

  self->mapping = bud_mapping_new (store, self->workspace->export, self->workspace->clock, error);

  return self->mapping != NULL;
}

BudMapping *
workspace_map (Workspace  *self,
               GError    **error)
{
  Planning data = { .workspace = self };

  bud_await_store (self->store, map, &data, NULL, error);

  return data.mapping;
}

static gboolean
plan (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Planning *self = data;
  Workspace *workspace = self->workspace;
  g_autoptr(BudMapping) mapping = NULL;

  mapping = bud_mapping_new (store, workspace->export, workspace->clock, error);
  if (mapping != NULL)
    self->plan = bud_planner_make (store, workspace->export, mapping, workspace->clock,
                                   self->cancellable, error);

  return self->plan != NULL;
}

/* Opt-outs are not looked at. */
BudPlan *
workspace_plan (Workspace     *self,
                GCancellable  *cancellable,
                GError       **error)
{
  Planning data = { .workspace = self, .cancellable = cancellable };

  bud_await_store (self->store, plan, &data, NULL, error);

  return data.plan;
}

typedef struct
{
  const char *plan_id;
  GString *text;
} Description;

static gboolean
describe_row (const BudPlanRow      *row,
              const BudCustomerRow  *customer,
              gpointer               data,
              GError               **error)
{
  GString *text = data;

  g_string_append_printf (text, "%s %s %s", row->customer,
                          bud_enum_nick (BUD_TYPE_ACTION, row->action),
                          bud_enum_nick (BUD_TYPE_OUTCOME, row->outcome));
  if (row->reason != BUD_REASON_NONE)
    g_string_append_printf (text, " %s", bud_enum_nick (BUD_TYPE_REASON, row->reason));
  g_string_append_c (text, '\n');

  return TRUE;
}

static gboolean
describe (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Description *self = data;
  BudRowFilter filter = { .outcome = -1, .reason = -1 };
  g_autoptr(BudPlan) plan = bud_store_find (store, BUD_TYPE_PLAN, self->plan_id, error);

  return plan != NULL && bud_store_each_plan_row (store, plan, &filter, NULL, describe_row,
                                                  self->text, cancellable, error);
}

/* A line for each row of a plan: customer, action, outcome, reason. */
char *
workspace_describe (Workspace  *self,
                    const char *plan_id)
{
  Description data = { plan_id, g_string_new (NULL) };

  workspace_do (self, describe, &data);

  return g_string_free (data.text, FALSE);
}
