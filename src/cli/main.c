/* main.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-cli.h"

int
main (int    argc,
      char **argv)
{
  return bud_cli_main (argc, argv);
}
