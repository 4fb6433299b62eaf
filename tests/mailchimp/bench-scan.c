/* bench-scan.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <time.h>

#include "bud-member-writer.h"
#include "bud-upsert-answer.h"

/* How fast batches are written and their answers read, by the processor's time, which others on
 * the machine do not change much. Not a test: bench-mailchimp-scan [BATCHES] */

#define N_FIELDS 13

static const char *const TAGS[N_FIELDS] = {
  "FNAME", "LNAME", "ADDR", "ZIP", "CITY", "COUNTRY", "PHONE", "BORN", "LANG", "SEGMENT", "LTV",
  "LASTBUY", "STORE",
};

static const char *const VALUES[N_FIELDS] = {
  "Ragnhild", "Bjørnstad", "Storgata 114 B", "9008", "Tromsø", "NO", "+4791234567", "1984-05-17",
  "nb", "Trofaste kunder", "12345.50", "2026-10-31", "Nordlys “Ærlig” & Co",
};

static char addresses[BUD_MEMBERS_MAX][64];

static GBytes *
write_batch (BudMemberWriter *writer)
{
  for (guint i = 0; i < BUD_MEMBERS_MAX; i++)
    bud_member_writer_add (writer, addresses[i], VALUES);

  return bud_member_writer_finish (writer);
}

/* As long as what the service sends: some 3.7 kB a member with its links. */
static GBytes *
build_answer (void)
{
  g_autoptr(GString) text = g_string_new ("{\"new_members\":[");

  for (guint i = 0; i < BUD_MEMBERS_MAX; i++)
    {
      g_string_append_printf (text, "%s{\"id\":\"62eeb292278cc15f5817cb78f7790b08\","
                                    "\"email_address\":"
                              "\"ragnhild.bjornstad%u@example.com\","
                              "\"unique_email_id\":\"a1b2c3d4e5\","
                              "\"email_type\":\"html\",\"status\":\"subscribed\","
                              "\"merge_fields\":{",
                              i > 0 ? "," : "", i);
      for (guint n = 0; n < N_FIELDS; n++)
        g_string_append_printf (text, "%s\"%s\":\"%s\"", n > 0 ? "," : "", TAGS[n], VALUES[n]);
      g_string_append (text, "},\"stats\":{\"avg_open_rate\":0,\"avg_click_rate\":0.25},\"ip_opt\":"
                       "\"192.0.2.1\",\"timestamp_opt\":\"2026-01-02T03:04:05+00:00\","
                       "\"vip\":false,"
                       "\"location\":{\"latitude\":69.65,\"longitude\":18.96,\"gmtoff\":1},"
                       "\"tags_count\":0,\"tags\":[],\"_links\":[");
      for (guint n = 0; n < 10; n++)
        g_string_append_printf (text, "%s{\"rel\":\"activity\","
                                      "\"href\":\"https://us1.api.mailchimp.com/"
                                "3.0/lists/0123456789/members/62eeb292278cc15f5817cb78f7790b08/"
                                "activity\",\"method\":\"GET\",\"targetSchema\":\"https://us1.api."
                                "mailchimp.com/schema/3.0/Definitions/Lists/Members/Activity/"
                                "Response.json\"}", n > 0 ? "," : "");
      g_string_append (text, "]}");
    }
  g_string_append (text, "],\"updated_members\":[],\"errors\":[],\"total_created\":500,"
                   "\"total_updated\":0,\"error_count\":0}");

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec + now.tv_nsec / 1e9;
}

static void
report (const char *what,
        double      started,
        guint       n_batches,
        gsize       n_bytes)
{
  double seconds = get_seconds () - started;

  g_print ("%s: %.0f members/s, %.0f MB/s, %" G_GSIZE_FORMAT " bytes a batch\n", what,
           n_batches * BUD_MEMBERS_MAX / seconds, n_batches * (double) n_bytes / 1e6 / seconds,
           n_bytes);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(BudMemberWriter) writer = bud_member_writer_new (TAGS, N_FIELDS, "subscribed");
  g_autoptr(GBytes) answer = build_answer ();
  guint n_batches = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 400;
  double started;
  gsize n_bytes = 0;

  for (guint i = 0; i < BUD_MEMBERS_MAX; i++)
    g_snprintf (addresses[i], sizeof addresses[i], "ragnhild.bjornstad%u@example.com", i);

  started = get_seconds ();
  for (guint i = 0; i < n_batches; i++)
    {
      g_autoptr(GBytes) body = write_batch (writer);

      n_bytes = g_bytes_get_size (body);
    }
  report ("write", started, n_batches, n_bytes);

  started = get_seconds ();
  for (guint i = 0; i < n_batches; i++)
    {
      g_autoptr(BudUpsertAnswer) read = bud_upsert_answer_scan (answer);

      g_assert (read != NULL && read->created->len == BUD_MEMBERS_MAX);
    }
  report ("scan", started, n_batches, g_bytes_get_size (answer));

  return 0;
}
