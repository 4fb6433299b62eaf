/* bud-mailchimp-private.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-json.h"
#include "bud-mailchimp.h"

G_BEGIN_DECLS

/**
 * BudReadFunc:
 * @object: an object of an answer
 *
 * Returns: (transfer full) (nullable): what it describes, or %NULL when it is something else
 */
typedef gpointer (*BudReadFunc) (JsonObject *object);

gpointer     _bud_account_read              (JsonObject           *object);
gpointer     _bud_audience_read             (JsonObject           *object);
gpointer     _bud_merge_field_read          (JsonObject           *object);
gpointer     _bud_tag_read                  (JsonObject           *object);

char        *_bud_mailchimp_audience_path   (const char           *audience,
                                             const char           *format,
                                             ...) G_GNUC_PRINTF (2, 3);

/* One call. Every answer of the service comes back through here. */
void         _bud_mailchimp_call_async      (BudMailchimp         *self,
                                             BudRequest           *request,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
BudResponse *_bud_mailchimp_call_finish     (BudMailchimp         *self,
                                             GAsyncResult         *result,
                                             guint                *status,
                                             GError              **error);
BudRequest  *_bud_mailchimp_build           (BudMailchimp         *self,
                                             const char           *method,
                                             const char           *path);
void         _bud_mailchimp_set_body        (BudRequest           *request,
                                             JsonBuilder          *builder);
gboolean     _bud_mailchimp_refuse_broken   (BudMailchimp         *self,
                                             BudResponse          *response,
                                             GError              **error);

/* One call whose answer is an object; completes @task with what @read makes of it. */
void         _bud_mailchimp_ask             (GTask                *task,
                                             const char           *method,
                                             const char           *path,
                                             JsonBuilder          *body,
                                             BudReadFunc           read,
                                             GDestroyNotify        destroy);

/**
 * BudPage:
 * @body: the answer
 * @offset: how many items the pages before it have
 * @n_items: items on the page; for the reader to set
 * @total_items: items on all pages; for the reader to set
 * @step_back: how many items before the end of this page the next one begins; for the reader to
 *   set, less than @n_items. More than @n_items turns back, even at the end
 */
typedef struct
{
  GBytes *body;
  gint64 offset;
  gint64 n_items;
  gint64 total_items;
  gint64 step_back;
} BudPage;

/**
 * BudPageReader:
 * @read: takes one page
 * @complete: completes the task after the last page
 * @destroy: frees the reader's data
 */
typedef struct
{
  gboolean (*read)     (BudPage  *page,
                        gpointer  data,
                        GError  **error);
  void     (*complete) (GTask    *task,
                        gpointer  data);
  void     (*destroy)  (gpointer  data);
} BudPageReader;

void         _bud_mailchimp_read_pages      (GTask                *task,
                                             const BudPageReader  *reader,
                                             const char           *path,
                                             gpointer              data);
void         _bud_mailchimp_collect         (GTask                *task,
                                             const char           *path,
                                             const char           *key,
                                             BudReadFunc           read,
                                             GDestroyNotify        destroy);

G_END_DECLS
