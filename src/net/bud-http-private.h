/* bud-http-private.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-http.h"

G_BEGIN_DECLS

struct _BudHttp
{
  GObject parent_instance;

  SoupSession *session;        /* (owned) */
  SoupSession *direct_session; /* (owned): for plain http to this computer, past any proxy */
  BudWindow *window;           /* (owned) */
  GMainContext *context;       /* (owned) */

  guint timeout;
  guint backoff_base;
  guint backoff_cap;
  guint max_attempts;
  gsize max_body;

  BudHttpLogFunc log;
  gpointer log_data;
  GDestroyNotify log_destroy;
};

void _bud_http_send          (GTask                 *task,
                              BudRequest            *request);
void _bud_http_log           (BudHttp               *self,
                              const BudHttpLogEntry *entry);
void _bud_http_emit_retrying (BudHttp               *self,
                              BudRetryReason         reason,
                              guint                  attempt,
                              guint                  delay);

G_END_DECLS
