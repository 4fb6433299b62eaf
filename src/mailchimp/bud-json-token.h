/* bud-json-token.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-json-scanner.h"

G_BEGIN_DECLS

/* The smallest pieces of JSON, for the scanner alone. */

static inline gboolean
_bud_json_fail (BudJsonScanner *self)
{
  self->broken = TRUE;
  self->cursor = self->end;

  return FALSE;
}

/* The next byte that is no white space, without passing it; 0 at the end. */
static inline char
_bud_json_peek (BudJsonScanner *self)
{
  while (self->cursor < self->end)
    {
      char c = *self->cursor;

      if (G_LIKELY (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
        return c;
      self->cursor++;
    }

  return '\0';
}

gboolean _bud_json_pass_string (BudJsonScanner *self,
                                BudJsonText    *text);
gboolean _bud_json_pass_scalar (BudJsonScanner *self,
                                char            first);

G_END_DECLS
