/* bud-await.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store.h"

G_BEGIN_DECLS

/* Straight-line code over asynchronous calls, for a thread that owns its main context and has
 * nothing else to do: a run's own thread, or a command line program. Never inside a callback. */

void          bud_await_ready (GObject        *source,
                               GAsyncResult   *result,
                               gpointer        slot);
GAsyncResult *bud_await       (GAsyncResult  **slot);
gboolean      bud_await_store (BudStore       *store,
                               BudStoreFunc    func,
                               gpointer        data,
                               GCancellable   *cancellable,
                               GError        **error);

G_END_DECLS
