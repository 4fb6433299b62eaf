/* bud-sandbox-json-write.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-types.h"

G_BEGIN_DECLS

void bud_sandbox_node_append     (const BudSandboxNode *node,
                                  GString              *out);
void bud_sandbox_json_put        (GString              *out,
                                  const char           *text,
                                  gsize                 length);
void bud_sandbox_json_put_string (GString              *out,
                                  const char           *text);
void bud_sandbox_json_put_member (GString              *out,
                                  const char           *key,
                                  const char           *text);
void bud_sandbox_json_put_time   (GString              *out,
                                  guint32               unix_seconds);

G_END_DECLS
