/* workspace-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-authorizer.h"
#include "bud-await.h"
#include "bud-clock.h"
#include "bud-connection.h"
#include "bud-export.h"
#include "bud-mapping.h"
#include "bud-origin.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-run-job.h"
#include "bud-store.h"

G_BEGIN_DECLS

/* A workspace with customers (id, email, first, city, age, score), the segments “Adults” (age at
 * least 18) and “Oslo” (city), and the export “News” of both, with first as FNAME. */

typedef struct
{
  char *id;
  char *email; /* (nullable) */
  char *first; /* (nullable) */
  char *city;  /* (nullable) */
  char *score; /* (nullable) */
  int age;
} Customer;

typedef struct
{
  char *folder; /* (nullable): none for a store in memory */
  BudStore *store;
  BudClock *clock;
  BudOrigin *origin;
  BudConnection *connection;
  BudExport *export;
  BudAuthorizer *authorizer;
} Workspace;

Workspace     *workspace_new          (gboolean               on_disk,
                                       const char            *api_root);
Workspace     *workspace_open         (const char            *folder);
void           workspace_free         (Workspace             *self);
void           workspace_do           (Workspace             *self,
                                       BudStoreFunc           func,
                                       gpointer               data);

GPtrArray     *workspace_make_people  (guint                  n_people);
Customer      *workspace_add_person   (GPtrArray             *people,
                                       const char            *id,
                                       const char            *email,
                                       int                    age);
void           workspace_set_text     (char                 **text,
                                       const char            *value);
void           workspace_load         (Workspace             *self,
                                       GPtrArray             *people);
void           workspace_save         (Workspace             *self,
                                       gpointer               item);

BudRunJob     *workspace_new_job      (Workspace             *self);
BudRun        *workspace_run          (Workspace             *self,
                                       BudPlan               *plan,
                                       GCancellable          *cancellable,
                                       GError               **error);
BudRun        *workspace_run_well     (Workspace             *self);
BudMapping    *workspace_map          (Workspace             *self,
                                       GError               **error);
BudPlan       *workspace_plan         (Workspace             *self,
                                       GCancellable          *cancellable,
                                       GError               **error);
char          *workspace_describe     (Workspace             *self,
                                       const char            *plan_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Workspace, workspace_free)

G_END_DECLS
