/* bud-http.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-http-log.h"
#include "bud-net-error.h"
#include "bud-request.h"
#include "bud-response.h"
#include "bud-window.h"

G_BEGIN_DECLS

/* The largest answer taken, after decoding. */
#define BUD_HTTP_MAX_BODY (64 * 1024 * 1024)

#define BUD_TYPE_HTTP (bud_http_get_type ())

G_DECLARE_FINAL_TYPE (BudHttp, bud_http, BUD, HTTP, GObject)

BudHttp     *bud_http_new              (BudWindow            *window);
BudWindow   *bud_http_get_window       (BudHttp              *self);
void         bud_http_set_timeout      (BudHttp              *self,
                                        guint                 milliseconds);
void         bud_http_set_backoff      (BudHttp              *self,
                                        guint                 base_milliseconds,
                                        guint                 cap_milliseconds);
void         bud_http_set_max_attempts (BudHttp              *self,
                                        guint                 max_attempts);
void         bud_http_set_max_body     (BudHttp              *self,
                                        gsize                 n_bytes);
void         bud_http_set_log          (BudHttp              *self,
                                        BudHttpLogFunc        func,
                                        gpointer              data,
                                        GDestroyNotify        destroy);
void         bud_http_send_async       (BudHttp              *self,
                                        BudRequest           *request,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
BudResponse *bud_http_send_finish      (BudHttp              *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
