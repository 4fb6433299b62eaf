/* test-digest.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-digest.h"
#include "workspace-fixture.h"

static const guint8 SECRET[BUD_SECRET_SIZE] = { 1, 2, 3 };
static const guint8 OTHER_SECRET[BUD_SECRET_SIZE] = { 1, 2, 4 };

static char *
hex (const guint8 hash[BUD_HASH_SIZE])
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < BUD_HASH_SIZE; i++)
    g_string_append_printf (text, "%02x", hash[i]);

  return g_string_free (text, FALSE);
}

static char *
address_hash (const guint8  secret[BUD_SECRET_SIZE],
              const char   *address)
{
  guint8 hash[BUD_HASH_SIZE];

  bud_digest_address (secret, address, hash);

  return hex (hash);
}

static void
test_address (void)
{
  g_autofree char *first = address_hash (SECRET, "a@kunde.example");
  g_autofree char *same = address_hash (SECRET, "a@kunde.example");
  g_autofree char *another = address_hash (SECRET, "b@kunde.example");
  g_autofree char *keyed = address_hash (OTHER_SECRET, "a@kunde.example");

  g_assert_cmpstr (first, ==, same);
  g_assert_cmpstr (first, !=, another);
  g_assert_cmpstr (first, !=, keyed);

  /* From another implementation (Python's hashlib.blake2b): the ledgers of today must be readable
   * tomorrow. */
  g_assert_cmpstr (first, ==, "e07f358300dccfca1df155273e8749ab");
}

static BudMapping *
make_mapping (Workspace *workspace)
{
  static const char *const pairs[] = { "FNAME=first", "CITY=city", NULL };
  g_autoptr(GPtrArray) people = workspace_make_people (1);
  g_autoptr(GError) error = NULL;
  BudMapping *mapping;

  g_object_set (workspace->export, "merge-fields", pairs, NULL);
  workspace_load (workspace, people);
  mapping = workspace_map (workspace, &error);
  g_assert_no_error (error);

  return mapping;
}

static void
test_payload (void)
{
  /* Each of these is something else. */
  static const struct
  {
    const char *first;
    const char *city;
    gboolean matches[2];
  } cases[] = {
    { "Kari", "Oslo", { TRUE, TRUE } },
    { "Kari", "Oslo", { TRUE, FALSE } },
    { "Kari", "Oslo", { FALSE, TRUE } },
    { "Kari", "Oslo", { FALSE, FALSE } },
    { "KariOslo", NULL, { TRUE, TRUE } },
    { NULL, "KariOslo", { TRUE, TRUE } },
    { "Kar", "iOslo", { TRUE, TRUE } },
    { "KarCITYiOslo", NULL, { TRUE, TRUE } },
    { "Kar", NULL, { TRUE, FALSE } },
    { "KarAdults", NULL, { FALSE, FALSE } },
    { "Oslo", "Kari", { TRUE, TRUE } },
    { "kari", "Oslo", { TRUE, TRUE } },
    { "Kari", NULL, { TRUE, TRUE } },
    { NULL, "Oslo", { TRUE, TRUE } },
    { NULL, NULL, { TRUE, TRUE } },
    { NULL, NULL, { FALSE, FALSE } },
    { "Adults", NULL, { FALSE, FALSE } },
    { NULL, NULL, { TRUE, FALSE } },
  };
  g_autoptr(Workspace) workspace = workspace_new (FALSE, "http://127.0.0.1/3.0");
  g_autoptr(BudMapping) mapping = make_mapping (workspace);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *values[] = { "a@kunde.example", cases[i].first, cases[i].city };
      const char *others[] = { "b@kunde.example", cases[i].first != NULL ? cases[i].first : "",
                               cases[i].city != NULL ? cases[i].city : "" };
      BudCustomerRow customer = { "1", values, 3, cases[i].matches, NULL, NULL };
      guint8 hash[BUD_HASH_SIZE];
      guint8 again[BUD_HASH_SIZE];

      bud_digest_payload (SECRET, mapping, &customer, hash);
      g_assert_true (g_hash_table_add (seen, hex (hash)));

      /* A blank is as good as nothing, and whose address it is does not count. */
      customer.values = others;
      bud_digest_payload (SECRET, mapping, &customer, again);
      g_assert_cmpmem (hash, sizeof hash, again, sizeof again);

      bud_digest_payload (OTHER_SECRET, mapping, &customer, again);
      g_assert_true (g_hash_table_add (seen, hex (again)));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/digest/address", test_address);
  g_test_add_func ("/digest/payload", test_payload);

  return g_test_run ();
}
