/* bud-http-log.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-net-types.h"

G_BEGIN_DECLS

/**
 * BudHttpLogFunc:
 * @line: one line of text without tokens, bodies, addresses or their hashes
 * @data: as given to bud_http_set_log()
 */
typedef void (*BudHttpLogFunc) (const char *line,
                                gpointer    data);

/**
 * BudHttpLogEntry:
 * @method: the HTTP method
 * @uri: where it went; redacted when written
 * @status: the HTTP status, 0 when there was no answer
 * @failure: (nullable): a short word for what happened instead of an answer
 * @n_bytes: length of the decoded answer
 * @milliseconds: from sending to the last byte
 * @request_id: (nullable): the service's own name for the call
 * @attempt: from 1
 *
 * One attempt at one request.
 */
typedef struct
{
  const char *method;
  GUri *uri;
  guint status;
  const char *failure;
  gsize n_bytes;
  gint64 milliseconds;
  const char *request_id;
  guint attempt;
} BudHttpLogEntry;

char *bud_http_log_format      (const BudHttpLogEntry *entry);
char *bud_http_log_redact_path (GUri                  *uri);

G_END_DECLS
