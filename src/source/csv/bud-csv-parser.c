/* bud-csv-parser.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-csv-parser.h"

/* A push parser for RFC 4180 and what real files do: any delimiter, CRLF, LF and CR line ends even
 * in one file, quotes inside plain fields, a last line without line end, blank lines.
 *
 * The bytes of the row being read lie together in one buffer, and all offsets count from the row's
 * first byte. So a field needs no copy, and going back is no more than setting an offset:
 *
 *   feed ─▶ scan_plain ⇄ scan_quoted ─▶ row complete ─▶ checks ─▶ row () or reject ()
 *                 │            │
 *                 └─ broken ◀──┘ is the row still on its first line?
 *                       yes: skip to the end of that line, then reject ()
 *                       no:  reject () its first line, go on with its second line
 *
 * Broken is a quote that is followed by text, or not closed before the end of the file or within
 * 64 KiB, and a row of more than 1 MiB. In all of these the likely culprit is a stray quote on the
 * row's first line, so only that line is given up and nothing after it is swallowed. Reading lines
 * again is paid from a credit that grows with the file, so a hostile file cannot make the time
 * quadratic: when the credit is used up, the lines in question are rejected one by one unread.
 *
 * Where a byte decides only together with the next one (CR before LF, a quote before a quote), the
 * parser waits for that byte; how the file was cut into pieces can therefore never matter. */

#define RESCAN_CREDIT (16 * 1024 * 1024)
#define RESCAN_CREDIT_PER_BYTE 16

typedef enum {
  STEP_ON,     /* go on with the row */
  STEP_WAIT,   /* more bytes are needed */
  STEP_ROW,    /* the row is complete */
  STEP_BROKEN, /* the row cannot be read on; why is in the parser */
} Step;

typedef struct
{
  guint32 start; /* from the first byte of the row */
  guint32 len;
  gboolean doubled; /* has doubled quotes to undo */
} Span;

struct _BudCsvParser
{
  BudCsvRowFunc row;
  BudSourceRejectFunc reject;
  gpointer data;
  gsize width; /* fields a row must have, 0 for any number */
  char delimiter;
  gboolean stops_plain[256];
  gboolean stops_quoted[256];

  GString *in;   /* (owned): bytes from some row on; those before row_start are done with */
  GString *text; /* (owned): raw text of the row for the callback */
  gsize row_start;
  gboolean begun; /* a byte order mark cannot come any more */
  gint64 credit;

  /* the row being read; offsets count from row_start */
  gint64 line;      /* of the next byte */
  gint64 row_line;
  gsize pos;        /* the next byte to look at */
  gsize field;      /* where the field being read starts */
  gsize first_line; /* end of the row's first line, 0 as long as it lasts */
  gboolean quoted;  /* inside quotes */
  gboolean doubled;
  gboolean skipping; /* broken: only the end of the line is of interest */
  guint8 bits;       /* all its bytes or-ed, to know plain ASCII */
  guint nul_column;
  BudRejectReason reason;
  guint column;

  gsize n_fields;
  Span spans[BUD_CSV_MAX_COLUMNS];
  char *fields[BUD_CSV_MAX_COLUMNS];
  gsize lengths[BUD_CSV_MAX_COLUMNS];
};

static void
begin_row (BudCsvParser *self,
           gsize         length)
{
  self->row_start += length;
  /* A skipped line may have lost its end already, depending on the pieces; this much it has. */
  self->credit += MIN (length, BUD_CSV_MAX_RAW) * RESCAN_CREDIT_PER_BYTE;
  self->row_line = self->line;
  self->pos = 0;
  self->field = 0;
  self->first_line = 0;
  self->quoted = FALSE;
  self->doubled = FALSE;
  self->skipping = FALSE;
  self->bits = 0;
  self->nul_column = 0;
  self->n_fields = 0;
}

static char *
row_bytes (BudCsvParser *self)
{
  return self->in->str + self->row_start;
}

static gsize
row_available (BudCsvParser *self)
{
  return self->in->len - self->row_start;
}

