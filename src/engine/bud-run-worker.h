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
 * BudRunPatience:
 * @timeout: milliseconds that one attempt may take; 0 leaves all three as usual
 * @backoff_base: longest wait after a first attempt, in milliseconds; doubled after each further
 * @backoff_cap: longest wait of all, in milliseconds
 */
typedef struct
{
  guint timeout;
  guint backoff_base;
  guint backoff_cap;
} BudRunPatience;

/**
 * BudRunWork:
 * @store: the workspace's store
 * @clock: decides what day it is
 * @export: what to run
 * @connection: the export's connection
 * @authorizer: holds the connection's token
 * @plan: (nullable): a stored plan to execute
 * @by: who starts it
 * @patience: how long to wait for the service
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
  BudRunPatience patience;
  BudRunProgressFunc progress;
  gpointer progress_data;
} BudRunWork;

BudRun *bud_run_worker_run (const BudRunWork  *work,
                            GCancellable      *cancellable,
                            GError           **error);

G_END_DECLS
