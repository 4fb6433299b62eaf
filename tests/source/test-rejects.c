/* test-rejects.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bud-rejects.h"

static GFile *
make_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "rejected.csv", NULL);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);

  return g_file_new_for_path (path);
}

static void
test_content (void)
{
  g_autoptr(GFile) file = make_file ();
  BudRejects *rejects = bud_rejects_new (file);
  const BudReject ragged = { 17, 0, BUD_REJECT_RAGGED, "a;\"b\"\nc" };
  const BudReject formula = { 18, 2, BUD_REJECT_QUOTE, "=cmd|' /C calc'!A0" };
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  GStatBuf info;

  /* An older list, which everybody may read, makes way. */
  g_assert_true (g_file_set_contents (g_file_peek_path (file), "old", -1, NULL));
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0644), ==, 0);

  g_assert_true (bud_rejects_add (rejects, &ragged, &error));
  g_assert_true (bud_rejects_add (rejects, &formula, &error));
  g_assert_cmpint (bud_rejects_get_count (rejects), ==, 2);
  g_assert_true (bud_rejects_close (rejects, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (rejects);

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &content, NULL, NULL));
  g_assert_cmpstr (content, ==,
                   "\xef\xbb\xbfLine,Column,Reason,Row\r\n"
                   "17,,more or fewer fields than the header row,\"a;\"\"b\"\"\nc\"\r\n"
                   "18,2,\"a quotation mark that is not closed, or text after a closing one\","
                   "\"'=cmd|' /C calc'!A0\"\r\n");
  g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_no_reject_no_file (void)
{
  g_autoptr(GFile) file = make_file ();
  BudRejects *rejects = bud_rejects_new (file);

  g_assert_true (bud_rejects_close (rejects, NULL));
  g_assert_finalize_object (rejects);
  g_assert_false (g_file_query_exists (file, NULL));
}

static void
test_many (void)
{
  g_autoptr(GFile) file = make_file ();
  BudRejects *rejects = bud_rejects_new (file);
  g_autofree char *content = NULL;
  guint n_lines = 0;

  for (guint i = 1; i <= 20000; i++)
    {
      const BudReject reject = { i, 1, BUD_REJECT_NUL, "row" };

      g_assert_true (bud_rejects_add (rejects, &reject, NULL));
    }
  g_assert_true (bud_rejects_close (rejects, NULL));
  g_assert_finalize_object (rejects);

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &content, NULL, NULL));
  for (const char *at = content; *at != '\0'; at++)
    n_lines += *at == '\n';
  g_assert_cmpuint (n_lines, ==, 20001);
}

static void
test_errors_come_through (void)
{
  const BudReject reject = { 1, 1, BUD_REJECT_NUL, "row" };
  g_autoptr(GFile) missing = g_file_new_for_path ("/nowhere/at/all.csv");
  g_autoptr(BudRejects) nowhere = bud_rejects_new (missing);
  g_autoptr(GError) error = NULL;

  g_assert_false (bud_rejects_add (nowhere, &reject, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (bud_rejects_get_count (nowhere), ==, 0);
}

static void
test_labels (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int reason = 0; reason <= BUD_REJECT_DUPLICATE_KEY; reason++)
    g_assert_true (g_hash_table_add (seen, (char *) bud_reject_reason_to_label (reason)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rejects/content", test_content);
  g_test_add_func ("/rejects/no-reject-no-file", test_no_reject_no_file);
  g_test_add_func ("/rejects/many", test_many);
  g_test_add_func ("/rejects/errors-come-through", test_errors_come_through);
  g_test_add_func ("/rejects/labels", test_labels);

  return g_test_run ();
}
