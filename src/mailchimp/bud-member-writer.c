/* bud-member-writer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-json-word.h"
#include "bud-member-writer.h"

/* "\u001f": the longest that one byte becomes. */
#define ESCAPE_MAX 6

static const char BODY_START[] = "{\"members\":[";
static const char BODY_END[] = "],\"update_existing\":true,\"sync_tags\":false}";
static const char MEMBER_START[] = "{\"email_address\":\"";
static const char FIELDS_START[] = ",\"merge_fields\":{";

/* What a byte becomes inside a string: 0 itself, 'u' a numbered escape, else the letter after the
 * backslash. RFC 8259 §7. */
static const char ESCAPES[256] = {
  'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
  'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
  ['"'] = '"',
  ['\\'] = '\\',
};

struct _BudMemberWriter
{
  char *buffer;
  gsize length;
  gsize room;
  guint count;

  GPtrArray *prefixes;    /* (element-type GString): ,"TAG":" for each merge tag */
  GString *after_address;
};

static inline char *
reserve (BudMemberWriter *self,
         gsize            extra)
{
  if (G_UNLIKELY (self->room - self->length < extra))
    {
      self->room = MAX (self->room * 2, self->length + extra);
      self->buffer = g_realloc (self->buffer, self->room);
    }

  return self->buffer + self->length;
}

static inline void
append_raw (BudMemberWriter *self,
            const char      *text,
            gsize            length)
{
  memcpy (reserve (self, length), text, length);
  self->length += length;
}

static char *
encode_byte (char          *out,
             unsigned char  byte)
{
  static const char HEX[] = "0123456789abcdef";
  char escape = ESCAPES[byte];

  if (G_LIKELY (escape == '\0'))
    {
      *out++ = (char) byte;
      return out;
    }

  *out++ = '\\';
  *out++ = escape;
  if (escape == 'u')
    {
      *out++ = '0';
      *out++ = '0';
      *out++ = HEX[byte >> 4];
      *out++ = HEX[byte & 0x0f];
    }

  return out;
}

/* Writes the inside of a string, eight bytes at a time where none of them needs an escape; @high
 * gathers the high bits, so that plain ASCII need not be looked at again. */
static char *
encode (char       *out,
        const char *text,
        gsize       length,
        guint64    *high)
{
  const char *end = text + length;

  for (; end - text >= 8; text += 8)
    {
      guint64 word;

      memcpy (&word, text, sizeof word);
      *high |= word;
      memcpy (out, &word, sizeof word);
      if (G_LIKELY (bud_json_word_stops (word) == 0))
        out += 8;
      else
        for (guint i = 0; i < 8; i++)
          out = encode_byte (out, (unsigned char) text[i]);
    }

  for (; text < end; text++)
    {
      *high |= (unsigned char) *text;
      out = encode_byte (out, (unsigned char) *text);
    }

  return out;
}

