/* bud-error.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

#define BUD_ERROR (bud_error_quark ())

/**
 * BudError:
 * @BUD_ERROR_INVALID: a value that cannot be used, said with what would be right
 * @BUD_ERROR_NOT_FOUND: nothing of that name or id
 * @BUD_ERROR_AMBIGUOUS: more than one thing is meant by that name
 * @BUD_ERROR_EXISTS: the name is taken
 * @BUD_ERROR_IN_USE: something else still needs it
 * @BUD_ERROR_NOT_PERMITTED: the signed-in person's role does not allow it
 * @BUD_ERROR_LIMIT: more than the service or the program takes
 * @BUD_ERROR_BUSY: somebody is doing just that right now
 * @BUD_ERROR_STALE: what was planned no longer matches the data
 * @BUD_ERROR_GUARD: stopped because it would change or remove too much
 *
 * Refusals that any layer may give. Messages are translated sentences for people.
 */
typedef enum {
  BUD_ERROR_INVALID,
  BUD_ERROR_NOT_FOUND,
  BUD_ERROR_AMBIGUOUS,
  BUD_ERROR_EXISTS,
  BUD_ERROR_IN_USE,
  BUD_ERROR_NOT_PERMITTED,
  BUD_ERROR_LIMIT,
  BUD_ERROR_BUSY,
  BUD_ERROR_STALE,
  BUD_ERROR_GUARD,
} BudError;

GQuark bud_error_quark (void);

G_END_DECLS
