/* test-csv-encoding.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "csv/bud-csv-decoder.h"
#include "csv/bud-csv-encoding.h"

#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *bytes;
  gsize len;
  gboolean is_utf8;
} utf8[] = {
  { BYTES (""), TRUE },
  { BYTES ("plain"), TRUE },
  { BYTES ("blåbærsyltetøy, 𝄞 and € in a longer line of text"), TRUE },
  { BYTES ("\xf4\x8f\xbf\xbf"), TRUE },
  { BYTES ("\xee\x80\x80"), TRUE },
  { BYTES ("bl\xe5" "b\xe6r"), FALSE },
  { BYTES ("\x80"), FALSE },
  { BYTES ("\xc0\x80"), FALSE },
  { BYTES ("\xc1\xbf"), FALSE },
  { BYTES ("\xe0\x9f\xbf"), FALSE },
  { BYTES ("\xed\xa0\x80"), FALSE },
  { BYTES ("\xf0\x8f\xbf\xbf"), FALSE },
  { BYTES ("\xf4\x90\x80\x80"), FALSE },
  { BYTES ("\xf5\x80\x80\x80"), FALSE },
  { BYTES ("\xff"), FALSE },
  { BYTES ("cut \xc3"), FALSE },
  { BYTES ("cut \xe2\x82"), FALSE },
  { BYTES ("\xc3\xc3\xa5"), FALSE },
  /* one damaged byte among ten sound characters, and among nine */
  { BYTES ("\xe5 æøåæøåæøåæ"), TRUE },
  { BYTES ("æøåæøåæøåæ \xe5"), TRUE },
  { BYTES ("æøåæøåæøå \xe5"), FALSE },
  { BYTES ("æøåæø \xe5 åæøåæ \xe6"), FALSE },
};

static BudCsvUtf8Check
check_in_two (const char *bytes,
              gsize       len,
              gsize       first)
{
  BudCsvUtf8Check check = { 0, };

  bud_csv_utf8_check_feed (&check, bytes, first);
  bud_csv_utf8_check_feed (&check, bytes + first, len - first);

  return check;
}

static guint64
count_broken (const char *bytes,
              gsize       len,
              gsize       first)
{
  BudCsvUtf8Check check = check_in_two (bytes, len, first);

  return check.n_broken + (check.missing > 0);
}

static void
test_utf8_check (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (utf8); i++)
    {
      g_test_message ("case %u", (guint) i);
      for (gsize first = 0; first <= utf8[i].len; first++)
        {
          BudCsvUtf8Check check = check_in_two (utf8[i].bytes, utf8[i].len, first);

          g_assert_cmpint (bud_csv_utf8_check_finish (&check), ==, utf8[i].is_utf8);
        }
    }
}

/* GLib's check is the judge of noise. */
static void
test_utf8_check_on_noise (void)
{
  static const char pieces[][5] = { "a", "å", "€", "𝄞", "\xc3", "\xa5", "\xe2\x82", "\xed\xa0" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, i % 2 == 0 ? 4 : 8)]);
      g_assert_cmpint (count_broken (text->str, text->len,
                                     g_test_rand_int_range (0, text->len + 1)) == 0, ==,
                       g_utf8_validate_len (text->str, text->len, NULL));
    }
}

static char *
decode (const char *encoding,
        const char *bytes,
        gsize       len,
        gsize       piece)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BudCsvDecoder) decoder = bud_csv_decoder_new (encoding, &error);
  GString *out = g_string_new (NULL);
  const GString *text;

  g_assert_no_error (error);
  for (gsize at = 0; at < len; at += piece)
    {
      text = bud_csv_decoder_feed (decoder, bytes + at, MIN (piece, len - at));
      g_string_append_len (out, text->str, text->len);
    }
  text = bud_csv_decoder_finish (decoder);
  g_string_append_len (out, text->str, text->len);

  return g_string_free (out, FALSE);
}

