/* service-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-mailchimp.h"

G_BEGIN_DECLS

#define SERVICE_JSON "application/json; charset=utf-8"
#define SERVICE_PROBLEM "application/problem+json; charset=utf-8"

/* A service on loopback that plays what a test tells it: first the answers of its script, one for
 * each call, then whatever its function says. */
typedef struct _Service Service;

typedef char *(*ServiceFunc) (GHashTable *query,
                              gpointer    data);

Service      *service_new      (void);
void          service_free     (Service             *self);
BudMailchimp *service_client   (Service             *self);
void          service_play     (Service             *self,
                                guint                status,
                                const char          *type,
                                const char          *body);
void          service_set_func (Service             *self,
                                ServiceFunc          func,
                                gpointer             data);
guint         service_n_calls  (Service             *self);
const char   *service_call     (Service             *self,
                                guint                index);

/* For one call after the other: the callback, and the waiting for it. */
void          service_done_cb  (GObject             *source,
                                GAsyncResult        *result,
                                gpointer             user_data);
GAsyncResult *service_wait     (Service             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_free)

G_END_DECLS
