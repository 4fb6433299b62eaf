/* bud-mailchimp-key.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

char *bud_mailchimp_api_root_for_key (const char  *api_key,
                                      GError     **error);
char *bud_mailchimp_subscriber_hash  (const char  *address);

G_END_DECLS
