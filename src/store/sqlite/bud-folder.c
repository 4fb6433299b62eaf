/* bud-folder.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "bud-error.h"
#include "bud-folder.h"
#include "bud-migrations.h"
#include "bud-store-types.h"

/* Blocking calls: for the store's thread, and the thread of an intake. */

static void
set_system_error (GError     **error,
                  int          system_errno,
                  const char  *path)
{
  switch (system_errno)
    {
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_MISSING,
                   _("There is no workspace in “%s”. Create one first."), path);
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_READ_ONLY,
                   _("“%s” cannot be written. Check who may write to it."), path);
      break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FULL,
                   _("The disk is full, so “%s” cannot be written. Make room and try again."),
                   path);
      break;
    default:
      g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FAILED,
                   /* Translators: first a file, then what the system says about it */
                   _("“%s” cannot be used: %s"), path, g_strerror (system_errno));
    }
}

/* A file of no bytes is what is left when the program ended while it made a workspace. */
static gboolean
has_file (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size > 0;
}

static gboolean
create_file (const char  *folder,
             const char  *name,
             GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(BudDatabase) database = NULL;
  int fd;

  if (has_file (folder, name))
    return TRUE;

  /* SQLite gives its side files the mode of this one. */
  fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_system_error (error, errno, path);
      return FALSE;
    }
  g_close (fd, NULL);

  database = bud_folder_migrate_file (folder, name, TRUE, error);

  return database != NULL;
}

/**
 * bud_folder_create:
 * @folder: where the workspace is to be; made if it is not there
 * @error: return location for %BUD_ERROR_EXISTS or a #BudStoreError
 *
 * Makes what is missing of a workspace. The precious file comes last, so where it is the workspace
 * is complete, unless somebody has moved the customers away; then they get an empty file again.
 *
 * Returns: whether there is a new workspace, or a new file for customers
 */
gboolean
bud_folder_create (const char  *folder,
                   GError     **error)
{
  if (has_file (folder, BUD_FOLDER_WORKSPACE) && has_file (folder, BUD_FOLDER_CUSTOMERS))
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_EXISTS,
                   _("There already is a workspace in “%s”."), folder);
      return FALSE;
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_system_error (error, errno, folder);
      return FALSE;
    }

  return create_file (folder, BUD_FOLDER_CUSTOMERS, error) &&
         create_file (folder, BUD_FOLDER_WORKSPACE, error);
}

static void
set_corrupt_error (GError     **error,
                   const char  *name,
                   const char  *path)
{
  if (g_str_equal (name, BUD_FOLDER_CUSTOMERS))
    g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT,
                 _("“%s” is damaged, or is not a file of Budstikke’s. It holds imported customers "
                   "and nothing else: move it away, create the workspace again in the same "
                   "folder, and import the sources again."), path);
  else
    g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT,
                 _("“%s” is damaged, or is not a file of Budstikke’s. Restore it from a backup."),
                 path);
}

/**
 * bud_folder_open_file:
 * @folder: a workspace folder
 * @name: one of its two files
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full): a connection to the file, which must be there
 */
BudDatabase *
bud_folder_open_file (const char  *folder,
                      const char  *name,
                      GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) local_error = NULL;
  BudDatabase *database;

  if (g_access (path, R_OK | W_OK) != 0)
    {
      set_system_error (error, errno, path);
      return NULL;
    }

  database = bud_database_open (path, &local_error);
  if (g_error_matches (local_error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT))
    set_corrupt_error (error, name, path);
  else if (database == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return database;
}

/**
 * bud_folder_migrate_file:
 * @folder: a workspace folder
 * @name: one of its two files
 * @create: whether the file may be new and empty
 * @error: return location for a #BudStoreError
 *
 * Returns: (transfer full): a connection to the file, brought to this version
 */
BudDatabase *
bud_folder_migrate_file (const char  *folder,
                         const char  *name,
                         gboolean     create,
                         GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(BudDatabase) database = bud_folder_open_file (folder, name, error);
  g_autoptr(GError) local_error = NULL;

  if (database == NULL)
    return NULL;

  if (bud_migrations_run (g_str_equal (name, BUD_FOLDER_CUSTOMERS) ? &bud_customers_migrations
                                                                   : &bud_workspace_migrations,
                          database, path, create, &local_error))
    return g_steal_pointer (&database);

  if (g_error_matches (local_error, BUD_STORE_ERROR, BUD_STORE_ERROR_CORRUPT))
    set_corrupt_error (error, name, path);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/**
 * bud_folder_lock:
 * @folder: a workspace folder
 * @is_alone: (out): whether nobody else is in it; nobody can come in until
 *   bud_folder_share_lock(), so what is unfinished is left over from a program that died
 * @error: return location for a #BudStoreError
 *
 * The lock goes with the process, however that ends.
 *
 * Returns: a lock that says somebody is in the folder, -1 with @error set
 */
int
bud_folder_lock (const char  *folder,
                 gboolean    *is_alone,
                 GError     **error)
{
  int lock = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (lock < 0)
    {
      set_system_error (error, errno, folder);
      return -1;
    }

  *is_alone = flock (lock, LOCK_EX | LOCK_NB) == 0;
  if (!*is_alone)
    bud_folder_share_lock (lock);

  return lock;
}

/**
 * bud_folder_share_lock:
 * @lock: what bud_folder_lock() gave
 *
 * Lets others in.
 */
void
bud_folder_share_lock (int lock)
{
  while (flock (lock, LOCK_SH) != 0 && errno == EINTR)
    continue;
}

/**
 * bud_folder_unlock:
 * @lock: (inout): what bud_folder_lock() gave; -1 afterwards
 */
void
bud_folder_unlock (int *lock)
{
  if (*lock >= 0)
    g_close (*lock, NULL);
  *lock = -1;
}
