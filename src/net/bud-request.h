/* bud-request.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-authorizer.h"
#include "bud-response.h"

G_BEGIN_DECLS

#define BUD_TYPE_REQUEST (bud_request_get_type ())

/**
 * BudResponseCheck:
 * @response: a complete answer with a 2xx status
 * @data: as given to bud_request_set_check()
 * @error: return location; %BUD_NET_ERROR_BROKEN makes the request be tried again, anything else
 *   ends it
 *
 * Returns: whether the answer is what the request needs
 */
typedef gboolean (*BudResponseCheck) (BudResponse  *response,
                                      gpointer      data,
                                      GError      **error);

GType          bud_request_get_type       (void);
BudRequest    *bud_request_new            (const char        *method,
                                           const char        *url);
BudRequest    *bud_request_ref            (BudRequest        *self);
void           bud_request_unref          (BudRequest        *self);

void           bud_request_set_json_body  (BudRequest        *self,
                                           GBytes            *body);
void           bud_request_set_authorizer (BudRequest        *self,
                                           BudAuthorizer     *authorizer);
void           bud_request_set_check      (BudRequest        *self,
                                           BudResponseCheck   func,
                                           gpointer           data,
                                           GDestroyNotify     destroy);

const char    *bud_request_get_method     (BudRequest        *self);
GUri          *bud_request_get_uri        (BudRequest        *self);
GBytes        *bud_request_get_body       (BudRequest        *self);
BudAuthorizer *bud_request_get_authorizer (BudRequest        *self);
gboolean       bud_request_check          (BudRequest        *self,
                                           BudResponse       *response,
                                           GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudRequest, bud_request_unref)

G_END_DECLS
