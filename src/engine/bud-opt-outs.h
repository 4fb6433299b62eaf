/* bud-opt-outs.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-mailchimp.h"
#include "bud-store.h"

G_BEGIN_DECLS

typedef void (*BudOptOutsProgressFunc) (gint64   n_read,
                                        gpointer data);

gboolean bud_opt_outs_read (BudStore                *store,
                            BudMailchimp            *client,
                            const char              *audience,
                            BudOptOutsProgressFunc   progress,
                            gpointer                 data,
                            GCancellable            *cancellable,
                            GError                 **error);

G_END_DECLS
