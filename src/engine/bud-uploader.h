/* bud-uploader.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-mailchimp.h"
#include "bud-mapping.h"
#include "bud-plan.h"
#include "bud-run.h"

G_BEGIN_DECLS

/* One below Mailchimp's limit of ten simultaneous connections, so that a person can use the
 * account meanwhile: https://mailchimp.com/developer/marketing/docs/fundamentals/#api-limits */
#define BUD_UPLOADER_MAX_IN_FLIGHT 9

/* Sends the pending rows of a plan: at most nine requests at a time, the intent recorded before
 * each and the result after it. Belongs to the main context of the thread that makes it. */

#define BUD_TYPE_UPLOADER (bud_uploader_get_type ())

G_DECLARE_FINAL_TYPE (BudUploader, bud_uploader, BUD, UPLOADER, GObject)

typedef void (*BudUploaderProgressFunc) (gint64   done,
                                         gpointer data);

BudUploader *bud_uploader_new (BudStore                 *store,
                               BudMailchimp             *client,
                               BudMapping               *mapping,
                               BudPlan                  *plan,
                               BudRun                   *run,
                               const char               *audience,
                               const gint64             *tag_ids,
                               BudClock                 *clock);
gboolean     bud_uploader_run (BudUploader              *self,
                               BudUploaderProgressFunc   progress,
                               gpointer                  data,
                               GCancellable             *cancellable,
                               GError                  **error);

G_END_DECLS
