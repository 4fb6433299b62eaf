/* bud-csv-decoder.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-csv-decoder.h"
#include "bud-csv-encoding.h"

/* Turns bytes of any encoding into UTF-8, piece by piece. What is no text in that encoding becomes
 * the byte 0xFF, which UTF-8 never has: so the parser's check of each field finds it, and only the
 * row it stands in is lost. */

#define UNDECODABLE '\xff'
#define ROOM 64

struct _BudCsvDecoder
{
  GIConv converter; /* (owned): -1 when the bytes are UTF-8 already */
  gsize unit;       /* bytes to skip over what is no text */
  GString *in;      /* (owned): bytes of a character that is not complete yet */
  GString *out;     /* (owned) */
};

static const GIConv no_converter = (GIConv) -1;

static gsize
unit_of (const char *encoding)
{
  if (!bud_csv_encoding_is_wide (encoding))
    return 1;

  return strstr (encoding, "32") != NULL || strchr (encoding, '4') != NULL ? 4 : 2;
}

/**
 * bud_csv_decoder_new:
 * @encoding: an iconv name
 * @error: return location for %BUD_SOURCE_ERROR_ENCODING
 *
 * Returns: (transfer full): a decoder from @encoding to UTF-8, or %NULL with @error set
 */
BudCsvDecoder *
bud_csv_decoder_new (const char  *encoding,
                     GError     **error)
{
  g_autoptr(BudCsvDecoder) self = NULL;

  g_return_val_if_fail (encoding != NULL, NULL);

  self = g_new0 (BudCsvDecoder, 1);
  self->converter = no_converter;
  self->unit = unit_of (encoding);
  self->in = g_string_new (NULL);
  self->out = g_string_new (NULL);

  if (bud_csv_encoding_is_utf8 (encoding))
    return g_steal_pointer (&self);

  /* A slash would ask iconv to drop or replace what it cannot read. */
  if (*encoding != '\0' && strchr (encoding, '/') == NULL)
    self->converter = g_iconv_open ("UTF-8", encoding);

  if (self->converter == no_converter)
    {
      g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_ENCODING,
                   _("There is no text encoding called “%s”. Common ones are UTF-8, UTF-16LE and "
                     "WINDOWS-1252."), encoding);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
bud_csv_decoder_free (BudCsvDecoder *self)
{
  g_return_if_fail (self != NULL);

  if (self->converter != no_converter)
    g_iconv_close (self->converter);
  g_string_free (self->in, TRUE);
  g_string_free (self->out, TRUE);
  g_free (self);
}

/* Converts into the room after the text in out, once. */
static gsize
convert (BudCsvDecoder  *self,
         char          **in,
         gsize          *in_left)
{
  gsize used = self->out->len;
  gsize room = *in_left * 2 + ROOM;
  gsize left = room;
  char *out;
  gsize result;
  int saved_errno;

  g_string_set_size (self->out, used + room);
  out = self->out->str + used;
  result = g_iconv (self->converter, in, in_left, &out, &left);
  saved_errno = errno;
  g_string_truncate (self->out, used + room - left);
  errno = saved_errno;

  return result;
}

static void
skip_undecodable (BudCsvDecoder  *self,
                  char          **in,
                  gsize          *in_left)
{
  gsize skipped = MIN (self->unit, *in_left);

  g_string_append_c (self->out, UNDECODABLE);
  *in += skipped;
  *in_left -= skipped;
}

static void
decode_pending (BudCsvDecoder *self)
{
  char *in = self->in->str;
  gsize in_left = self->in->len;

  while (in_left > 0 && convert (self, &in, &in_left) == (gsize) -1)
    {
      if (errno == EILSEQ)
        skip_undecodable (self, &in, &in_left);
      else if (errno != E2BIG)
        break;
    }

  g_string_erase (self->in, 0, self->in->len - in_left);
}

/**
 * bud_csv_decoder_feed:
 * @self: a decoder
 * @data: (array length=len): the next bytes
 * @len: how many
 *
 * Returns: (transfer none): what they are in UTF-8, valid until the next call
 */
const GString *
bud_csv_decoder_feed (BudCsvDecoder *self,
                      const char    *data,
                      gsize          len)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_string_truncate (self->out, 0);
  if (self->converter == no_converter)
    {
      g_string_append_len (self->out, data, len);
      return self->out;
    }

  g_string_append_len (self->in, data, len);
  decode_pending (self);

  return self->out;
}

/**
 * bud_csv_decoder_finish:
 * @self: a decoder that has all bytes
 *
 * Returns: (transfer none): what was still missing, valid until the next call
 */
const GString *
bud_csv_decoder_finish (BudCsvDecoder *self)
{
  char *nothing = NULL;
  gsize none = 0;

  g_return_val_if_fail (self != NULL, NULL);

  g_string_truncate (self->out, 0);
  if (self->converter == no_converter)
    return self->out;

  if (self->in->len > 0)
    g_string_append_c (self->out, UNDECODABLE);
  g_string_truncate (self->in, 0);
  /* Some encodings hold a character back in case an accent follows. */
  convert (self, &nothing, &none);

  return self->out;
}
