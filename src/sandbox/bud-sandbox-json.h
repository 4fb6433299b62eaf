/* bud-sandbox-json.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-sandbox-json-write.h"

G_BEGIN_DECLS

typedef enum {
  BUD_SANDBOX_JSON_NULL,
  BUD_SANDBOX_JSON_FALSE,
  BUD_SANDBOX_JSON_TRUE,
  BUD_SANDBOX_JSON_NUMBER,
  BUD_SANDBOX_JSON_STRING,
  BUD_SANDBOX_JSON_ARRAY,
  BUD_SANDBOX_JSON_OBJECT,
} BudSandboxJsonType;

/* A value. Texts live in the document's own buffer and end with a NUL. */
struct _BudSandboxNode
{
  const char *key;       /* (nullable): its name, in an object */
  const char *text;      /* (nullable): of a string or a number */
  BudSandboxNode *child; /* (nullable): first, of an array or an object */
  BudSandboxNode *next;  /* (nullable): the neighbour within its parent */
  guint n_children;
  BudSandboxJsonType type;
};

BudSandboxJson *bud_sandbox_json_parse       (const char           *text,
                                              gsize                 length);
void            bud_sandbox_json_free        (BudSandboxJson       *self);
BudSandboxNode *bud_sandbox_json_get_root    (BudSandboxJson       *self);
BudSandboxNode *bud_sandbox_node_get         (const BudSandboxNode *object,
                                              const char           *key);
const char     *bud_sandbox_node_get_text    (const BudSandboxNode *object,
                                              const char           *key);
gboolean        bud_sandbox_node_get_flag    (const BudSandboxNode *object,
                                              const char           *key);
gint64          bud_sandbox_node_get_int     (const BudSandboxNode *object,
                                              const char           *key);
const char     *bud_sandbox_node_type_name   (const BudSandboxNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudSandboxJson, bud_sandbox_json_free)

G_END_DECLS
