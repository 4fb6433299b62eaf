/* bud-cli-secret.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "bud-cli-secret.h"

/* Long enough for any key, short enough to refuse a file that is something else. */
#define MAX_SECRET 512

/* A prompt that does not show what is typed. */
static gboolean
read_from_terminal (FILE *in,
                    char  buffer[MAX_SECRET])
{
  struct termios shown;
  struct termios hidden;
  gboolean ok;

  if (tcgetattr (fileno (in), &shown) != 0)
    return fgets (buffer, MAX_SECRET, in) != NULL;

  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  g_printerr ("%s ", _("API key:"));
  tcsetattr (fileno (in), TCSAFLUSH, &hidden);
  ok = fgets (buffer, MAX_SECRET, in) != NULL;
  tcsetattr (fileno (in), TCSAFLUSH, &shown);
  g_printerr ("\n");

  return ok;
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
 * @error: return location for a %G_IO_ERROR
 *
 * A secret never comes from the command line, where other users of the machine could see it.
 *
 * Returns: (transfer full): the first line, to be freed with bud_cli_secret_free()
 */
char *
bud_cli_secret_read (const char  *path,
                     GError     **error)
{
  gboolean from_stdin = path == NULL || g_str_equal (path, "-");
  FILE *in = from_stdin ? stdin : fopen (path, "re");
  char buffer[MAX_SECRET] = "";
  char *secret;

  if (in == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: a file's path */
                   _("The file “%s” cannot be read."), path);
      return NULL;
    }

  read_from_terminal (in, buffer);
  if (!from_stdin)
    fclose (in);

  g_strstrip (buffer);
  secret = g_strdup (buffer);
  sodium_memzero (buffer, sizeof buffer);
  if (*secret != '\0')
    return secret;

  bud_cli_secret_free (secret);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("There is no API key on the first line."));

  return NULL;
}
