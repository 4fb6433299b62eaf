/* bud-net-types.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* RFC 6585 §4; libsoup 3.2 has no name for it. */
#define BUD_STATUS_TOO_MANY_REQUESTS 429

typedef struct _BudAuthorizer BudAuthorizer;
typedef struct _BudHttp BudHttp;
typedef struct _BudRequest BudRequest;
typedef struct _BudResponse BudResponse;
typedef struct _BudWindow BudWindow;

/**
 * BudRetryReason:
 * @BUD_RETRY_RATE_LIMIT: the service asks for fewer calls: 429, or 403 without JSON
 * @BUD_RETRY_SERVER: the service has trouble of its own: 5xx
 * @BUD_RETRY_TIMEOUT: no complete answer in time
 * @BUD_RETRY_OFFLINE: the service could not be found or reached
 * @BUD_RETRY_CONNECTION: the connection broke before the answer was complete
 * @BUD_RETRY_BROKEN: a complete answer that the request's check could not read
 *
 * Why a request is tried again.
 */
typedef enum {
  BUD_RETRY_RATE_LIMIT,
  BUD_RETRY_SERVER,
  BUD_RETRY_TIMEOUT,
  BUD_RETRY_OFFLINE,
  BUD_RETRY_CONNECTION,
  BUD_RETRY_BROKEN,
} BudRetryReason;

G_END_DECLS
