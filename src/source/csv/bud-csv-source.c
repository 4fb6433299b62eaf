/* bud-csv-source.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-csv-conversion.h"
#include "bud-csv-decoder.h"
#include "bud-csv-delimiter.h"
#include "bud-csv-encoding.h"
#include "bud-csv-file.h"
#include "bud-csv-inspection.h"
#include "bud-csv-reader.h"
#include "bud-csv-source.h"

/* Customers in a CSV file. Both verbs read the file from end to end, one at a time.
 * Blocking: for worker threads only. What the settings leave open is found out by inspect:
 *
 *   open ─▶ head ─▶ encoding ─▶ delimiter ─▶ pass over all rows ─▶ names, types, key, count */

#define CHECK_SHARE 0.15 /* part of an inspection's time that the look at the encoding takes */

struct _BudCsvSource
{
  BudSource parent_instance;

  char *path;     /* (owned) */
  char *encoding; /* (owned) (nullable): to be found out */
  char *key;      /* (owned) (nullable): to be found out */
  char **types;   /* (owned) */
  char delimiter; /* 0: to be found out */

  BudCsvMark inspected; /* which version of the file was inspected */
  gboolean is_inspected;
};

G_DEFINE_FINAL_TYPE (BudCsvSource, bud_csv_source, BUD_TYPE_SOURCE)

static gboolean
check_chunk (const char  *bytes,
             gsize        len,
             gpointer     data,
             GError     **error)
{
  bud_csv_utf8_check_feed (data, bytes, len);

  return TRUE;
}

static void
set_binary_error (BudCsvFile  *file,
                  GError     **error)
{
  g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_FAILED,
               _("“%s” is not a text file. Open it in the program it belongs to and save it as "
                 "CSV; in Excel this is File ▸ Save As ▸ CSV UTF-8."),
               bud_csv_file_get_name (file));
}

/* Whether a file that shows signs of one encoding can be read in the one that a person chose. */
static gboolean
can_be_read_as (const char *found,
                const char *chosen)
{
  if (bud_csv_encoding_is_utf8 (found))
    return bud_csv_encoding_is_utf8 (chosen);

  return bud_csv_encoding_is_wide (chosen);
}

/* Returns the encoding's name, NULL with the error set. */
static const char *
find_encoding (BudCsvSource          *self,
               BudCsvFile            *file,
               const GString         *head,
               const BudCsvProgress  *progress,
               GCancellable          *cancellable,
               GError               **error)
{
  BudCsvUtf8Check check = { 0, };
  const char *found = bud_csv_encoding_from_mark (head->str, head->len);
  const char *encoding;

  if (found == NULL)
    found = bud_csv_encoding_from_nuls (head->str, head->len);
  encoding = self->encoding != NULL ? self->encoding : found;

  if (bud_csv_encoding_is_binary (head->str, head->len) ||
      (found == NULL && (encoding == NULL || !bud_csv_encoding_is_wide (encoding)) &&
       bud_csv_encoding_has_many_nuls (head->str, head->len)))
    {
      set_binary_error (file, error);
      return NULL;
    }
  if (found != NULL && !can_be_read_as (found, encoding))
    {
      g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_ENCODING,
                   /* Translators: a file name, then two text encodings such as UTF-8 */
                   _("“%s” is written in %s, not in %s. Choose that encoding, or none."),
                   bud_csv_file_get_name (file), found, encoding);
      return NULL;
    }
  if (encoding != NULL)
    return encoding;

  if (!bud_csv_file_each_chunk (file, check_chunk, &check, progress, cancellable, error))
    return NULL;

  return bud_csv_utf8_check_finish (&check) ? "UTF-8" : "WINDOWS-1252";
}

static gboolean
find_delimiter (BudCsvSource   *self,
                const GString  *head,
                const char     *encoding,
                char           *delimiter,
                GError        **error)
{
  g_autoptr(BudCsvDecoder) decoder = bud_csv_decoder_new (encoding, error);
  const GString *sample;

  if (decoder == NULL)
    return FALSE;

  *delimiter = self->delimiter;
  if (self->delimiter == '\0')
    {
      sample = bud_csv_decoder_feed (decoder, head->str, head->len);
      *delimiter = bud_csv_delimiter_guess (sample->str, sample->len);
    }

  return TRUE;
}

