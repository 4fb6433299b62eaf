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
 * that costs next to nothing. Every member is written once, at the start; an answer is those texts
 * with the addresses that were sent. */

/* A member's text, parted where the address is. */
typedef struct
{
  char *before;
  gsize before_length;
  char *after;
  gsize after_length;
} Member;

struct _BudSandboxSink
{
  Member members[BUD_SANDBOX_MAX_MEMBERS];
};

static const char address_key[] = "\"email_address\":\"";

static void
part_member (Member        *member,
             const GString *text)
{
  const char *address = strstr (text->str, address_key) + strlen (address_key);
  const char *end = strchr (address, '"');

  member->before_length = address - text->str;
  member->before = g_strndup (text->str, member->before_length);
  member->after_length = text->str + text->len - end;
  member->after = g_strndup (end, member->after_length);
}

BudSandboxSink *
bud_sandbox_sink_new (void)
{
  BudSandboxSink *self = g_new0 (BudSandboxSink, 1);
  g_autoptr(BudSandboxMemberJson) writer = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  BudSandboxAudience *audience;

  audience = bud_sandbox_audience_new ("practice", "Sink", bud_sandbox_fields_new_default ());
  bud_sandbox_prefill (audience, BUD_SANDBOX_MAX_MEMBERS);
  writer = bud_sandbox_member_json_new (audience, "http://127.0.0.1:50000/3.0", NULL, FALSE);

  for (guint i = 0; i < BUD_SANDBOX_MAX_MEMBERS; i++)
    {
      g_string_assign (text, i > 0 ? "," : "");
      bud_sandbox_member_json_append (writer, bud_sandbox_audience_get_member (audience, i), text);
      part_member (&self->members[i], text);
    }

  g_clear_pointer (&writer, bud_sandbox_member_json_free);
  bud_sandbox_audience_free (audience);

  return self;
}

void
bud_sandbox_sink_free (BudSandboxSink *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < BUD_SANDBOX_MAX_MEMBERS; i++)
    {
      g_free (self->members[i].before);
      g_free (self->members[i].after);
    }

  g_free (self);
}

/* The next address of the body, still escaped as it was sent. */
static const char *
next_address (const char **body,
              const char  *end,
              gsize       *length)
{
  const char *address = memmem (*body, end - *body, address_key, strlen (address_key));
  const char *quote;

  if (address == NULL)
    return NULL;

  address += strlen (address_key);
  quote = memchr (address, '"', end - address);
  if (quote == NULL)
    return NULL;

  *length = quote - address;
  *body = quote;

  return address;
}

/**
 * bud_sandbox_sink_answer:
 * @self: a sink
 * @body: a batch post
 * @length: of @body
 *
 * Returns: (transfer full): an answer in which everybody in @body is a new member
 */
GBytes *
bud_sandbox_sink_answer (BudSandboxSink *self,
                         const char     *body,
                         gsize           length)
{
  const char *end = body + length;
  GString *answer = g_string_sized_new (2 * 1024 * 1024);
  const char *address;
  gsize address_length;
  guint n = 0;

  g_string_append (answer, "{\"new_members\":[");
  while (n < BUD_SANDBOX_MAX_MEMBERS &&
         (address = next_address (&body, end, &address_length)) != NULL)
    {
      g_string_append_len (answer, self->members[n].before, self->members[n].before_length);
      g_string_append_len (answer, address, address_length);
      g_string_append_len (answer, self->members[n].after, self->members[n].after_length);
      n++;
    }
  g_string_append_printf (answer, "],\"updated_members\":[],\"errors\":[],\"total_created\":%u,"
                          "\"total_updated\":0,\"error_count\":0,\"_links\":[]}", n);

  return g_string_free_to_bytes (answer);
}