/* Copies the row's text for the callback, cut at a character when it is very long. */
static const char *
take_raw (BudCsvParser *self,
          gsize         from,
          gsize         to)
{
  const char *bytes = row_bytes (self);
  gboolean cut;

  while (to > from && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r'))
    to--;
  cut = to - from > BUD_CSV_MAX_RAW;
  if (cut)
    {
      to = from + BUD_CSV_MAX_RAW;
      while (to > from + BUD_CSV_MAX_RAW - 3 && ((guint8) bytes[to] & 0xc0) == 0x80)
        to--;
    }

  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, bytes + from, to - from);
  if (cut)
    g_string_append (self->text, "…");

  return self->text->str;
}

static gboolean
emit_reject (BudCsvParser     *self,
             BudRejectReason   reason,
             guint             column,
             gint64            line,
             gsize             from,
             gsize             to,
             GError          **error)
{
  g_autofree char *valid = NULL;
  BudReject reject = { line, column, reason, NULL };

  take_raw (self, from, to);
  valid = g_utf8_make_valid (self->text->str, self->text->len);
  reject.raw = valid;

  return self->reject (&reject, self->data, error);
}

/* Length of the line end at @at: 0 when only the next byte can tell. */
static gsize
line_end_length (BudCsvParser *self,
                 gsize         at,
                 gboolean      final)
{
  const char *bytes = row_bytes (self);

  if (bytes[at] == '\n')
    return 1;
  if (at + 1 == row_available (self))
    return final ? 1 : 0;

  return bytes[at + 1] == '\n' ? 2 : 1;
}

static Step
give_up (BudCsvParser    *self,
         BudRejectReason  reason,
         guint            column)
{
  self->reason = reason;
  self->column = column;

  return STEP_BROKEN;
}

/* Ends a field whose text lies at @start, and looks at the byte after it, at @at. */
static inline Step
end_field (BudCsvParser *self,
           gsize         start,
           gsize         len,
           gsize         at,
           gboolean      final)
{
  gsize end = at;
  Step step = STEP_ROW;

  if (at < row_available (self))
    {
      if (row_bytes (self)[at] == self->delimiter)
        {
          end = at + 1;
          step = STEP_ON;
        }
      else
        {
          gsize line_end = line_end_length (self, at, final);

          if (line_end == 0)
            {
              if (!self->quoted)
                self->pos = at;
              return STEP_WAIT;
            }
          end = at + line_end;
        }
    }

  if (self->n_fields < BUD_CSV_MAX_COLUMNS)
    self->spans[self->n_fields] = (Span) { start, len, self->doubled };
  self->n_fields++;
  self->pos = end;
  self->field = end;
  self->quoted = FALSE;
  self->doubled = FALSE;

  if (step == STEP_ON && end > BUD_CSV_MAX_ROW)
    return give_up (self, BUD_REJECT_TOO_LONG, 0);
  if (step == STEP_ROW && at < end)
    self->line++;

  return step;
}

static void
note_nul (BudCsvParser *self)
{
  if (self->nul_column == 0)
    self->nul_column = self->n_fields + 1;
}

static inline Step
scan_plain (BudCsvParser *self,
            gboolean      final)
{
  const char *bytes = row_bytes (self);
  gsize available = row_available (self);
  gsize p = self->pos;
  guint8 bits = self->bits;

  /* The buffer ends in a NUL, which stops too. */
  for (;;)
    {
      while (!self->stops_plain[(guint8) bytes[p]])
        bits |= bytes[p++];
      if (bytes[p] != '\0' || p == available)
        break;
      note_nul (self);
      p++;
    }

  self->bits = bits;
  if (p - self->field > BUD_CSV_MAX_FIELD)
    {
      self->pos = self->field + BUD_CSV_MAX_FIELD + 1;
      return give_up (self, BUD_REJECT_TOO_LONG, self->n_fields + 1);
    }
  if (p == available && !final)
    {
      self->pos = p;
      return STEP_WAIT;
    }

  return end_field (self, self->field, p - self->field, p, final);
}

