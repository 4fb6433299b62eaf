/* bud-sandbox-faults.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-types.h"

G_BEGIN_DECLS

typedef enum {
  BUD_SANDBOX_FAULT_429,
  BUD_SANDBOX_FAULT_429_BARE,
  BUD_SANDBOX_FAULT_403_BARE,
  BUD_SANDBOX_FAULT_500,
  BUD_SANDBOX_FAULT_503_HTML,
  BUD_SANDBOX_FAULT_RESET,
  BUD_SANDBOX_FAULT_LOST,
  BUD_SANDBOX_FAULT_TRUNCATE,
  BUD_SANDBOX_FAULT_STALL,
  BUD_SANDBOX_FAULT_DRIP,
  BUD_SANDBOX_FAULT_HTML,
  BUD_SANDBOX_FAULT_EMPTY,
  BUD_SANDBOX_N_FAULTS,
} BudSandboxFault;

#define BUD_SANDBOX_NO_FAULT BUD_SANDBOX_N_FAULTS

BudSandboxFaults *bud_sandbox_faults_new    (void);
void              bud_sandbox_faults_free   (BudSandboxFaults  *self);
gboolean          bud_sandbox_faults_set    (BudSandboxFaults  *self,
                                             const char        *spec,
                                             GError           **error);
BudSandboxFault   bud_sandbox_faults_pick   (BudSandboxFaults  *self,
                                             const char        *method,
                                             const char        *path,
                                             guint             *argument);
void              bud_sandbox_faults_append (BudSandboxFaults  *self,
                                             GString           *out);
const char       *bud_sandbox_fault_to_text (BudSandboxFault    fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxFaults, bud_sandbox_faults_free)

G_END_DECLS
