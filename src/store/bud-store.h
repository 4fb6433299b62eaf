/* bud-store.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "bud-intake.h"
#include "bud-item.h"
#include "bud-selection.h"
#include "bud-store-types.h"

G_BEGIN_DECLS

/* The workspace's memory. Its verbs block, so they run on the store's own thread: hand a function
 * to bud_store_run_async(), and call the verbs inside it. Every verb asserts that it is there. */

#define BUD_TYPE_STORE (bud_store_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudStore, bud_store, BUD, STORE, GObject)

/**
 * BudStoreClass:
 * @close: lets go of what the implementation holds open; on the store's thread, after the last job
 *
 * The other functions are the verbs below. They run on the store's thread, with checked arguments.
 */
struct _BudStoreClass
{
  GObjectClass parent_class;

  void       (*close)            (BudStore *self);

  GPtrArray *(*list)             (BudStore *self, GType type, GError **error);
  gboolean   (*save)             (BudStore *self, BudItem *item, GError **error);
  gboolean   (*save_numbered)    (BudStore *self, BudItem *item, GError **error);
  gboolean   (*remove)           (BudStore *self, BudItem *item, GError **error);
  gboolean   (*get_secret)       (BudStore *self, guint8 secret[BUD_SECRET_SIZE], GError **error);
  gboolean   (*check)            (BudStore *self, GPtrArray *problems, GCancellable *cancellable,
                                  GError **error);

  GPtrArray *(*list_fields)      (BudStore *self, GError **error);
  gint64     (*get_generation)   (BudStore *self, GError **error);
  BudIntake *(*begin_intake)     (BudStore *self, BudOrigin *origin, GPtrArray *fields,
                                  GError **error);
  gboolean   (*remove_customers) (BudStore *self, BudOrigin *origin, GError **error);
  gint64     (*count_customers)  (BudStore *self, BudSelection *selection,
                                  GCancellable *cancellable, GError **error);
  gboolean   (*each_customer)    (BudStore *self, BudSelection *selection, BudCustomerFunc func,
                                  gpointer data, GCancellable *cancellable, GError **error);

  gboolean   (*add_plan_rows)    (BudStore *self, BudPlan *plan, const BudPlanRow *rows,
                                  gsize n_rows, GError **error);
  gboolean   (*each_plan_row)    (BudStore *self, BudPlan *plan, const BudRowFilter *filter,
                                  BudSelection *selection, BudPlanRowFunc func, gpointer data,
                                  GCancellable *cancellable, GError **error);
  GArray    *(*tally)            (BudStore *self, BudPlan *plan, GError **error);
  gboolean   (*set_opt_outs)     (BudStore *self, const char *audience, const BudOptOut *entries,
                                  gsize n_entries, gboolean append, GError **error);
  gboolean   (*hold_opted_out)   (BudStore *self, BudPlan *plan, const char *audience,
                                  gint64 *n_held, GError **error);

  gboolean   (*forget_displaced) (BudStore *self, BudPlan *plan, GError **error);
  gboolean   (*record_intent)    (BudStore *self, BudRun *run, gint64 first_seq, gint64 last_seq,
                                  GError **error);
  gboolean   (*record_results)   (BudStore *self, BudRun *run, const BudPlanRow *rows,
                                  gsize n_rows, GError **error);
};

/* The store's thread */
void       bud_store_run_async        (BudStore             *self,
                                       int                   priority,
                                       BudStoreFunc          func,
                                       gpointer              data,
                                       GDestroyNotify        free_data,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean   bud_store_run_finish       (BudStore             *self,
                                       GAsyncResult         *result,
                                       GError              **error);
gboolean   bud_store_is_on_thread     (BudStore             *self);
void       bud_store_close            (BudStore             *self);

/* Items */
GPtrArray *bud_store_list             (BudStore             *self,
                                       GType                 type,
                                       GError              **error);
gpointer   bud_store_find             (BudStore             *self,
                                       GType                 type,
                                       const char           *name_or_id,
                                       GError              **error);
gboolean   bud_store_save             (BudStore             *self,
                                       BudItem              *item,
                                       GError              **error);
gboolean   bud_store_save_numbered    (BudStore             *self,
                                       BudItem              *item,
                                       GError              **error);
gboolean   bud_store_remove           (BudStore             *self,
                                       BudItem              *item,
                                       GError              **error);
gboolean   bud_store_get_secret       (BudStore             *self,
                                       guint8                secret[BUD_SECRET_SIZE],
                                       GError              **error);
gboolean   bud_store_check            (BudStore             *self,
                                       GPtrArray            *problems,
                                       GCancellable         *cancellable,
                                       GError              **error);

/* Customers */
GPtrArray *bud_store_list_fields      (BudStore             *self,
                                       GError              **error);
gint64     bud_store_get_generation   (BudStore             *self,
                                       GError              **error);
BudIntake *bud_store_begin_intake     (BudStore             *self,
                                       BudOrigin            *origin,
                                       GPtrArray            *fields,
                                       GError              **error);
gboolean   bud_store_remove_customers (BudStore             *self,
                                       BudOrigin            *origin,
                                       GError              **error);
gint64     bud_store_count_customers  (BudStore             *self,
                                       BudSelection         *selection,
                                       GCancellable         *cancellable,
                                       GError              **error);
gboolean   bud_store_each_customer    (BudStore             *self,
                                       BudSelection         *selection,
                                       BudCustomerFunc       func,
                                       gpointer              data,
                                       GCancellable         *cancellable,
                                       GError              **error);

/* Plans and their rows */
gboolean   bud_store_add_plan_rows    (BudStore             *self,
                                       BudPlan              *plan,
                                       const BudPlanRow     *rows,
                                       gsize                 n_rows,
                                       GError              **error);
gboolean   bud_store_each_plan_row    (BudStore             *self,
                                       BudPlan              *plan,
                                       const BudRowFilter   *filter,
                                       BudSelection         *selection,
                                       BudPlanRowFunc        func,
                                       gpointer              data,
                                       GCancellable         *cancellable,
                                       GError              **error);
GArray    *bud_store_tally            (BudStore             *self,
                                       BudPlan              *plan,
                                       GError              **error);
gboolean   bud_store_set_opt_outs     (BudStore             *self,
                                       const char           *audience,
                                       const BudOptOut      *entries,
                                       gsize                 n_entries,
                                       gboolean              append,
                                       GError              **error);
gboolean   bud_store_hold_opted_out   (BudStore             *self,
                                       BudPlan              *plan,
                                       const char           *audience,
                                       gint64               *n_held,
                                       GError              **error);

/* The journal and the ledger */
gboolean   bud_store_forget_displaced (BudStore             *self,
                                       BudPlan              *plan,
                                       GError              **error);
gboolean   bud_store_record_intent    (BudStore             *self,
                                       BudRun               *run,
                                       gint64                first_seq,
                                       gint64                last_seq,
                                       GError              **error);
gboolean   bud_store_record_results   (BudStore             *self,
                                       BudRun               *run,
                                       const BudPlanRow     *rows,
                                       gsize                 n_rows,
                                       GError              **error);

G_END_DECLS
