/* test-text.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-text.h"

static void
assert_same (const char *a,
             const char *b)
{
  g_autofree char *folded_a = bud_text_fold (a);
  g_autofree char *folded_b = bud_text_fold (b);

  g_assert_cmpstr (folded_a, ==, folded_b);
}

static void
assert_different (const char *a,
                  const char *b)
{
  g_autofree char *folded_a = bud_text_fold (a);
  g_autofree char *folded_b = bud_text_fold (b);

  g_assert_cmpstr (folded_a, !=, folded_b);
}

static void
test_fold (void)
{
  g_autofree char *composed = bud_text_fold ("A\xcc\x8aSE");

  /* One letter is one character, or distances between words would count accents twice. */
  g_assert_cmpstr (composed, ==, "åse");

  assert_same ("", "");
  assert_same ("E-post", "e-POST");
  assert_same ("ÅSE", "åse");
  assert_same ("ÆØÅ", "æøå");
  assert_same ("A\xcc\x8ase", "Åse");        /* A and a combining ring above */
  assert_same ("Rene\xcc\x81", "RENÉ");      /* e and a combining acute accent */
  assert_same ("\xe2\x84\xab", "å");         /* the Ångström sign */
  assert_same ("Straße", "STRASSE");

  assert_different ("Åse", "Ase");
  assert_different ("Ø", "O");
  assert_different ("René", "Rene");
  assert_different ("a b", "ab");
  assert_different ("a", "a ");
}

/* GLib makes small Cherokee letters of capital ones and the other way round. */
static gboolean
is_cherokee (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_CHEROKEE;
}

/* Above these two planes no character has an upper or lower case. */
static void
test_fold_every_character (void)
{
  for (gunichar c = 1; c <= 0x1ffff; c++)
    {
      char utf8[7] = "";
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if (!g_unichar_validate (c) || is_cherokee (c))
        continue;

      g_unichar_to_utf8 (c, utf8);
      once = bud_text_fold (utf8);
      twice = bud_text_fold (once);
      if (!g_str_equal (once, twice))
        g_error ("U+%04X folds to “%s” and that to “%s”", c, once, twice);
    }
}

static void
test_nearest (void)
{
  static const char *const names[] = { "E-post", "Fornavn", "Etternavn", "Sted", "Født", "Kjøp" };
  static const struct
  {
    const char *wanted;
    const char *nearest;
  } cases[] = {
    { "E-post", "E-post" },
    { "epost", "E-post" },
    { "E-pots", "E-post" },
    { "fornavnn", "Fornavn" },
    { "Etternamn", "Etternavn" },
    { "Fodt", "Født" },
    { "KJØP", "Kjøp" },
    { "Stde", NULL }, /* two away, and four letters allow one */
    { "Steder", "Sted" },
    { "Telefon", NULL },
    { "x", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].wanted);
      g_assert_cmpstr (bud_text_nearest (cases[i].wanted, names, G_N_ELEMENTS (names)), ==,
                       cases[i].nearest);
    }

  g_assert_null (bud_text_nearest ("E-post", NULL, 0));
}

/* The first of several that are equally near, so that the answer never changes by chance. */
static void
test_nearest_tie (void)
{
  static const char *const names[] = { "navna", "navnb", "navn" };

  g_assert_cmpstr (bud_text_nearest ("navnc", names, 2), ==, "navna");
  g_assert_cmpstr (bud_text_nearest ("navn", names, 3), ==, "navn");
}

/* Edit distance by its definition, slow and plain. */
static guint
plain_distance (const char *a,
                const char *b)
{
  if (*a == '\0' || *b == '\0')
    return strlen (a) + strlen (b);
  if (*a == *b)
    return plain_distance (a + 1, b + 1);

  return 1 + MIN (plain_distance (a + 1, b + 1),
                  MIN (plain_distance (a + 1, b), plain_distance (a, b + 1)));
}

static void
fill_word (char *word,
           int   max)
{
  int len = g_test_rand_int_range (1, max + 1);

  for (int i = 0; i < len; i++)
    word[i] = "abc"[g_test_rand_int_range (0, 3)];
  word[len] = '\0';
}

static void
test_nearest_model (void)
{
  for (int i = 0; i < 400; i++)
    {
      char wanted[8];
      char candidate[8];
      const char *const candidates[] = { candidate };
      gboolean near;

      fill_word (wanted, 7);
      fill_word (candidate, 7);
      near = plain_distance (wanted, candidate) <= MAX (1, strlen (wanted) / 3);

      g_test_message ("“%s”, “%s”", wanted, candidate);
      g_assert_cmpint (bud_text_nearest (wanted, candidates, 1) != NULL, ==, near);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/text/fold", test_fold);
  g_test_add_func ("/core/text/fold-every-character", test_fold_every_character);
  g_test_add_func ("/core/text/nearest", test_nearest);
  g_test_add_func ("/core/text/nearest-tie", test_nearest_tie);
  g_test_add_func ("/core/text/nearest-model", test_nearest_model);

  return g_test_run ();
}
