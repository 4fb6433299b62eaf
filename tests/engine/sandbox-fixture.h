/* sandbox-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The practice Mailchimp in a process of its own, on a free port, with one audience. */

#define SANDBOX_AUDIENCE "practice"
#define SANDBOX_UPSERTS "POST /lists/{list_id}"
#define SANDBOX_READINGS "GET /lists/{list_id}/members"

typedef struct _Sandbox Sandbox;

typedef struct
{
  char *status;
  char *first_name;
  GStrv tags; /* sorted */
} SandboxMember;

Sandbox    *sandbox_new          (const char *options);
void        sandbox_free         (Sandbox    *self);
const char *sandbox_get_api_root (Sandbox    *self);

char       *sandbox_call         (Sandbox    *self,
                                  const char *method,
                                  const char *path,
                                  const char *body);
void        sandbox_set_faults   (Sandbox    *self,
                                  const char *faults);
void        sandbox_set_status   (Sandbox    *self,
                                  const char *address,
                                  const char *status,
                                  const char *by);

GHashTable *sandbox_read_members (Sandbox    *self);
gint64      sandbox_get_count    (Sandbox    *self,
                                  const char *name);
gint64      sandbox_get_calls    (Sandbox    *self,
                                  const char *endpoint);
gint64      sandbox_get_strikes  (Sandbox    *self,
                                  const char *fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sandbox, sandbox_free)

G_END_DECLS
