/* bud-labels.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/* The enumerations in the user's language. */

const char *bud_label_action    (BudAction   action);
const char *bud_label_outcome   (BudOutcome  outcome);
const char *bud_label_reason    (BudReason   reason);
const char *bud_label_run_state (BudRunState state);

G_END_DECLS
