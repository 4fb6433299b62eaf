/* bud-sandbox-response.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <microhttpd.h>

#include "bud-sandbox-faults.h"
#include "bud-sandbox-request.h"
#include "bud-sandbox.h"

G_BEGIN_DECLS

struct MHD_Response *bud_sandbox_response_new (BudSandbox      *sandbox,
                                               BudSandboxReply *reply,
                                               GBytes          *canned,
                                               BudSandboxFault  fault,
                                               guint            argument,
                                               const char      *accepted,
                                               gsize           *size);

G_END_DECLS
