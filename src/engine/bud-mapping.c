/* bud-mapping.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-error.h"
#include "bud-mapping.h"
#include "bud-run.h"
#include "bud-segment.h"

struct _BudMapping
{
  GObject parent_instance;

  BudSelection *selection; /* (owned): field 0 is the address, then one for each merge tag */
  char *destination;       /* (owned) */
  GPtrArray *merge_tags;   /* (owned) (element-type utf8), NULL-terminated */
  GPtrArray *tags;         /* (owned) (element-type utf8), NULL-terminated; one for each rule */
  GChecksum *checksum;     /* (owned): of everything that decides what the export delivers */
};

G_DEFINE_FINAL_TYPE (BudMapping, bud_mapping, G_TYPE_OBJECT)

static void
bud_mapping_finalize (GObject *object)
{
  BudMapping *self = BUD_MAPPING (object);

  g_clear_pointer (&self->selection, bud_selection_unref);
  g_free (self->destination);
  g_clear_pointer (&self->merge_tags, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->checksum, g_checksum_free);

  G_OBJECT_CLASS (bud_mapping_parent_class)->finalize (object);
}

static void
bud_mapping_class_init (BudMappingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bud_mapping_finalize;
}

static void
bud_mapping_init (BudMapping *self)
{
  self->merge_tags = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  self->tags = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
}

static void
note_input (BudMapping *self,
            const char *text)
{
  if (text == NULL)
    text = "";

  g_checksum_update (self->checksum, (const guchar *) text, strlen (text) + 1);
}

/**
 * bud_mapping_split_pair:
 * @pair: "TAG=field"
 * @merge_tag: (out): the merge tag, upper case
 * @field: (out): the customer field's name
 * @error: return location for %BUD_ERROR_INVALID
 *
 * Merge tags are at most 10 of A–Z, 0–9 and _:
 * https://mailchimp.com/help/manage-audience-signup-form-fields/
 *
 * Returns: whether @pair is written like one
 */
gboolean
bud_mapping_split_pair (const char  *pair,
                        char       **merge_tag,
                        char       **field,
                        GError     **error)
{
  const char *equals;
  gsize len;

  g_return_val_if_fail (pair != NULL, FALSE);

  equals = strchr (pair, '=');
  len = equals != NULL ? (gsize) (equals - pair) : 0;

  if (len == 0 || len > 10 || equals[1] == '\0' ||
      strspn (pair, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") != len)
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                   _("“%s” is no field mapping. Write the merge tag, “=” and the customer field, "
                     "such as FNAME=first_name."), pair);
      return FALSE;
    }

  *merge_tag = g_ascii_strup (pair, len);
  *field = g_strdup (equals + 1);

  return TRUE;
}

static gboolean
add_field (BudMapping  *self,
           GPtrArray   *fields,
           const char  *name,
           GError     **error)
{
  BudField *field = bud_field_require (fields, name, error);

  if (field == NULL)
    return FALSE;

  bud_selection_add_field (self->selection, field);
  note_input (self, name);

  return TRUE;
}

static gboolean
add_fields (BudMapping  *self,
            BudExport   *export,
            GPtrArray   *fields,
            GError     **error)
{
  const char *const *pairs = bud_export_get_merge_fields (export);

  if (!add_field (self, fields, bud_export_get_email_field (export), error))
    return FALSE;

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      g_autofree char *merge_tag = NULL;
      g_autofree char *field = NULL;

      if (!bud_mapping_split_pair (pairs[i], &merge_tag, &field, error) ||
          !add_field (self, fields, field, error))
        return FALSE;

      note_input (self, merge_tag);
      g_ptr_array_add (self->merge_tags, g_steal_pointer (&merge_tag));
    }

  return TRUE;
}

static gboolean
add_segment (BudMapping  *self,
             BudStore    *store,
             GPtrArray   *fields,
             const char  *id,
             GError     **error)
{
  g_autoptr(BudSegment) segment = bud_store_find (store, BUD_TYPE_SEGMENT, id, error);
  g_autoptr(BudRule) parsed = NULL;
  g_autoptr(BudRule) bound = NULL;
  const char *name;

  if (segment == NULL)
    return FALSE;
  if (!bud_segment_is_active (segment))
    return TRUE;

  name = bud_item_get_name (BUD_ITEM (segment));
  parsed = bud_rule_parse (bud_segment_get_rule (segment), error);
  bound = parsed != NULL ? bud_rule_bind (parsed, fields, error) : NULL;
  if (bound == NULL)
    {
      /* Translators: a segment's name; another sentence says why */
      g_autofree char *which = g_strdup_printf (_("The segment “%s” cannot be used."), name);

      g_prefix_error (error, "%s ", which);
      return FALSE;
    }

  bud_selection_add_rule (self->selection, bound);
  g_ptr_array_add (self->tags, g_strdup (name));
  note_input (self, name);
  note_input (self, bud_segment_get_rule (segment));

  return TRUE;
}

static gboolean
add_segments (BudMapping  *self,
              BudStore    *store,
              BudExport   *export,
              GPtrArray   *fields,
              GError     **error)
{
  const char *const *ids = bud_export_get_segments (export);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      if (!add_segment (self, store, fields, ids[i], error))
        return FALSE;
    }

  if (self->tags->len == 0)
    {
      g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                   _("The export “%s” has no active segment. Activate one of its segments, or "
                     "add another."), bud_item_get_name (BUD_ITEM (export)));
      return FALSE;
    }

  return TRUE;
}

