/* test-csv-source.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source-fixture.h"

static char *
inspect_text (const char *bytes,
              gssize      len)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;

  source_fixture_init (&fixture, bytes, len);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);

  return source_shape_to_text (shape);
}

static char *
make_large (void)
{
  GString *text = g_string_new ("id,note\n");

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "%u,all work and no play\n", i);

  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  const char *found; /* what detection calls it, NULL when it must be given */
  const char *mark;
  gsize mark_len;
} Encoding;

static const Encoding encodings[] = {
  { "UTF-8", "UTF-8", "", 0 },
  { "UTF-8", "UTF-8", "\xef\xbb\xbf", 3 },
  { "UTF-16LE", "UTF-16LE", "", 0 },
  { "UTF-16LE", "UTF-16LE", "\xff\xfe", 2 },
  { "UTF-16BE", "UTF-16BE", "", 0 },
  { "UTF-16BE", "UTF-16BE", "\xfe\xff", 2 },
  { "WINDOWS-1252", "WINDOWS-1252", "", 0 },
  { "ISO-8859-1", "WINDOWS-1252", "", 0 },
  { "ISO-8859-15", NULL, "", 0 },
  { "UTF-32LE", NULL, "\xff\xfe\0", 4 },
  { "IBM850", NULL, "", 0 },
};

static const char *const line_ends[] = { "\n", "\r\n", "\r" };

/* Long enough that characters fall across the borders of chunks. */
static char *
make_table (const char *line_end,
            char      **expected)
{
  GString *text = g_string_new ("id;navn;by");
  GString *rows = g_string_new (NULL);

  g_string_append (text, line_end);
  for (guint i = 2; i < 12000; i++)
    {
      g_string_append_printf (text, "K%u;\"Åse %*sØdegård\";Tromsø%s", i, i % 7, "", line_end);
      g_string_append_printf (rows, "%u K%u:K%u|Åse %*sØdegård|Tromsø\n", i, i, i, i % 7, "");
    }
  *expected = g_string_free (rows, FALSE);

  return g_string_free (text, FALSE);
}

static void
check_encoding (const Encoding *encoding,
                const char     *text,
                const char     *expected,
                gboolean        given)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  gsize len;
  g_autofree char *bytes = encode (text, encoding->name, encoding->mark, encoding->mark_len, &len);
  g_autofree char *rows = NULL;

  g_test_message ("%s, mark %u, %s", encoding->name, (guint) encoding->mark_len,
                  given ? "given" : "found");
  source_fixture_init (&fixture, bytes, len);
  if (given)
    g_object_set (fixture.origin, "encoding", encoding->name, NULL);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shape->encoding, ==, given ? encoding->name : encoding->found);
  g_assert_cmpint (shape->delimiter, ==, ';');

  rows = source_fixture_read (&fixture, shape, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, expected);
}

static void
test_encodings (void)
{
  for (gsize e = 0; e < G_N_ELEMENTS (line_ends); e++)
    {
      g_autofree char *expected = NULL;
      g_autofree char *text = make_table (line_ends[e], &expected);

      for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
        {
          check_encoding (&encodings[i], text, expected, TRUE);
          if (encodings[i].found != NULL)
            check_encoding (&encodings[i], text, expected, FALSE);
        }
    }
}

typedef struct
{
  const char *text;
  const char *expected;
} Row;

