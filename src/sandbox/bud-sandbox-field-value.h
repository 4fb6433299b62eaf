/* bud-sandbox-field-value.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-merge-fields.h"

G_BEGIN_DECLS

gboolean bud_sandbox_field_value_check (const BudSandboxField *field,
                                        const BudSandboxNode  *value,
                                        GString               *out,
                                        BudSandboxProblem     *problem);

G_END_DECLS
