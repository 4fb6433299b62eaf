/* bud-main-window.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The window of one workspace. Its actions are “win.refresh”, “win.create-workspace” and
 * “win.copy-command”. */

#define BUD_TYPE_MAIN_WINDOW (bud_main_window_get_type ())

G_DECLARE_FINAL_TYPE (BudMainWindow, bud_main_window, BUD, MAIN_WINDOW, AdwApplicationWindow)

GtkWidget  *bud_main_window_new        (GtkApplication *application,
                                        const char     *folder);
const char *bud_main_window_get_folder (BudMainWindow  *self);

G_END_DECLS
