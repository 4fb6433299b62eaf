/* bud-net-error.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-net-types.h"

G_BEGIN_DECLS

#define BUD_NET_ERROR (bud_net_error_quark ())

/**
 * BudNetError:
 * @BUD_NET_ERROR_INSECURE: the address is not https, and not this computer; nothing was sent
 * @BUD_NET_ERROR_OFFLINE: the service could not be found or reached
 * @BUD_NET_ERROR_TIMEOUT: no complete answer in time
 * @BUD_NET_ERROR_BROKEN: the connection broke, or the answer is not what was expected
 * @BUD_NET_ERROR_TLS: the service could not prove who it is
 * @BUD_NET_ERROR_TOO_LARGE: the answer is larger than the program takes
 * @BUD_NET_ERROR_UNAVAILABLE: the service went on refusing; see bud_net_error_get_status()
 *
 * What can go wrong below HTTP, or in spite of every retry. Messages are translated sentences.
 */
typedef enum {
  BUD_NET_ERROR_INSECURE,
  BUD_NET_ERROR_OFFLINE,
  BUD_NET_ERROR_TIMEOUT,
  BUD_NET_ERROR_BROKEN,
  BUD_NET_ERROR_TLS,
  BUD_NET_ERROR_TOO_LARGE,
  BUD_NET_ERROR_UNAVAILABLE,
} BudNetError;

GQuark  bud_net_error_quark       (void);
GError *bud_net_error_new         (BudNetError   code,
                                   const char   *host,
                                   guint         status);
GError *bud_net_error_from_io     (const GError *error,
                                   const char   *host);
guint   bud_net_error_get_status  (const GError *error);

G_END_DECLS