/* Appends @prefix, which is encoded already, @text and the quote after it. */
static void
append_text (BudMemberWriter *self,
             const char      *prefix,
             gsize            prefix_length,
             const char      *text)
{
  gsize length = strlen (text);
  char *start = reserve (self, prefix_length + length * ESCAPE_MAX + 1);
  guint64 high = 0;
  char *end;

  memcpy (start, prefix, prefix_length);
  end = encode (start + prefix_length, text, length, &high);

  if ((high & BUD_JSON_HIGHS) != 0 && !g_utf8_validate_len (text, length, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (text, length);

      append_text (self, prefix, prefix_length, valid);
      return;
    }

  *end++ = '"';
  self->length = end - self->buffer;
}

/* Builds a piece that every member repeats: @before, the escaped @text, a quote, @after. */
static GString *
build_piece (const char *before,
             const char *text,
             const char *after)
{
  BudMemberWriter scratch = { NULL, };
  GString *piece;

  append_text (&scratch, before, strlen (before), text);
  append_raw (&scratch, after, strlen (after));
  piece = g_string_new_len (scratch.buffer, scratch.length);
  g_free (scratch.buffer);

  return piece;
}

static void
free_piece (gpointer piece)
{
  g_string_free (piece, TRUE);
}

/**
 * bud_member_writer_new:
 * @merge_tags: (array length=n_tags): the audience's tag of each value, as in "FNAME"
 * @n_tags: how many values each member has
 * @status_if_new: what somebody new to the audience becomes: "subscribed" or "pending"
 *
 * Makes the encoder of the bodies for POST /lists/{list_id}. A "status" is never written, since
 * it would change people who exist, and so bring back those who left; nor is an "email_type",
 * which is a member's own choice.
 *
 * Returns: (transfer full): a writer
 */
BudMemberWriter *
bud_member_writer_new (const char *const *merge_tags,
                       gsize              n_tags,
                       const char        *status_if_new)
{
  BudMemberWriter *self;

  g_return_val_if_fail (merge_tags != NULL || n_tags == 0, NULL);
  g_return_val_if_fail (status_if_new != NULL, NULL);

  self = g_new0 (BudMemberWriter, 1);
  self->prefixes = g_ptr_array_new_full (n_tags, free_piece);
  for (gsize i = 0; i < n_tags; i++)
    g_ptr_array_add (self->prefixes, build_piece (",\"", merge_tags[i], ":\""));
  self->after_address = build_piece (",\"status_if_new\":\"", status_if_new, "");

  return self;
}

void
bud_member_writer_free (BudMemberWriter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->buffer);
  g_ptr_array_unref (self->prefixes);
  free_piece (self->after_address);
  g_free (self);
}

static void
append_merge_fields (BudMemberWriter   *self,
                     const char *const *values)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->prefixes->len; i++)
    {
      const GString *prefix = g_ptr_array_index (self->prefixes, i);

      /* A blank would erase what others put there. */
      if (values[i] == NULL || values[i][0] == '\0')
        continue;

      if (!any)
        append_raw (self, FIELDS_START, sizeof FIELDS_START - 1);

      /* The comma is only for those after the first. */
      append_text (self, prefix->str + !any, prefix->len - !any, values[i]);
      any = TRUE;
    }

  if (any)
    append_raw (self, "}", 1);
}

/**
 * bud_member_writer_add:
 * @self: a writer
 * @address: the member's e-mail address
 * @values: (array) (nullable): a value for each merge tag, in their order; %NULL or "" leaves what
 *   the audience has. UTF-8; what is not is replaced by U+FFFD
 *
 * Returns: %FALSE when the body has %BUD_MEMBERS_MAX members already; nothing is added then
 */
gboolean
bud_member_writer_add (BudMemberWriter   *self,
                       const char        *address,
                       const char *const *values)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);
  g_return_val_if_fail (values != NULL || self->prefixes->len == 0, FALSE);

  if (self->count == BUD_MEMBERS_MAX)
    return FALSE;

  if (self->count == 0)
    append_raw (self, BODY_START, sizeof BODY_START - 1);
  else
    append_raw (self, ",", 1);

  append_text (self, MEMBER_START, sizeof MEMBER_START - 1, address);
  append_raw (self, self->after_address->str, self->after_address->len);
  append_merge_fields (self, values);
  append_raw (self, "}", 1);
  self->count++;

  return TRUE;
}

/**
 * bud_member_writer_get_count:
 * @self: a writer
 *
 * Returns: how many members were added since the last bud_member_writer_finish()
 */
guint
bud_member_writer_get_count (BudMemberWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->count;
}

/**
 * bud_member_writer_finish:
 * @self: a writer with at least one member
 *
 * Ends the body and begins a new, empty one.
 *
 * Returns: (transfer full): the body, JSON in UTF-8
 */
GBytes *
bud_member_writer_finish (BudMemberWriter *self)
{
  GBytes *body;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->count > 0, NULL);

  append_raw (self, BODY_END, sizeof BODY_END - 1);
  body = g_bytes_new_take (g_realloc (self->buffer, self->length), self->length);

  /* The next body is as long as this one, most likely. */
  self->room = self->length;
  self->buffer = g_malloc (self->room);
  self->length = 0;
  self->count = 0;

  return body;
}