/* The customers' version and today's date decide who is a member; the last run, what is new. */
static gboolean
note_state (BudMapping  *self,
            BudStore    *store,
            BudExport   *export,
            GDateTime   *now,
            GError     **error)
{
  g_autoptr(GPtrArray) runs = bud_store_list (store, BUD_TYPE_RUN, error);
  g_autofree char *today = g_date_time_format (now, "%F");
  g_autofree char *generation = NULL;
  const char *last_run = NULL;
  gint64 number;

  if (runs == NULL || (number = bud_store_get_generation (store, error)) < 0)
    return FALSE;

  for (guint i = 0; i < runs->len; i++)
    {
      BudRun *run = g_ptr_array_index (runs, i);

      if (g_strcmp0 (bud_run_get_export (run), bud_item_get_id (BUD_ITEM (export))) == 0 &&
          bud_run_get_state (run) != BUD_RUN_RUNNING)
        last_run = bud_item_get_id (BUD_ITEM (run));
    }

  generation = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  note_input (self, today);
  note_input (self, generation);
  note_input (self, last_run);
  note_input (self, self->destination);

  return TRUE;
}

/**
 * bud_mapping_new:
 * @store: the workspace's store, on its thread
 * @export: what to deliver
 * @clock: decides what day it is
 * @error: return location for %BUD_ERROR, %BUD_RULE_ERROR or %BUD_STORE_ERROR
 *
 * Inactive segments are left out.
 *
 * Returns: (transfer full): the export with its fields and rules bound
 */
BudMapping *
bud_mapping_new (BudStore   *store,
                 BudExport  *export,
                 BudClock   *clock,
                 GError    **error)
{
  g_autoptr(BudMapping) self = NULL;
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(GDateTime) now = NULL;
  const char *connection;

  g_return_val_if_fail (BUD_IS_STORE (store), NULL);
  g_return_val_if_fail (BUD_IS_EXPORT (export), NULL);

  fields = bud_store_list_fields (store, error);
  if (fields == NULL)
    return NULL;

  now = bud_clock_now (clock);
  self = g_object_new (BUD_TYPE_MAPPING, NULL);
  connection = bud_export_get_connection (export);
  self->destination = g_strdup_printf ("%s/%s", connection != NULL ? connection : "",
                                       bud_export_get_audience (export));
  self->selection = bud_selection_new (now);

  if (!add_fields (self, export, fields, error) ||
      !add_segments (self, store, export, fields, error) ||
      !note_state (self, store, export, now, error))
    return NULL;

  return g_steal_pointer (&self);
}

BudSelection *
bud_mapping_get_selection (BudMapping *self)
{
  g_return_val_if_fail (BUD_IS_MAPPING (self), NULL);

  return self->selection;
}

/**
 * bud_mapping_get_merge_tags:
 * @self: a mapping
 *
 * Returns: (transfer none) (array zero-terminated=1): the merge tags delivered, in order
 */
const char *const *
bud_mapping_get_merge_tags (BudMapping *self)
{
  g_return_val_if_fail (BUD_IS_MAPPING (self), NULL);

  return (const char *const *) self->merge_tags->pdata;
}

/**
 * bud_mapping_get_tags:
 * @self: a mapping
 *
 * Returns: (transfer none) (array zero-terminated=1): for each rule of the selection, the tag
 *   that its members get
 */
const char *const *
bud_mapping_get_tags (BudMapping *self)
{
  g_return_val_if_fail (BUD_IS_MAPPING (self), NULL);

  return (const char *const *) self->tags->pdata;
}

/**
 * bud_mapping_get_destination:
 * @self: a mapping
 *
 * Returns: (transfer none): where it delivers; what one audience has says nothing about another
 */
const char *
bud_mapping_get_destination (BudMapping *self)
{
  g_return_val_if_fail (BUD_IS_MAPPING (self), NULL);

  return self->destination;
}

gsize
bud_mapping_get_n_tags (BudMapping *self)
{
  g_return_val_if_fail (BUD_IS_MAPPING (self), 0);

  return self->tags->len;
}

/**
 * bud_mapping_get_inputs:
 * @self: a mapping
 *
 * Returns: (transfer none): a fingerprint; a plan made from the same inputs is still exact
 */
const char *
bud_mapping_get_inputs (BudMapping *self)
{
  g_return_val_if_fail (BUD_IS_MAPPING (self), NULL);

  return g_checksum_get_string (self->checksum);
}

const char *
bud_mapping_get_address (BudMapping           *self,
                         const BudCustomerRow *customer)
{
  return customer->values[0];
}

/**
 * bud_mapping_get_value:
 * @self: a mapping
 * @customer: one customer of the mapping's selection
 * @index: index of a merge tag
 *
 * Returns: (transfer none) (nullable): what is delivered; %NULL when there is nothing, because a
 *   blank would erase what somebody else may have put there
 */
const char *
bud_mapping_get_value (BudMapping           *self,
                       const BudCustomerRow *customer,
                       gsize                 index)
{
  const char *value = customer->values[index + 1];

  return value != NULL && *value != '\0' ? value : NULL;
}
