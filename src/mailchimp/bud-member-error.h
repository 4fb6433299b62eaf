/* bud-member-error.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-types.h"

G_BEGIN_DECLS

/**
 * BudMemberError:
 * @address: whom it is about, as Mailchimp writes it
 * @code: Mailchimp's error code, as in "ERROR_GENERIC"
 * @message: Mailchimp's own words; they often repeat the address
 * @field: the merge tag that does not fit
 * @field_message: Mailchimp's words about that field
 *
 * Why one member of a batch was refused. No text is %NULL; what the service left out is "".
 */
typedef struct
{
  const char *address;
  const char *code;
  const char *message;
  const char *field;
  const char *field_message;
} BudMemberError;

BudReason bud_member_error_reason (const BudMemberError *self);
gboolean  bud_reason_is_transient (BudReason             reason);

G_END_DECLS
