/* bud-backoff.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint bud_backoff_get_delay (guint       base,
                             guint       cap,
                             guint       attempt,
                             const char *retry_after,
                             gint64      now);

G_END_DECLS
