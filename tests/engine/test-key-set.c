/* test-key-set.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-key-set.h"

static guint
hash_key (gconstpointer data)
{
  return g_bytes_hash (data);
}

/* Against a hash table: keys that repeat, that begin alike, and up to the very last place. */
static void
test_property (void)
{
  for (int round = 0; round < 60; round++)
    {
      gsize capacity = g_test_rand_int_range (1, 600);
      int n_starts = g_test_rand_int_range (1, 40);
      g_autoptr(BudKeySet) set = bud_key_set_new (capacity);
      g_autoptr(GHashTable) model = NULL;

      model = g_hash_table_new_full (hash_key, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                     NULL);
      while (g_hash_table_size (model) < capacity)
        {
          guint8 key[BUD_HASH_SIZE] = { 1 };

          key[0] = g_test_rand_int_range (0, n_starts);
          key[BUD_HASH_SIZE - 1] = g_test_rand_int_range (1, 256);
          key[BUD_HASH_SIZE - 2] = g_test_rand_int_range (0, 256);

          g_assert_cmpint (bud_key_set_add (set, key), ==,
                           g_hash_table_add (model, g_bytes_new (key, sizeof key)));
        }
    }
}

/* Those at the end of the memory go on at its beginning. */
static void
test_colliding (void)
{
  g_autoptr(BudKeySet) set = bud_key_set_new (300);
  guint8 key[BUD_HASH_SIZE];

  memset (key, 0xff, sizeof key);
  for (int pass = 0; pass < 2; pass++)
    {
      /* The second pass stays below the capacity, which is the number of keys, not of calls. */
      for (guint i = 0; i < 299; i++)
        {
          key[8] = i % 256;
          key[9] = i / 256;
          g_assert_cmpint (bud_key_set_add (set, key), ==, pass == 0);
        }
    }
}

static void
test_empty (void)
{
  g_autoptr(BudKeySet) set = bud_key_set_new (0);
  static const guint8 key[BUD_HASH_SIZE] = { 1 };

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*capacity*");
  g_assert_false (bud_key_set_add (set, key));
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/key-set/property", test_property);
  g_test_add_func ("/key-set/colliding", test_colliding);
  g_test_add_func ("/key-set/empty", test_empty);

  return g_test_run ();
}
