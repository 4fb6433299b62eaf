/* audience-check.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "audience-check.h"
#include "bud-address.h"

static gboolean
is_in_oslo (const Customer *person)
{
  return g_strcmp0 (person->city, "Oslo") == 0;
}

/* By address: the members of the segments, of whom the first has the address. */
GHashTable *
audience_expect (GPtrArray *people)
{
  GHashTable *expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < people->len; i++)
    {
      Customer *person = g_ptr_array_index (people, i);
      char address[BUD_ADDRESS_MAX + 1];

      if ((person->age < 18 && !is_in_oslo (person)) || person->email == NULL ||
          bud_address_normalise (person->email, address) != BUD_ADDRESS_OK ||
          g_hash_table_contains (expected, address))
        continue;

      g_hash_table_insert (expected, g_strdup (address), person);
    }

  return expected;
}

static void
assert_wears (const SandboxMember *member,
              const char          *tag,
              gboolean             wanted,
              gboolean             exactly)
{
  gboolean wears = g_strv_contains ((const char *const *) member->tags, tag);

  if (wanted || exactly)
    g_assert_cmpint (wears, ==, wanted);
}

static void
assert_arrived (const SandboxMember *member,
                const char          *address,
                const Customer      *person,
                gboolean             exactly)
{
  if (member == NULL)
    g_error ("%s (%s) is missing", address, person->id);

  g_assert_cmpstr (member->status, ==, "subscribed");
  if (person->first != NULL)
    g_assert_cmpstr (member->first_name, ==, person->first);
  assert_wears (member, "Adults", person->age >= 18, exactly);
  assert_wears (member, "Oslo", is_in_oslo (person), exactly);
  if (exactly)
    g_assert_cmpuint (g_strv_length (member->tags), ==,
                      (person->age >= 18) + is_in_oslo (person));
}

/* Of an audience that was empty: these people, and nobody and nothing else. */
void
audience_assert_equal (Sandbox   *sandbox,
                       GPtrArray *people)
{
  g_autoptr(GHashTable) members = sandbox_read_members (sandbox);
  g_autoptr(GHashTable) expected = audience_expect (people);
  GHashTableIter iter;
  gpointer address;
  gpointer person;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &address, &person))
    assert_arrived (g_hash_table_lookup (members, address), address, person, TRUE);

  g_assert_cmpuint (g_hash_table_size (members), ==, g_hash_table_size (expected));
  g_assert_cmpint (sandbox_get_count (sandbox, "resubscribed"), ==, 0);
}

/* @opted_out: address to status. They are as they were, and everybody else arrived. People who
 * were delivered once may still be there. */
void
audience_assert_safe (Sandbox    *sandbox,
                      GPtrArray  *people,
                      GHashTable *opted_out)
{
  g_autoptr(GHashTable) members = sandbox_read_members (sandbox);
  g_autoptr(GHashTable) expected = audience_expect (people);
  GHashTableIter iter;
  gpointer address;
  gpointer value;

  g_assert_cmpint (sandbox_get_count (sandbox, "resubscribed"), ==, 0);

  g_hash_table_iter_init (&iter, opted_out);
  while (g_hash_table_iter_next (&iter, &address, &value))
    {
      SandboxMember *member = g_hash_table_lookup (members, address);

      g_assert_nonnull (member);
      g_assert_cmpstr (member->status, ==, value);
    }

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &address, &value))
    {
      if (!g_hash_table_contains (opted_out, address))
        assert_arrived (g_hash_table_lookup (members, address), address, value, FALSE);
    }
}
