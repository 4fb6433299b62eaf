/* bud-csv-file.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bud-csv-file.h"

/* A file that is read from end to end more than once, in chunks.
 * Blocking: for worker threads only. */

struct _BudCsvFile
{
  int fd;
  char *name;  /* (owned): for people */
  char *chunk; /* (owned) */
  BudCsvMark mark;
};

static void
set_read_error (BudCsvFile  *self,
                int          saved_errno,
                GError     **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               /* Translators: a file name, and what the system says */
               _("The file “%s” cannot be read: %s"), self->name, g_strerror (saved_errno));
}

static gboolean
read_mark (BudCsvFile  *self,
           BudCsvMark  *mark,
           GError     **error)
{
  struct stat info;

  if (fstat (self->fd, &info) != 0)
    {
      set_read_error (self, errno, error);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_FAILED,
                   _("“%s” is not a file. Choose a CSV file."), self->name);
      return FALSE;
    }

  mark->size = info.st_size;
  mark->changed_at = info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;

  return TRUE;
}

/**
 * bud_csv_file_open:
 * @path: a file's path
 * @error: return location for a #GIOErrorEnum or #BudSourceError
 *
 * Returns: (transfer full): the open file, or %NULL with @error set
 */
BudCsvFile *
bud_csv_file_open (const char  *path,
                   GError     **error)
{
  g_autoptr(BudCsvFile) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (BudCsvFile, 1);
  self->name = g_filename_display_basename (path);
  /* Nobody waits here for the other end of a pipe. */
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0)
    {
      set_read_error (self, errno, error);
      return NULL;
    }
  if (!read_mark (self, &self->mark, error))
    return NULL;

  self->chunk = g_malloc (BUD_CSV_CHUNK);

  return g_steal_pointer (&self);
}

void
bud_csv_file_free (BudCsvFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self->chunk);
  g_free (self);
}

const char *
bud_csv_file_get_name (BudCsvFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * bud_csv_file_get_mark:
 * @self: a file
 * @mark: (out): return location for what it was when it was opened
 */
void
bud_csv_file_get_mark (BudCsvFile *self,
                       BudCsvMark *mark)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (mark != NULL);

  *mark = self->mark;
}

void
bud_csv_file_set_changed_error (BudCsvFile  *self,
                                GError     **error)
{
  g_return_if_fail (self != NULL);

  g_set_error (error, BUD_SOURCE_ERROR, BUD_SOURCE_ERROR_CHANGED,
               _("The file “%s” was changed while it was being read. Wait until it is complete, "
                 "then try again."), self->name);
}

/**
 * bud_csv_file_check_mark:
 * @self: a file
 * @mark: what it should be
 * @error: return location for %BUD_SOURCE_ERROR_CHANGED
 *
 * Returns: %FALSE with @error set when the file is not that version any more
 */
gboolean
bud_csv_file_check_mark (BudCsvFile        *self,
                         const BudCsvMark  *mark,
                         GError           **error)
{
  BudCsvMark now;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (mark != NULL, FALSE);

  if (!read_mark (self, &now, error))
    return FALSE;
  if (now.size != mark->size || now.changed_at != mark->changed_at)
    {
      bud_csv_file_set_changed_error (self, error);
      return FALSE;
    }

  return TRUE;
}

/* Reads a full chunk unless the file ends. */
static gssize
read_chunk (BudCsvFile  *self,
            gint64       offset,
            GError     **error)
{
  gsize len = 0;

  while (len < BUD_CSV_CHUNK)
    {
      gssize n = pread (self->fd, self->chunk + len, BUD_CSV_CHUNK - len, offset + len);

      if (n == 0)
        break;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_read_error (self, errno, error);
          return -1;
        }
      len += n;
    }

  return len;
}

/**
 * bud_csv_file_read_head:
 * @self: a file
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full): its first %BUD_CSV_CHUNK bytes, or %NULL with @error set
 */
GString *
bud_csv_file_read_head (BudCsvFile  *self,
                        GError     **error)
{
  gssize len;

  g_return_val_if_fail (self != NULL, NULL);

  len = read_chunk (self, 0, error);

  return len < 0 ? NULL : g_string_new_len (self->chunk, len);
}

static void
report (const BudCsvProgress *progress,
        gint64                done,
        gint64                size)
{
  double part = size > 0 ? MIN (1.0, (double) done / size) : 1.0;

  if (progress->func != NULL)
    progress->func (progress->from + (progress->to - progress->from) * part, progress->data);
}

/**
 * bud_csv_file_each_chunk:
 * @self: a file
 * @func: gets each chunk; returns %FALSE with the error set to stop
 * @data: for @func
 * @progress: told after each chunk
 * @cancellable: (nullable): looked at before each chunk
 * @error: return location for a #GIOErrorEnum, %BUD_SOURCE_ERROR_CHANGED or what @func set
 *
 * Returns: whether the whole file was read and is still the one that was opened
 */
gboolean
bud_csv_file_each_chunk (BudCsvFile            *self,
                         BudCsvChunkFunc        func,
                         gpointer               data,
                         const BudCsvProgress  *progress,
                         GCancellable          *cancellable,
                         GError               **error)
{
  gint64 offset = 0;
  gssize len;

  g_return_val_if_fail (self != NULL, FALSE);

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      len = read_chunk (self, offset, error);
      if (len < 0 || (len > 0 && !func (self->chunk, len, data, error)))
        return FALSE;
      offset += len;
      if (len > 0)
        report (progress, offset, self->mark.size);
    }
  while (len > 0);

  return bud_csv_file_check_mark (self, &self->mark, error);
}
