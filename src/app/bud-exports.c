/* bud-exports.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-access.h"
#include "bud-enums.h"
#include "bud-error.h"
#include "bud-exports.h"
#include "bud-mapping.h"
#include "bud-names.h"
#include "bud-planner.h"
#include "bud-segment.h"
#include "bud-stop.h"

static BudConnection *
find_connection (BudContext  *context,
                 BudExport   *export,
                 GError     **error)
{
  const char *id = bud_export_get_connection (export);

  if (id != NULL)
    return bud_store_find (bud_context_get_store (context), BUD_TYPE_CONNECTION, id, error);

  g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
               _("The export “%s” has no connection. Edit it and choose one."),
               bud_item_get_name (BUD_ITEM (export)));

  return NULL;
}

/* Finds an export that the signed-in person may change; a detached one is the administrators'. */
static BudExport *
find_mine (BudContext  *context,
           const char  *name_or_id,
           GError     **error)
{
  g_autoptr(BudExport) export = NULL;
  g_autoptr(BudConnection) connection = NULL;

  export = bud_store_find (bud_context_get_store (context), BUD_TYPE_EXPORT, name_or_id, error);
  if (export == NULL)
    return NULL;

  if (bud_export_get_connection (export) != NULL &&
      (connection = find_connection (context, export, error)) == NULL)
    return NULL;

  if (!bud_access_check (context, BUD_RIGHT_EDIT_EXPORTS, connection, error))
    return NULL;

  return g_steal_pointer (&export);
}

/* A change is a matter of what the export was as well as of what it becomes: nobody may take one
 * from a connection that he may not use to one that he may. */
static gboolean
check_mine_already (BudContext  *context,
                    BudExport   *export,
                    GError     **error)
{
  BudStore *store = bud_context_get_store (context);
  g_autoptr(BudExport) before = NULL;
  g_autoptr(BudConnection) connection = NULL;
  g_autoptr(GError) local_error = NULL;

  before = bud_store_find (store, BUD_TYPE_EXPORT, bud_item_get_id (BUD_ITEM (export)),
                           &local_error);
  if (g_error_matches (local_error, BUD_ERROR, BUD_ERROR_NOT_FOUND))
    return TRUE;
  if (before == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (bud_export_get_connection (before) != NULL)
    connection = bud_store_find (store, BUD_TYPE_CONNECTION, bud_export_get_connection (before),
                                 NULL);

  return bud_access_check (context, BUD_RIGHT_EDIT_EXPORTS, connection, error);
}

/* Names that people type become the ids that stay when a segment is renamed. */
static gboolean
resolve_segments (BudContext  *context,
                  BudExport   *export,
                  GError     **error)
{
  const char *const *names = bud_export_get_segments (export);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) ids = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr(BudSegment) segment = bud_store_find (bud_context_get_store (context),
                                                      BUD_TYPE_SEGMENT, names[i], error);

      if (segment == NULL)
        return FALSE;

      g_strv_builder_add (builder, bud_item_get_id (BUD_ITEM (segment)));
    }

  ids = g_strv_builder_end (builder);
  g_object_set (export, "segments", ids, NULL);

  return TRUE;
}

static gboolean
check_complete (BudExport  *export,
                GError    **error)
{
  const char *missing = NULL;

  if (bud_export_get_audience (export) == NULL)
    missing = _("An export needs the id of an audience.");
  else if (bud_export_get_email_field (export) == NULL)
    missing = _("An export needs the customer field that holds the e-mail address.");
  else if (bud_export_get_segments (export)[0] == NULL)
    missing = _("An export needs at least one segment.");

  if (missing == NULL)
    return TRUE;

  g_set_error_literal (error, BUD_ERROR, BUD_ERROR_INVALID, missing);

  return FALSE;
}

/**
 * bud_exports_save:
 * @context: an open workspace, on its store's thread
 * @export: a new or changed export; its connection and segments may be names or ids
 * @error: return location for %BUD_ERROR
 *
 * Saving does not run it. Everything it names must exist.
 *
 * Returns: whether it is saved
 */
