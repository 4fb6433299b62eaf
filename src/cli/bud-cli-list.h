/* bud-cli-list.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-cli.h"
#include "bud-cli-output.h"
#include "bud-segment.h"

G_BEGIN_DECLS

/* What several commands do: list items, list or count customers, do one thing to one item. */

typedef void     (*BudCliPrintFunc) (BudCliOutput *output,
                                     gpointer      item);
typedef gboolean (*BudCliVerb)      (BudContext   *context,
                                     const char   *name_or_id,
                                     GError      **error);

int      bud_cli_list_items      (BudCli             *cli,
                                  GType               type,
                                  const BudCliColumn *columns,
                                  gsize               n_columns,
                                  BudCliPrintFunc     print);
gpointer bud_cli_find_item       (BudCli             *cli,
                                  GType               type,
                                  const char         *name_or_id,
                                  GError            **error);
int      bud_cli_apply           (BudCli             *cli,
                                  BudCliVerb          verb,
                                  const char         *name_or_id);
int      bud_cli_list_customers  (BudCli             *cli,
                                  const char         *rule,
                                  BudSegment         *segment,
                                  gint64              limit);
int      bud_cli_count_customers (BudCli             *cli,
                                  const char         *rule,
                                  BudSegment         *segment);

G_END_DECLS
