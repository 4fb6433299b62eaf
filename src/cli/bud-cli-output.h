/* bud-cli-output.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a command prints: for people a table, or a list of “name: value” lines; for programs one
 * JSON object a line, with the same contents. */

typedef struct _BudCliOutput BudCliOutput;

/**
 * BudCliColumn:
 * @key: the name in JSON
 * @label: the heading for people, marked for translation
 */
typedef struct
{
  const char *key;
  const char *label;
} BudCliColumn;

BudCliOutput *bud_cli_output_new_table   (gboolean            json,
                                          const BudCliColumn *columns,
                                          gsize               n_columns);
BudCliOutput *bud_cli_output_new_details (gboolean            json,
                                          const BudCliColumn *columns,
                                          gsize               n_columns);
void          bud_cli_output_free        (BudCliOutput       *self);

void          bud_cli_output_text        (BudCliOutput       *self,
                                          const char         *value);
void          bud_cli_output_number      (BudCliOutput       *self,
                                          gint64              value);
void          bud_cli_output_flag        (BudCliOutput       *self,
                                          gboolean            value);
void          bud_cli_output_time        (BudCliOutput       *self,
                                          gint64              unix_seconds);
void          bud_cli_output_list        (BudCliOutput       *self,
                                          const char *const  *values);
void          bud_cli_output_choice      (BudCliOutput       *self,
                                          const char         *nick,
                                          const char         *label);

void          bud_cli_output_error       (const char         *code,
                                          const char         *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCliOutput, bud_cli_output_free)

G_END_DECLS