static const Row delimiters[] = {
  { "a,b\n1,2\n", "UTF-8 , rows=1 key=-1 a:integer,b:integer" },
  { "a;b\n1;2\n", "UTF-8 ; rows=1 key=-1 a:integer,b:integer" },
  { "a\tb\n1\t2\n", "UTF-8 tab rows=1 key=-1 a:integer,b:integer" },
  { "a|b\n1|2\n", "UTF-8 | rows=1 key=-1 a:integer,b:integer" },
  { "id\n1\n2\n", "UTF-8 , rows=2 key=0 id:integer" },
  { "id;b\n1;2,5\n2;3,5\n", "UTF-8 ; rows=2 key=0 id:integer,b:decimal" },
  { "id;\"b, c, d\"\n1;\"x, y, z\"\n", "UTF-8 ; rows=1 key=0 id:integer,b, c, d:text" },
  { "id,b\n1,\"x;y;z\n;;;\"\n2,z\n", "UTF-8 , rows=2 key=0 id:integer,b:text" },
  { "id;b, c\n1;x\n2;y, z\n", "UTF-8 ; rows=2 key=0 id:integer,b, c:text" },
  { "sep=|\nid|b,c\n1|2,5\n", "UTF-8 | rows=1 key=0 id:integer,b,c:decimal" },
  { "sep=;\r\nid;b\r\n1;2\r\n", "UTF-8 ; rows=1 key=0 id:integer,b:integer" },
  { "\xef\xbb\xbfsep=\t\nid\tb\n", "UTF-8 tab rows=0 key=0 id:text,b:text" },
  { "id;b", "UTF-8 ; rows=0 key=0 id:text,b:text" },
};

static void
test_delimiters (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      g_autofree char *shape = inspect_text (delimiters[i].text, -1);

      g_test_message ("delimiter %u", (guint) i);
      g_assert_cmpstr (shape, ==, delimiters[i].expected);
    }
}

static const Row headers[] = {
  { "id,,Navn,navn, NAVN ,\n1,2,3,4,5,6\n",
    "UTF-8 , rows=1 key=0 id:integer,Column 2:integer,Navn:integer,navn 2:integer,"
    "NAVN 3:integer,Column 6:integer" },
  { "id,Column 3,\n1,a,a\n", "UTF-8 , rows=1 key=0 id:integer,Column 3:text,Column 3 2:text" },
  { "id,email,email 2,email\n1,a,b,c\n",
    "UTF-8 , rows=1 key=0 id:integer,email:text,email 2:text,email 3:text" },
  { "\"id\",\"E-post\nadresse\"\n1,a\n", "UTF-8 , rows=1 key=0 id:integer,E-post adresse:text" },
};

static void
test_headers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *shape = inspect_text (headers[i].text, -1);

      g_test_message ("header %u", (guint) i);
      g_assert_cmpstr (shape, ==, headers[i].expected);
    }
}

typedef struct
{
  const char *name;
  const char *values; /* parted by "|" */
  const char *type;
} Column;

static const Column columns[] = {
  { "a", "1|22|-3|", "integer" },
  { "a", "1 000|12 500 000", "integer" },
  { "a", "1\xc2\xa0" "000|2\xe2\x80\xaf" "500", "integer" },
  { "a", "123456789012345678", "integer" },
  { "a", "1234567890123456789", "text" },
  { "a", "0042|1000", "text" },
  { "a", "1000|00", "text" },
  { "a", "0|10", "integer" },
  { "a", "-5|-05", "text" },
  { "a", "+4722334455|22334455", "text" },
  { "a", "22 33 44 55|98 76 54 32", "text" },
  { "a", "1,5|2|-0,25", "decimal" },
  { "a", "1.5|1234.25", "decimal" },
  { "a", "1\xc2\xa0" "234,50|12 000,00", "decimal" },
  { "a", "1,5|0042", "text" },
  { "a", "1,5|abc", "text" },
  { "a", "31.12.2026|1.1.2027", "date" },
  { "a", "2026-12-31|2026-12-31T23:59:59Z", "date" },
  { "a", "2026-12-31|2026-02-30", "text" },
  { "a", "31.12.2026|17", "text" },
  { "a", "ja|nei|JA", "boolean" },
  { "a", "Yes|No|", "boolean" },
  { "a", "true|false|1|0", "boolean" },
  { "Land", "NO|NO|NO", "text" },
  { "Merke", "x||x", "text" },
  { "Nyhetsbrev", "x||x", "boolean" },
  { "Samtykke", "NEI|nei", "boolean" },
  { "a", "0|1|1", "integer" },
  { "is_active", "0|1|1", "boolean" },
  { "isVip", "1|1|1", "boolean" },
  { "issues", "0|1|1", "integer" },
  { "Har kjøpt", "0|1", "boolean" },
  { "donotbulkemail", "0|1", "boolean" },
  { "is_active", "0|1|2", "integer" },
  { "a", "|||", "text" },
  { "a", "  |  ", "text" },
  { "a", " 12 | 13", "integer" },
};