gboolean
bud_exports_save (BudContext  *context,
                  BudExport   *export,
                  GError     **error)
{
  BudStore *store = bud_context_get_store (context);
  g_autoptr(BudConnection) connection = NULL;
  g_autoptr(BudMapping) mapping = NULL;

  g_return_val_if_fail (BUD_IS_EXPORT (export), FALSE);

  if (!bud_names_check (bud_item_get_name (BUD_ITEM (export)), error) ||
      (connection = find_connection (context, export, error)) == NULL ||
      !bud_access_check (context, BUD_RIGHT_EDIT_EXPORTS, connection, error) ||
      !check_mine_already (context, export, error) ||
      !check_complete (export, error) ||
      !resolve_segments (context, export, error))
    return FALSE;

  g_object_set (export, "connection", bud_item_get_id (BUD_ITEM (connection)), NULL);
  mapping = bud_mapping_new (store, export, bud_context_get_clock (context), error);

  return mapping != NULL && bud_store_save (store, BUD_ITEM (export), error);
}

/**
 * bud_exports_duplicate:
 * @context: an open workspace, on its store's thread
 * @name_or_id: an export
 * @new_name: what the copy is called
 * @error: return location for %BUD_ERROR
 *
 * Returns: (transfer full): the saved copy, which has delivered nothing yet
 */
BudExport *
bud_exports_duplicate (BudContext  *context,
                       const char  *name_or_id,
                       const char  *new_name,
                       GError     **error)
{
  g_autoptr(BudExport) export = find_mine (context, name_or_id, error);
  g_autoptr(BudExport) copy = NULL;

  if (export == NULL || !bud_names_check (new_name, error))
    return NULL;

  copy = g_object_new (BUD_TYPE_EXPORT,
                       "name", new_name,
                       "connection", bud_export_get_connection (export),
                       "audience", bud_export_get_audience (export),
                       "audience-name", bud_export_get_audience_name (export),
                       "email-field", bud_export_get_email_field (export),
                       "merge-fields", bud_export_get_merge_fields (export),
                       "segments", bud_export_get_segments (export),
                       NULL);

  if (!bud_store_save (bud_context_get_store (context), BUD_ITEM (copy), error))
    return NULL;

  return g_steal_pointer (&copy);
}

/**
 * bud_exports_detach:
 * @context: an open workspace, on its store's thread
 * @name_or_id: an export
 * @error: return location for %BUD_ERROR
 *
 * The export keeps its settings and does not run until it is given a connection.
 *
 * Returns: whether it has none now
 */
gboolean
bud_exports_detach (BudContext  *context,
                    const char  *name_or_id,
                    GError     **error)
{
  BudStore *store = bud_context_get_store (context);
  g_autoptr(BudExport) export = NULL;

  if (!bud_access_check (context, BUD_RIGHT_DETACH_EXPORTS, NULL, error))
    return FALSE;

  export = bud_store_find (store, BUD_TYPE_EXPORT, name_or_id, error);
  if (export == NULL)
    return FALSE;

  g_object_set (export, "connection", NULL, NULL);

  return bud_store_save (store, BUD_ITEM (export), error);
}

/**
 * bud_exports_remove:
 * @context: an open workspace, on its store's thread
 * @name_or_id: an export
 * @error: return location for %BUD_ERROR
 *
 * What it delivered stays in the audience.
 *
 * Returns: whether it is gone
 */
gboolean
bud_exports_remove (BudContext  *context,
                    const char  *name_or_id,
                    GError     **error)
{
  g_autoptr(BudExport) export = find_mine (context, name_or_id, error);

  return export != NULL &&
         bud_store_remove (bud_context_get_store (context), BUD_ITEM (export), error);
}

/**
 * bud_exports_rehearse:
 * @context: an open workspace, on its store's thread
 * @name_or_id: an export
 * @cancellable: (nullable): stops it
 * @error: return location for %BUD_ERROR
 *
 * Plans a run without sending anything. Opt-outs are as the last run read them.
 *
 * Returns: (transfer full): the stored plan
 */
BudPlan *
bud_exports_rehearse (BudContext    *context,
                      const char    *name_or_id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  BudStore *store = bud_context_get_store (context);
  BudClock *clock = bud_context_get_clock (context);
  g_autoptr(BudExport) export = find_mine (context, name_or_id, error);
  g_autoptr(BudMapping) mapping = NULL;
  g_autoptr(BudPlan) plan = NULL;

  if (export == NULL || (mapping = bud_mapping_new (store, export, clock, error)) == NULL)
    return NULL;

  plan = bud_planner_make (store, export, mapping, clock, cancellable, error);
  if (plan == NULL ||
      !bud_planner_hold_opt_outs (store, plan, mapping, bud_export_get_audience (export), error))
    return NULL;

  return g_steal_pointer (&plan);
}

