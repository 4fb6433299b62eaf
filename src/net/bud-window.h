/* bud-window.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-net-types.h"

G_BEGIN_DECLS

/* So many good answers in a row open a shrunken window by one. */
#define BUD_WINDOW_GOOD_ANSWERS 10

#define BUD_TYPE_WINDOW (bud_window_get_type ())

G_DECLARE_FINAL_TYPE (BudWindow, bud_window, BUD, WINDOW, GObject)

BudWindow *bud_window_new             (guint                 limit);
void       bud_window_acquire_async   (BudWindow            *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean   bud_window_acquire_finish  (BudWindow            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void       bud_window_release         (BudWindow            *self);
void       bud_window_punish          (BudWindow            *self);
void       bud_window_reward          (BudWindow            *self);
guint      bud_window_get_limit       (BudWindow            *self);
guint      bud_window_get_n_in_flight (BudWindow            *self);
guint      bud_window_get_n_waiting   (BudWindow            *self);

G_END_DECLS
