/* bud-selection.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-field.h"
#include "bud-selection.h"

struct _BudSelection
{
  gatomicrefcount ref_count;
  GDateTime *now;    /* (owned) */
  GPtrArray *fields; /* (owned) (element-type BudField) */
  GPtrArray *rules;  /* (owned) (element-type BudRule) */
  char *ledger;      /* (owned) (nullable) */
  char *after;       /* (owned) (nullable) */
  gint64 limit;
};

G_DEFINE_BOXED_TYPE (BudSelection, bud_selection, bud_selection_ref, bud_selection_unref)

/**
 * bud_selection_new:
 * @now: what relative dates in rules are counted from
 *
 * Returns: (transfer full): a selection of everybody, without any field
 */
BudSelection *
bud_selection_new (GDateTime *now)
{
  BudSelection *self;

  g_return_val_if_fail (now != NULL, NULL);

  self = g_new0 (BudSelection, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->now = g_date_time_ref (now);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_rule_unref);

  return self;
}

static gpointer
ref_field (gconstpointer field,
           gpointer      data)
{
  return bud_field_ref ((BudField *) field);
}

static gpointer
ref_rule (gconstpointer rule,
          gpointer      data)
{
  return bud_rule_ref ((BudRule *) rule);
}

/**
 * bud_selection_copy:
 * @self: a selection
 *
 * Returns: (transfer full): another of the same, to be changed on its own
 */
BudSelection *
bud_selection_copy (const BudSelection *self)
{
  BudSelection *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = bud_selection_new (self->now);
  g_ptr_array_extend (copy->fields, self->fields, ref_field, NULL);
  g_ptr_array_extend (copy->rules, self->rules, ref_rule, NULL);
  copy->ledger = g_strdup (self->ledger);
  copy->after = g_strdup (self->after);
  copy->limit = self->limit;

  return copy;
}

BudSelection *
bud_selection_ref (BudSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bud_selection_unref (BudSelection *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_date_time_unref (self->now);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->rules);
  g_free (self->ledger);
  g_free (self->after);
  g_free (self);
}

/**
 * bud_selection_add_field:
 * @self: a selection
 * @field: (transfer none): one of bud_store_list_fields(), whose value is wanted
 */
void
bud_selection_add_field (BudSelection *self,
                         BudField     *field)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);

  g_ptr_array_add (self->fields, bud_field_ref (field));
}

/**
 * bud_selection_add_rule:
 * @self: a selection
 * @rule: (transfer none): a rule bound to the store's fields; a customer is selected when any of
 *   the rules fits
 */
void
bud_selection_add_rule (BudSelection *self,
                        BudRule      *rule)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (rule != NULL);

  g_ptr_array_add (self->rules, bud_rule_ref (rule));
}

/**
 * bud_selection_set_ledger:
 * @self: a selection
 * @export_id: (nullable): the export whose last delivery to each customer is wanted
 */
void
bud_selection_set_ledger (BudSelection *self,
                          const char   *export_id)
{
  g_return_if_fail (self != NULL);

  g_free (self->ledger);
  self->ledger = g_strdup (export_id);
}

/**
 * bud_selection_set_page:
 * @self: a selection
 * @after_id: (nullable): only customers whose id sorts after this one, byte by byte
 * @limit: at most so many, 0 for all
 */
void
bud_selection_set_page (BudSelection *self,
                        const char   *after_id,
                        gint64        limit)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (limit >= 0);

  g_free (self->after);
  self->after = g_strdup (after_id);
  self->limit = limit;
}

/**
 * bud_selection_get_fields:
 * @self: a selection
 *
 * Returns: (transfer none) (element-type BudField): the fields wanted
 */
GPtrArray *
bud_selection_get_fields (const BudSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fields;
}

/**
 * bud_selection_get_rules:
 * @self: a selection
 *
 * Returns: (transfer none) (element-type BudRule): the rules
 */
GPtrArray *
bud_selection_get_rules (const BudSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

const char *
bud_selection_get_ledger (const BudSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ledger;
}

const char *
bud_selection_get_after (const BudSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->after;
}

gint64
bud_selection_get_limit (const BudSelection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->limit;
}

GDateTime *
bud_selection_get_now (const BudSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->now;
}