/* A quote inside a quoted field: doubled, or the end of the field. */
static Step
scan_quote (BudCsvParser *self,
            gboolean      final)
{
  const char *bytes = row_bytes (self);
  gsize available = row_available (self);
  gsize next = self->pos + 1;
  gsize start = self->field + 1;

  if (next == available && !final)
    return STEP_WAIT;
  if (next < available && bytes[next] == '"')
    {
      self->doubled = TRUE;
      self->pos += 2;
      return STEP_ON;
    }
  if (next < available && bytes[next] != self->delimiter && bytes[next] != '\n' &&
      bytes[next] != '\r')
    return give_up (self, BUD_REJECT_QUOTE, self->n_fields + 1);

  return end_field (self, start, self->pos - start, next, final);
}

static gboolean
scan_quoted_line_end (BudCsvParser *self,
                      gboolean      final)
{
  gsize length = line_end_length (self, self->pos, final);

  if (length == 0)
    return FALSE;

  self->pos += length;
  self->line++;
  if (self->first_line == 0)
    self->first_line = self->pos;

  return TRUE;
}

static Step
scan_quoted (BudCsvParser *self,
             gboolean      final)
{
  const char *bytes = row_bytes (self);
  gsize available = row_available (self);
  gsize last = self->field + 1 + BUD_CSV_MAX_FIELD; /* where the closing quote may be at most */
  gsize end = MIN (available, last + 1);

  for (;;)
    {
      gsize p = self->pos;

      while (p < end && !self->stops_quoted[(guint8) bytes[p]])
        self->bits |= bytes[p++];
      self->pos = p;
      if (p >= end)
        break;

      if (bytes[p] == '"')
        {
          Step step = scan_quote (self, final);

          if (step != STEP_ON || !self->quoted)
            return step;
        }
      else if (bytes[p] == '\0')
        {
          note_nul (self);
          self->pos++;
        }
      else if (!scan_quoted_line_end (self, final))
        {
          return STEP_WAIT;
        }
    }

  /* 64 KiB on one line are a long field; over several lines, a quote that nobody closed. */
  if (self->pos > last)
    return give_up (self, self->first_line > 0 ? BUD_REJECT_QUOTE : BUD_REJECT_TOO_LONG,
                    self->n_fields + 1);
  if (final)
    return give_up (self, BUD_REJECT_QUOTE, self->n_fields + 1);

  return STEP_WAIT;
}

static Step
scan_row (BudCsvParser *self,
          gboolean      final)
{
  Step step = STEP_ON;

  while (step == STEP_ON)
    {
      if (!self->quoted && self->pos == self->field && row_bytes (self)[self->pos] == '"')
        {
          self->quoted = TRUE;
          self->pos++;
        }
      step = self->quoted ? scan_quoted (self, final) : scan_plain (self, final);
    }

  return step;
}

/* Finds out what is wrong with a complete row, if anything. */
static gboolean
check_row (BudCsvParser    *self,
           BudRejectReason *reason,
           guint           *column)
{
  gsize n_stored = MIN (self->n_fields, BUD_CSV_MAX_COLUMNS);

  *column = self->nul_column;
  *reason = BUD_REJECT_NUL;
  if (self->nul_column > 0)
    return FALSE;

  *reason = BUD_REJECT_UNDECODABLE;
  for (gsize i = 0; i < n_stored && (self->bits & 0x80) != 0; i++)
    {
      *column = i + 1;
      if (!g_utf8_validate_len (row_bytes (self) + self->spans[i].start, self->spans[i].len, NULL))
        return FALSE;
    }

  *reason = BUD_REJECT_RAGGED;
  *column = 0;

  return n_stored == self->n_fields && (self->width == 0 || self->n_fields == self->width);
}

static gsize
undo_doubled_quotes (char  *text,
                     gsize  len)
{
  char *out = text;

  for (const char *in = text; in < text + len; in++)
    {
      *out++ = *in;
      if (*in == '"')
        in++;
    }

  return out - text;
}

