/* bud-sandbox-sink.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-types.h"

G_BEGIN_DECLS

typedef struct _BudSandboxSink BudSandboxSink;

BudSandboxSink *bud_sandbox_sink_new    (void);
void            bud_sandbox_sink_free   (BudSandboxSink *self);
GBytes         *bud_sandbox_sink_answer (BudSandboxSink *self,
                                         const char     *body,
                                         gsize           length);

G_END_DECLS
