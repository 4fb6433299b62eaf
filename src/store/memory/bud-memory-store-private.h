/* bud-memory-store-private.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-memory-customers.h"
#include "bud-memory-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 key[BUD_HASH_SIZE];
  guint8 payload[BUD_HASH_SIZE];
} BudMemoryDelivery;

typedef struct
{
  char *run;
  gint64 first_seq;
  gint64 last_seq;
} BudMemoryIntent;

struct _BudMemoryStore
{
  BudStore parent_instance;

  GHashTable *items;   /* (owned): "kind/id" to the item's JSON */
  GHashTable *plans;   /* (owned): id of a plan to its GPtrArray of BudPlanRow */
  GHashTable *opt_outs; /* (owned): audience to a GHashTable of key (GBytes) to BudReason */
  GHashTable *ledgers; /* (owned): id of an export to a GHashTable of customer to delivery */
  GPtrArray *intents;  /* (owned) (element-type BudMemoryIntent) */
  BudMemoryCustomers *customers; /* (owned) */
  gboolean has_secret;
  guint8 secret[BUD_SECRET_SIZE];
};

gboolean    _bud_memory_write_item     (BudMemoryStore       *self,
                                        BudItem              *item,
                                        GError              **error);
GHashTable *_bud_memory_copy_ledger    (BudMemoryStore       *self,
                                        BudSelection         *selection);

/* Plans and the journal */
gboolean    _bud_memory_add_plan_rows  (BudStore             *store,
                                        BudPlan              *plan,
                                        const BudPlanRow     *rows,
                                        gsize                 n_rows,
                                        GError              **error);
gboolean    _bud_memory_each_plan_row  (BudStore             *store,
                                        BudPlan              *plan,
                                        const BudRowFilter   *filter,
                                        BudSelection         *selection,
                                        BudPlanRowFunc        func,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GError              **error);
GArray     *_bud_memory_tally          (BudStore             *store,
                                        BudPlan              *plan,
                                        GError              **error);
gboolean    _bud_memory_set_opt_outs   (BudStore             *store,
                                        const char           *audience,
                                        const BudOptOut      *entries,
                                        gsize                 n_entries,
                                        gboolean              append,
                                        GError              **error);
gboolean    _bud_memory_hold_opted_out (BudStore             *store,
                                        BudPlan              *plan,
                                        const char           *audience,
                                        gint64               *n_held,
                                        GError              **error);
gboolean    _bud_memory_forget_displaced (BudStore             *store,
                                          BudPlan              *plan,
                                          GError              **error);
gboolean    _bud_memory_record_intent  (BudStore             *store,
                                        BudRun               *run,
                                        gint64                first_seq,
                                        gint64                last_seq,
                                        GError              **error);
gboolean    _bud_memory_record_results (BudStore             *store,
                                        BudRun               *run,
                                        const BudPlanRow     *rows,
                                        gsize                 n_rows,
                                        GError              **error);

G_END_DECLS
