/* bud-mailchimp-types.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-json.h"
#include "bud-mailchimp-private.h"
#include "bud-mailchimp-types.h"

G_DEFINE_BOXED_TYPE (BudAccount, bud_account, bud_account_ref, bud_account_unref)
G_DEFINE_BOXED_TYPE (BudAudience, bud_audience, bud_audience_ref, bud_audience_unref)
G_DEFINE_BOXED_TYPE (BudMergeField, bud_merge_field, bud_merge_field_ref, bud_merge_field_unref)
G_DEFINE_BOXED_TYPE (BudTag, bud_tag, bud_tag_ref, bud_tag_unref)

static char *
dup_text (JsonObject *object,
          const char *name)
{
  const char *text = bud_json_get_string (object, name);

  return g_strdup (text != NULL ? text : "");
}

BudAccount *
bud_account_ref (BudAccount *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_account (BudAccount *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->plan);
}

void
bud_account_unref (BudAccount *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_account);
}

/* Of GET /. Returns NULL when @object is no account. */
gpointer
_bud_account_read (JsonObject *object)
{
  BudAccount *self;

  if (bud_json_get_string (object, "account_id") == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (BudAccount);
  self->id = dup_text (object, "account_id");
  self->name = dup_text (object, "account_name");
  self->email = dup_text (object, "email");
  self->plan = dup_text (object, "pricing_plan_type");
  self->total_subscribers = bud_json_get_int (object, "total_subscribers");

  return self;
}

BudAudience *
bud_audience_ref (BudAudience *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_audience (BudAudience *self)
{
  g_free (self->id);
  g_free (self->name);
}

void
bud_audience_unref (BudAudience *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_audience);
}

/* Of GET /lists. Returns NULL when @object is no audience. */
gpointer
_bud_audience_read (JsonObject *object)
{
  BudAudience *self;

  if (bud_json_get_string (object, "id") == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (BudAudience);
  self->id = dup_text (object, "id");
  self->name = dup_text (object, "name");
  self->member_count = bud_json_get_int (bud_json_get_object (object, "stats"), "member_count");
  self->double_optin = bud_json_get_bool (object, "double_optin");

  return self;
}

BudMergeField *
bud_merge_field_ref (BudMergeField *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_merge_field (BudMergeField *self)
{
  g_free (self->tag);
  g_free (self->name);
  g_free (self->type);
  g_strfreev (self->choices);
}

void
bud_merge_field_unref (BudMergeField *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_merge_field);
}

static GStrv
read_choices (JsonArray *array)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint length = bud_json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    if (bud_json_array_get_string (array, i) != NULL)
      g_strv_builder_add (builder, bud_json_array_get_string (array, i));

  return g_strv_builder_end (builder);
}

/* Of /lists/{list_id}/merge-fields. Returns NULL when @object is no merge field. */
gpointer
_bud_merge_field_read (JsonObject *object)
{
  BudMergeField *self;

  if (bud_json_get_string (object, "tag") == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (BudMergeField);
  self->tag = dup_text (object, "tag");
  self->name = dup_text (object, "name");
  self->type = dup_text (object, "type");
  self->required = bud_json_get_bool (object, "required");
  self->choices = read_choices (bud_json_get_array (bud_json_get_object (object, "options"),
                                                    "choices"));

  return self;
}

BudTag *
bud_tag_ref (BudTag *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_tag (BudTag *self)
{
  g_free (self->name);
}

void
bud_tag_unref (BudTag *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_tag);
}

/* Of /lists/{list_id}/segments. Returns NULL when @object is no tag. */
gpointer
_bud_tag_read (JsonObject *object)
{
  BudTag *self;

  if (bud_json_get_int (object, "id") == 0)
    return NULL;

  self = g_atomic_rc_box_new0 (BudTag);
  self->id = bud_json_get_int (object, "id");
  self->name = dup_text (object, "name");
  self->member_count = bud_json_get_int (object, "member_count");

  return self;
}
