/* bench-csv.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "csv/bud-csv-file.h"
#include "csv/bud-csv-parser.h"

/* How fast a file of customers is read: "bench-csv [ROWS [ENCODING]]", a million in UTF-8 without
 * arguments. The parser alone is measured on UTF-8 only, for it knows nothing else. Each measure
 * runs in a process of its own, so that its peak of memory is its own too. The file is the same in
 * every run. */

static const char *const first_names[] = { "Kari", "Åse", "Ola", "Bjørn", "Ingrid", "Søren" };
static const char *const last_names[] = { "Nordmann", "Ødegård", "Hansen", "Lie", "Bakken" };
static const char *const places[] = { "Oslo", "Tromsø", "Bergen", "Å i Lofoten" };

typedef gint64 (*Measure) (const char *path);

static void
write_rows (FILE   *file,
            gint64  n_rows)
{
  fputs ("customer_id,email,first_name,last_name,born,postcode,place,orders,spent,consent,"
         "phone,note\n", file);

  for (gint64 i = 0; i < n_rows; i++)
    {
      guint64 mixed = (guint64) (i + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 16;

      fprintf (file,
               "C-%08" G_GINT64_FORMAT ",customer%" G_GINT64_FORMAT "@example.com,%s,%s,"
               "19%02u-%02u-%02u,%04u,%s,%u,%u.%02u,%s,+47 4%07u,\"Likes %s, %s\"\n",
               i, i, first_names[mixed % 6], last_names[mixed % 5],
               (guint) (mixed % 100), (guint) (mixed % 12 + 1), (guint) (mixed % 28 + 1),
               (guint) (mixed % 10000), places[mixed % 4], (guint) (mixed % 50),
               (guint) (mixed % 20000), (guint) (mixed % 100), mixed % 3 == 0 ? "yes" : "no",
               (guint) (mixed % 10000000), "fishing", "long walks in the rain");
    }
}

static char *
make_file (gint64 n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  FILE *file;
  int fd = g_file_open_tmp ("bench-XXXXXX.csv", &path, &error);

  if (fd < 0)
    g_error ("%s", error->message);
  file = fdopen (fd, "w");
  write_rows (file, n_rows);
  if (fclose (file) != 0)
    g_error ("cannot write %s", path);

  return g_steal_pointer (&path);
}

static void
convert_file (const char *path,
              const char *encoding)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *converted = NULL;
  gsize len;

  if (!g_file_get_contents (path, &text, &len, &error) ||
      (converted = g_convert (text, len, encoding, "UTF-8", NULL, &len, &error)) == NULL ||
      !g_file_set_contents (path, converted, len, &error))
    g_error ("%s", error->message);
}

static gboolean
count_parsed (const BudCsvRow  *row,
              gpointer          n,
              GError          **error)
{
  (*(gint64 *) n)++;

  return TRUE;
}

static gboolean
count_row (const BudSourceRow  *row,
           gpointer             n,
           GError             **error)
{
  (*(gint64 *) n)++;

  return TRUE;
}

static gboolean
ignore_reject (const BudReject  *reject,
               gpointer          data,
               GError          **error)
{
  return TRUE;
}

static gboolean
feed (const char  *bytes,
      gsize        len,
      gpointer     parser,
      GError     **error)
{
  return bud_csv_parser_feed (parser, bytes, len, error);
}

static gint64
parse (const char *path)
{
  BudCsvProgress progress = { NULL, };
  g_autoptr(BudCsvFile) file = bud_csv_file_open (path, NULL);
  gint64 n = 0;
  g_autoptr(BudCsvParser) parser = bud_csv_parser_new (',', count_parsed, ignore_reject, &n);

  if (!bud_csv_file_each_chunk (file, feed, parser, &progress, NULL, NULL) ||
      !bud_csv_parser_finish (parser, NULL))
    g_error ("cannot parse");

  return n - 1;
}

static BudSource *
open_source (const char *path)
{
  g_autoptr(BudOrigin) origin = g_object_new (BUD_TYPE_ORIGIN, "type", "csv", "location", path,
                                              NULL);

  return bud_source_new (origin, NULL);
}

static gint64
inspect (const char *path)
{
  g_autoptr(BudSource) source = open_source (path);
  g_autoptr(BudSourceShape) shape = bud_source_inspect (source, NULL, NULL, NULL, NULL);

  return shape->n_rows;
}

static gint64
inspect_and_read (const char *path)
{
  g_autoptr(BudSource) source = open_source (path);
  g_autoptr(BudSourceShape) shape = bud_source_inspect (source, NULL, NULL, NULL, NULL);
  gint64 n = 0;

  if (!bud_source_read (source, shape, count_row, ignore_reject, NULL, &n, NULL, NULL))
    g_error ("cannot read");

  return n;
}

static void
measure (const char *name,
         Measure     func,
         const char *path,
         gint64      size)
{
  gint64 start = g_get_monotonic_time ();
  struct rusage usage;
  double seconds;
  gint64 n;

  fflush (stdout);
  if (fork () != 0)
    {
      wait (NULL);
      return;
    }

  n = func (path);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  getrusage (RUSAGE_SELF, &usage);
  printf ("%-16s %10" G_GINT64_FORMAT " rows %7.3f s %10.0f rows/s %6.0f MB/s  peak %ld MiB\n",
          name, n, seconds, n / seconds, size / 1e6 / seconds, usage.ru_maxrss / 1024);
  fflush (stdout);
  _exit (0);
}

int
main (int    argc,
      char **argv)
{
  gint64 n_rows = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  g_autofree char *path = make_file (n_rows);
  const char *encoding = argc > 2 ? argv[2] : NULL;
  GStatBuf info;

  if (encoding != NULL)
    convert_file (path, encoding);
  if (g_stat (path, &info) != 0)
    g_error ("cannot look at %s", path);
  printf ("%.1f MB in %s\n", info.st_size / 1e6, path);

  if (encoding == NULL)
    measure ("parse", parse, path, info.st_size);
  measure ("inspect", inspect, path, info.st_size);
  measure ("inspect and read", inspect_and_read, path, info.st_size);
  g_unlink (path);

  return 0;
}
