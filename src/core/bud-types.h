/* bud-types.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The nouns of the house and the enumerations they share; every header includes only this. */

typedef struct _BudClock BudClock;
typedef struct _BudConnection BudConnection;
typedef struct _BudExport BudExport;
typedef struct _BudField BudField;
typedef struct _BudItem BudItem;
typedef struct _BudOrigin BudOrigin;
typedef struct _BudPerson BudPerson;
typedef struct _BudPlan BudPlan;
typedef struct _BudRun BudRun;
typedef struct _BudSegment BudSegment;
typedef struct _BudStopWish BudStopWish;
typedef struct _BudWorkspace BudWorkspace;

/**
 * BudFieldType:
 * @BUD_FIELD_TEXT: any text
 * @BUD_FIELD_INTEGER: a whole number
 * @BUD_FIELD_DECIMAL: a number with decimals
 * @BUD_FIELD_DATE: a calendar day, or a day with a time of day
 * @BUD_FIELD_BOOLEAN: true or false
 *
 * What kind of values a customer field holds. bud-value.h has the stored form of each.
 */
typedef enum {
  BUD_FIELD_TEXT,
  BUD_FIELD_INTEGER,
  BUD_FIELD_DECIMAL,
  BUD_FIELD_DATE,
  BUD_FIELD_BOOLEAN,
} BudFieldType;

/**
 * BudRole:
 * @BUD_ROLE_VIEWER: sees everything but connections, changes nothing
 * @BUD_ROLE_CONTRIBUTOR: makes segments, and exports on connections shared with contributors
 * @BUD_ROLE_ADMINISTRATOR: may do everything
 */
typedef enum {
  BUD_ROLE_VIEWER,
  BUD_ROLE_CONTRIBUTOR,
  BUD_ROLE_ADMINISTRATOR,
} BudRole;

/**
 * BudAction:
 * @BUD_ACTION_ADD: this export has not delivered the person before
 * @BUD_ACTION_UPDATE: delivered before, with other values
 * @BUD_ACTION_UNCHANGED: delivered before with the same values; never stored row by row
 * @BUD_ACTION_HOLD: not sent, by our decision; the row's #BudReason says why
 *
 * What a plan does with one person.
 */
typedef enum {
  BUD_ACTION_ADD,
  BUD_ACTION_UPDATE,
  BUD_ACTION_UNCHANGED,
  BUD_ACTION_HOLD,
} BudAction;

/**
 * BudOutcome:
 * @BUD_OUTCOME_PENDING: planned, and no answer recorded yet
 * @BUD_OUTCOME_ADDED: new in the audience
 * @BUD_OUTCOME_UPDATED: existed in the audience, now has our values
 * @BUD_OUTCOME_HELD_BACK: never sent, by our decision
 * @BUD_OUTCOME_REJECTED: sent, and refused by Mailchimp
 *
 * What a run did to one person.
 */
typedef enum {
  BUD_OUTCOME_PENDING,
  BUD_OUTCOME_ADDED,
  BUD_OUTCOME_UPDATED,
  BUD_OUTCOME_HELD_BACK,
  BUD_OUTCOME_REJECTED,
} BudOutcome;

/**
 * BudReason:
 * @BUD_REASON_NONE: nothing to explain
 * @BUD_REASON_NO_ADDRESS: the customer has no e-mail address
 * @BUD_REASON_INVALID_ADDRESS: the address is not written like one
 * @BUD_REASON_DUPLICATE_ADDRESS: an earlier customer has the same address
 * @BUD_REASON_UNSUBSCRIBED: has unsubscribed from the audience
 * @BUD_REASON_CLEANED: Mailchimp took the address out because mail bounced
 * @BUD_REASON_ARCHIVED: is archived in the audience
 * @BUD_REASON_ADDRESS_REFUSED: Mailchimp finds the address invalid or fake
 * @BUD_REASON_COMPLIANCE: Mailchimp holds the contact in a compliance state
 * @BUD_REASON_FORGOTTEN: permanently deleted in Mailchimp, can only come back by himself
 * @BUD_REASON_FIELD_REFUSED: a merge field's value does not fit
 * @BUD_REASON_FIELD_REQUIRED: a required merge field is empty
 * @BUD_REASON_THROTTLED: the address signed up to many lists very recently
 * @BUD_REASON_OTHER: anything else; the row's detail has the service's own words
 *
 * Why a person was held back (by us) or rejected (by Mailchimp).
 */
typedef enum {
  BUD_REASON_NONE,
  BUD_REASON_NO_ADDRESS,
  BUD_REASON_INVALID_ADDRESS,
  BUD_REASON_DUPLICATE_ADDRESS,
  BUD_REASON_UNSUBSCRIBED,
  BUD_REASON_CLEANED,
  BUD_REASON_ARCHIVED,
  BUD_REASON_ADDRESS_REFUSED,
  BUD_REASON_COMPLIANCE,
  BUD_REASON_FORGOTTEN,
  BUD_REASON_FIELD_REFUSED,
  BUD_REASON_FIELD_REQUIRED,
  BUD_REASON_THROTTLED,
  BUD_REASON_OTHER,
} BudReason;

/**
 * BudRunState:
 * @BUD_RUN_RUNNING: in progress
 * @BUD_RUN_COMPLETED: every planned person was delivered
 * @BUD_RUN_COMPLETED_WITH_ERRORS: some people were rejected
 * @BUD_RUN_STOPPED_BY_GUARD: nothing was sent because the plan was dangerous
 * @BUD_RUN_FAILED: stopped by an error that concerns the whole run
 * @BUD_RUN_CANCELED: stopped by a person
 * @BUD_RUN_INTERRUPTED: the program ended before the run did
 */
typedef enum {
  BUD_RUN_RUNNING,
  BUD_RUN_COMPLETED,
  BUD_RUN_COMPLETED_WITH_ERRORS,
  BUD_RUN_STOPPED_BY_GUARD,
  BUD_RUN_FAILED,
  BUD_RUN_CANCELED,
  BUD_RUN_INTERRUPTED,
} BudRunState;

G_END_DECLS
