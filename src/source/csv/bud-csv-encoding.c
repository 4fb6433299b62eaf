/* bud-csv-encoding.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv-encoding.h"

/* Which encoding a file is in, from its bytes. A byte order mark decides; without one, UTF-16
 * shows by the NUL that every other byte is in Western text. The rest is UTF-8 when all of it, or
 * all but a few damaged bytes, is valid as such, which text in another encoding hardly ever is. */

/* So many sound characters for each broken one make a text UTF-8. */
#define CHARACTERS_PER_BROKEN 10

#define HEAD 4096
#define MAX_NULS 16

typedef struct
{
  const char *bytes;
  gsize len;
} Magic;

/* First bytes of files that people take for a table: ZIP (XLSX, ODS), OLE (XLS), gzip, PDF. */
static const Magic magics[] = {
  { "PK\x03\x04", 4 },
  { "\xd0\xcf\x11\xe0", 4 },
  { "\x1f\x8b", 2 },
  { "%PDF-", 5 },
};

static gboolean
begins_with (const char *head,
             gsize       len,
             const char *bytes,
             gsize       n_bytes)
{
  return len >= n_bytes && memcmp (head, bytes, n_bytes) == 0;
}

/**
 * bud_csv_encoding_is_utf8:
 * @encoding: an iconv name
 *
 * Returns: whether text in that encoding needs no conversion
 */
gboolean
bud_csv_encoding_is_utf8 (const char *encoding)
{
  g_return_val_if_fail (encoding != NULL, FALSE);

  return g_ascii_strcasecmp (encoding, "UTF-8") == 0 ||
         g_ascii_strcasecmp (encoding, "UTF8") == 0;
}

/**
 * bud_csv_encoding_from_mark:
 * @head: (array length=len): first bytes of a file
 * @len: how many
 *
 * Returns: (transfer none) (nullable): the encoding that a byte order mark names
 */
const char *
bud_csv_encoding_from_mark (const char *head,
                            gsize       len)
{
  if (begins_with (head, len, "\xef\xbb\xbf", 3))
    return "UTF-8";
  if (begins_with (head, len, "\xff\xfe", 2))
    return "UTF-16LE";
  if (begins_with (head, len, "\xfe\xff", 2))
    return "UTF-16BE";

  return NULL;
}

static void
count_nuls (const char *head,
            gsize       len,
            gsize       counts[2])
{
  counts[0] = 0;
  counts[1] = 0;
  for (gsize i = 0; i < len; i++)
    counts[i % 2] += head[i] == '\0';
}

/**
 * bud_csv_encoding_from_nuls:
 * @head: (array length=len): first bytes of a file
 * @len: how many
 *
 * Returns: (transfer none) (nullable): UTF-16 of one kind, when at least half of the characters
 *   have a NUL in the place of that kind, and hardly any in the other place
 */
const char *
bud_csv_encoding_from_nuls (const char *head,
                            gsize       len)
{
  gsize counts[2];

  len = MIN (len, HEAD);
  count_nuls (head, len, counts);

  if (counts[1] > 0 && counts[1] * 4 >= len && counts[0] * 10 <= counts[1])
    return "UTF-16LE";
  if (counts[0] > 0 && counts[0] * 4 >= len && counts[1] * 10 <= counts[0])
    return "UTF-16BE";

  return NULL;
}

/**
 * bud_csv_encoding_is_wide:
 * @encoding: an iconv name
 *
 * Returns: whether every character takes two bytes or more, so that NULs are part of plain text
 */
gboolean
bud_csv_encoding_is_wide (const char *encoding)
{
  g_return_val_if_fail (encoding != NULL, FALSE);

  return g_ascii_strncasecmp (encoding, "UTF-16", 6) == 0 ||
         g_ascii_strncasecmp (encoding, "UTF-32", 6) == 0 ||
         g_ascii_strncasecmp (encoding, "UCS", 3) == 0;
}

/**
 * bud_csv_encoding_is_binary:
 * @head: (array length=len): first bytes of a file
 * @len: how many
 *
 * Returns: whether they are the signature of a spreadsheet, an archive or a document
 */
gboolean
bud_csv_encoding_is_binary (const char *head,
                            gsize       len)
{
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (begins_with (head, len, magics[i].bytes, magics[i].len))
        return TRUE;
    }

  return FALSE;
}

/**
 * bud_csv_encoding_has_many_nuls:
 * @head: (array length=len): first bytes of a file whose characters are not wide
 * @len: how many
 *
 * Returns: whether there are too many NULs for a text with a few damaged rows
 */
gboolean
bud_csv_encoding_has_many_nuls (const char *head,
                                gsize       len)
{
  gsize counts[2];

  len = MIN (len, HEAD);
  count_nuls (head, len, counts);

  return counts[0] + counts[1] > MAX_NULS;
}

/* RFC 3629 §4: what may follow the first byte of a character. */
static void
begin_character (BudCsvUtf8Check *self,
                 guint8           byte)
{
  self->low = 0x80;
  self->high = 0xbf;

  if (byte >= 0xc2 && byte <= 0xdf)
    self->missing = 1;
  else if (byte >= 0xe0 && byte <= 0xef)
    self->missing = 2;
  else if (byte >= 0xf0 && byte <= 0xf4)
    self->missing = 3;
  else
    self->n_broken++;

  if (byte == 0xe0)
    self->low = 0xa0;
  else if (byte == 0xed)
    self->high = 0x9f;
  else if (byte == 0xf0)
    self->low = 0x90;
  else if (byte == 0xf4)
    self->high = 0x8f;
}

/* FALSE when @byte does not belong to the character that has begun, which is then broken. */
static gboolean
continue_character (BudCsvUtf8Check *self,
                    guint8           byte)
{
  if (byte < self->low || byte > self->high)
    {
      self->missing = 0;
      self->n_broken++;
      return FALSE;
    }

  self->missing--;
  self->n_characters += self->missing == 0;
  self->low = 0x80;
  self->high = 0xbf;

  return TRUE;
}

static gsize
ascii_length (const char *data,
              gsize       len)
{
  gsize i = 0;

  for (; i + sizeof (guint64) <= len; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, data + i, sizeof word);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (i < len && ((guint8) data[i] & 0x80) == 0)
    i++;

  return i;
}

/**
 * bud_csv_utf8_check_feed:
 * @self: a check
 * @data: (array length=len): the next bytes
 * @len: how many
 */
void
bud_csv_utf8_check_feed (BudCsvUtf8Check *self,
                         const char      *data,
                         gsize            len)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < len; i++)
    {
      if (self->missing > 0 && continue_character (self, data[i]))
        continue;

      i += ascii_length (data + i, len - i);
      if (i < len)
        begin_character (self, data[i]);
    }
}

/**
 * bud_csv_utf8_check_finish:
 * @self: a check that has all bytes
 *
 * A text in another encoding has hardly a sequence that is a character of UTF-8 by chance. So a
 * file in which they are many, and broken ones few, is UTF-8 with some damaged rows: those rows
 * are rejected, and everybody else keeps his name.
 *
 * Returns: whether the bytes are to be read as UTF-8
 */
gboolean
bud_csv_utf8_check_finish (const BudCsvUtf8Check *self)
{
  guint64 n_broken;

  g_return_val_if_fail (self != NULL, FALSE);

  n_broken = self->n_broken + (self->missing > 0);

  return n_broken == 0 || self->n_characters / CHARACTERS_PER_BROKEN >= n_broken;
}
