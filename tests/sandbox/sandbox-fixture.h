/* sandbox-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIST "abc123"

/* The program under test as a process of its own, and a client for it. */
typedef struct
{
  GSubprocess *process; /* (owned) (nullable) */
  SoupSession *session; /* (owned) */
  char *base;           /* (owned): up to and with /3.0 */
  char *origin;         /* (owned): without a path */
  char *authorization;  /* (owned) */
} Sandbox;

/* An answer. Without one, the status is 0. */
typedef struct
{
  guint status;
  char *text;                   /* (owned) (nullable): the body, ended by a NUL */
  gsize length;                 /* of the body */
  SoupMessageHeaders *headers;  /* (owned) (nullable) */
  JsonNode *json;               /* (owned) (nullable) */
} Answer;

void        sandbox_start        (Sandbox            *self,
                                  const char *const  *options);
int         sandbox_stop         (Sandbox            *self);
void        sandbox_call         (Sandbox            *self,
                                  const char         *method,
                                  const char         *path,
                                  const char         *body,
                                  Answer             *answer);
SoupMessage *sandbox_message     (Sandbox            *self,
                                  const char         *method,
                                  const char         *path,
                                  const char         *body);
void        answer_clear         (Answer             *answer);
JsonObject *answer_object        (const Answer       *answer);
const char *answer_text          (const Answer       *answer,
                                  const char         *name);
gint64      answer_int           (const Answer       *answer,
                                  const char         *path);
void        answer_assert_problem (const Answer      *answer,
                                  guint               status,
                                  const char         *title,
                                  const char         *detail);
char       *sandbox_hash         (const char         *email);
gint64      sandbox_state        (Sandbox            *self,
                                  const char         *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

G_END_DECLS
