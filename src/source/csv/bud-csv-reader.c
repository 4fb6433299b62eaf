/* bud-csv-reader.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-csv-decoder.h"
#include "bud-csv-delimiter.h"
#include "bud-csv-encoding.h"
#include "bud-csv-reader.h"

/* One pass over a CSV file: file ─▶ decoder ─▶ parser ─▶ header, rows and rejects. UTF-8 goes from
 * the file straight to the parser, which checks it field by field.
 * Blocking: for worker threads only. */

typedef struct
{
  const BudCsvReader *how;
  BudCsvFile *file;
  BudCsvParser *parser;   /* (owned) */
  BudCsvDecoder *decoder; /* (owned) (nullable): none for UTF-8 */
  gboolean has_header;
} Pass;

static gboolean
on_row (const BudCsvRow  *row,
        gpointer          data,
        GError          **error)
{
  Pass *pass = data;

  if (G_LIKELY (pass->has_header))
    return pass->how->row (row, pass->how->data, error);

  if (bud_csv_delimiter_is_sep_line (row))
    return TRUE;

  pass->has_header = TRUE;
  bud_csv_parser_set_width (pass->parser, row->n_fields);

  return pass->how->header (row, pass->how->data, error);
}

static gboolean
on_reject (const BudReject  *reject,
           gpointer          data,
           GError          **error)
{
  Pass *pass = data;
  g_autofree char *line = NULL;

  if (pass->has_header)
    return pass->how->reject (reject, pass->how->data, error);

  line = g_strdup_printf ("%" G_GINT64_FORMAT, reject->line);

  if (reject->reason == BUD_REJECT_UNDECODABLE)
    g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_ENCODING,
                 /* Translators: a file name, and a text encoding such as UTF-8 */
                 _("The header row of “%s” cannot be read as %s. Choose another encoding."),
                 bud_csv_file_get_name (pass->file), pass->how->encoding);
  else
    g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_HEADER,
                 /* Translators: line number, file name, and what is wrong with the line */
                 _("Line %s of “%s” cannot be used as the header row: %s. "
                   "It must have one name per column, at most 1,000."),
                 line, bud_csv_file_get_name (pass->file),
                 bud_reject_reason_to_label (reject->reason));

  return FALSE;
}

static gboolean
on_chunk (const char  *bytes,
          gsize        len,
          gpointer     data,
          GError     **error)
{
  Pass *pass = data;

  if (pass->decoder != NULL)
    {
      const GString *text = bud_csv_decoder_feed (pass->decoder, bytes, len);

      return bud_csv_parser_feed (pass->parser, text->str, text->len, error);
    }

  return bud_csv_parser_feed (pass->parser, bytes, len, error);
}

static gboolean
finish_pass (Pass    *pass,
             GError **error)
{
  if (pass->decoder != NULL)
    {
      const GString *text = bud_csv_decoder_finish (pass->decoder);

      if (!bud_csv_parser_feed (pass->parser, text->str, text->len, error))
        return FALSE;
    }

  if (!bud_csv_parser_finish (pass->parser, error))
    return FALSE;

  if (!pass->has_header)
    {
      g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_EMPTY,
                   _("The file “%s” is empty. It needs a header row with the names of its "
                     "columns."), bud_csv_file_get_name (pass->file));
      return FALSE;
    }

  return TRUE;
}

/**
 * bud_csv_reader_run:
 * @self: how to read, and who gets the rows
 * @file: what to read
 * @progress: told after each chunk
 * @cancellable: (nullable): looked at before each chunk
 * @error: return location for a #GIOErrorEnum, #BudSourceError or what a callback set
 *
 * Returns: whether the whole file was read
 */
gboolean
bud_csv_reader_run (const BudCsvReader    *self,
                    BudCsvFile            *file,
                    const BudCsvProgress  *progress,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr(BudCsvParser) parser = NULL;
  g_autoptr(BudCsvDecoder) decoder = NULL;
  Pass pass = { self, file, NULL, NULL, FALSE };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  if (!bud_csv_encoding_is_utf8 (self->encoding))
    {
      decoder = bud_csv_decoder_new (self->encoding, error);
      if (decoder == NULL)
        return FALSE;
    }
  parser = bud_csv_parser_new (self->delimiter, on_row, on_reject, &pass);
  pass.parser = parser;
  pass.decoder = decoder;

  return bud_csv_file_each_chunk (file, on_chunk, &pass, progress, cancellable, error) &&
         finish_pass (&pass, error);
}

/**
 * bud_csv_row_trim:
 * @row: a row, which is changed
 * @i: a field of it, to be trimmed once only
 * @len: (out): return location for the length of what is left
 *
 * White space around a value says nothing in an export, whether quoted or not; inside it stays.
 *
 * Returns: (transfer none): the field without white space around it, "" when there is nothing else
 */
char *
bud_csv_row_trim (const BudCsvRow *row,
                  gsize            i,
                  gsize           *len)
{
  char *text = row->fields[i];
  gsize n = row->lengths[i];

  while (n > 0 && g_ascii_isspace (text[n - 1]))
    n--;
  text[n] = '\0';
  while (g_ascii_isspace (*text))
    {
      text++;
      n--;
    }
  *len = n;

  return text;
}

/**
 * bud_csv_row_is_bare:
 * @row: a row
 *
 * Returns: whether it has delimiters only, as spreadsheets leave them below a table
 */
gboolean
bud_csv_row_is_bare (const BudCsvRow *row)
{
  for (gsize i = 0; i < row->n_fields; i++)
    {
      if (row->lengths[i] > 0)
        return FALSE;
    }

  return TRUE;
}
