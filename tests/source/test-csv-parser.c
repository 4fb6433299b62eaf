/* test-csv-parser.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "csv-transcript.h"

/* Reads a document in pieces of at most @piece bytes, the first one @first bytes long. */
static char *
read_in_pieces (const char *doc,
                gsize       len,
                gsize       first,
                gsize       piece,
                gsize       width)
{
  GString *out = g_string_new (NULL);
  g_autoptr(BudCsvParser) parser =
    bud_csv_parser_new (',', csv_transcript_row, csv_transcript_reject, out);
  gsize at = MIN (first, len);

  bud_csv_parser_set_width (parser, width);
  g_assert_true (bud_csv_parser_feed (parser, doc, at, NULL));
  while (at < len)
    {
      gsize n = MIN (piece, len - at);

      g_assert_true (bud_csv_parser_feed (parser, doc + at, n, NULL));
      at += n;
    }
  g_assert_true (bud_csv_parser_finish (parser, NULL));

  return g_string_free (out, FALSE);
}

static char *
read_whole (const char *doc,
            gsize       len,
            gsize       width)
{
  return read_in_pieces (doc, len, len, 1, width);
}

typedef struct
{
  const char *doc;
  gsize len;
  gsize width;
  const char *expected;
} Case;

#define CASE(doc, width, expected) { doc, sizeof doc - 1, width, expected }

static const Case cases[] = {
  CASE ("", 0, ""),
  CASE ("\n\r\n\r", 0, ""),
  CASE ("a", 0, "1:a\n"),
  CASE ("a,b\nc,d\n", 0, "1:a|b\n2:c|d\n"),
  CASE ("a,b\r\nc,d", 0, "1:a|b\n2:c|d\n"),
  CASE ("a,b\rc,d\r", 0, "1:a|b\n2:c|d\n"),
  CASE ("a\n\nb\r\n\r\nc\r\rd\n  \ne", 0, "1:a\n3:b\n5:c\n7:d\n9:e\n"),
  CASE ("a,\n,b\n,\n", 0, "1:a|\n2:|b\n3:|\n"),
  CASE ("a,", 0, "1:a|\n"),
  CASE ("\"a\",\"b,c\"\n\"d\"", 0, "1:a|b,c\n2:d\n"),
  CASE ("\"\"\n\"\",\"\"\n", 0, "1:\n2:|\n"),
  CASE ("\"a\"\"b\",\"\"\"\"\n", 0, "1:a\"b|\"\n"),
  CASE ("\"a\nb\r\nc\rd\",e\nf,g\n", 0, "1:a\nb\r\nc\rd|e\n5:f|g\n"),
  CASE ("5\" pipe,a\"b\"\n", 0, "1:5\" pipe|a\"b\"\n"),
  CASE (" \"a\",b\n", 0, "1: \"a\"|b\n"),
  CASE (" a , b \n", 0, "1: a | b \n"),
  CASE ("\xef\xbb\xbfi,d\n", 0, "1:i|d\n"),
  CASE ("\xef\xbb\xbf\"i\",d\n", 0, "1:i|d\n"),
  CASE ("\xef\xbb\xbf", 0, ""),
  CASE ("a\n\xef\xbb\xbf" "b\n", 0, "1:a\n2:\xef\xbb\xbf" "b\n"),
  CASE ("æ,ø\nå,𝄞\n", 0, "1:æ|ø\n2:å|𝄞\n"),

  CASE ("a,b\nc\nd,e,f\ng,h\n", 2, "1:a|b\n!2.0 ragged c\n!3.0 ragged d,e,f\n4:g|h\n"),
  CASE ("a,b\nc,d\0\ne\0,f,g\nh,i\n", 2,
        "1:a|b\n!2.2 nul c,d\xef\xbf\xbd\n!3.1 nul e\xef\xbf\xbd,f,g\n4:h|i\n"),
  CASE ("a,\"b\0\"\nc,d\n", 2, "!1.2 nul a,\"b\xef\xbf\xbd\"\n2:c|d\n"),
  CASE ("a,\xff\nb,c\n\xc3,d\ne,\xc3\n", 2,
        "!1.2 undecodable a,\xef\xbf\xbd\n2:b|c\n!3.1 undecodable \xef\xbf\xbd,d\n"
        "!4.2 undecodable e,\xef\xbf\xbd\n"),
  CASE ("æ,\"\xe6\"\nb,c\n", 2, "!1.2 undecodable æ,\"\xef\xbf\xbd\"\n2:b|c\n"),
  CASE ("\xed\xa0\x80,b\nc,d\n", 2,
        "!1.1 undecodable \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd,b\n2:c|d\n"),

  /* A quote that is followed by text ends the row with its line, … */
  CASE ("a,\"b\"x,c\nd,e\n", 2, "!1.2 quote a,\"b\"x,c\n2:d|e\n"),
  CASE ("\"a\" ,b\nd,e", 2, "!1.1 quote \"a\" ,b\n2:d|e\n"),
  CASE ("a,\"b\"x", 2, "!1.2 quote a,\"b\"x\n"),
  /* … and one that is not closed does too, however late that shows. */
  CASE ("a,\"b\nc,d\ne,f\n", 2, "!1.2 quote a,\"b\n2:c|d\n3:e|f\n"),
  CASE ("a,\"b\r\nc,d\r\n", 2, "!1.2 quote a,\"b\n2:c|d\n"),
  CASE ("a,\"b\n\nc,d", 2, "!1.2 quote a,\"b\n3:c|d\n"),
  CASE ("a,\"b", 2, "!1.2 quote a,\"b\n"),
  CASE ("a,\"", 2, "!1.2 quote a,\"\n"),
  CASE ("a,\"b\nc,\"d\"\ne,f\n", 2, "!1.2 quote a,\"b\n2:c|d\n3:e|f\n"),
  CASE ("\"a\nb\",\"c\nd\"x\n\"e\",f\n", 2,
        "!1.2 quote \"a\n!2.2 quote b\",\"c\n!3.0 ragged d\"x\n4:e|f\n"),
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *it = &cases[i];
      g_autofree char *whole = read_whole (it->doc, it->len, it->width);

      g_test_message ("case %u", (guint) i);
      g_assert_cmpstr (whole, ==, it->expected);

      for (gsize first = 0; first <= it->len; first++)
        {
          g_autofree char *split = read_in_pieces (it->doc, it->len, first, G_MAXSIZE, it->width);
          g_autofree char *bytes = read_in_pieces (it->doc, it->len, first, 1, it->width);

          g_assert_cmpstr (split, ==, it->expected);
          g_assert_cmpstr (bytes, ==, it->expected);
        }
    }
}

