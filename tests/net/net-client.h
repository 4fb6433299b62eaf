/* net-client.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-http.h"
#include "net-server.h"

G_BEGIN_DECLS

/* A client with short waits that remembers why it tried again and what it logged. */
typedef struct
{
  NetServer *server;
  BudHttp *http;
  GArray *reasons; /* (element-type BudRetryReason) */
  GArray *delays;  /* (element-type guint) */
  GString *log;
} NetClient;

/* One request under way, or its outcome. */
typedef struct
{
  gboolean is_done;
  BudResponse *response;
  GError *error;
} NetCall;

NetClient  *net_client_new     (BudWindow    *window);
void        net_client_free    (NetClient    *self);
void        net_client_start   (NetClient    *self,
                                BudRequest   *request,
                                GCancellable *cancellable,
                                NetCall      *call);
void        net_call_wait      (NetCall      *call);
void        net_call_clear     (NetCall      *call);
void        net_client_send    (NetClient    *self,
                                BudRequest   *request,
                                NetCall      *call);
void        net_client_get     (NetClient    *self,
                                const char   *path,
                                NetCall      *call);
BudRequest *net_client_request (NetClient    *self,
                                const char   *method,
                                const char   *path);
void        net_wait_until     (gboolean    (*condition) (gpointer data),
                                gpointer      data);
void        net_run_for        (guint         milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetClient, net_client_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NetCall, net_call_clear)

G_END_DECLS
