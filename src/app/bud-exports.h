/* bud-exports.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"
#include "bud-export.h"
#include "bud-plan.h"
#include "bud-run-job.h"

G_BEGIN_DECLS

gboolean   bud_exports_save           (BudContext           *context,
                                       BudExport            *export,
                                       GError              **error);
BudExport *bud_exports_duplicate      (BudContext           *context,
                                       const char           *name_or_id,
                                       const char           *new_name,
                                       GError              **error);
gboolean   bud_exports_detach         (BudContext           *context,
                                       const char           *name_or_id,
                                       GError              **error);
gboolean   bud_exports_remove         (BudContext           *context,
                                       const char           *name_or_id,
                                       GError              **error);
BudPlan   *bud_exports_rehearse       (BudContext           *context,
                                       const char           *name_or_id,
                                       GCancellable         *cancellable,
                                       GError              **error);
gboolean   bud_exports_stop_run       (BudContext           *context,
                                       BudRun               *run,
                                       GError              **error);

void       bud_exports_prepare_async  (BudContext           *context,
                                       const char           *name_or_id,
                                       const char           *plan_number,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
BudRunJob *bud_exports_prepare_finish (BudContext           *context,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
