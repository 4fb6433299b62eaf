/* bud-sandbox-values.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-types.h"

G_BEGIN_DECLS

/* What else than merge fields a contact's values may hold, by reserved number. */
#define BUD_SANDBOX_VALUE_LANGUAGE 0xf0
#define BUD_SANDBOX_VALUE_IP_SIGNUP 0xf1
#define BUD_SANDBOX_VALUE_IP_OPT 0xf2

const char *bud_sandbox_values_get    (const char *values,
                                       guint8      number);
gsize       bud_sandbox_values_length (const char *values);
void        bud_sandbox_values_put    (GString    *values,
                                       guint8      number,
                                       const char *text,
                                       gsize       length);
gboolean    bud_sandbox_values_next   (const char **cursor,
                                       guint8      *number,
                                       const char **text);

G_END_DECLS