static gboolean
is_blank (BudCsvParser *self)
{
  const char *bytes = row_bytes (self);
  gsize i = 0;

  if (self->n_fields != 1 || *bytes == '"')
    return FALSE;
  while (i < self->spans[0].len && bytes[i] == ' ')
    i++;

  return i == self->spans[0].len;
}

static gboolean
deliver_row (BudCsvParser  *self,
             GError       **error)
{
  BudCsvRow row = { self->row_line, self->fields, self->lengths, self->n_fields, NULL };
  char *bytes = row_bytes (self);
  BudRejectReason reason;
  guint column;

  if (is_blank (self))
    return TRUE;
  if (!check_row (self, &reason, &column))
    return emit_reject (self, reason, column, self->row_line, 0, self->pos, error);

  row.raw = take_raw (self, 0, self->pos);
  for (gsize i = 0; i < self->n_fields; i++)
    {
      const Span *span = &self->spans[i];

      self->fields[i] = bytes + span->start;
      self->lengths[i] = span->len;
      if (span->doubled)
        self->lengths[i] = undo_doubled_quotes (self->fields[i], span->len);
      /* In the place of the delimiter, closing quote or line end. */
      self->fields[i][self->lengths[i]] = '\0';
    }

  return self->row (&row, self->data, error);
}

/* Rejects every line from the row's second up to the last line begun, without reading them. */
static gboolean
reject_lines (BudCsvParser  *self,
              gsize         *start,
              GError       **error)
{
  const char *bytes = row_bytes (self);
  gsize end = self->pos;

  for (gsize at = *start; at + 1 < end; at++)
    {
      if (bytes[at] != '\n' && bytes[at] != '\r')
        continue;
      if (at > *start &&
          !emit_reject (self, BUD_REJECT_QUOTE, 0, self->line, *start, at, error))
        return FALSE;
      at += bytes[at] == '\r' && bytes[at + 1] == '\n';
      *start = at + 1;
      self->line++;
    }

  return TRUE;
}

/* The row is broken after its first line: reports that line and resumes at the next one. */
static gboolean
resume_at_second_line (BudCsvParser  *self,
                       GError       **error)
{
  gsize start = self->first_line;
  gint64 again = self->pos - start;

  if (!emit_reject (self, self->reason, self->column, self->row_line, 0, start, error))
    return FALSE;

  self->line = self->row_line + 1;
  if (self->credit < again)
    {
      if (!reject_lines (self, &start, error))
        return FALSE;
    }
  else
    {
      self->credit -= again;
    }
  begin_row (self, start);

  return TRUE;
}

/* Goes to the end of a broken row's line; of a very long line only the beginning is kept. */
static Step
skip_line (BudCsvParser *self,
           gboolean      final)
{
  const char *bytes = row_bytes (self);
  gsize available = row_available (self);
  gsize length = 0;

  while (self->pos < available && bytes[self->pos] != '\n' && bytes[self->pos] != '\r')
    self->pos++;
  if (self->pos < available)
    length = line_end_length (self, self->pos, final);

  if (length > 0 || (self->pos == available && final))
    {
      self->line += length > 0;
      self->pos += length;
      return STEP_ROW;
    }

  if (self->pos > BUD_CSV_MAX_RAW + 4)
    {
      gsize keep = BUD_CSV_MAX_RAW + 4;

      g_string_erase (self->in, self->row_start + keep, self->pos - keep);
      self->pos = keep;
    }

  return STEP_WAIT;
}

static gboolean
finish_skipped (BudCsvParser  *self,
                GError       **error)
{
  return emit_reject (self, self->reason, self->column, self->row_line, 0, self->pos, error);
}

/* A byte order mark is no text. */
static gboolean
begin_document (BudCsvParser *self,
                gboolean      final)
{
  static const char mark[] = "\xef\xbb\xbf";
  gsize len = MIN (self->in->len, 3);

  if (memcmp (self->in->str, mark, len) == 0)
    {
      if (len < 3 && !final)
        return FALSE;
      if (len == 3)
        self->row_start = 3;
    }
  self->begun = TRUE;

  return TRUE;
}

