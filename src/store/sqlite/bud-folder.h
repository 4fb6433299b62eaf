/* bud-folder.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-database.h"

G_BEGIN_DECLS

/* A workspace folder, its two files, and the lock that tells whether anybody else is in it. */

#define BUD_FOLDER_WORKSPACE "workspace.db"
#define BUD_FOLDER_CUSTOMERS "customers.db"

gboolean     bud_folder_create        (const char  *folder,
                                       GError     **error);
BudDatabase *bud_folder_open_file     (const char  *folder,
                                       const char  *name,
                                       GError     **error);
BudDatabase *bud_folder_migrate_file  (const char  *folder,
                                       const char  *name,
                                       gboolean     create,
                                       GError     **error);
int          bud_folder_lock          (const char  *folder,
                                       gboolean    *is_alone,
                                       GError     **error);
void         bud_folder_share_lock    (int          lock);
void         bud_folder_unlock        (int         *lock);

G_END_DECLS
