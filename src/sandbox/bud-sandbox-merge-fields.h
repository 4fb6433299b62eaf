/* bud-sandbox-merge-fields.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-json.h"
#include "bud-sandbox-problem.h"

G_BEGIN_DECLS

#define BUD_SANDBOX_MAX_FIELDS 80

typedef enum {
  BUD_SANDBOX_FIELD_TEXT,
  BUD_SANDBOX_FIELD_NUMBER,
  BUD_SANDBOX_FIELD_ADDRESS,
  BUD_SANDBOX_FIELD_PHONE,
  BUD_SANDBOX_FIELD_DATE,
  BUD_SANDBOX_FIELD_URL,
  BUD_SANDBOX_FIELD_IMAGEURL,
  BUD_SANDBOX_FIELD_RADIO,
  BUD_SANDBOX_FIELD_DROPDOWN,
  BUD_SANDBOX_FIELD_BIRTHDAY,
  BUD_SANDBOX_FIELD_ZIP,
  BUD_SANDBOX_N_FIELD_TYPES,
} BudSandboxFieldType;

typedef struct
{
  char *tag;           /* (owned) */
  char *name;          /* (owned) */
  char *default_value; /* (owned) */
  char *options;       /* (owned): as JSON text */
  char **choices;      /* (owned) (nullable) */
  BudSandboxFieldType type;
  guint display_order;
  gboolean required;
  gboolean is_public;
  gboolean us_phone;
} BudSandboxField;

BudSandboxFields *bud_sandbox_fields_new          (void);
BudSandboxFields *bud_sandbox_fields_new_default  (void);
void              bud_sandbox_fields_free         (BudSandboxFields       *self);
guint             bud_sandbox_fields_get_size     (const BudSandboxFields *self);
const BudSandboxField *bud_sandbox_fields_get     (const BudSandboxFields *self,
                                                   guint                   index);
gboolean          bud_sandbox_fields_create       (BudSandboxFields       *self,
                                                   const BudSandboxNode   *body,
                                                   BudSandboxProblem      *problem);
void              bud_sandbox_fields_append_field (const BudSandboxFields *self,
                                                   guint                   index,
                                                   const char             *list_id,
                                                   GString                *out);
gboolean          bud_sandbox_fields_apply        (const BudSandboxFields *self,
                                                   const BudSandboxNode   *values,
                                                   const char             *old,
                                                   gboolean                check_required,
                                                   GString                *out,
                                                   BudSandboxProblem      *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxFields, bud_sandbox_fields_free)

G_END_DECLS
