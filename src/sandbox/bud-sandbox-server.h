/* bud-sandbox-server.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "bud-sandbox.h"

G_BEGIN_DECLS

BudSandboxServer *bud_sandbox_server_start (BudSandbox        *sandbox,
                                            guint16            port,
                                            FILE              *log,
                                            GError           **error);
void              bud_sandbox_server_stop  (BudSandboxServer  *self);

G_END_DECLS
