/* bud-mailchimp.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-http.h"
#include "bud-mailchimp-error.h"
#include "bud-mailchimp-key.h"
#include "bud-mailchimp-types.h"
#include "bud-member-page.h"
#include "bud-member-writer.h"
#include "bud-upsert-answer.h"

G_BEGIN_DECLS

/* Mailchimp's Marketing API 3.0, as far as the program uses it. A client lives in the main context
 * of its BudHttp: its verbs are called there, and answer there. What fails is a #BudMailchimpError,
 * a #BudNetError or %G_IO_ERROR_CANCELLED; what is transient was tried again before that. */

#define BUD_TYPE_MAILCHIMP (bud_mailchimp_get_type ())

G_DECLARE_FINAL_TYPE (BudMailchimp, bud_mailchimp, BUD, MAILCHIMP, GObject)

BudMailchimp    *bud_mailchimp_new                       (BudHttp              *http,
                                                          const char           *api_root,
                                                          BudAuthorizer        *authorizer);

/* bud-mailchimp-account.c */
void             bud_mailchimp_ping_async                (BudMailchimp         *self,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gboolean         bud_mailchimp_ping_finish               (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);
void             bud_mailchimp_get_account_async         (BudMailchimp         *self,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
BudAccount      *bud_mailchimp_get_account_finish        (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

/* bud-mailchimp-audiences.c */
void             bud_mailchimp_list_audiences_async      (BudMailchimp         *self,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
GPtrArray       *bud_mailchimp_list_audiences_finish     (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);
void             bud_mailchimp_list_merge_fields_async   (BudMailchimp         *self,
                                                          const char           *audience,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
GPtrArray       *bud_mailchimp_list_merge_fields_finish  (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);
void             bud_mailchimp_create_merge_field_async  (BudMailchimp         *self,
                                                          const char           *audience,
                                                          const char           *tag,
                                                          const char           *name,
                                                          const char           *type,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
BudMergeField   *bud_mailchimp_create_merge_field_finish (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

/* bud-mailchimp-members.c */
void             bud_mailchimp_upsert_members_async      (BudMailchimp         *self,
                                                          const char           *audience,
                                                          GBytes               *body,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
BudUpsertAnswer *bud_mailchimp_upsert_members_finish     (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);
void             bud_mailchimp_archive_member_async      (BudMailchimp         *self,
                                                          const char           *audience,
                                                          const char           *address,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gboolean         bud_mailchimp_archive_member_finish     (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

/* bud-mailchimp-reading.c */
void             bud_mailchimp_read_members_async        (BudMailchimp         *self,
                                                          const char           *audience,
                                                          const char           *status,
                                                          const char           *since_last_changed,
                                                          BudMemberFunc         func,
                                                          gpointer              func_data,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gint64           bud_mailchimp_read_members_finish       (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

/* bud-mailchimp-tags.c */
void             bud_mailchimp_list_tags_async           (BudMailchimp         *self,
                                                          const char           *audience,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
GPtrArray       *bud_mailchimp_list_tags_finish          (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);
void             bud_mailchimp_create_tag_async          (BudMailchimp         *self,
                                                          const char           *audience,
                                                          const char           *name,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
BudTag          *bud_mailchimp_create_tag_finish         (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);
void             bud_mailchimp_tag_members_async         (BudMailchimp         *self,
                                                          const char           *audience,
                                                          gint64                tag,
                                                          const char *const    *add,
                                                          const char *const    *remove,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gboolean         bud_mailchimp_tag_members_finish        (BudMailchimp         *self,
                                                          GAsyncResult         *result,
                                                          gint64               *n_added,
                                                          gint64               *n_removed,
                                                          gint64               *n_errors,
                                                          GError              **error);

G_END_DECLS