static void
test_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_auto(GStrv) values = g_strsplit (columns[i].values, "|", -1);
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *expected = NULL;
      g_autofree char *shape = NULL;

      g_string_append_printf (text, "%s\tz\n", columns[i].name);
      for (gsize v = 0; values[v] != NULL; v++)
        g_string_append_printf (text, "%s\tz\n", values[v]);

      g_test_message ("%s: %s", columns[i].name, columns[i].values);
      shape = inspect_text (text->str, text->len);
      expected = g_strdup_printf (" %s:%s,z:text", columns[i].name, columns[i].type);
      g_assert_true (g_str_has_suffix (shape, expected));
    }
}

static const struct
{
  const char *text;
  int key;
} keys[] = {
  { "navn,nr\na,1\na,2\n", 1 },
  { "navn,nr\na,1\nb,2\n", -1 },
  { "navn,e-post,nr\na,x@y,1\nb,z@y,2\n", 1 },
  { "e-post,Kundenr.\nx@y,1\nz@y,2\n", 1 },
  { "Customer ID,id\n1,1\n2,2\n", 1 },
  { "customer_id,navn\n1,a\n2,b\n", 0 },
  { "id,navn\n1,a\n1,b\n", 1 },
  { "id,navn\n1,a\n,b\n", 1 },
  { "id,navn\n1,a\n1,a\n", -1 },
  { "id,navn\n1,a\n,\n,\n2,a\n", 0 },
  { "id,navn\n 1,a\n1 ,a\n", -1 },
  { "id,navn\n1,a\n2\n1,\"b\"x\n3,a\n", 0 },
};

static void
test_keys (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto(SourceFixture) fixture = { NULL, };
      g_autoptr(BudSourceShape) shape = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("key %u", (guint) i);
      source_fixture_init (&fixture, keys[i].text, -1);
      shape = source_fixture_inspect (&fixture, &error);
      g_assert_no_error (error);
      g_assert_cmpint (shape->key, ==, keys[i].key);
    }
}

static void
test_settings (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  const char *types[] = { "a=b=integer", "Dato=date", NULL };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *rows = NULL;

  source_fixture_init (&fixture,
                       "KundeNr\ta=b\tDato\tTekst\n"
                       "  0042 \t0017\t1.2.2026\t  two  words \n"
                       "\t1\t\tx\n"
                       "43\tmange\t\tx\n"
                       "44\t 9 \t2026-13-01\tx\n"
                       "45\t\t   \t \t\n"
                       "46\t\t   \t \n", -1);
  g_object_set (fixture.origin, "delimiter", "tab", "key", "kundenr", "types", types, NULL);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  text = source_shape_to_text (shape);
  g_assert_cmpstr (text, ==,
                   "UTF-8 tab rows=6 key=0 KundeNr:text,a=b:integer,Dato:date,Tekst:text");

  rows = source_fixture_read (&fixture, shape, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==,
                   "2 0042:0042|17|2026-02-01|two  words\n"
                   "!3.1 empty-key \t1\t\tx\n"
                   "!4.2 type 43\tmange\t\tx\n"
                   "!5.3 type 44\t 9 \t2026-13-01\tx\n"
                   "!6.0 ragged 45\t\t   \t \t\n"
                   "7 46:46|-|-|-\n");
}

static void
test_key_is_not_canonicalised (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *rows = NULL;

  source_fixture_init (&fixture, "id,b\n1 000,x\n2,x\n", -1);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  rows = source_fixture_read (&fixture, shape, &error);
  g_assert_cmpstr (rows, ==, "2 1 000:1000|x\n3 2:2|x\n");
}

typedef struct
{
  const char *bytes;
  gsize len;
  const char *property; /* a setting, or NULL */
  const char *value;
  int code;
  const char *words; /* of the message */
} Failure;

#define FAILURE(bytes, property, value, code, words) \
  { bytes, sizeof bytes - 1, property, value, code, words }

