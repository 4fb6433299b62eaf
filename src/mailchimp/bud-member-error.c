/* bud-member-error.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-member-error.h"

typedef struct
{
  const char *words;
  BudReason reason;
} Known;

/* What a fault in a merge field says, in the order in which it is looked for. */
static const Known FIELD_WORDS[] = {
  { "enter a value", BUD_REASON_FIELD_REQUIRED },
  { "is required", BUD_REASON_FIELD_REQUIRED },
};

/* Texts seen in answers of POST /lists/{list_id} and of the calls for one member. Mailchimp
 * documents two error codes only, and neither tells these apart. */
static const Known MESSAGE_WORDS[] = {
  { "compliance state", BUD_REASON_COMPLIANCE },
  { "permanently deleted", BUD_REASON_FORGOTTEN },
  { "signed up to a lot of lists", BUD_REASON_THROTTLED },
  { "looks fake or invalid", BUD_REASON_ADDRESS_REFUSED },
  { "valid email address", BUD_REASON_ADDRESS_REFUSED },
  { "an email address must contain", BUD_REASON_ADDRESS_REFUSED },
  { "username portion of the email address", BUD_REASON_ADDRESS_REFUSED },
  { "domain portion of the email address", BUD_REASON_ADDRESS_REFUSED },
  { "please enter a value", BUD_REASON_FIELD_REQUIRED },
  { "merge fields were invalid", BUD_REASON_FIELD_REFUSED },
  { "please enter a", BUD_REASON_FIELD_REFUSED },
};

/* How the address itself is called where a field is named. */
static const char *const ADDRESS_FIELDS[] = { "EMAIL", "email_address", "email address" };

static BudReason
find_words (const char  *text,
            const Known *known,
            gsize        n_known,
            BudReason    otherwise)
{
  for (gsize i = 0; i < n_known; i++)
    if (strcasestr (text, known[i].words) != NULL)
      return known[i].reason;

  return otherwise;
}

static gboolean
is_about_merge_field (const BudMemberError *self)
{
  if (self->field[0] == '\0')
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (ADDRESS_FIELDS); i++)
    if (g_ascii_strcasecmp (self->field, ADDRESS_FIELDS[i]) == 0)
      return FALSE;

  return TRUE;
}

/**
 * bud_member_error_reason:
 * @self: why a member was refused
 *
 * A named merge field decides first, then the words that Mailchimp is known to use. The words about
 * a field come in the language of the account, so one that is not known counts as refused.
 *
 * Returns: the reason in our own terms, never %BUD_REASON_NONE
 */
BudReason
bud_member_error_reason (const BudMemberError *self)
{
  g_return_val_if_fail (self != NULL, BUD_REASON_OTHER);

  if (is_about_merge_field (self))
    return find_words (self->field_message[0] != '\0' ? self->field_message : self->message,
                       FIELD_WORDS, G_N_ELEMENTS (FIELD_WORDS), BUD_REASON_FIELD_REFUSED);

  return find_words (self->message, MESSAGE_WORDS, G_N_ELEMENTS (MESSAGE_WORDS),
                     self->field[0] != '\0' ? BUD_REASON_ADDRESS_REFUSED : BUD_REASON_OTHER);
}

/**
 * bud_reason_is_transient:
 * @reason: why a person was rejected
 *
 * Returns: whether the same values may well be taken at a later run
 */
gboolean
bud_reason_is_transient (BudReason reason)
{
  return reason == BUD_REASON_THROTTLED;
}
