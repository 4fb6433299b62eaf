/* bud-http-log.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-http-log.h"

#define HIDDEN "…"

/* A phone number can be a name in a path; nothing else that we show has so many digits in a row. */
#define LONGEST_DIGITS 7
/* Ids of audiences and batches have ten characters; hashes of addresses have 32 or more. */
#define LONGEST_WORD 24

/* Whatever is not plainly a word of the service's own is left out. */
static gboolean
is_harmless (const char *word,
             gsize       length)
{
  gsize n_digits = 0;

  if (length > LONGEST_WORD)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      n_digits = g_ascii_isdigit (word[i]) ? n_digits + 1 : 0;

      if (n_digits > LONGEST_DIGITS ||
          (!g_ascii_isalnum (word[i]) && strchr ("._-", word[i]) == NULL))
        return FALSE;
    }

  return TRUE;
}

static void
append_word (GString    *out,
             const char *word,
             gsize       length)
{
  if (is_harmless (word, length))
    g_string_append_len (out, word, length);
  else
    g_string_append (out, HIDDEN);
}

static void
append_path (GString    *out,
             const char *path)
{
  for (const char *p = path; *p != '\0';)
    {
      gsize length = strcspn (p, "/");

      append_word (out, p, length);
      p += length;
      if (*p == '/')
        g_string_append_c (out, *p++);
    }
}

static void
append_query (GString    *out,
              const char *query)
{
  char separator = '?';

  for (const char *p = query; *p != '\0'; separator = '&')
    {
      gsize length = strcspn (p, "&");

      g_string_append_c (out, separator);
      append_word (out, p, MIN (length, strcspn (p, "=")));
      g_string_append (out, "=" HIDDEN);
      p += length;
      if (*p == '&')
        p++;
    }
}

/**
 * bud_http_log_redact_path:
 * @uri: an address, with its path and query as they are on the wire
 *
 * Returns: (transfer full): path and query without the query's values, addresses, hashes and keys
 */
char *
bud_http_log_redact_path (GUri *uri)
{
  GString *out;

  g_return_val_if_fail (uri != NULL, NULL);

  out = g_string_new (NULL);
  append_path (out, g_uri_get_path (uri));
  if (g_uri_get_query (uri) != NULL)
    append_query (out, g_uri_get_query (uri));

  return g_string_free (out, FALSE);
}

/**
 * bud_http_log_format:
 * @entry: one attempt
 *
 * Returns: (transfer full): one line of text, for a log that other people may read
 */
char *
bud_http_log_format (const BudHttpLogEntry *entry)
{
  g_autofree char *path = NULL;
  GString *out;

  g_return_val_if_fail (entry != NULL, NULL);

  path = bud_http_log_redact_path (entry->uri);
  out = g_string_new (NULL);
  g_string_append_printf (out, "%s %s %s", entry->method, g_uri_get_host (entry->uri), path);

  if (entry->failure != NULL)
    g_string_append_printf (out, " %s", entry->failure);
  else
    g_string_append_printf (out, " %u", entry->status);

  g_string_append_printf (out, " %" G_GSIZE_FORMAT " bytes %" G_GINT64_FORMAT " ms attempt %u",
                          entry->n_bytes, entry->milliseconds, entry->attempt);

  /* A foreign header is shown only in the shape it should have, not with whatever was put in it. */
  if (entry->request_id != NULL && g_uuid_string_is_valid (entry->request_id))
    g_string_append_printf (out, " id %s", entry->request_id);

  return g_string_free (out, FALSE);
}
