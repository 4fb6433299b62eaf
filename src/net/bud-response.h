/* bud-response.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "bud-net-types.h"

G_BEGIN_DECLS

#define BUD_TYPE_RESPONSE (bud_response_get_type ())

GType        bud_response_get_type         (void);
BudResponse *bud_response_new              (guint               status,
                                            SoupMessageHeaders *headers,
                                            GBytes             *body,
                                            guint               n_attempts);
BudResponse *bud_response_ref              (BudResponse        *self);
void         bud_response_unref            (BudResponse        *self);

guint        bud_response_get_status       (BudResponse        *self);
gboolean     bud_response_is_success       (BudResponse        *self);
const char  *bud_response_get_content_type (BudResponse        *self);
gboolean     bud_response_is_json          (BudResponse        *self);
const char  *bud_response_get_header       (BudResponse        *self,
                                            const char         *name);
const char  *bud_response_get_request_id   (BudResponse        *self);
GBytes      *bud_response_get_body         (BudResponse        *self);
guint        bud_response_get_n_attempts   (BudResponse        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudResponse, bud_response_unref)

G_END_DECLS
