/* bud-body.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void    bud_body_read_async  (GInputStream         *stream,
                              gsize                 n_expected,
                              gsize                 n_max,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
GBytes *bud_body_read_finish (GInputStream         *stream,
                              GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
