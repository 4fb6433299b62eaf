/* test-contract.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-memory-store.h"
#include "bud-sqlite-store.h"
#include "store-contract.h"
#include "store-util.h"

static BudStore *
make_sqlite (void)
{
  g_autofree char *parent = g_dir_make_tmp ("bud-store-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (parent, "work", "space", NULL);
  g_autoptr(GError) error = NULL;
  BudStore *store = util_open (folder, TRUE, &error);

  g_assert_no_error (error);

  return store;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_contract_add ("memory", bud_memory_store_new);
  store_contract_add ("sqlite", make_sqlite);

  return g_test_run ();
}
