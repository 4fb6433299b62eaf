/* gui-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "gui-fixture.h"

#include "bud-await.h"
#include "bud-connections.h"
#include "bud-exports.h"
#include "bud-segments.h"
#include "bud-sources.h"

#define TIMEOUT_SECONDS 60

/* Three who can be sent, and one who has no address. */
#define CUSTOMERS "Id,Email,Country\n" \
                  "1,ann@budstikke.example,NO\n" \
                  "2,bob@budstikke.example,NO\n" \
                  "3,eve@budstikke.example,NO\n" \
                  "4,,NO\n"

static gboolean
on_time_out (gpointer user_data)
{
  g_error ("What the test waits for does not come.");

  return G_SOURCE_REMOVE;
}

/**
 * gui_wait_for:
 * @condition: what must become true
 * @data: for @condition
 *
 * Lets the program live until then.
 */
void
gui_wait_for (GuiCondition condition,
              gpointer     data)
{
  guint id = g_timeout_add_seconds (TIMEOUT_SECONDS, on_time_out, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (id);
}

/**
 * gui_settle:
 *
 * Does everything that is waiting to be done.
 */
void
gui_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/**
 * gui_make_workspace:
 * @folder: where
 *
 * Returns: (transfer full): an open workspace without anything in it
 */
BudContext *
gui_make_workspace (const char *folder)
{
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr(GError) error = NULL;
  BudContext *context;

  bud_context_open_async (folder, TRUE, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  context = bud_context_open_finish (result, &error);
  g_assert_no_error (error);

  return context;
}

typedef struct
{
  BudContext *context;
  const char *path;
  const char *audience;
  BudOrigin *origin; /* (owned) (nullable) */
} Making;

static gboolean
prepare_source (BudStore      *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Making *making = data;

  making->origin = bud_sources_prepare (making->context, "Till", "csv", making->path, error);

  return making->origin != NULL;
}

static void
import_customers (BudContext *context)
{
  g_autofree char *path = bud_context_dup_path (context, "customers.csv");
  g_autofree char *rejects = bud_context_dup_path (context, "rejected.csv");
  Making making = { .context = context, .path = path };
  g_autoptr(BudOrigin) origin = NULL;
  g_autoptr(BudImport) import = NULL;
  g_autoptr(BudImportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, CUSTOMERS, -1, &error);
  g_assert_no_error (error);
  bud_await_store (bud_context_get_store (context), prepare_source, &making, NULL, &error);
  g_assert_no_error (error);
  origin = making.origin;

  import = bud_sources_import (context, origin, rejects);
  bud_import_run_async (import, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  report = bud_import_run_finish (import, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->rows, ==, 4);
}

static void
connect_account (BudContext *context,
                 Sandbox    *sandbox)
{
  g_autoptr(BudConnection) connection = g_object_new (BUD_TYPE_CONNECTION,
                                                      "name", "Practice",
                                                      "type", "mailchimp",
                                                      "api-root", sandbox->base,
                                                      NULL);
  g_autoptr(GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr(GError) error = NULL;

  bud_connections_add_async (context, connection, "practice-us1", NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  bud_connections_add_finish (context, result, &error);
  g_assert_no_error (error);
}

static gboolean
save_export (BudStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  static const char *const segments[] = { "Readers", NULL };
  Making *making = data;
  g_autoptr(BudSegment) segment = NULL;
  g_autoptr(BudExport) export = NULL;

  segment = g_object_new (BUD_TYPE_SEGMENT, "name", "Readers", "rule", "Country = \"NO\"", NULL);
  export = g_object_new (BUD_TYPE_EXPORT,
                         "name", EXPORT_NAME,
                         "connection", "Practice",
                         "audience", making->audience,
                         "audience-name", "Test list",
                         "email-field", "Email",
                         "segments", segments,
                         NULL);

  return bud_segments_save (making->context, segment, error) &&
         bud_exports_save (making->context, export, error);
}

/**
 * gui_make_export:
 * @context: an empty workspace
 * @sandbox: where its export goes
 * @audience: the id of the export's audience
 *
 * Imports customers, and makes what leads up to an export, and the export itself.
 */
void
gui_make_export (BudContext *context,
                 Sandbox    *sandbox,
                 const char *audience)
{
  Making making = { .context = context, .audience = audience };
  g_autoptr(GError) error = NULL;

  import_customers (context);
  connect_account (context, sandbox);
  bud_await_store (bud_context_get_store (context), save_export, &making, NULL, &error);
  g_assert_no_error (error);
}

static GtkWidget *
search (GtkWidget  *widget,
        const char *name)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = search (child, name);

  return found;
}

/**
 * gui_find_child:
 * @widget: a widget
 * @name: the id that a widget inside it has in its template
 *
 * Returns: (transfer none): the widget
 */
gpointer
gui_find_child (gpointer    widget,
                const char *name)
{
  GtkWidget *found = search (widget, name);

  g_assert_nonnull (found);

  return found;
}

/**
 * gui_find_dialog:
 * @parent: a window
 *
 * Returns: (transfer none) (nullable): the dialog that is open above it
 */
GtkWindow *
gui_find_dialog (GtkWindow *parent)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (gtk_window_get_transient_for (link->data) == parent)
        return link->data;
    }

  return NULL;
}
