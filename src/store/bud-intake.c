/* bud-intake.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-intake.h"

G_DEFINE_ABSTRACT_TYPE (BudIntake, bud_intake, G_TYPE_OBJECT)

static void
bud_intake_class_init (BudIntakeClass *klass)
{
}

static void
bud_intake_init (BudIntake *self)
{
}

/**
 * bud_intake_add:
 * @self: an intake, on the thread that uses it
 * @id: the customer's id, not empty
 * @values: (array length=n_values): canonical text of each field, in the order of the fields that
 *   the intake was begun with; %NULL or "" where the customer has none
 * @n_values: how many fields there are
 * @error: return location for a #BudStoreError, or %BUD_ERROR_INVALID when a value is not of its
 *   field's type
 *
 * Returns: what became of the row
 */
BudIntakeVerdict
bud_intake_add (BudIntake          *self,
                const char         *id,
                const char *const  *values,
                gsize               n_values,
                GError            **error)
{
  g_return_val_if_fail (BUD_IS_INTAKE (self), BUD_INTAKE_FAILED);
  g_return_val_if_fail (id != NULL && *id != '\0', BUD_INTAKE_FAILED);
  g_return_val_if_fail (values != NULL || n_values == 0, BUD_INTAKE_FAILED);
  g_return_val_if_fail (error == NULL || *error == NULL, BUD_INTAKE_FAILED);

  return BUD_INTAKE_GET_CLASS (self)->add (self, id, values, n_values, error);
}

/**
 * bud_intake_commit:
 * @self: an intake, on the thread that uses it
 * @error: return location for a #BudStoreError
 *
 * Puts the new rows in the place of the source's old ones, all at once. Of the #BudOrigin nothing
 * is saved: that is for the caller to do, on the store's thread.
 *
 * Returns: %TRUE when the rows have taken their place; %FALSE when everything is as it was
 */
gboolean
bud_intake_commit (BudIntake  *self,
                   GError    **error)
{
  g_return_val_if_fail (BUD_IS_INTAKE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return BUD_INTAKE_GET_CLASS (self)->commit (self, error);
}
