/* gui-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bud-context.h"
#include "sandbox-fixture.h"

G_BEGIN_DECLS

#define EXPORT_NAME "Letter"

typedef gboolean (*GuiCondition) (gpointer data);

void        gui_wait_for        (GuiCondition   condition,
                                 gpointer       data);
void        gui_settle          (void);
BudContext *gui_make_workspace  (const char    *folder);
void        gui_make_export     (BudContext    *context,
                                 Sandbox       *sandbox,
                                 const char    *audience);
gpointer    gui_find_child      (gpointer       widget,
                                 const char    *name);
GtkWindow  *gui_find_dialog     (GtkWindow     *parent);

G_END_DECLS