static BudSourceShape *
inspect_file (BudCsvSource           *self,
              BudCsvFile             *file,
              BudSourceProgressFunc   progress,
              gpointer                data,
              GCancellable           *cancellable,
              GError                **error)
{
  g_autoptr(BudCsvInspection) inspection = NULL;
  g_autoptr(GString) head = bud_csv_file_read_head (file, error);
  BudCsvProgress checking = { progress, data, 0, CHECK_SHARE };
  BudCsvProgress reading = { progress, data, CHECK_SHARE, 1 };
  BudCsvReader reader = { NULL, '\0', bud_csv_inspection_begin, bud_csv_inspection_add,
                          bud_csv_inspection_reject, NULL };

  if (head == NULL)
    return NULL;

  reader.encoding = find_encoding (self, file, head, &checking, cancellable, error);
  if (reader.encoding == NULL ||
      !find_delimiter (self, head, reader.encoding, &reader.delimiter, error))
    return NULL;

  inspection = bud_csv_inspection_new (self->key, (const char *const *) self->types);
  reader.data = inspection;
  if (!bud_csv_reader_run (&reader, file, &reading, cancellable, error))
    return NULL;

  return bud_csv_inspection_to_shape (inspection, reader.encoding, reader.delimiter, error);
}

static BudSourceShape *
bud_csv_source_inspect (BudSource              *source,
                        BudSourceProgressFunc   progress,
                        gpointer                data,
                        GCancellable           *cancellable,
                        GError                **error)
{
  BudCsvSource *self = BUD_CSV_SOURCE (source);
  g_autoptr(BudCsvFile) file = bud_csv_file_open (self->path, error);
  BudSourceShape *shape;

  if (file == NULL)
    return NULL;

  shape = inspect_file (self, file, progress, data, cancellable, error);
  self->is_inspected = shape != NULL;
  bud_csv_file_get_mark (file, &self->inspected);

  return shape;
}

static gboolean
bud_csv_source_read (BudSource              *source,
                     const BudSourceShape   *shape,
                     BudSourceRowFunc        row,
                     BudSourceRejectFunc     reject,
                     BudSourceProgressFunc   progress,
                     gpointer                data,
                     GCancellable           *cancellable,
                     GError                **error)
{
  BudCsvSource *self = BUD_CSV_SOURCE (source);
  g_autoptr(BudCsvFile) file = bud_csv_file_open (self->path, error);
  g_autoptr(BudCsvConversion) conversion = NULL;
  BudCsvProgress reading = { progress, data, 0, 1 };
  BudCsvReader reader = { shape->encoding, shape->delimiter, bud_csv_conversion_begin,
                          bud_csv_conversion_add, bud_csv_conversion_reject, NULL };

  if (file == NULL ||
      (self->is_inspected && !bud_csv_file_check_mark (file, &self->inspected, error)))
    return FALSE;

  conversion = bud_csv_conversion_new (shape, file, row, reject, data);
  reader.data = conversion;

  return bud_csv_reader_run (&reader, file, &reading, cancellable, error);
}

static void
bud_csv_source_finalize (GObject *object)
{
  BudCsvSource *self = BUD_CSV_SOURCE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->types, g_strfreev);

  G_OBJECT_CLASS (bud_csv_source_parent_class)->finalize (object);
}

static void
bud_csv_source_class_init (BudCsvSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BudSourceClass *source_class = BUD_SOURCE_CLASS (klass);

  object_class->finalize = bud_csv_source_finalize;
  source_class->inspect = bud_csv_source_inspect;
  source_class->read = bud_csv_source_read;
}

static void
bud_csv_source_init (BudCsvSource *self)
{
}

/* A setting that says nothing is left to be found out. */
static char *
dup_setting (const char *setting)
{
  return setting != NULL && *setting != '\0' ? g_strdup (setting) : NULL;
}

/**
 * bud_csv_source_new:
 * @origin: the settings, which are copied
 * @error: return location for %BUD_SOURCE_ERROR_FAILED
 *
 * Returns: (transfer full): the file as a source, or %NULL with @error set when the settings
 *   cannot be used; the file itself is not looked at yet
 */
BudSource *
bud_csv_source_new (BudOrigin  *origin,
                    GError    **error)
{
  g_autoptr(BudCsvSource) self = NULL;
  g_autofree char *delimiter = NULL;

  g_return_val_if_fail (BUD_IS_ORIGIN (origin), NULL);

  self = g_object_new (BUD_TYPE_CSV_SOURCE, NULL);
  self->path = dup_setting (bud_origin_get_location (origin));
  self->encoding = dup_setting (bud_origin_get_encoding (origin));
  self->key = dup_setting (bud_origin_get_key (origin));
  self->types = g_strdupv ((char **) bud_origin_get_types (origin));

  if (self->path == NULL)
    {
      g_set_error_literal (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_FAILED,
                           _("The source has no file. Choose a CSV file."));
      return NULL;
    }

  delimiter = dup_setting (bud_origin_get_delimiter (origin));
  if (delimiter != NULL && !bud_csv_delimiter_parse (delimiter, &self->delimiter, error))
    return NULL;

  return BUD_SOURCE (g_steal_pointer (&self));
}