static gboolean
parse (BudCsvParser  *self,
       gboolean       final,
       GError       **error)
{
  if (!self->begun && !begin_document (self, final))
    return TRUE;

  while (row_available (self) > 0)
    {
      gboolean skipping = self->skipping;
      Step step = skipping ? skip_line (self, final) : scan_row (self, final);

      if (step == STEP_WAIT)
        break;

      if (step == STEP_ROW)
        {
          if (skipping ? !finish_skipped (self, error) : !deliver_row (self, error))
            return FALSE;
          begin_row (self, self->pos);
        }
      else if (self->first_line > 0)
        {
          if (!resume_at_second_line (self, error))
            return FALSE;
        }
      else
        {
          self->skipping = TRUE;
        }
    }

  if (self->row_start > 0)
    g_string_erase (self->in, 0, self->row_start);
  self->row_start = 0;

  return TRUE;
}

/**
 * bud_csv_parser_new:
 * @delimiter: what parts the fields: an ASCII character, no quote and no line end
 * @row: called for each well-formed row; returns %FALSE with the error set to stop
 * @reject: called for each row that cannot be used, with reasons up to %BUD_REJECT_QUOTE
 * @data: for both
 *
 * A parser of CSV as RFC 4180 has it and as real files are. Rows and rejects come in file order.
 * Quotes matter only at the start of a field. A line that is blank, or
 * has only spaces, is no row. A row with broken quoting
 * is given up at the end of the line it starts on, so it never swallows the rows after it.
 *
 * Returns: (transfer full): a parser, to be fed in pieces of any size
 */
BudCsvParser *
bud_csv_parser_new (char                 delimiter,
                    BudCsvRowFunc        row,
                    BudSourceRejectFunc  reject,
                    gpointer             data)
{
  BudCsvParser *self;

  g_return_val_if_fail (g_ascii_isprint (delimiter) || delimiter == '\t', NULL);
  g_return_val_if_fail (delimiter != '"', NULL);
  g_return_val_if_fail (row != NULL, NULL);
  g_return_val_if_fail (reject != NULL, NULL);

  self = g_new0 (BudCsvParser, 1);
  self->delimiter = delimiter;
  self->row = row;
  self->reject = reject;
  self->data = data;
  self->in = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->credit = RESCAN_CREDIT;
  self->line = 1;
  self->row_line = 1;

  self->stops_plain[(guint8) delimiter] = TRUE;
  self->stops_quoted['"'] = TRUE;
  self->stops_plain['\0'] = self->stops_quoted['\0'] = TRUE;
  self->stops_plain['\r'] = self->stops_quoted['\r'] = TRUE;
  self->stops_plain['\n'] = self->stops_quoted['\n'] = TRUE;

  return self;
}

void
bud_csv_parser_free (BudCsvParser *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->in, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * bud_csv_parser_set_width:
 * @self: a parser
 * @n_fields: how many fields every row from the next one on must have; 0 for any number
 *
 * May be called from the row callback, for the header row sets the width of the others.
 */
void
bud_csv_parser_set_width (BudCsvParser *self,
                          gsize         n_fields)
{
  g_return_if_fail (self != NULL);

  self->width = n_fields;
}

/**
 * bud_csv_parser_feed:
 * @self: a parser
 * @data: (array length=len): the next bytes, UTF-8; a byte order mark at the very start is dropped
 * @len: how many
 * @error: return location for what a callback set
 *
 * Returns: %FALSE when a callback stopped the reading; the parser is then of no more use
 */
gboolean
bud_csv_parser_feed (BudCsvParser  *self,
                     const char    *data,
                     gsize          len,
                     GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || len == 0, FALSE);

  g_string_append_len (self->in, data, len);

  return parse (self, FALSE, error);
}

/**
 * bud_csv_parser_finish:
 * @self: a parser that has all bytes
 * @error: return location for what a callback set
 *
 * Reads the last row, which needs no line end.
 *
 * Returns: %FALSE when a callback stopped the reading
 */
gboolean
bud_csv_parser_finish (BudCsvParser  *self,
                       GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return parse (self, TRUE, error);
}
