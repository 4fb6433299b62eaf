/* bud-sqlite-store-private.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-catalogue.h"
#include "bud-database.h"
#include "bud-sqlite-store.h"

G_BEGIN_DECLS

struct _BudSqliteStore
{
  BudStore parent_instance;

  char *folder;
  int lock;            /* folder, held as long as the store is open */
  BudDatabase *writer; /* (owned) (nullable): workspace.db */
  BudDatabase *reader; /* (owned) (nullable): workspace.db and customers.db, only to iterate, so
                        * that a callback may write while its rows are being read */
  guint n_readings;    /* iterations that are under way, one inside the other */
};

/* A reading sees everything as it was when the outermost one began. */
gboolean   _bud_sqlite_begin_reading      (BudSqliteStore       *self,
                                           GError              **error);
void       _bud_sqlite_end_reading        (BudSqliteStore       *self);

/* Items */
GPtrArray *_bud_sqlite_list               (BudStore             *store,
                                           GType                 type,
                                           GError              **error);
gboolean   _bud_sqlite_save               (BudStore             *store,
                                           BudItem              *item,
                                           GError              **error);
gboolean   _bud_sqlite_save_numbered      (BudStore             *store,
                                           BudItem              *item,
                                           GError              **error);
gboolean   _bud_sqlite_write_item         (BudDatabase          *database,
                                           BudItem              *item,
                                           GError              **error);
gboolean   _bud_sqlite_remove             (BudStore             *store,
                                           BudItem              *item,
                                           GError              **error);
gboolean   _bud_sqlite_get_secret         (BudStore             *store,
                                           guint8                secret[BUD_SECRET_SIZE],
                                           GError              **error);
gboolean   _bud_sqlite_check              (BudStore             *store,
                                           GPtrArray            *problems,
                                           GCancellable         *cancellable,
                                           GError              **error);

/* Customers */
GPtrArray *_bud_sqlite_list_fields        (BudStore             *store,
                                           GError              **error);
gint64     _bud_sqlite_get_generation     (BudStore             *store,
                                           GError              **error);
BudIntake *_bud_sqlite_begin_intake       (BudStore             *store,
                                           BudOrigin            *origin,
                                           GPtrArray            *fields,
                                           GError              **error);
gboolean   _bud_sqlite_remove_customers   (BudStore             *store,
                                           BudOrigin            *origin,
                                           GError              **error);
gint64     _bud_sqlite_count_customers    (BudStore             *store,
                                           BudSelection         *selection,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean   _bud_sqlite_each_customer      (BudStore             *store,
                                           BudSelection         *selection,
                                           BudCustomerFunc       func,
                                           gpointer              data,
                                           GCancellable         *cancellable,
                                           GError              **error);

/* Plans */
gboolean   _bud_sqlite_find_plan          (BudDatabase          *database,
                                           const char           *plan,
                                           gint64               *first,
                                           GError              **error);
gboolean   _bud_sqlite_remove_plan_rows   (BudDatabase          *database,
                                           const char           *plan,
                                           GError              **error);
gboolean   _bud_sqlite_sweep_plans        (BudDatabase          *database,
                                           GError              **error);
gboolean   _bud_sqlite_add_plan_rows      (BudStore             *store,
                                           BudPlan              *plan,
                                           const BudPlanRow     *rows,
                                           gsize                 n_rows,
                                           GError              **error);
gboolean   _bud_sqlite_each_plan_row      (BudStore             *store,
                                           BudPlan              *plan,
                                           const BudRowFilter   *filter,
                                           BudSelection         *selection,
                                           BudPlanRowFunc        func,
                                           gpointer              data,
                                           GCancellable         *cancellable,
                                           GError              **error);
GArray    *_bud_sqlite_tally              (BudStore             *store,
                                           BudPlan              *plan,
                                           GError              **error);
gboolean   _bud_sqlite_set_opt_outs       (BudStore             *store,
                                           const char           *audience,
                                           const BudOptOut      *entries,
                                           gsize                 n_entries,
                                           gboolean              append,
                                           GError              **error);
gboolean   _bud_sqlite_hold_opted_out     (BudStore             *store,
                                           BudPlan              *plan,
                                           const char           *audience,
                                           gint64               *n_held,
                                           GError              **error);

/* The journal and the ledger */
gboolean   _bud_sqlite_forget_displaced   (BudStore             *store,
                                           BudPlan              *plan,
                                           GError              **error);
gboolean   _bud_sqlite_record_intent      (BudStore             *store,
                                           BudRun               *run,
                                           gint64                first_seq,
                                           gint64                last_seq,
                                           GError              **error);
gboolean   _bud_sqlite_record_results     (BudStore             *store,
                                           BudRun               *run,
                                           const BudPlanRow     *rows,
                                           gsize                 n_rows,
                                           GError              **error);

G_END_DECLS
