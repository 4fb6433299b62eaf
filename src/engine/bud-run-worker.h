/* bud-run-worker.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-authorizer.h"
#include "bud-clock.h"
#include "bud-connection.h"
#include "bud-export.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-run-progress.h"
#include "bud-store.h"

G_BEGIN_DECLS

typedef void (*BudRunProgressFunc) (const BudRunProgress *progress,
                                    gpointer              data);

/**
 * BudRunWork:
 * @store: the workspace's store
 * @clock: decides what day it is
 * @export: what to run
 * @connection: the export's connection
 * @authorizer: holds the connection's token
 * @plan: (nullable): a stored plan to execute
 * @by: who starts it
 * @progress: told of each step, on the run's thread
 * @progress_data: for @progress
 *
 * Everything a run needs; borrowed for as long as it takes.
 */
typedef struct
{
  BudStore *store;
  BudClock *clock;
  BudExport *export;
  BudConnection *connection;
  BudAuthorizer *authorizer;
  BudPlan *plan;
  const char *by;
  BudRunProgressFunc progress;
  gpointer progress_data;
} BudRunWork;

BudRun *bud_run_worker_run (const BudRunWork  *work,
                            GCancellable      *cancellable,
                            GError           **error);

G_END_DECLS
