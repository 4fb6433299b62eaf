/* bud-labels.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-labels.h"

const char *
bud_label_action (BudAction action)
{
  switch (action)
    {
    case BUD_ACTION_ADD:
      return C_("action", "add");
    case BUD_ACTION_UPDATE:
      return C_("action", "update");
    case BUD_ACTION_UNCHANGED:
      return C_("action", "unchanged");
    case BUD_ACTION_HOLD:
      return C_("action", "hold back");
    }

  g_return_val_if_reached (NULL);
}

const char *
bud_label_outcome (BudOutcome outcome)
{
  switch (outcome)
    {
    case BUD_OUTCOME_PENDING:
      return C_("result", "not sent yet");
    case BUD_OUTCOME_ADDED:
      return C_("result", "added");
    case BUD_OUTCOME_UPDATED:
      return C_("result", "updated");
    case BUD_OUTCOME_HELD_BACK:
      return C_("result", "held back");
    case BUD_OUTCOME_REJECTED:
      return C_("result", "rejected");
    }

  g_return_val_if_reached (NULL);
}

const char *
bud_label_reason (BudReason reason)
{
  switch (reason)
    {
    case BUD_REASON_NONE:
      return "";
    case BUD_REASON_NO_ADDRESS:
      return _("no e-mail address");
    case BUD_REASON_INVALID_ADDRESS:
      return _("not written like an e-mail address");
    case BUD_REASON_DUPLICATE_ADDRESS:
      return _("same address as an earlier customer");
    case BUD_REASON_UNSUBSCRIBED:
      return _("has unsubscribed");
    case BUD_REASON_CLEANED:
      return _("mail to the address bounced");
    case BUD_REASON_ARCHIVED:
      return _("is archived in the audience");
    case BUD_REASON_ADDRESS_REFUSED:
      return _("Mailchimp finds the address invalid or fake");
    case BUD_REASON_COMPLIANCE:
      return _("Mailchimp holds the contact back: unsubscribed, bounced or under review");
    case BUD_REASON_FORGOTTEN:
      return _("permanently deleted in Mailchimp; can only sign up again by himself or herself");
    case BUD_REASON_FIELD_REFUSED:
      return _("a value does not fit its merge field");
    case BUD_REASON_FIELD_REQUIRED:
      return _("a required merge field is empty");
    case BUD_REASON_THROTTLED:
      return _("signed up to many lists very recently; tried again at the next run");
    case BUD_REASON_OTHER:
      return _("another reason of Mailchimp’s");
    }

  g_return_val_if_reached (NULL);
}

const char *
bud_label_run_state (BudRunState state)
{
  switch (state)
    {
    case BUD_RUN_RUNNING:
      return C_("run", "Running");
    case BUD_RUN_COMPLETED:
      return C_("run", "Completed");
    case BUD_RUN_COMPLETED_WITH_ERRORS:
      return C_("run", "Completed with errors");
    case BUD_RUN_STOPPED_BY_GUARD:
      return C_("run", "Stopped by guard");
    case BUD_RUN_FAILED:
      return C_("run", "Failed");
    case BUD_RUN_CANCELED:
      return C_("run", "Canceled");
    case BUD_RUN_INTERRUPTED:
      return C_("run", "Interrupted");
    }

  g_return_val_if_reached (NULL);
}
