/* main.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "bud-cli.h"

int
main (int    argc,
      char **argv)
{
  /* libsoup 3.2 loses its way when an HTTP/2 server answers before the body is sent, as a service
   * that refuses a request does; and Mailchimp's limit counts connections. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);

  return bud_cli_main (argc, argv);
}
