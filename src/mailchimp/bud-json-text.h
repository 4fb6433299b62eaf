/* bud-json-text.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/**
 * BudJsonText:
 * @data: where the text begins in the document, after the quote; not terminated
 * @length: its length in bytes, as written
 *
 * A string as it stands in the document.
 */
typedef struct
{
  const char *data;
  gsize length;
} BudJsonText;

gboolean bud_json_text_is     (const BudJsonText *self,
                               const char        *plain);
void     bud_json_text_append (const BudJsonText *self,
                               GString           *out);

G_END_DECLS
