/* bud-run-job.h
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

/* One run of one export, from its beginning to its record. It works on a thread of its own; its
 * “progress” signal comes to the main context of the thread that started it. */

#define BUD_TYPE_RUN_JOB (bud_run_job_get_type ())

G_DECLARE_FINAL_TYPE (BudRunJob, bud_run_job, BUD, RUN_JOB, GObject)

BudRunJob *bud_run_job_new          (BudStore             *store,
                                     BudClock             *clock,
                                     BudExport            *export,
                                     BudConnection        *connection,
                                     BudAuthorizer        *authorizer,
                                     const char           *by);
void       bud_run_job_set_plan     (BudRunJob            *self,
                                     BudPlan              *plan);
void       bud_run_job_set_patience (BudRunJob            *self,
                                     guint                 timeout,
                                     guint                 backoff_base,
                                     guint                 backoff_cap);
void       bud_run_job_run_async    (BudRunJob            *self,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
BudRun    *bud_run_job_run_finish   (BudRunJob            *self,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
