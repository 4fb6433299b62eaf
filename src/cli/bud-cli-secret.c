/* bud-cli-secret.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "bud-cli-secret.h"

/* Long enough for any key, short enough to refuse a file that is something else. */
#define MAX_SECRET 512

static gboolean
on_readable (int          fd,
             GIOCondition condition,
             gpointer     ready)
{
  *(gboolean *) ready = TRUE;

  return G_SOURCE_REMOVE;
}

/* Ctrl+C is heard by the main loop, which a read that blocks would keep waiting. */
static gboolean
wait_for_line (FILE          *in,
               GCancellable  *cancellable,
               GError       **error)
{
  gboolean ready = FALSE;
  guint source = g_unix_fd_add (fileno (in), G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, &ready);

  while (!ready && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (!ready)
    g_source_remove (source);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
read_line (FILE          *in,
           char           buffer[MAX_SECRET],
           GCancellable  *cancellable,
           GError       **error)
{
  if (!wait_for_line (in, cancellable, error))
    return FALSE;

  /* An end without a line is a line without a key. */
  if (fgets (buffer, MAX_SECRET, in) == NULL)
    *buffer = '\0';

  return TRUE;
}

/* On a terminal, a prompt that does not show what is typed. */
static gboolean
read_hidden (FILE          *in,
             char           buffer[MAX_SECRET],
             GCancellable  *cancellable,
             GError       **error)
{
  struct termios shown;
  struct termios hidden;
  gboolean ok;

  if (tcgetattr (fileno (in), &shown) != 0)
    return read_line (in, buffer, cancellable, error);

  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fileno (in), TCSAFLUSH, &hidden);
  g_printerr ("%s ", _("API key:"));
  ok = read_line (in, buffer, cancellable, error);
  tcsetattr (fileno (in), TCSAFLUSH, &shown);
  g_printerr ("\n");

  return ok;
}

/* A key goes into a header, and what nobody can have copied whole had better go nowhere. */
static gboolean
is_plain (const char *secret)
{
  for (const char *c = secret; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return TRUE;
}

/**
 * bud_cli_secret_free:
 * @secret: a secret
 *
 * Clears the memory before it is given back.
 */
void
bud_cli_secret_free (char *secret)
{
  sodium_memzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * bud_cli_secret_read:
 * @path: (nullable): a file; "-" or %NULL for the standard input stream, with a prompt when that
 *   is a terminal
 * @cancellable: stops the waiting
 * @error: return location for a %G_IO_ERROR
 *
 * A secret never comes from the command line, where other users of the machine could see it.
 *
 * Returns: (transfer full): the first line, to be freed with bud_cli_secret_free()
 */
char *
bud_cli_secret_read (const char    *path,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gboolean from_stdin = path == NULL || g_str_equal (path, "-");
  FILE *in = from_stdin ? stdin : fopen (path, "re");
  char buffer[MAX_SECRET] = "";
  char *secret;
  gboolean ok;

  if (in == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: a file's path */
                   _("The file “%s” cannot be read."), path);
      return NULL;
    }

  ok = read_hidden (in, buffer, cancellable, error);
  if (!from_stdin)
    fclose (in);
  if (!ok)
    return NULL;

  g_strstrip (buffer);
  secret = g_strdup (buffer);
  sodium_memzero (buffer, sizeof buffer);
  if (*secret != '\0' && is_plain (secret))
    return secret;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       *secret == '\0' ? _("There is no API key on the first line.")
                                       : _("The first line is not an API key: a key has no "
                                           "spaces and no letters outside A to Z. Copy the whole "
                                           "key, and nothing else."));
  bud_cli_secret_free (secret);

  return NULL;
}
