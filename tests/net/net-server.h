/* net-server.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server that says, to the n-th request, exactly the bytes of the n-th reply; the last reply goes
 * for all further requests. It works below HTTP, so that it can also break off or say nothing. */
typedef struct _NetServer NetServer;

/**
 * NetEnding:
 * @NET_ENDING_KEEP: wait for the next request on the same connection
 * @NET_ENDING_CLOSE: close the connection
 * @NET_ENDING_RESET: reset the connection
 * @NET_ENDING_HANG: say no more until net_server_release()
 * @NET_ENDING_FLOOD: go on sending until the client has had enough
 * @NET_ENDING_DEAF: read no body and give no reply until net_server_release()
 *
 * What happens after a reply's bytes.
 */
typedef enum {
  NET_ENDING_KEEP,
  NET_ENDING_CLOSE,
  NET_ENDING_RESET,
  NET_ENDING_HANG,
  NET_ENDING_FLOOD,
  NET_ENDING_DEAF,
} NetEnding;

NetServer  *net_server_new               (GTlsCertificate *certificate);
void        net_server_free              (NetServer       *self);
void        net_server_add_bytes         (NetServer       *self,
                                          const void      *data,
                                          gssize           length,
                                          NetEnding        ending);
void        net_server_add               (NetServer       *self,
                                          guint            status,
                                          const char      *headers,
                                          const char      *body);
void        net_server_release           (NetServer       *self);
char       *net_server_dup_url           (NetServer       *self,
                                          const char      *path);
guint       net_server_get_n_requests    (NetServer       *self);
guint       net_server_get_n_connections (NetServer       *self);
guint       net_server_get_n_open        (NetServer       *self);
guint       net_server_get_max_open      (NetServer       *self);
guint       net_server_get_n_fed_up      (NetServer       *self);
char       *net_server_dup_request       (NetServer       *self,
                                          guint            index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetServer, net_server_free)

G_END_DECLS
