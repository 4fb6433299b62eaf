/* bud-store-types.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "bud-types.h"

G_BEGIN_DECLS

#define BUD_STORE_ERROR (bud_store_error_quark ())

/**
 * BudStoreError:
 * @BUD_STORE_ERROR_FAILED: anything else, with SQLite's words
 * @BUD_STORE_ERROR_BUSY: another program is writing
 * @BUD_STORE_ERROR_FULL: the disk is full
 * @BUD_STORE_ERROR_CORRUPT: the file is damaged or no database
 * @BUD_STORE_ERROR_CONSTRAINT: the name is taken
 * @BUD_STORE_ERROR_NEWER_SCHEMA: written by a newer Budstikke
 * @BUD_STORE_ERROR_READ_ONLY: the folder or file cannot be written
 * @BUD_STORE_ERROR_MISSING: there is no workspace there
 *
 * Cancelled work is reported as %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  BUD_STORE_ERROR_FAILED,
  BUD_STORE_ERROR_BUSY,
  BUD_STORE_ERROR_FULL,
  BUD_STORE_ERROR_CORRUPT,
  BUD_STORE_ERROR_CONSTRAINT,
  BUD_STORE_ERROR_NEWER_SCHEMA,
  BUD_STORE_ERROR_READ_ONLY,
  BUD_STORE_ERROR_MISSING,
} BudStoreError;

GQuark bud_store_error_quark (void);

#define BUD_SECRET_SIZE 32
#define BUD_HASH_SIZE 16

typedef struct _BudStore BudStore;
typedef struct _BudIntake BudIntake;
typedef struct _BudSelection BudSelection;

/**
 * BudCustomerRow:
 * @id: the customer's stable id
 * @values: (array length=n_values): canonical text (bud-value.h) of the selection's fields, in
 *   their order; %NULL where the customer has none
 * @n_values: length of @values
 * @matches: (array): for each rule of the selection, whether the customer fits it
 * @ledger_key: (nullable): key hash of what the selection's export last delivered for the customer
 * @ledger_payload: (nullable): payload hash of the same
 *
 * One customer during an iteration; valid only inside the callback.
 */
typedef struct
{
  const char *id;
  const char *const *values;
  gsize n_values;
  const gboolean *matches;
  const guint8 *ledger_key;
  const guint8 *ledger_payload;
} BudCustomerRow;

/**
 * BudPlanRow:
 * @seq: place in the plan, from 1; given by the store when rows are added
 * @customer: the customer's id
 * @action: what the plan does with the person
 * @outcome: what the run did
 * @reason: why, for people held back or rejected
 * @detail: (nullable): the service's own words about a rejection
 * @key: keyed hash of the normalised address; all zero when there is none
 * @payload: keyed hash of everything the export delivers for the person
 */
typedef struct
{
  gint64 seq;
  const char *customer;
  BudAction action;
  BudOutcome outcome;
  BudReason reason;
  const char *detail;
  guint8 key[BUD_HASH_SIZE];
  guint8 payload[BUD_HASH_SIZE];
} BudPlanRow;

/**
 * BudRowFilter:
 * @outcome: a #BudOutcome, or -1 for any
 * @reason: a #BudReason, or -1 for any
 * @after: only rows whose seq is greater
 * @limit: at most so many rows, 0 for all
 */
typedef struct
{
  int outcome;
  int reason;
  gint64 after;
  gint64 limit;
} BudRowFilter;

/* One line of bud_store_tally(): how many rows of a plan share these three. */
typedef struct
{
  BudAction action;
  BudOutcome outcome;
  BudReason reason;
  gint64 count;
} BudTally;

/* A person whom the audience must not get from us, by keyed hash of the address. */
typedef struct
{
  guint8 key[BUD_HASH_SIZE];
  BudReason reason;
} BudOptOut;

typedef gboolean (*BudStoreFunc)    (BudStore             *store,
                                     gpointer              data,
                                     GCancellable         *cancellable,
                                     GError              **error);
typedef gboolean (*BudCustomerFunc) (const BudCustomerRow *customer,
                                     gpointer              data,
                                     GError              **error);
typedef gboolean (*BudPlanRowFunc)  (const BudPlanRow     *row,
                                     const BudCustomerRow *customer,
                                     gpointer              data,
                                     GError              **error);

G_END_DECLS
