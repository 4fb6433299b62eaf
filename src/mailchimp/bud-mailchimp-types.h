/* bud-mailchimp-types.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "bud-types.h"

G_BEGIN_DECLS

/* What the account has, as read at one moment: immutable and counted. No text is NULL. */

#define BUD_TYPE_ACCOUNT (bud_account_get_type ())
#define BUD_TYPE_AUDIENCE (bud_audience_get_type ())
#define BUD_TYPE_MERGE_FIELD (bud_merge_field_get_type ())
#define BUD_TYPE_TAG (bud_tag_get_type ())

/**
 * BudAccount:
 * @id: the account's id
 * @name: the account's name
 * @email: the address of its owner
 * @plan: "monthly", "pay_as_you_go" or "forever_free"
 * @total_subscribers: people in all its audiences
 */
typedef struct
{
  char *id;
  char *name;
  char *email;
  char *plan;
  gint64 total_subscribers;
} BudAccount;

/**
 * BudAudience:
 * @id: the audience's id
 * @name: what people call it
 * @member_count: its subscribed members
 * @double_optin: whether people who sign up by form must confirm
 */
typedef struct
{
  char *id;
  char *name;
  gint64 member_count;
  gboolean double_optin;
} BudAudience;

/**
 * BudMergeField:
 * @tag: its name in calls, as in "FNAME"
 * @name: what people call it
 * @type: "text", "number", "address", "phone", "date", "url", "imageurl", "radio", "dropdown",
 *   "birthday" or "zip"
 * @required: whether members must have a value
 * @choices: (array zero-terminated=1): what a radio or dropdown field may hold
 */
typedef struct
{
  char *tag;
  char *name;
  char *type;
  gboolean required;
  GStrv choices;
} BudMergeField;

/**
 * BudTag:
 * @id: the tag's id
 * @name: what people call it
 * @member_count: how many members wear it
 */
typedef struct
{
  gint64 id;
  char *name;
  gint64 member_count;
} BudTag;

GType          bud_account_get_type     (void);
BudAccount    *bud_account_ref          (BudAccount    *self);
void           bud_account_unref        (BudAccount    *self);

GType          bud_audience_get_type    (void);
BudAudience   *bud_audience_ref         (BudAudience   *self);
void           bud_audience_unref       (BudAudience   *self);

GType          bud_merge_field_get_type (void);
BudMergeField *bud_merge_field_ref      (BudMergeField *self);
void           bud_merge_field_unref    (BudMergeField *self);

GType          bud_tag_get_type         (void);
BudTag        *bud_tag_ref              (BudTag        *self);
void           bud_tag_unref            (BudTag        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudAccount, bud_account_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudAudience, bud_audience_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudMergeField, bud_merge_field_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudTag, bud_tag_unref)

G_END_DECLS
