/* bud-cli-remote.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-cli.h"
#include "bud-mailchimp.h"

G_BEGIN_DECLS

/* Questions to an account at Mailchimp, each answered before it returns. */

BudMailchimp *bud_cli_open_client       (BudCli        *cli,
                                         const char    *name_or_id,
                                         GError       **error);
BudAccount   *bud_cli_get_account       (BudCli        *cli,
                                         BudMailchimp  *client,
                                         GError       **error);
GPtrArray    *bud_cli_list_audiences    (BudCli        *cli,
                                         BudMailchimp  *client,
                                         GError       **error);
GPtrArray    *bud_cli_list_merge_fields (BudCli        *cli,
                                         BudMailchimp  *client,
                                         const char    *audience,
                                         GError       **error);

G_END_DECLS