static const char nasty[] =
  "\xef\xbb\xbfid,name,note\r\n"
  "1,\"Åse \"\"Kari\"\" Ødegård\",\"first\r\nsecond\rthird\n\"\r\n"
  "\r\n"
  "2,plain,5\" pipe\n"
  "3,too,many,fields\r"
  "4,\"\",\n"
  "5,n\0l,x\n"
  "6,\xe5se,x\r\n"
  "7,\"closed\"late,x\r\n"
  "8,\"\"\"\",\"\r\n\"\r\n"
  "9,𝄞,\"a,b\"\r"
  "10,\"never closed,x\r\n"
  "11,after,it\r\n"
  "12,\"multi\nline\",\"broken\"here\n"
  "13,last,without end";

static void
test_every_split (void)
{
  const gsize len = sizeof nasty - 1;
  g_autofree char *whole = read_whole (nasty, len, 3);

  g_assert_cmpstr (whole, ==,
                   "1:id|name|note\n"
                   "2:1|Åse \"Kari\" Ødegård|first\r\nsecond\rthird\n\n"
                   "7:2|plain|5\" pipe\n"
                   "!8.0 ragged 3,too,many,fields\n"
                   "9:4||\n"
                   "!10.2 nul 5,n\xef\xbf\xbdl,x\n"
                   "!11.2 undecodable 6,\xef\xbf\xbdse,x\n"
                   "!12.2 quote 7,\"closed\"late,x\n"
                   "13:8|\"|\r\n\n"
                   "15:9|𝄞|a,b\n"
                   "!16.2 quote 10,\"never closed,x\n"
                   "17:11|after|it\n"
                   "!18.3 quote 12,\"multi\n"
                   "!19.2 quote line\",\"broken\"here\n"
                   "20:13|last|without end\n");

  for (gsize first = 0; first <= len; first++)
    {
      for (gsize second = first; second <= len; second += 31)
        {
          g_autofree char *split = read_in_pieces (nasty, len, first, MAX (1, second - first), 3);

          g_assert_cmpstr (split, ==, whole);
        }
    }
}

