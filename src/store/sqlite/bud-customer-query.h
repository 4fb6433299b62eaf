/* bud-customer-query.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-catalogue.h"
#include "bud-selection.h"

G_BEGIN_DECLS

/* A selection turned into one statement. */

typedef struct _BudCustomerQuery BudCustomerQuery;

BudCustomerQuery *bud_customer_query_new_count     (BudDatabase         *reader,
                                                    BudSelection        *selection,
                                                    GError             **error);
BudCustomerQuery *bud_customer_query_new_each      (BudDatabase         *reader,
                                                    BudSelection        *selection,
                                                    GError             **error);
BudCustomerQuery *bud_customer_query_new_plan_rows (BudDatabase         *reader,
                                                    gint64               plan_first,
                                                    const BudRowFilter  *filter,
                                                    BudSelection        *selection,
                                                    GError             **error);
void              bud_customer_query_free          (BudCustomerQuery    *self);
BudStatement     *bud_customer_query_get_statement (BudCustomerQuery    *self);
void              bud_customer_query_read          (BudCustomerQuery    *self,
                                                    int                  id_column,
                                                    int                  first_column,
                                                    BudCustomerRow      *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudCustomerQuery, bud_customer_query_free)

G_END_DECLS
