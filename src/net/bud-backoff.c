/* bud-backoff.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>

#include "bud-backoff.h"

/* The header's two forms, RFC 9110 §10.2.3: a number of seconds, or a date. */
static guint64
parse_retry_after (const char *value,
                   gint64      now)
{
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &seconds, NULL))
    return seconds * 1000;

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL || g_date_time_to_unix (date) <= now)
    return 0;

  return (guint64) (g_date_time_to_unix (date) - now) * 1000;
}

/**
 * bud_backoff_get_delay:
 * @base: longest wait after the first attempt, in milliseconds; it doubles with each attempt
 * @cap: longest wait of all, in milliseconds
 * @attempt: how many attempts there were, from 1
 * @retry_after: (nullable): the answer's Retry-After header
 * @now: seconds since 1970 in UTC
 *
 * Exponential back-off with full jitter, so that those who failed together do not come back
 * together. What the service asks for is waited first, up to @cap, and the jitter comes on top.
 *
 * Returns: how long to wait before the next attempt, in milliseconds
 */
guint
bud_backoff_get_delay (guint       base,
                       guint       cap,
                       guint       attempt,
                       const char *retry_after,
                       gint64      now)
{
  guint64 longest;
  guint64 asked = 0;

  g_return_val_if_fail (attempt >= 1, 0);

  longest = MIN ((guint64) cap, (guint64) base << MIN (attempt - 1, 30));
  if (retry_after != NULL)
    asked = MIN ((guint64) cap, parse_retry_after (retry_after, now));

  return asked + (guint64) (g_random_double () * (longest + 1));
}
