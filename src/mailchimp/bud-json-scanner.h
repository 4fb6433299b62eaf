/* bud-json-scanner.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-json-text.h"

G_BEGIN_DECLS

/* Reads JSON (RFC 8259) in one pass without building a tree: for answers of megabytes of which a
 * few strings matter. A caller enters containers, walks their members and takes or skips each
 * value; whatever he skips is still checked for its grammar. The first fault ends the reading:
 * every call after it does nothing, so it is enough to ask bud_json_scanner_finish() at the end. */

#define BUD_JSON_DEPTH_MAX 64

/**
 * BudJsonScanner:
 *
 * Made on the stack with bud_json_scanner_init(); all fields are private.
 */
typedef struct
{
  const char *cursor;
  const char *end;
  guint64 objects;
  guint depth;
  gboolean fresh;
  gboolean broken;
} BudJsonScanner;

void     bud_json_scanner_init         (BudJsonScanner    *self,
                                        const char        *data,
                                        gsize              length);
gboolean bud_json_scanner_enter_object (BudJsonScanner    *self);
gboolean bud_json_scanner_enter_array  (BudJsonScanner    *self);
gboolean bud_json_scanner_next_key     (BudJsonScanner    *self,
                                        BudJsonText       *key);
gboolean bud_json_scanner_next_element (BudJsonScanner    *self);
gboolean bud_json_scanner_take_text    (BudJsonScanner    *self,
                                        BudJsonText       *text);
gboolean bud_json_scanner_take_int     (BudJsonScanner    *self,
                                        gint64            *value);
gboolean bud_json_scanner_take_texts   (BudJsonScanner    *self,
                                        const char *const *keys,
                                        gsize              n_keys,
                                        BudJsonText       *texts);
gboolean bud_json_scanner_take_ints    (BudJsonScanner    *self,
                                        const char *const *keys,
                                        gsize              n_keys,
                                        gint64            *values);
void     bud_json_scanner_skip         (BudJsonScanner    *self);
gboolean bud_json_scanner_finish       (BudJsonScanner    *self);

G_END_DECLS
