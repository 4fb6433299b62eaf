/* bud-authorizer.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "bud-net-types.h"

G_BEGIN_DECLS

#define BUD_TYPE_AUTHORIZER (bud_authorizer_get_type ())

G_DECLARE_FINAL_TYPE (BudAuthorizer, bud_authorizer, BUD, AUTHORIZER, GObject)

BudAuthorizer *bud_authorizer_new_bearer (const char    *token);
BudAuthorizer *bud_authorizer_new_none   (void);
void           bud_authorizer_apply      (BudAuthorizer *self,
                                          SoupMessage   *message);

G_END_DECLS
