/* bud-cli-secret.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *bud_cli_secret_read (const char    *path,
                           GCancellable  *cancellable,
                           GError       **error);
void  bud_cli_secret_free (char        *secret);

G_END_DECLS
