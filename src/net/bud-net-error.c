/* bud-net-error.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "bud-net-error.h"

/* GLib’s macro for errors with private data checks for NULL, and gcc believes it. */
#pragma GCC diagnostic ignored "-Wnull-dereference"

typedef struct
{
  guint status;
} BudNetErrorPrivate;

static void
bud_net_error_private_init (BudNetErrorPrivate *priv)
{
  priv->status = 0;
}

static void
bud_net_error_private_copy (const BudNetErrorPrivate *source,
                            BudNetErrorPrivate       *target)
{
  target->status = source->status;
}

static void
bud_net_error_private_clear (BudNetErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (BudNetError, bud_net_error)

static char *
describe_unavailable (const char *host,
                      guint       status)
{
  if (status == BUD_STATUS_TOO_MANY_REQUESTS || status == SOUP_STATUS_FORBIDDEN)
    /* Translators: the first is the name of a server, the second a number such as 429 */
    return g_strdup_printf (_("“%s” goes on asking for fewer calls (HTTP status %u). "
                              "Wait some minutes, and try again."), host, status);

  /* Translators: the first is the name of a server, the second a number such as 503 */
  return g_strdup_printf (_("“%s” has trouble of its own (HTTP status %u). "
                            "Wait some minutes, and try again."), host, status);
}

static char *
describe (BudNetError  code,
          const char  *host,
          guint        status)
{
  /* Translators: in the sentences below, “%s” is the name of a server */
  switch (code)
    {
    case BUD_NET_ERROR_INSECURE:
      return g_strdup_printf (_("“%s” would be spoken to without encryption, so nothing was sent. "
                                "Use an address that begins with “https://”."), host);
    case BUD_NET_ERROR_OFFLINE:
      return g_strdup_printf (_("“%s” could not be reached. "
                                "Check the network connection, and try again."), host);
    case BUD_NET_ERROR_TIMEOUT:
      return g_strdup_printf (_("“%s” did not answer in time. "
                                "Wait some minutes, and try again."), host);
    case BUD_NET_ERROR_BROKEN:
      return g_strdup_printf (_("The answer from “%s” was cut off or could not be read. "
                                "Check the network connection, and try again."), host);
    case BUD_NET_ERROR_TLS:
      return g_strdup_printf (_("“%s” could not prove that it is what it claims to be, so nothing "
                                "was sent. Check the address and this computer’s date, and ask "
                                "whoever runs the network whether it reads encrypted traffic."),
                              host);
    case BUD_NET_ERROR_TOO_LARGE:
      return g_strdup_printf (_("The answer from “%s” is larger than this program takes. "
                                "Check that the address is the right one."), host);
    case BUD_NET_ERROR_UNAVAILABLE:
      return describe_unavailable (host, status);
    }

  g_return_val_if_reached (NULL);
}

/**
 * bud_net_error_new:
 * @code: what went wrong
 * @host: the server's name, for the sentence
 * @status: the last HTTP status, 0 when there was none
 *
 * Returns: (transfer full): the error, with a translated sentence that says what to do
 */
GError *
bud_net_error_new (BudNetError  code,
                   const char  *host,
                   guint        status)
{
  g_autofree char *message = NULL;
  GError *error;

  g_return_val_if_fail (host != NULL, NULL);

  message = describe (code, host, status);
  error = g_error_new_literal (BUD_NET_ERROR, code, message);
  bud_net_error_get_private (error)->status = status;

  return error;
}

/* What was reached refused to be trusted, which no second try can change. */
static gboolean
is_distrust (const GError *error)
{
  /* Closed in the middle of TLS: a broken connection like any other. */
  return error->domain == G_TLS_ERROR &&
         error->code != G_TLS_ERROR_EOF &&
         error->code != G_TLS_ERROR_NOT_TLS;
}

static gboolean
is_unreachable (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

/**
 * bud_net_error_from_io:
 * @error: what GIO or libsoup gave
 * @host: the server's name, for the sentence
 *
 * Returns: (transfer full): the same in %BUD_NET_ERROR; a cancellation is left as it is
 */
GError *
bud_net_error_from_io (const GError *error,
                       const char   *host)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == BUD_NET_ERROR)
    return g_error_copy (error);
  if (is_distrust (error))
    return bud_net_error_new (BUD_NET_ERROR_TLS, host, 0);
  if (is_unreachable (error))
    return bud_net_error_new (BUD_NET_ERROR_OFFLINE, host, 0);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return bud_net_error_new (BUD_NET_ERROR_TOO_LARGE, host, 0);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return bud_net_error_new (BUD_NET_ERROR_TIMEOUT, host, 0);

  return bud_net_error_new (BUD_NET_ERROR_BROKEN, host, 0);
}

/**
 * bud_net_error_get_status:
 * @error: any error
 *
 * Returns: the last HTTP status behind %BUD_NET_ERROR_UNAVAILABLE, 0 for every other error
 */
guint
bud_net_error_get_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == BUD_NET_ERROR ? bud_net_error_get_private (error)->status : 0;
}