/* Which pieces large documents are cut into. */
static const gsize piece_sizes[] = { 1, 4093, 65536, 65537, 262144 };

static void
assert_large (const GString *doc,
              const char    *expected)
{
  for (gsize i = 0; i < G_N_ELEMENTS (piece_sizes); i++)
    {
      g_autofree char *out = read_in_pieces (doc->str, doc->len, 0, piece_sizes[i], 2);

      g_assert_cmpstr (out, ==, expected);
    }
}

static void
append_times (GString *doc,
              char     byte,
              gsize    times)
{
  gsize at = doc->len;

  g_string_set_size (doc, at + times);
  memset (doc->str + at, byte, times);
}

static void
test_longest_field (void)
{
  static const char *const quotes[] = { "", "\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      for (gsize extra = 0; extra <= 1; extra++)
        {
          g_autoptr(GString) doc = g_string_new ("a,");
          g_autoptr(GString) expected = g_string_new (NULL);

          g_string_append (doc, quotes[i]);
          append_times (doc, 'x', BUD_CSV_MAX_FIELD + extra);
          g_string_append_printf (doc, "%s\nb,c\n", quotes[i]);
          if (extra == 0)
            {
              g_string_append (expected, "1:a|");
              append_times (expected, 'x', BUD_CSV_MAX_FIELD);
            }
          else
            {
              g_string_append_printf (expected, "!1.2 too-long a,%s", quotes[i]);
              append_times (expected, 'x', BUD_CSV_MAX_RAW - 2 - strlen (quotes[i]));
              g_string_append (expected, "…");
            }
          g_string_append (expected, "\n2:b|c\n");
          assert_large (doc, expected->str);
        }
    }
}

/* The row is broken on its second line, so that its second line is where to go on. */
static void
test_long_field_after_line_break (void)
{
  g_autoptr(GString) doc = g_string_new ("\"a\nb\",");
  g_autofree char *out = NULL;

  append_times (doc, 'x', 2 * BUD_CSV_MAX_FIELD);
  g_string_append (doc, "\nc,d\n");

  out = read_whole (doc->str, doc->len, 2);
  g_assert_true (g_str_has_prefix (out, "!1.2 too-long \"a\n!2.2 too-long b\",xxx"));
  g_assert_true (g_str_has_suffix (out, "…\n3:c|d\n"));
  assert_large (doc, out);
}

/* A line of many megabytes costs no more memory than its beginning. */
static void
test_endless_line (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(BudCsvParser) parser =
    bud_csv_parser_new (',', csv_transcript_row, csv_transcript_reject, out);
  g_autofree char *chunk = g_strnfill (1 << 16, 'x');
  struct rusage before;
  struct rusage after;

  getrusage (RUSAGE_SELF, &before);
  for (guint i = 0; i < 1000; i++)
    g_assert_true (bud_csv_parser_feed (parser, chunk, 1 << 16, NULL));
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 16 * 1024);
  g_assert_true (bud_csv_parser_feed (parser, "\nb\n", 3, NULL));
  g_assert_true (bud_csv_parser_finish (parser, NULL));

  g_assert_true (g_str_has_prefix (out->str, "!1.1 too-long xxx"));
  g_assert_true (g_str_has_suffix (out->str, "…\n2:b\n"));
}

static void
test_row_limit (void)
{
  g_autoptr(GString) doc = g_string_new (NULL);
  g_autofree char *out = NULL;

  for (guint i = 0; i < 40; i++)
    {
      append_times (doc, 'x', 60000);
      g_string_append_c (doc, ',');
    }
  g_string_append (doc, "\nb,c\n");

  out = read_whole (doc->str, doc->len, 2);
  g_assert_true (g_str_has_prefix (out, "!1.0 too-long xxx"));
  g_assert_true (g_str_has_suffix (out, "…\n2:b|c\n"));
  assert_large (doc, out);
}

static void
test_column_limit (void)
{
  g_autoptr(GString) doc = g_string_new (NULL);
  g_autofree char *out = NULL;

  append_times (doc, ',', BUD_CSV_MAX_COLUMNS - 1);
  g_string_append_c (doc, '\n');
  append_times (doc, ',', BUD_CSV_MAX_COLUMNS);
  g_string_append (doc, "\n");

  out = read_whole (doc->str, doc->len, 0);
  g_assert_true (g_str_has_prefix (out, "1:|||"));
  g_assert_nonnull (strstr (out, "\n!2.0 ragged ,,,"));
}

