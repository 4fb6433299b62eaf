/* bud-run-progress.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/**
 * BudRunPhase:
 * @BUD_RUN_PHASE_PREPARING: looking names up, making missing tags
 * @BUD_RUN_PHASE_READING_OPT_OUTS: reading who must not be sent
 * @BUD_RUN_PHASE_PLANNING: comparing customers with what was delivered before
 * @BUD_RUN_PHASE_SENDING: sending
 * @BUD_RUN_PHASE_DONE: over
 */
typedef enum {
  BUD_RUN_PHASE_PREPARING,
  BUD_RUN_PHASE_READING_OPT_OUTS,
  BUD_RUN_PHASE_PLANNING,
  BUD_RUN_PHASE_SENDING,
  BUD_RUN_PHASE_DONE,
} BudRunPhase;

/**
 * BudRunProgress:
 * @phase: what is going on
 * @done: people answered for
 * @total: people to send; in %BUD_RUN_PHASE_READING_OPT_OUTS, @done counts people read instead
 * @rate: people per second since sending began; 0 when not known
 * @seconds_left: estimate; -1 when not known
 */
typedef struct
{
  BudRunPhase phase;
  gint64 done;
  gint64 total;
  double rate;
  gint64 seconds_left;
} BudRunProgress;

G_END_DECLS
