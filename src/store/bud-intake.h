/* bud-intake.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-store-types.h"

G_BEGIN_DECLS

/* Customer rows on their way in: they are loaded beside the old rows of the same source and take
 * their place at commit. Used from one thread, which need not be the store's. An intake that is
 * dropped without commit leaves no trace. */

#define BUD_TYPE_INTAKE (bud_intake_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudIntake, bud_intake, BUD, INTAKE, GObject)

/**
 * BudIntakeVerdict:
 * @BUD_INTAKE_ADDED: the row is in
 * @BUD_INTAKE_DUPLICATE: an earlier row has the same id; this one is not in
 * @BUD_INTAKE_FAILED: an error was set and the intake is of no more use
 */
typedef enum {
  BUD_INTAKE_ADDED,
  BUD_INTAKE_DUPLICATE,
  BUD_INTAKE_FAILED,
} BudIntakeVerdict;

struct _BudIntakeClass
{
  GObjectClass parent_class;

  BudIntakeVerdict (*add)    (BudIntake *self, const char *id, const char *const *values,
                              gsize n_values, GError **error);
  gboolean         (*commit) (BudIntake *self, GError **error);
};

BudIntakeVerdict bud_intake_add    (BudIntake          *self,
                                    const char         *id,
                                    const char *const  *values,
                                    gsize               n_values,
                                    GError            **error);
gboolean         bud_intake_commit (BudIntake          *self,
                                    GError            **error);

G_END_DECLS
