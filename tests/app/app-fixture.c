/* app-fixture.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "bud-error.h"
#include "bud-keyring-memory.h"
#include "bud-person.h"
#include "bud-sources.h"

/* It goes away with the test. */
BudContext *
app_open (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "workspace", NULL);
  g_autoptr(BudKeyring) keyring = bud_keyring_new_memory ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;
  BudContext *context;

  bud_context_open_async (folder, TRUE, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  context = bud_context_open_finish (result, &error);
  g_assert_no_error (error);
  bud_context_set_keyring (context, keyring);

  return context;
}

typedef struct
{
  BudContext *context;
  AppVerb verb;
  gpointer data;
} Call;

static gboolean
call (BudStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Call *self = data;

  return self->verb (self->context, self->data, error);
}

gboolean
app_call (BudContext  *context,
          AppVerb      verb,
          gpointer     data,
          GError     **error)
{
  Call self = { context, verb, data };

  return bud_await_store (bud_context_get_store (context), call, &self, NULL, error);
}

void
app_call_ok (BudContext *context,
             AppVerb     verb,
             gpointer    data)
{
  g_autoptr(GError) error = NULL;

  app_call (context, verb, data, &error);
  g_assert_no_error (error);
}

/* @code: a BudError; @words: what the refusal has to say. */
void
app_refused (BudContext *context,
             AppVerb     verb,
             gpointer    data,
             int         code,
             const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (app_call (context, verb, data, &error));
  g_assert_error (error, BUD_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("No “%s” in “%s”", words, error->message);
}

static gboolean
save (BudContext  *context,
      gpointer     data,
      GError     **error)
{
  return bud_store_save (bud_context_get_store (context), data, error);
}

/* Past all checks. */
void
app_save (BudContext *context,
          gpointer    item)
{
  app_call_ok (context, save, item);
}

typedef struct
{
  GType type;
  const char *name;
  gpointer item;
} Search;

static gboolean
find (BudContext  *context,
      gpointer     data,
      GError     **error)
{
  Search *self = data;

  self->item = bud_store_find (bud_context_get_store (context), self->type, self->name, NULL);

  return TRUE;
}

/* Returns: (nullable) */
gpointer
app_find (BudContext *context,
          GType       type,
          const char *name)
{
  Search search = { type, name, NULL };

  app_call_ok (context, find, &search);

  return search.item;
}

static gboolean
forget (BudContext  *context,
        gpointer     data,
        GError     **error)
{
  return bud_store_remove (bud_context_get_store (context), data, error);
}

/* @role: (nullable): of the signed-in person, who is not among the workspace's people without. */
void
app_set_role (BudContext *context,
              const char *role)
{
  g_autoptr(BudPerson) person = app_find (context, BUD_TYPE_PERSON,
                                          bud_context_get_user (context));

  if (person == NULL)
    person = g_object_new (BUD_TYPE_PERSON, "name", bud_context_get_user (context), NULL);
  g_object_set (person, "role", role, NULL);
  app_save (context, person);

  if (role == NULL)
    app_call_ok (context, forget, person);
}

static gboolean
prepare (BudContext  *context,
         gpointer     data,
         GError     **error)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "people.csv", NULL);
  BudOrigin **origin = data;

  g_assert_true (g_file_set_contents (path, "id,email,first,age\n1,kari@kunde.example,Kari,40\n"
                                            "2,ola@kunde.example,Ola,12\n", -1, NULL));
  *origin = bud_sources_prepare (context, "customers", "csv", path, error);

  return *origin != NULL;
}

/* Two customers: id, email, first, age. */
void
app_import (BudContext *context)
{
  g_autofree char *rejects = g_build_filename (g_get_user_data_dir (), "rejects.csv", NULL);
  g_autoptr(BudOrigin) origin = NULL;
  g_autoptr(BudImport) importer = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(BudImportReport) report = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *slot = NULL;

  app_call_ok (context, prepare, &origin);
  importer = bud_sources_import (context, origin, rejects);
  bud_import_run_async (importer, NULL, bud_await_ready, &slot);
  result = bud_await (&slot);
  report = bud_import_run_finish (importer, result, &error);
  g_assert_no_error (error);
}
