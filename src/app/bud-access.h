/* bud-access.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-context.h"

G_BEGIN_DECLS

/**
 * BudRight:
 * @BUD_RIGHT_EDIT_SOURCES: import and remove customers
 * @BUD_RIGHT_EDIT_SEGMENTS: make, change and remove segments
 * @BUD_RIGHT_EDIT_CONNECTIONS: make, change, share and remove connections
 * @BUD_RIGHT_EDIT_EXPORTS: make, change, run and remove exports of a connection
 * @BUD_RIGHT_DETACH_EXPORTS: take the connection away from an export
 *
 * What somebody may be allowed to do. Everybody in the workspace may look.
 */
typedef enum {
  BUD_RIGHT_EDIT_SOURCES,
  BUD_RIGHT_EDIT_SEGMENTS,
  BUD_RIGHT_EDIT_CONNECTIONS,
  BUD_RIGHT_EDIT_EXPORTS,
  BUD_RIGHT_DETACH_EXPORTS,
} BudRight;

gboolean bud_access_check (BudContext     *context,
                           BudRight        right,
                           BudConnection  *connection,
                           GError        **error);

G_END_DECLS