static const Failure failures[] = {
  FAILURE ("", NULL, NULL, BUD_SOURCE_ERROR_EMPTY, "Ålesund"),
  FAILURE ("\n\r\n  \n", NULL, NULL, BUD_SOURCE_ERROR_EMPTY, "header row"),
  FAILURE ("\xef\xbb\xbf", NULL, NULL, BUD_SOURCE_ERROR_EMPTY, "header row"),
  FAILURE ("sep=;\r\n", NULL, NULL, BUD_SOURCE_ERROR_EMPTY, "header row"),
  FAILURE ("a,\"b\n1,2\n", NULL, NULL, BUD_SOURCE_ERROR_HEADER, "Line 1"),
  FAILURE ("\na,b\0\n1,2\n", NULL, NULL, BUD_SOURCE_ERROR_HEADER, "Line 2"),
  FAILURE ("PK\x03\x04\x14\0\x06\0", NULL, NULL, BUD_SOURCE_ERROR_FAILED, "CSV"),
  FAILURE ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NULL, NULL, BUD_SOURCE_ERROR_FAILED, "CSV"),
  FAILURE ("%PDF-1.7\n", NULL, NULL, BUD_SOURCE_ERROR_FAILED, "CSV"),
  FAILURE ("a\0\0\0\0\0\0\0\0\0b\0\0\0\0\0\0\0\0\0c\0\0", NULL, NULL, BUD_SOURCE_ERROR_FAILED,
           "CSV"),
  FAILURE ("a,b\n1,2\n", "key", "c", BUD_SOURCE_ERROR_KEY, "“c”"),
  FAILURE ("kundenr,b\n1,2\n", "key", "kundenrr", BUD_SOURCE_ERROR_KEY, "“kundenr”"),
  FAILURE ("a,b\n1,\n2,\n", "key", "b", BUD_SOURCE_ERROR_KEY, "empty"),
  FAILURE ("a,b\n1,2\n", "encoding", "klingon", BUD_SOURCE_ERROR_ENCODING, "klingon"),
  FAILURE ("a,b\n1,2\n", "encoding", "LATIN1//IGNORE", BUD_SOURCE_ERROR_ENCODING, "IGNORE"),
  FAILURE ("\xe5,b\n1,2\n", "encoding", "UTF-8", BUD_SOURCE_ERROR_ENCODING, "UTF-8"),
  FAILURE ("\xff\xfe" "a\0", "encoding", "ISO-8859-1", BUD_SOURCE_ERROR_ENCODING, "UTF-16LE"),
  FAILURE ("\xef\xbb\xbf" "a", "encoding", "ISO-8859-1", BUD_SOURCE_ERROR_ENCODING, "UTF-8"),
  FAILURE ("\xef\xbb\xbf" "ab\n", "encoding", "UTF-16LE", BUD_SOURCE_ERROR_ENCODING, "UTF-8"),
  FAILURE ("\xff\xfe" "a\0,\0b\0\n\0", "encoding", "UTF-8", BUD_SOURCE_ERROR_ENCODING,
           "UTF-16LE"),
  FAILURE ("PK\x03\x04\x14\0\x06\0", "encoding", "UTF-16LE", BUD_SOURCE_ERROR_FAILED, "CSV"),
  FAILURE ("a,b\n1,2\n", "delimiter", ",,", BUD_SOURCE_ERROR_FAILED, "“,,”"),
  FAILURE ("a,b\n1,2\n", "delimiter", "\"", BUD_SOURCE_ERROR_FAILED, "delimiter"),
  FAILURE ("a,b\n1,2\n", "delimiter", "x", BUD_SOURCE_ERROR_FAILED, "delimiter"),
  FAILURE ("a,b\n1,2\n", "types", "a=float", BUD_SOURCE_ERROR_HEADER, "a=float"),
  FAILURE ("a,b\n1,2\n", "types", "a", BUD_SOURCE_ERROR_HEADER, "“a”"),
  FAILURE ("konto,b\n1,2\n", "types", "kunto=text", BUD_SOURCE_ERROR_HEADER, "“konto”"),
  FAILURE ("a\n", "type", "excel", BUD_SOURCE_ERROR_FAILED, "excel"),
  FAILURE ("a\n", "location", "", BUD_SOURCE_ERROR_FAILED, "file"),
  FAILURE ("a\n", "location", "/", BUD_SOURCE_ERROR_FAILED, "not a file"),
};