static const struct
{
  const char *encoding;
  const char *bytes;
  gsize len;
  const char *expected; /* 0xFF for what is no text */
} decodings[] = {
  { "UTF-8", BYTES ("bl\xc3\xa5 \xe5"), "blå \xe5" },
  { "utf8", BYTES ("bl\xc3\xa5"), "blå" },
  { "WINDOWS-1252", BYTES ("\x80 \xe6\xf8\xe5 \x81 \x9d."), "€ æøå \xff \xff." },
  { "ISO-8859-1", BYTES ("\xe6\xf8\xe5"), "æøå" },
  { "IBM850", BYTES ("\x91\x9b\x86"), "æøå" },
  { "UTF-16LE", BYTES ("a\0\xe5\0\x34\xd8\x1e\xdd" "b\0"), "aå𝄞b" },
  { "UTF-16BE", BYTES ("\0a\0\xe5\xd8\x34\xdd\x1e\0b"), "aå𝄞b" },
  { "UTF-16LE", BYTES ("a\0\x34\xd8" "b\0\x1e\xdd" "c\0"), "a\xff" "b\xff" "c" },
  { "UTF-16LE", BYTES ("a\0b"), "a\xff" },
  { "UTF-16LE", BYTES ("a\0\x34\xd8"), "a\xff" },
  { "SHIFT_JIS", BYTES ("\x83\x65\x83\x58\x83\x67,a"), "テスト,a" },
  { "SHIFT_JIS", BYTES ("a\x83"), "a\xff" },
};

static void
test_decoder (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decodings); i++)
    {
      for (gsize piece = 1; piece <= decodings[i].len; piece++)
        {
          g_autofree char *text =
            decode (decodings[i].encoding, decodings[i].bytes, decodings[i].len, piece);

          g_test_message ("case %u in pieces of %u", (guint) i, (guint) piece);
          g_assert_cmpstr (text, ==, decodings[i].expected);
        }
    }
}

static void
test_decoder_on_noise (void)
{
  static const char *const encodings[] = {
    "WINDOWS-1252", "UTF-16LE", "UTF-16BE", "UTF-32LE", "SHIFT_JIS", "GB18030"
  };

  for (guint i = 0; i < 3000; i++)
    {
      const char *encoding = encodings[i % G_N_ELEMENTS (encodings)];
      char bytes[40];
      g_autofree char *whole = NULL;
      g_autofree char *pieces = NULL;

      for (gsize b = 0; b < sizeof bytes; b++)
        bytes[b] = g_test_rand_int_range (1, 256);
      g_test_message ("%s", encoding);
      whole = decode (encoding, bytes, sizeof bytes, sizeof bytes);
      pieces = decode (encoding, bytes, sizeof bytes, g_test_rand_int_range (1, 9));
      g_assert_cmpstr (pieces, ==, whole);
    }
}

static const struct
{
  const char *bytes;
  gsize len;
  const char *from_mark;
  const char *from_nuls;
  gboolean is_binary;
} heads[] = {
  { BYTES (""), NULL, NULL, FALSE },
  { BYTES ("id,name\n"), NULL, NULL, FALSE },
  { BYTES ("\xef\xbb\xbfid"), "UTF-8", NULL, FALSE },
  { BYTES ("\xef\xbb"), NULL, NULL, FALSE },
  { BYTES ("\xff\xfei\0d\0"), "UTF-16LE", "UTF-16LE", FALSE },
  { BYTES ("\xfe\xff\0i\0d"), "UTF-16BE", "UTF-16BE", FALSE },
  { BYTES ("i\0d\0,\0\x20\x04\x21\x04"), NULL, "UTF-16LE", FALSE },
  { BYTES ("\0i\0d\0,\0\n"), NULL, "UTF-16BE", FALSE },
  { BYTES ("id,name\n1,a\0b\n"), NULL, NULL, FALSE },
  { BYTES ("PK\x03\x04"), NULL, NULL, TRUE },
  { BYTES ("\x1f\x8b\x08"), NULL, NULL, TRUE },
};

static void
test_heads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_test_message ("head %u", (guint) i);
      g_assert_cmpstr (bud_csv_encoding_from_mark (heads[i].bytes, heads[i].len), ==,
                       heads[i].from_mark);
      g_assert_cmpstr (bud_csv_encoding_from_nuls (heads[i].bytes, heads[i].len), ==,
                       heads[i].from_nuls);
      g_assert_cmpint (bud_csv_encoding_is_binary (heads[i].bytes, heads[i].len), ==,
                       heads[i].is_binary);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/csv-encoding/utf8-check", test_utf8_check);
  g_test_add_func ("/csv-encoding/utf8-check-on-noise", test_utf8_check_on_noise);
  g_test_add_func ("/csv-encoding/decoder", test_decoder);
  g_test_add_func ("/csv-encoding/decoder-on-noise", test_decoder_on_noise);
  g_test_add_func ("/csv-encoding/heads", test_heads);

  return g_test_run ();
}
