/* test-rounds.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "audience-check.h"

/* Many rounds in which customers change, people opt out and come back, and requests go wrong, in
 * any order: nobody is resubscribed, nobody is missing, and what did not change is not sent. */

#define N_PEOPLE 120
#define N_ROUNDS 16

static void
change_customers (GPtrArray *people)
{
  static const char *const cities[] = { "Oslo", "Bergen", NULL };

  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    {
      int i = g_test_rand_int_range (0, N_PEOPLE);
      Customer *person = g_ptr_array_index (people, i);
      g_autofree char *first = g_strdup_printf ("First %d", g_test_rand_int_range (0, 1000));
      /* Some come to an address that is or was somebody else's. */
      g_autofree char *email = g_strdup_printf ("%s%d@Kunde.example",
                                                n % 2 == 0 ? "PERSON" : " new",
                                                n % 3 == 0 ? (i + n) % N_PEOPLE : i);

      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          workspace_set_text (&person->first, first);
          break;
        case 1:
          workspace_set_text (&person->email, email);
          break;
        case 2:
          workspace_set_text (&person->city, cities[g_test_rand_int_range (0, 3)]);
          break;
        case 3:
          person->age = g_test_rand_int_range (10, 30);
          break;
        default:
          workspace_set_text (&person->email, g_test_rand_bit () ? "no address" : NULL);
          break;
        }
    }
}

static void
opt_in_and_out (Sandbox    *sandbox,
                GHashTable *opted_out)
{
  static const char *const statuses[] = { "archived", "unsubscribed", "cleaned" };
  static const char *const actors[] = { "api", "member", "admin" };

  for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
    {
      g_autofree char *address = g_strdup_printf ("%s%d@kunde.example",
                                                  g_test_rand_bit () ? "person" : "new",
                                                  g_test_rand_int_range (0, N_PEOPLE));
      const char *status = statuses[g_test_rand_int_range (0, 3)];

      if (g_hash_table_contains (opted_out, address) && g_test_rand_bit ())
        {
          /* By way of a confirmation, which the service does not count as our doing. */
          sandbox_set_status (sandbox, address, "pending", "member");
          sandbox_set_status (sandbox, address, "subscribed", "member");
          g_hash_table_remove (opted_out, address);
          continue;
        }

      sandbox_set_status (sandbox, address, status, actors[g_test_rand_int_range (0, 3)]);
      g_hash_table_replace (opted_out, g_steal_pointer (&address), (gpointer) status);
    }
}

static void
go_wrong (Sandbox *sandbox)
{
  g_autofree char *faults = g_strdup_printf ("seed=%d,lost%%15~POST,500%%15~POST,truncate%%10",
                                             g_test_rand_int_range (1, 1000));

  sandbox_set_faults (sandbox, g_test_rand_bit () ? faults : "");
}

static void
test_rounds (gconstpointer data)
{
  g_autoptr(Sandbox) sandbox = sandbox_new (NULL);
  g_autoptr(Workspace) workspace = workspace_new (data != NULL, sandbox_get_api_root (sandbox));
  g_autoptr(GPtrArray) people = workspace_make_people (N_PEOPLE);
  g_autoptr(GHashTable) opted_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr(BudRun) run = NULL;
      g_autoptr(BudRun) idle_run = NULL;

      change_customers (people);
      workspace_load (workspace, people);
      opt_in_and_out (sandbox, opted_out);
      go_wrong (sandbox);
      run = workspace_run_well (workspace);

      sandbox_set_faults (sandbox, "");
      audience_assert_safe (sandbox, people, opted_out);

      idle_run = workspace_run_well (workspace);
      g_assert_cmpint (bud_run_get_calls (idle_run), ==, 0);
      g_assert_cmpint (bud_run_get_held_back (idle_run), ==, bud_run_get_held_back (run));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/rounds/memory", NULL, test_rounds);
  g_test_add_data_func ("/rounds/disk", GINT_TO_POINTER (TRUE), test_rounds);

  return g_test_run ();
}