/* An open quote in a large file loses its own line, and nothing after it. */
static void
test_unclosed_quote_in_large_file (void)
{
  g_autoptr(GString) doc = g_string_new ("a,\"open\n");
  g_autoptr(GString) expected = g_string_new ("!1.2 quote a,\"open\n");

  for (guint i = 2; i < 30000; i++)
    {
      g_string_append_printf (doc, "%u,x\r\n", i);
      g_string_append_printf (expected, "%u:%u|x\n", i, i);
    }
  assert_large (doc, expected->str);
}

/* Lines that, each read as the start of a row, open a quote which the others keep open or renew,
 * would cost a megabyte each. Not one may be lost, and the time must stay in proportion. */
static void
test_hostile_quotes (void)
{
  g_autoptr(GString) doc = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;
  const guint n_lines = 400000;
  guint n_rejects = 0;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_lines; i++)
    g_string_append (doc, "x\",\"b\n");
  whole = read_whole (doc->str, doc->len, 2);
  for (const char *at = whole; *at != '\0'; at++)
    n_rejects += *at == '!';
  g_assert_cmpuint (n_rejects, ==, n_lines);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_TIME_SPAN_SECOND);

  pieces = read_in_pieces (doc->str, doc->len, 0, 4093, 2);
  g_assert_cmpstr (pieces, ==, whole);
}

static gboolean
stop_at_row (const BudCsvRow  *row,
             gpointer          data,
             GError          **error)
{
  guint *n = data;

  if (++*n < 2)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "enough");

  return FALSE;
}

static void
test_callback_stops (void)
{
  g_autoptr(GError) error = NULL;
  guint n = 0;
  g_autoptr(BudCsvParser) parser =
    bud_csv_parser_new (',', stop_at_row, csv_transcript_reject, &n);

  g_assert_false (bud_csv_parser_feed (parser, "a\nb\nc\n", 6, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (n, ==, 2);
}

static char *
make_noise (gsize *len)
{
  static const char alphabet[] = "\"\"\",,\n\n\r\r\n\0ab\xc3\xa5\xff ";
  char *doc;

  *len = g_test_rand_int_range (0, 200);
  doc = g_malloc (*len + 1);
  for (gsize i = 0; i < *len; i++)
    doc[i] = g_test_rand_int_range (0, 10) == 0
               ? (char) g_test_rand_int_range (0, 256)
               : alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];

  return doc;
}

static char *
mutate_nasty (gsize *len)
{
  char *doc = g_memdup2 (nasty, sizeof nasty);

  *len = g_test_rand_int_range (1, sizeof nasty);
  for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
    doc[g_test_rand_int_range (0, *len)] = "\",\n\r\0x\xe5"[g_test_rand_int_range (0, 7)];

  return doc;
}

static void
test_noise (void)
{
  for (guint i = 0; i < 6000; i++)
    {
      gsize len;
      g_autofree char *doc = i % 2 == 0 ? make_noise (&len) : mutate_nasty (&len);
      gsize width = g_test_rand_int_range (0, 4);
      g_autofree char *whole = read_whole (doc, len, width);
      g_autofree char *bytes = read_in_pieces (doc, len, 0, 1, width);
      g_autofree char *split =
        read_in_pieces (doc, len, g_test_rand_int_range (0, len + 1), 3, width);

      g_assert_cmpstr (bytes, ==, whole);
      g_assert_cmpstr (split, ==, whole);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/csv-parser/table", test_table);
  g_test_add_func ("/csv-parser/every-split", test_every_split);
  g_test_add_func ("/csv-parser/longest-field", test_longest_field);
  g_test_add_func ("/csv-parser/long-field-after-line-break", test_long_field_after_line_break);
  g_test_add_func ("/csv-parser/endless-line", test_endless_line);
  g_test_add_func ("/csv-parser/row-limit", test_row_limit);
  g_test_add_func ("/csv-parser/column-limit", test_column_limit);
  g_test_add_func ("/csv-parser/unclosed-quote-in-large-file", test_unclosed_quote_in_large_file);
  g_test_add_func ("/csv-parser/hostile-quotes", test_hostile_quotes);
  g_test_add_func ("/csv-parser/callback-stops", test_callback_stops);
  g_test_add_func ("/csv-parser/noise", test_noise);

  return g_test_run ();
}
