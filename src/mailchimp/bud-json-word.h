/* bud-json-word.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BUD_JSON_ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define BUD_JSON_HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

/* Looks at eight bytes of a string at once for what JSON does not let stand there as it is: a
 * quote, a backslash, a control character (RFC 8259 §7). Each such byte gets its high bit set in
 * the result. Above the lowest one there may be false ones, from the borrows of subtraction. */
static inline guint64
bud_json_word_stops (guint64 word)
{
  guint64 quotes = word ^ BUD_JSON_ONES * '"';
  guint64 slashes = word ^ BUD_JSON_ONES * '\\';

  return (((quotes - BUD_JSON_ONES) & ~quotes) |
          ((slashes - BUD_JSON_ONES) & ~slashes) |
          ((word - BUD_JSON_ONES * 0x20) & ~word)) & BUD_JSON_HIGHS;
}

G_END_DECLS
