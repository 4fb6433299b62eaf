/* bud-memory-intake.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-decimal.h"
#include "bud-field.h"
#include "bud-memory-intake.h"
#include "bud-profile-field.h"
#include "bud-store-words.h"

struct _BudMemoryIntake
{
  BudIntake parent_instance;

  BudMemoryCustomers *customers; /* (owned) */
  char *source;
  GPtrArray *fields; /* (owned) (element-type BudField) */
  GHashTable *rows;  /* (owned) (nullable) (element-type utf8 BudMemoryRow), NULL once it is over */
};

G_DEFINE_FINAL_TYPE (BudMemoryIntake, bud_memory_intake, BUD_TYPE_INTAKE)

static void
bud_memory_intake_finalize (GObject *object)
{
  BudMemoryIntake *self = BUD_MEMORY_INTAKE (object);

  g_clear_pointer (&self->customers, bud_memory_customers_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->source);

  G_OBJECT_CLASS (bud_memory_intake_parent_class)->finalize (object);
}

/* Numbers are kept as a database gives them back. */
static gboolean
dup_value (BudField    *field,
           const char  *value,
           char       **out,
           GError     **error)
{
  char decimal_text[BUD_DECIMAL_SIZE];
  double decimal;
  char *end;

  *out = NULL;
  if (value == NULL || *value == '\0')
    return TRUE;

  switch (bud_field_get_field_type (field))
    {
    case BUD_FIELD_TEXT:
    case BUD_FIELD_DATE:
      *out = g_strdup (value);
      return TRUE;
    case BUD_FIELD_INTEGER:
    case BUD_FIELD_BOOLEAN:
      *out = g_strdup_printf ("%" G_GINT64_FORMAT, g_ascii_strtoll (value, &end, 10));
      if (*end == '\0')
        return TRUE;
      break;
    case BUD_FIELD_DECIMAL:
      if (!bud_decimal_parse (value, &decimal))
        break;
      *out = g_strdup (bud_decimal_format (decimal, decimal_text));
      return TRUE;
    }

  g_clear_pointer (out, g_free);
  bud_profile_set_number_error (error, field);

  return FALSE;
}

static gboolean
check_usable (BudMemoryIntake  *self,
              GError          **error)
{
  if (self->rows != NULL)
    return TRUE;

  bud_store_set_over_error (error);

  return FALSE;
}

static BudIntakeVerdict
bud_memory_intake_add (BudIntake          *intake,
                       const char         *id,
                       const char *const  *values,
                       gsize               n_values,
                       GError            **error)
{
  BudMemoryIntake *self = BUD_MEMORY_INTAKE (intake);
  BudMemoryRow *row;

  g_return_val_if_fail (n_values == self->fields->len, BUD_INTAKE_FAILED);

  if (!check_usable (self, error))
    return BUD_INTAKE_FAILED;

  row = g_new0 (BudMemoryRow, 1);
  row->id = g_strdup (id);
  row->values = g_new0 (char *, n_values);
  row->n_values = n_values;
  for (gsize i = 0; i < n_values; i++)
    {
      if (!dup_value (g_ptr_array_index (self->fields, i), values[i], &row->values[i], error))
        {
          bud_memory_row_free (row);
          g_clear_pointer (&self->rows, g_hash_table_unref);
          return BUD_INTAKE_FAILED;
        }
    }

  if (g_hash_table_contains (self->rows, id))
    {
      bud_memory_row_free (row);
      return BUD_INTAKE_DUPLICATE;
    }

  g_hash_table_insert (self->rows, row->id, row);

  return BUD_INTAKE_ADDED;
}

static gboolean
bud_memory_intake_commit (BudIntake  *intake,
                          GError    **error)
{
  BudMemoryIntake *self = BUD_MEMORY_INTAKE (intake);

  if (!check_usable (self, error))
    return FALSE;

  bud_memory_customers_replace (self->customers, self->source, self->fields, self->rows);
  g_clear_pointer (&self->rows, g_hash_table_unref);

  return TRUE;
}

static void
bud_memory_intake_class_init (BudMemoryIntakeClass *klass)
{
  BudIntakeClass *intake_class = BUD_INTAKE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bud_memory_intake_finalize;
  intake_class->add = bud_memory_intake_add;
  intake_class->commit = bud_memory_intake_commit;
}

static void
bud_memory_intake_init (BudMemoryIntake *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, bud_memory_row_free);
}

BudIntake *
bud_memory_intake_new (BudMemoryCustomers  *customers,
                       const char          *source,
                       GPtrArray           *fields,
                       GError             **error)
{
  BudMemoryIntake *self;

  if (!bud_profile_check_fields (fields, error))
    return NULL;

  self = g_object_new (BUD_TYPE_MEMORY_INTAKE, NULL);
  self->customers = bud_memory_customers_ref (customers);
  self->source = g_strdup (source);
  self->fields = g_ptr_array_copy (fields, (GCopyFunc) (GCallback) bud_field_ref, NULL);
  g_ptr_array_set_free_func (self->fields, (GDestroyNotify) bud_field_unref);

  return BUD_INTAKE (self);
}
