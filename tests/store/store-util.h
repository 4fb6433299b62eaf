/* store-util.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-export.h"
#include "bud-origin.h"
#include "bud-plan.h"
#include "bud-run.h"
#include "bud-store.h"

G_BEGIN_DECLS

/* Runs on the store's thread, where it may assert. */
typedef void (*UtilBody) (BudStore *store,
                          gpointer  data);

void          util_run            (BudStore           *store,
                                   UtilBody            body,
                                   gpointer            data);
BudStore     *util_open           (const char         *folder,
                                   gboolean            create,
                                   GError            **error);
void          util_close          (BudStore           *store);
void          util_remove_folder  (const char         *folder);

BudItem      *util_item           (GType               type,
                                   const char         *id,
                                   const char         *name);
BudOrigin    *util_origin         (const char         *id);
BudPlan      *util_plan           (const char         *id);
BudRun       *util_run_item       (const char         *id,
                                   const char         *export_id,
                                   const char         *plan);
GPtrArray    *util_fields         (const char         *spec);
void          util_fill           (BudIntake          *intake,
                                   const char         *rows);
void          util_import         (BudStore           *store,
                                   const char         *origin,
                                   const char         *fields,
                                   const char         *rows);
BudSelection *util_select         (BudStore           *store,
                                   const char         *fields,
                                   const char         *rules,
                                   const char         *export_id);
void          util_set_hash       (guint8              hash[BUD_HASH_SIZE],
                                   guint               number);
void          util_add_rows       (BudStore           *store,
                                   BudPlan            *plan,
                                   const char         *customers);
void          util_record         (BudStore           *store,
                                   BudRun             *run,
                                   gint64              seq,
                                   BudOutcome          outcome,
                                   BudReason           reason,
                                   const char         *detail);

char         *util_dump_customers (BudStore           *store,
                                   BudSelection       *selection);
char         *util_dump_rows      (BudStore           *store,
                                   BudPlan            *plan,
                                   const BudRowFilter *filter,
                                   BudSelection       *selection);
char         *util_dump_tally     (BudStore           *store,
                                   BudPlan            *plan);
char         *util_dump_fields    (BudStore           *store);

G_END_DECLS
