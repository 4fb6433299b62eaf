/* audience-check.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sandbox-fixture.h"
#include "workspace-fixture.h"

G_BEGIN_DECLS

/* What an audience must look like after a run, worked out from the customers alone. */

GHashTable *audience_expect       (GPtrArray  *people);
void        audience_assert_equal (Sandbox    *sandbox,
                                   GPtrArray  *people);
void        audience_assert_safe  (Sandbox    *sandbox,
                                   GPtrArray  *people,
                                   GHashTable *opted_out);

G_END_DECLS
