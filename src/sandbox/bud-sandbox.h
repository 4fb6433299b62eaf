/* bud-sandbox.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-audience.h"

G_BEGIN_DECLS

/* How the service behaves, from the command line. */
typedef struct
{
  guint latency_ms;
  guint limit;               /* requests at once before 429; 0 for no limit */
  gboolean gzip;
  gboolean sink;
  gboolean refuse_examples;
  gboolean silent_compliance;
} BudSandboxConfig;

BudSandbox         *bud_sandbox_new               (const BudSandboxConfig *config);
void                bud_sandbox_free              (BudSandbox             *self);
const BudSandboxConfig *bud_sandbox_get_config    (BudSandbox             *self);
void                bud_sandbox_set_base          (BudSandbox             *self,
                                                   const char             *base);
const char         *bud_sandbox_get_base          (BudSandbox             *self);
gboolean            bud_sandbox_add_audience      (BudSandbox             *self,
                                                   BudSandboxAudience     *audience);
BudSandboxAudience *bud_sandbox_get_audience      (BudSandbox             *self,
                                                   const char             *id);
GPtrArray          *bud_sandbox_get_audiences     (BudSandbox             *self);
BudSandboxOAuth    *bud_sandbox_get_oauth         (BudSandbox             *self);
BudSandboxFaults   *bud_sandbox_get_faults        (BudSandbox             *self);
BudSandboxBatches  *bud_sandbox_get_batches       (BudSandbox             *self);
void                bud_sandbox_count_call        (BudSandbox             *self,
                                                   const char             *endpoint);
gboolean            bud_sandbox_enter             (BudSandbox             *self);
void                bud_sandbox_leave             (BudSandbox             *self,
                                                   gboolean                admitted);
void                bud_sandbox_append_calls      (BudSandbox             *self,
                                                   GString                *out);
void                bud_sandbox_prefill           (BudSandboxAudience     *audience,
                                                   guint                   n_members);
void                bud_sandbox_stop              (BudSandbox             *self);
gboolean            bud_sandbox_sleep             (BudSandbox             *self,
                                                   gint64                  milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandbox, bud_sandbox_free)

G_END_DECLS
