/* test-address.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "bud-address.h"

#define L63 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg"

typedef struct
{
  const char *raw;
  const char *normal; /* NULL: not an address */
} Case;

static void
check (const char *raw,
       const char *normal)
{
  char out[BUD_ADDRESS_MAX + 1] = "";
  char again[BUD_ADDRESS_MAX + 1] = "";
  g_autofree char *printable = g_utf8_make_valid (raw, -1);
  BudAddressVerdict verdict;

  g_test_message ("“%s”", printable);
  verdict = bud_address_normalise (raw, out);

  if (normal == NULL)
    {
      g_assert_cmpint (verdict, ==, BUD_ADDRESS_INVALID);
      return;
    }

  g_assert_cmpint (verdict, ==, BUD_ADDRESS_OK);
  g_assert_cmpstr (out, ==, normal);
  g_assert_cmpint (bud_address_normalise (out, again), ==, BUD_ADDRESS_OK);
  g_assert_cmpstr (again, ==, out);
}

static void
test_good (void)
{
  static const Case cases[] = {
    { "kari@example.org", "kari@example.org" },
    { "Kari.NORDMANN@Example.ORG", "kari.nordmann@example.org" },
    { "  kari@example.org\t\r\n", "kari@example.org" },
    { "\xc2\xa0kari@example.org\xc2\xa0", "kari@example.org" },         /* no-break space */
    { "\xef\xbb\xbfkari@example.org\xe2\x80\x8b", "kari@example.org" }, /* BOM, zero width */
    { "k@e.no", "k@e.no" },
    { "a.b.c@d.e.f.no", "a.b.c@d.e.f.no" },
    { "o'neil+tag=x@example.org", "o'neil+tag=x@example.org" },
    { "!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org" },
    { "1@1.no", "1@1.no" },
    { "-@example.org", "-@example.org" },
    { "kari@xn--bl-zja.example", "kari@xn--bl-zja.example" },
    { "kari@a-b.example", "kari@a-b.example" },
    { "kari@example.1a", "kari@example.1a" },
    { "KÅRE@BLÅ.example", "kåre@blå.example" },
    { "kåre.ÆØÅ@example.org", "kåre.æøå@example.org" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (cases[i].raw, cases[i].normal);
}

static void
test_bad (void)
{
  static const char *const raws[] = {
    "kari",
    "@",
    "kari@",
    "@example.org",
    "kari@example",
    "kari@@example.org",
    "kari@nordmann@example.org",
    "kari example.org",
    "kari nordmann@example.org",
    "kari@exam ple.org",
    "kari@\nexample.org",
    "kari@example.org\r\nBcc: ola@example.org",
    "ka\x01ri@example.org",
    "ka\x7fri@example.org",
    "ka\tri@example.org",
    "ka\xc2\xa0ri@example.org",     /* no-break space */
    "kari@exam\xe2\x80\x8bple.org", /* zero width space */
    "ka\xe2\x80\xaeri@example.org", /* right-to-left override */
    "ka\xe2\x80\xa8ri@example.org", /* line separator */
    "ka\xc2\x85ri@example.org",     /* next line, a control character */
    "\xff\xfe@example.org",         /* no UTF-8 */
    "kari\xc3@example.org",
    ".kari@example.org",
    "kari.@example.org",
    "ka..ri@example.org",
    "kari@.example.org",
    "kari@example..org",
    "kari@example.org.",
    "kari@-example.org",
    "kari@example-.org",
    "kari@exam_ple.org",
    "kari@example.o",
    "kari@127.0.0.1",
    "kari@example.123",
    "kari@[127.0.0.1]",
    "\"kari nordmann\"@example.org",
    "Kari <kari@example.org>",
    "<kari@example.org>",
    "mailto:kari@example.org",
    "kari@example.org,ola@example.org",
    "kari@example.org;ola@example.org",
    "kari@example.org, ",
    "kari(at)example.org",
    "kari@example,org",
    "kari@example.org/",
    "kari\\@example.org",
    "n/a",
    "-",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
    check (raws[i], NULL);
}

static void
test_empty (void)
{
  static const char *const raws[] = { NULL, "", " ", "\t\r\n", "\xc2\xa0", "\xe2\x80\x8b" };
  char out[BUD_ADDRESS_MAX + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (raws); i++)
    g_assert_cmpint (bud_address_normalise (raws[i], out), ==, BUD_ADDRESS_EMPTY);
}

static void
test_limits (void)
{
  check (L63 "x@example.org", L63 "x@example.org");
  check (L63 "xy@example.org", NULL);
  check ("kari@" L63 ".org", "kari@" L63 ".org");
  check ("kari@" L63 "x.org", NULL);

  /* Around 254, with a domain of whole labels and one that takes up the slack. */
  for (int len = 240; len <= 300; len++)
    {
      g_autofree char *slack = g_strnfill (CLAMP (len - 5 - 3 * 64 - 3, 0, 63), 'z');
      g_autofree char *raw = g_strconcat ("kari@", L63 "." L63 "." L63 ".", slack, ".no", NULL);

      check (raw, strlen (raw) <= BUD_ADDRESS_MAX ? raw : NULL);
    }

  /* White space around an address takes no room. */
  {
    g_autofree char *padded = g_strdup_printf ("%400s", "kari@example.org");

    check (padded, "kari@example.org");
  }
}

/* U+023A is two bytes long and its lower case three, so an address can grow past its limits. */
static void
test_growing (void)
{
  for (int n = 1; n <= 32; n++)
    {
      g_autoptr(GString) raw = g_string_new (NULL);
      g_autoptr(GString) lower = g_string_new (NULL);

      for (int i = 0; i < n; i++)
        {
          g_string_append (raw, "\xc8\xba");
          g_string_append (lower, "\xe2\xb1\xa5");
        }
      g_string_append (raw, "@Example.org");
      g_string_append (lower, "@example.org");

      check (raw->str, n * 3 <= 64 ? lower->str : NULL);
    }

  {
    g_autoptr(GString) raw = g_string_new ("kari@");

    for (int i = 0; i < 8; i++)
      g_string_append (raw, "\xc8\xba\xc8\xba\xc8\xba\xc8\xba\xc8\xba\xc8\xba\xc8\xba\xc8\xba"
                            "\xc8\xba\xc8\xba\xc8\xba\xc8\xba\xc8\xba\xc8\xba.");
    g_string_append (raw, "no");
    g_assert_cmpuint (raw->len, <=, BUD_ADDRESS_MAX);
    check (raw->str, NULL);
  }
}

/* Lower-casing twice is lower-casing once, for every character there is. */
static void
test_every_character (void)
{
  guint n_accepted = 0;

  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char utf8[7] = "";
      char out[BUD_ADDRESS_MAX + 1];
      char again[BUD_ADDRESS_MAX + 1];
      g_autofree char *raw = NULL;

      if (!g_unichar_validate (c))
        continue;

      g_unichar_to_utf8 (c, utf8);
      raw = g_strconcat ("a", utf8, "b@example.org", NULL);
      if (bud_address_normalise (raw, out) != BUD_ADDRESS_OK)
        continue;

      n_accepted++;
      g_assert_cmpint (bud_address_normalise (out, again), ==, BUD_ADDRESS_OK);
      g_assert_cmpstr (again, ==, out);
      g_assert_false (g_unichar_isspace (c) || g_unichar_iscntrl (c));
    }

  g_assert_cmpuint (n_accepted, >, 100000);
}

/* The same person is the same address on every computer: a Turkish one has another i. Not every
 * computer has these locales; the first is always there. */
static void
test_locale (void)
{
  static const char *const locales[] = { "C.UTF-8", "tr_TR.UTF-8", "lt_LT.UTF-8", "nb_NO.UTF-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      if (setlocale (LC_ALL, locales[i]) == NULL)
        continue;

      g_test_message ("%s", locales[i]);
      check ("KİM.ILI@EXAMPLE.ORG", "kim.ili@example.org");
      check ("ÅSE.IBSEN@EXAMPLE.ORG", "åse.ibsen@example.org");
      check ("ÌÍĨ@EXAMPLE.ORG", "ìíĩ@example.org");
    }

  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/address/good", test_good);
  g_test_add_func ("/core/address/bad", test_bad);
  g_test_add_func ("/core/address/empty", test_empty);
  g_test_add_func ("/core/address/limits", test_limits);
  g_test_add_func ("/core/address/growing", test_growing);
  g_test_add_func ("/core/address/every-character", test_every_character);
  g_test_add_func ("/core/address/locale", test_locale);

  return g_test_run ();
}
