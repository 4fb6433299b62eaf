/* bud-mailchimp-error.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-response.h"

G_BEGIN_DECLS

#define BUD_MAILCHIMP_ERROR (bud_mailchimp_error_quark ())

/**
 * BudMailchimpError:
 * @BUD_MAILCHIMP_ERROR_UNAUTHORIZED: the token or key is not accepted, or its user is disabled
 * @BUD_MAILCHIMP_ERROR_FORBIDDEN: the account's user may not do that
 * @BUD_MAILCHIMP_ERROR_WRONG_DATACENTER: the account lives in another data center
 * @BUD_MAILCHIMP_ERROR_NOT_FOUND: there is no such audience, tag or member
 * @BUD_MAILCHIMP_ERROR_INVALID: the whole request was refused as it stands
 * @BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS: more members in one call than %BUD_MEMBERS_MAX
 * @BUD_MAILCHIMP_ERROR_LIMIT: the account's plan allows no more
 * @BUD_MAILCHIMP_ERROR_UNAVAILABLE: the service cannot answer now
 * @BUD_MAILCHIMP_ERROR_UNEXPECTED: an answer that the documentation does not know
 *
 * What Mailchimp may say to a whole request. What it says about one member of a batch is a
 * #BudMemberError, and what happens below HTTP is a #BudNetError. Messages are a translated
 * sentence; Mailchimp's own words, without addresses, follow on a second line.
 */
typedef enum {
  BUD_MAILCHIMP_ERROR_UNAUTHORIZED,
  BUD_MAILCHIMP_ERROR_FORBIDDEN,
  BUD_MAILCHIMP_ERROR_WRONG_DATACENTER,
  BUD_MAILCHIMP_ERROR_NOT_FOUND,
  BUD_MAILCHIMP_ERROR_INVALID,
  BUD_MAILCHIMP_ERROR_TOO_MANY_MEMBERS,
  BUD_MAILCHIMP_ERROR_LIMIT,
  BUD_MAILCHIMP_ERROR_UNAVAILABLE,
  BUD_MAILCHIMP_ERROR_UNEXPECTED,
} BudMailchimpError;

GQuark   bud_mailchimp_error_quark   (void);
GError  *bud_mailchimp_error_new     (BudMailchimpError   code);
gboolean bud_mailchimp_error_extract (BudResponse        *response,
                                      GError            **error);
char    *bud_mailchimp_redact        (const char         *words);

G_END_DECLS
