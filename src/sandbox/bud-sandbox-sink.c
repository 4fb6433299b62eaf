/* bud-sandbox-sink.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-member-json.h"
#include "bud-sandbox-sink.h"
#include "bud-sandbox.h"

/* Answers of full size to batch posts that nobody keeps: for timing a client against a service
 * that costs next to nothing. Made once for each number of members, then shared. */
struct _BudSandboxSink
{
  GMutex lock;
  BudSandboxAudience *audience; /* (owned): whom the answers are about */
  GHashTable *answers;          /* (owned) (element-type guint GBytes) */
};

BudSandboxSink *
bud_sandbox_sink_new (void)
{
  BudSandboxSink *self = g_new0 (BudSandboxSink, 1);

  g_mutex_init (&self->lock);
  self->audience = bud_sandbox_audience_new ("practice", "Sink", bud_sandbox_fields_new_default ());
  bud_sandbox_prefill (self->audience, BUD_SANDBOX_MAX_MEMBERS);
  self->answers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);

  return self;
}

void
bud_sandbox_sink_free (BudSandboxSink *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->answers);
  bud_sandbox_audience_free (self->audience);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static guint
count_members (const char *body,
               gsize       length)
{
  static const char key[] = "\"email_address\"";
  const char *end = body + length;
  guint count = 0;

  while ((body = memmem (body, end - body, key, strlen (key))) != NULL)
    {
      body += strlen (key);
      count++;
    }

  return MIN (count, BUD_SANDBOX_MAX_MEMBERS);
}

static GBytes *
make_answer (BudSandboxSink *self,
             guint           n_members)
{
  g_autoptr(BudSandboxMemberJson) writer = NULL;
  GString *body = g_string_new ("{\"new_members\":[");

  writer = bud_sandbox_member_json_new (self->audience, "http://127.0.0.1:50000/3.0", NULL, FALSE);
  for (guint i = 0; i < n_members; i++)
    {
      g_string_append (body, i > 0 ? "," : "");
      bud_sandbox_member_json_append (writer, bud_sandbox_audience_get_member (self->audience, i),
                                      body);
    }
  g_string_append_printf (body, "],\"updated_members\":[],\"errors\":[],\"total_created\":%u,"
                          "\"total_updated\":0,\"error_count\":0,\"_links\":[]}", n_members);

  return g_string_free_to_bytes (body);
}

/**
 * bud_sandbox_sink_answer:
 * @self: a sink
 * @body: a batch post
 * @length: of @body
 *
 * Returns: (transfer full): an answer for as many new members as there are addresses in @body
 */
GBytes *
bud_sandbox_sink_answer (BudSandboxSink *self,
                         const char     *body,
                         gsize           length)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gpointer key = GUINT_TO_POINTER (count_members (body, length));
  GBytes *answer = g_hash_table_lookup (self->answers, key);

  if (answer == NULL)
    {
      answer = make_answer (self, GPOINTER_TO_UINT (key));
      g_hash_table_insert (self->answers, key, answer);
    }

  return g_bytes_ref (answer);
}
