/* bud-memory-customers.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-selection.h"

G_BEGIN_DECLS

/* The customers of a memory store. Intakes replace them from any thread, so they are kept as
 * snapshots that never change. */

typedef struct _BudMemoryCustomers BudMemoryCustomers;

typedef struct
{
  char *id;
  char **values; /* one for each field, NULL where there is none; freed with n_values */
  guint n_values;
} BudMemoryRow;

/**
 * BudMemorySnapshot:
 * @fields: (element-type BudField): the fields of a profile
 * @rows: (element-type BudMemoryRow): all customers, by id
 * @by_id: the same by id
 * @columns: where in a row a column's value is, plus one
 * @generation: grows with every change
 */
typedef struct
{
  gatomicrefcount ref_count;
  GPtrArray *fields;
  GPtrArray *rows;
  GHashTable *by_id;
  GHashTable *columns;
  gint64 generation;
} BudMemorySnapshot;

BudMemoryCustomers *bud_memory_customers_new      (void);
BudMemoryCustomers *bud_memory_customers_ref      (BudMemoryCustomers  *self);
void                bud_memory_customers_unref    (BudMemoryCustomers  *self);
BudMemorySnapshot  *bud_memory_customers_get      (BudMemoryCustomers  *self);
void                bud_memory_customers_replace  (BudMemoryCustomers  *self,
                                                   const char          *source,
                                                   GPtrArray           *fields,
                                                   GHashTable          *rows);

void                bud_memory_row_free           (gpointer             row);
void                bud_memory_snapshot_unref     (BudMemorySnapshot   *self);
gboolean            bud_memory_snapshot_check     (BudMemorySnapshot   *self,
                                                   BudSelection        *selection,
                                                   GError             **error);
gboolean            bud_memory_snapshot_match     (BudMemorySnapshot   *self,
                                                   const BudMemoryRow  *row,
                                                   BudSelection        *selection,
                                                   gboolean            *matches,
                                                   gboolean            *any,
                                                   GError             **error);
void                bud_memory_snapshot_values    (BudMemorySnapshot   *self,
                                                   const BudMemoryRow  *row,
                                                   BudSelection        *selection,
                                                   const char         **values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudMemorySnapshot, bud_memory_snapshot_unref)

G_END_DECLS