static void
test_failures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      const Failure *it = &failures[i];
      g_auto(SourceFixture) fixture = { NULL, };
      g_autoptr(BudSourceShape) shape = NULL;
      g_autoptr(GError) error = NULL;
      const char *list[] = { it->value, NULL };

      g_test_message ("failure %u", (guint) i);
      source_fixture_init (&fixture, it->bytes, it->len);
      if (it->property != NULL)
        g_object_set (fixture.origin, it->property,
                      g_str_equal (it->property, "types") ? (gpointer) list : (gpointer) it->value,
                      NULL);

      shape = source_fixture_inspect (&fixture, &error);
          g_assert_null (shape);
      g_assert_error (error, BUD_SOURCE_ERROR, it->code);
      g_assert_nonnull (strstr (error->message, it->words));
    }
}

static void
test_missing_file (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(GError) error = NULL;

  source_fixture_init (&fixture, "a\n", -1);
  g_unlink (fixture.path);
  g_assert_null (source_fixture_inspect (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* The only letter that is not ASCII comes long after the first chunk. */
static void
test_late_letter (void)
{
  static const Row endings[] = {
    { "5,\xe5\n", "WINDOWS-1252 , rows=60001 key=-1 id:integer,note:text" },
    { "5,å\n", "UTF-8 , rows=60001 key=-1 id:integer,note:text" },
    { "5,a\n", "UTF-8 , rows=60001 key=-1 id:integer,note:text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *text = make_large ();
      g_autofree char *all = g_strconcat (text, endings[i].text, NULL);
      g_autofree char *shape = inspect_text (all, -1);

      g_assert_cmpstr (shape, ==, endings[i].expected);
    }
}

/* A person's choice goes before Excel's line, which is no header all the same. */
static void
test_sep_line_with_other_delimiter (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  source_fixture_init (&fixture, "sep=;\nid|b;c\n1|2\n", -1);
  g_object_set (fixture.origin, "delimiter", "|", NULL);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  text = source_shape_to_text (shape);
  g_assert_cmpstr (text, ==, "UTF-8 | rows=1 key=0 id:integer,b;c:integer");
}

static void
test_no_key (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;

  source_fixture_init (&fixture, "a,b\n1,2\n1,2\n", -1);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  g_assert_null (source_fixture_read (&fixture, shape, &error));
  g_assert_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_KEY);
}

/* Undecodable bytes cost their row and no other, in every encoding that has such. */
static void
test_undecodable (void)
{
  static const struct
  {
    const char *encoding;
    const char *bytes;
    gsize len;
    const char *expected;
  } cases[] = {
    { "UTF-8", "id,n\n1,\xe5\n2,b\n", 13, "!2.2 undecodable 1,\xef\xbf\xbd\n3 2:2|b\n" },
    { NULL, "id,n\n1,\xe5\x81\n2,\xe5\n", 14, "!2.2 undecodable 1,å\xef\xbf\xbd\n3 2:2|å\n" },
    { "UTF-16LE", "i\0d\0,\0n\0\n\0" "1\0,\0\x00\xd8\n\0" "2\0,\0b\0\n\0", 26,
      "!2.2 undecodable 1,\xef\xbf\xbd\n3 2:2|b\n" },
    { "UTF-16LE", "i\0d\0,\0n\0\n\0" "1\0,\0a\0\n\0x", 19,
      "2 1:1|a\n!3.1 undecodable \xef\xbf\xbd\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(SourceFixture) fixture = { NULL, };
      g_autoptr(BudSourceShape) shape = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *rows = NULL;

      g_test_message ("case %u", (guint) i);
      source_fixture_init (&fixture, cases[i].bytes, cases[i].len);
      g_object_set (fixture.origin, "encoding", cases[i].encoding, NULL);
      shape = source_fixture_inspect (&fixture, &error);
      g_assert_no_error (error);
      shape->key = 0;
      rows = source_fixture_read (&fixture, shape, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, cases[i].expected);
    }
}

static void
test_file_changes (void)
{
  static const struct
  {
    const char *bytes;
    gboolean new_source; /* which knows only the shape */
  } cases[] = {
    { "id,n\n1,a\n2,c\n", FALSE },
    { "id,n\n1,a\n2,b\n3,c\n", FALSE },
    { "id,m\n1,a\n2,b\n", TRUE },
    { "id,n,o\n1,a,\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(SourceFixture) fixture = { NULL, };
      g_autoptr(BudSourceShape) shape = NULL;
      g_autoptr(GError) error = NULL;
      struct timespec times[2] = { { 0, UTIME_NOW }, { 1, 500 } };

      g_test_message ("change %u", (guint) i);
      source_fixture_init (&fixture, "id,n\n1,a\n2,b\n", -1);
      shape = source_fixture_inspect (&fixture, &error);
      g_assert_no_error (error);

      source_fixture_write (&fixture, cases[i].bytes, -1);
      g_assert_cmpint (utimensat (AT_FDCWD, fixture.path, times, 0), ==, 0);
      if (cases[i].new_source)
        {
          g_clear_object (&fixture.source);
          fixture.source = bud_source_new (fixture.origin, NULL);
        }
      g_assert_null (source_fixture_read (&fixture, shape, &error));
      g_assert_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_CHANGED);
    }
}

typedef struct
{
  GCancellable *cancellable;
  const char *path;
  double last;
  guint n_calls;
  guint n_rows;
  guint stop_at;
} Watch;

static void
watch_progress (double   fraction,
                gpointer data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->last = fraction;
  if (++watch->n_calls != watch->stop_at)
    return;

  if (watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
  else
    g_assert_cmpint (truncate (watch->path, 300000), ==, 0);
}

static gboolean
count_row (const BudSourceRow  *row,
           gpointer             data,
           GError             **error)
{
  ((Watch *) data)->n_rows++;

  return TRUE;
}

static gboolean
fail_on_reject (const BudReject  *reject,
                gpointer          data,
                GError          **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");

  return FALSE;
}

static void
test_progress (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = make_large ();
  Watch watch = { NULL, };
  guint n_chunks = strlen (text) / (256 * 1024) + 1;

  source_fixture_init (&fixture, text, -1);
  fixture.source = bud_source_new (fixture.origin, &error);
  shape = bud_source_inspect (fixture.source, watch_progress, &watch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (watch.last, ==, 1);
  g_assert_cmpuint (watch.n_calls, ==, 2 * n_chunks);
  g_assert_cmpint (shape->n_rows, ==, 60000);

  watch = (Watch) { NULL, };
  g_assert_true (bud_source_read (fixture.source, shape, count_row, fail_on_reject, watch_progress,
                                  &watch, NULL, &error));
  g_assert_cmpfloat (watch.last, ==, 1);
  g_assert_cmpuint (watch.n_calls, ==, n_chunks);
  g_assert_cmpuint (watch.n_rows, ==, 60000);
}

/* Cancels after every chunk of either pass in turn. */
static void
test_cancel (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autofree char *text = make_large ();
  guint n_chunks = strlen (text) / (256 * 1024) + 1;

  source_fixture_init (&fixture, text, -1);
  shape = source_fixture_inspect (&fixture, NULL);

  for (guint stop = 1; stop <= n_chunks; stop++)
    {
      g_autoptr(GCancellable) first = g_cancellable_new ();
      g_autoptr(GCancellable) second = g_cancellable_new ();
      g_autoptr(GError) error = NULL;
      Watch inspecting = { .cancellable = first, .stop_at = stop + n_chunks };
      Watch reading = { .cancellable = second, .stop_at = stop };

      g_assert_null (bud_source_inspect (fixture.source, watch_progress, &inspecting, first,
                                         &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);

      g_assert_false (bud_source_read (fixture.source, shape, count_row, fail_on_reject,
                                       watch_progress, &reading, second, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (reading.n_calls, ==, stop);
      g_assert_cmpuint (reading.n_rows, >, 8000 * stop);
    }
}

static void
test_truncated_while_reading (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = make_large ();
  Watch watch = { .stop_at = 1 };

  source_fixture_init (&fixture, text, -1);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  watch.path = fixture.path;
  g_assert_false (bud_source_read (fixture.source, shape, count_row, fail_on_reject,
                                   watch_progress, &watch, NULL, &error));
  g_assert_true (g_error_matches (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_CHANGED) ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE));
}

static void
test_callback_error_comes_through (void)
{
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  Watch watch = { NULL, };

  source_fixture_init (&fixture, "id,n\n1,a\n2\n3,c\n", -1);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  g_assert_false (bud_source_read (fixture.source, shape, count_row, fail_on_reject, NULL, &watch,
                                   NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (watch.n_rows, ==, 1);
}

static gboolean
count_reject (const BudReject  *reject,
              gpointer          data,
              GError          **error)
{
  g_assert_true (g_utf8_validate (reject->raw, -1, NULL));
  ((Watch *) data)->n_rows++;

  return TRUE;
}

static void
append_noise (GString *text,
              guint    kind)
{
  static const char *const pieces[] = {
    ";", ";", ",", "\n", "\r\n", "\r", "\"", "\"\"", "æ", "\xe5", "0042", "12,5", "ja", "id",
    "2026-01-31", " ", "\t", "|", "=", "\xff\xfe", "sep=;"
  };

  for (int n = g_test_rand_int_range (1, 120); n > 0; n--)
    {
      if (kind == 0 || g_test_rand_int_range (0, 60) == 0)
        g_string_append_c (text, g_test_rand_int_range (0, 256));
      else
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
    }
}

/* Whatever a file holds, it is refused with an error, or each row is counted once. */
static void
test_noise (void)
{
  guint n_read = 0;

  for (guint i = 0; i < 1500; i++)
    {
      g_auto(SourceFixture) fixture = { NULL, };
      g_autoptr(BudSourceShape) shape = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) text = g_string_new (i % 3 > 0 ? "id;navn;b\n" : NULL);
      Watch watch = { NULL, };

      append_noise (text, i % 5);
      source_fixture_init (&fixture, text->str, text->len);
      shape = source_fixture_inspect (&fixture, &error);
      g_assert_true ((shape == NULL) == (error != NULL));
      if (shape == NULL)
        continue;

      shape->key = 0;
      g_assert_true (bud_source_read (fixture.source, shape, count_row, count_reject, NULL,
                                      &watch, NULL, &error));
      g_assert_cmpint (watch.n_rows, ==, shape->n_rows);
      n_read++;
    }
  g_assert_cmpuint (n_read, >, 500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/csv-source/encodings", test_encodings);
  g_test_add_func ("/csv-source/delimiters", test_delimiters);
  g_test_add_func ("/csv-source/headers", test_headers);
  g_test_add_func ("/csv-source/types", test_types);
  g_test_add_func ("/csv-source/keys", test_keys);
  g_test_add_func ("/csv-source/settings", test_settings);
  g_test_add_func ("/csv-source/key-is-not-canonicalised", test_key_is_not_canonicalised);
  g_test_add_func ("/csv-source/failures", test_failures);
  g_test_add_func ("/csv-source/missing-file", test_missing_file);
  g_test_add_func ("/csv-source/late-letter", test_late_letter);
  g_test_add_func ("/csv-source/sep-line-with-other-delimiter", test_sep_line_with_other_delimiter);
  g_test_add_func ("/csv-source/no-key", test_no_key);
  g_test_add_func ("/csv-source/undecodable", test_undecodable);
  g_test_add_func ("/csv-source/file-changes", test_file_changes);
  g_test_add_func ("/csv-source/progress", test_progress);
  g_test_add_func ("/csv-source/cancel", test_cancel);
  g_test_add_func ("/csv-source/truncated-while-reading", test_truncated_while_reading);
  g_test_add_func ("/csv-source/callback-error-comes-through", test_callback_error_comes_through);

  g_test_add_func ("/csv-source/noise", test_noise);

  return g_test_run ();
}
