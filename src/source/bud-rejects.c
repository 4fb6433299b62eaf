/* bud-rejects.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-csv.h"
#include "bud-rejects.h"

/* Blocking: for worker threads only. */

/* Writes rejected rows as they come. The file is made with the first one, readable by its owner
 * only, for it has customers' data, and takes the place of an older one when it is closed.
 * Blocking: for worker threads only. */

#define FLUSH_SIZE (64 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* tells Excel that this is UTF-8 */

struct _BudRejects
{
  GObject parent_instance;

  GFile *file;           /* (owned) */
  GOutputStream *stream; /* (owned) (nullable): from the first reject until closed */
  GString *text;         /* (owned): not written yet */
  gint64 count;
};

G_DEFINE_FINAL_TYPE (BudRejects, bud_rejects, G_TYPE_OBJECT)

static void
explain (GError **error)
{
  /* Translators: what the system says about the file follows */
  g_prefix_error (error, "%s ", _("The list of rejected rows cannot be written."));
}

static gboolean
flush (BudRejects  *self,
       GError     **error)
{
  gboolean ok = g_output_stream_write_all (self->stream, self->text->str, self->text->len, NULL,
                                           NULL, error);

  g_string_truncate (self->text, 0);
  if (!ok)
    explain (error);

  return ok;
}

static gboolean
ensure_stream (BudRejects  *self,
               GError     **error)
{
  const char *names[] = { _("Line"), _("Column"), _("Reason"), _("Row") };

  if (self->stream != NULL)
    return TRUE;

  self->stream = G_OUTPUT_STREAM (g_file_replace (self->file, NULL, FALSE,
                                                  G_FILE_CREATE_PRIVATE |
                                                    G_FILE_CREATE_REPLACE_DESTINATION,
                                                  NULL, error));
  if (self->stream == NULL)
    {
      explain (error);
      return FALSE;
    }

  g_string_append (self->text, BYTE_ORDER_MARK);
  bud_csv_append_row (self->text, names, G_N_ELEMENTS (names));

  return TRUE;
}

static void
bud_rejects_finalize (GObject *object)
{
  BudRejects *self = BUD_REJECTS (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_string_free (g_steal_pointer (&self->text), TRUE);

  G_OBJECT_CLASS (bud_rejects_parent_class)->finalize (object);
}

static void
bud_rejects_class_init (BudRejectsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_rejects_finalize;
}

static void
bud_rejects_init (BudRejects *self)
{
  self->text = g_string_new (NULL);
}

/**
 * bud_rejects_new:
 * @file: where the list goes; its folder must exist
 *
 * Returns: (transfer full): a list without rows; there is no file until the first one
 */
BudRejects *
bud_rejects_new (GFile *file)
{
  BudRejects *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (BUD_TYPE_REJECTS, NULL);
  self->file = g_object_ref (file);

  return self;
}

/**
 * bud_rejects_add:
 * @self: a list that is not closed
 * @reject: a rejected row
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: %FALSE with @error set when the file cannot be written
 */
gboolean
bud_rejects_add (BudRejects       *self,
                 const BudReject  *reject,
                 GError          **error)
{
  char line[32];
  char column[32] = "";
  const char *cells[] = { line, column, NULL, NULL };

  g_return_val_if_fail (BUD_IS_REJECTS (self), FALSE);
  g_return_val_if_fail (reject != NULL, FALSE);

  if (!ensure_stream (self, error))
    return FALSE;

  g_snprintf (line, sizeof line, "%" G_GINT64_FORMAT, reject->line);
  if (reject->column > 0)
    g_snprintf (column, sizeof column, "%u", reject->column);
  cells[2] = bud_reject_reason_to_label (reject->reason);
  cells[3] = reject->raw;
  bud_csv_append_row (self->text, cells, G_N_ELEMENTS (cells));
  self->count++;

  return self->text->len < FLUSH_SIZE || flush (self, error);
}

/**
 * bud_rejects_close:
 * @self: a list
 * @error: return location for a #GIOErrorEnum
 *
 * Writes what is left. Without any rejected row there is nothing to do, and no file.
 *
 * Returns: %FALSE with @error set when the file is not complete
 */
gboolean
bud_rejects_close (BudRejects  *self,
                   GError     **error)
{
  g_autoptr(GOutputStream) stream = NULL;

  g_return_val_if_fail (BUD_IS_REJECTS (self), FALSE);

  if (self->stream == NULL)
    return TRUE;
  if (!flush (self, error))
    return FALSE;

  stream = g_steal_pointer (&self->stream);
  if (!g_output_stream_close (stream, NULL, error))
    {
      explain (error);
      return FALSE;
    }

  return TRUE;
}

/**
 * bud_rejects_get_count:
 * @self: a list
 *
 * Returns: how many rows it has
 */
gint64
bud_rejects_get_count (BudRejects *self)
{
  g_return_val_if_fail (BUD_IS_REJECTS (self), 0);

  return self->count;
}
