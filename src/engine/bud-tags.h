/* bud-tags.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-mailchimp.h"

G_BEGIN_DECLS

gint64 *bud_tags_ensure (BudMailchimp       *client,
                         const char         *audience,
                         const char *const  *names,
                         GCancellable       *cancellable,
                         GError            **error);

G_END_DECLS