/**
 * bud_exports_stop_run:
 * @context: an open workspace, on its store's thread
 * @run: a run, maybe of another process
 * @error: return location for %BUD_ERROR
 *
 * Returns: whether the run has been asked to stop; it does so at its next request
 */
gboolean
bud_exports_stop_run (BudContext  *context,
                      BudRun      *run,
                      GError     **error)
{
  g_autoptr(BudExport) export = find_mine (context, bud_run_get_export (run), error);

  if (export == NULL)
    return FALSE;

  if (bud_run_get_state (run) != BUD_RUN_RUNNING)
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID, _("Run %s is over."),
                   bud_item_get_name (BUD_ITEM (run)));
      return FALSE;
    }

  return bud_stop_wish (bud_context_get_store (context), run, bud_context_get_user (context),
                        error);
}

/* Prepare a run: find everything -> token out of the keyring -> a job */

typedef struct
{
  BudContext *context;
  char *name_or_id;
  char *plan_number;
  BudExport *export;
  BudConnection *connection;
  BudPlan *plan;
} Preparation;

static void
preparation_free (gpointer data)
{
  Preparation *self = data;

  g_object_unref (self->context);
  g_free (self->name_or_id);
  g_free (self->plan_number);
  g_clear_object (&self->export);
  g_clear_object (&self->connection);
  g_clear_object (&self->plan);
  g_free (self);
}

static gboolean
find_plan (Preparation  *self,
           BudStore     *store,
           GError      **error)
{
  if (self->plan_number == NULL)
    return TRUE;

  self->plan = bud_store_find (store, BUD_TYPE_PLAN, self->plan_number, error);
  if (self->plan == NULL)
    return FALSE;

  if (g_strcmp0 (bud_plan_get_export (self->plan),
                 bud_item_get_id (BUD_ITEM (self->export))) == 0)
    return TRUE;

  g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
               /* Translators: a plan's number, and an export's name */
               _("Plan %s is not a plan of the export “%s”."), self->plan_number,
               bud_item_get_name (BUD_ITEM (self->export)));

  return FALSE;
}

static gboolean
find_all (BudStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Preparation *self = data;

  self->export = find_mine (self->context, self->name_or_id, error);
  if (self->export == NULL)
    return FALSE;

  self->connection = find_connection (self->context, self->export, error);

  return self->connection != NULL && find_plan (self, store, error);
}

static void
on_authorized_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Preparation *self = g_task_get_task_data (task);
  g_autoptr(BudAuthorizer) authorizer = NULL;
  g_autoptr(BudRunJob) job = NULL;
  GError *error = NULL;

  authorizer = bud_context_authorize_finish (self->context, result, &error);
  if (authorizer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  job = bud_run_job_new (bud_context_get_store (self->context),
                         bud_context_get_clock (self->context), self->export, self->connection,
                         authorizer, bud_context_get_user (self->context));
  bud_run_job_set_plan (job, self->plan);
  g_task_return_pointer (task, g_steal_pointer (&job), g_object_unref);
}

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Preparation *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!bud_store_run_finish (BUD_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  bud_context_authorize_async (self->context, self->connection, g_task_get_cancellable (task),
                               on_authorized_cb, g_object_ref (task));
}

/**
 * bud_exports_prepare_async:
 * @context: an open workspace
 * @name_or_id: the export to run
 * @plan_number: (nullable): the plan to execute; %NULL plans afresh
 * @cancellable: (nullable): stops the preparation
 * @callback: called with the job
 * @user_data: for @callback
 */
void
bud_exports_prepare_async (BudContext          *context,
                           const char          *name_or_id,
                           const char          *plan_number,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Preparation *self;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_CONTEXT (context));

  self = g_new0 (Preparation, 1);
  self->context = g_object_ref (context);
  self->name_or_id = g_strdup (name_or_id);
  self->plan_number = g_strdup (plan_number);

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_exports_prepare_async);
  g_task_set_task_data (task, self, preparation_free);

  bud_store_run_async (bud_context_get_store (context), G_PRIORITY_DEFAULT, find_all, self, NULL,
                       cancellable, on_found_cb, g_steal_pointer (&task));
}

/**
 * bud_exports_prepare_finish:
 * @context: an open workspace
 * @result: the result
 * @error: return location for %BUD_ERROR or %BUD_AUTH_ERROR
 *
 * Returns: (transfer full): a job that has not begun
 */
BudRunJob *
bud_exports_prepare_finish (BudContext    *context,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
