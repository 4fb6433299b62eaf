/* bud-store-worker.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One named thread that works through tasks: the lowest priority number first, and first come,
 * first served among equals. */

typedef struct _BudStoreWorker BudStoreWorker;

typedef void (*BudStoreWorkerFunc)  (GTask    *task);
typedef void (*BudStoreWorkerClose) (gpointer  owner);

BudStoreWorker *bud_store_worker_new        (const char          *name,
                                             BudStoreWorkerFunc   run,
                                             BudStoreWorkerClose  close,
                                             gpointer             owner);
void            bud_store_worker_unref      (BudStoreWorker      *self);
void            bud_store_worker_push       (BudStoreWorker      *self,
                                             int                  priority,
                                             GTask               *task);
gboolean        bud_store_worker_is_current (BudStoreWorker      *self);
void            bud_store_worker_stop       (BudStoreWorker      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudStoreWorker, bud_store_worker_unref)

G_END_DECLS
