/* bud-profile-field.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-field.h"

G_BEGIN_DECLS

/* One field of the profile that several sources make together. */
typedef struct
{
  char *name;        /* as the first source spells it */
  char *folded;
  BudFieldType type; /* text when the sources do not agree */
  gboolean is_mixed; /* they do not */
  int *places;       /* which field of each source it is, -1 where a source has none */
} BudProfileField;

GPtrArray *bud_profile_merge            (GPtrArray       *sources);
gboolean   bud_profile_check_fields     (GPtrArray       *fields,
                                         GError         **error);
void       bud_profile_set_number_error (GError         **error,
                                         const BudField  *field);

G_END_DECLS
