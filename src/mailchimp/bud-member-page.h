/* bud-member-page.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/**
 * BudMemberFunc:
 * @address: a member's e-mail address
 * @status: "subscribed", "unsubscribed", "cleaned", "pending", "transactional" or "archived"; ""
 *   when the service did not say
 * @last_changed: when the member last changed, ISO 8601; "" when the service did not say
 * @data: as given with the function
 *
 * One member during a reading; the texts are valid only inside the call.
 */
typedef void (*BudMemberFunc) (const char *address,
                               const char *status,
                               const char *last_changed,
                               gpointer    data);

gboolean bud_member_page_scan (GBytes        *body,
                               BudMemberFunc  func,
                               gpointer       data,
                               gint64        *n_items,
                               gint64        *total_items);

G_END_DECLS
