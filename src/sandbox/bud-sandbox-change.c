/* bud-sandbox-change.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-change.h"
#include "bud-sandbox-values.h"

#define MAX_EMAIL 254

static gboolean
check_type (const BudSandboxNode *body,
            const char           *path,
            const char           *name,
            BudSandboxJsonType    type,
            BudSandboxProblem    *problem)
{
  static const char *const names[] = {
    "null", "boolean", "boolean", "number", "string", "array", "object",
  };
  const BudSandboxNode *node = bud_sandbox_node_get (body, name);
  g_autofree char *field = NULL;

  if (node == NULL || node->type == type)
    return TRUE;

  field = g_strconcat (path, name, NULL);

  return bud_sandbox_problem_schema (problem, field, "Schema describes %s, %s found instead",
                                     names[type], bud_sandbox_node_type_name (node));
}

static gboolean
read_status (const BudSandboxNode *body,
             const char           *path,
             const char           *name,
             BudSandboxStatus     *status,
             BudSandboxProblem    *problem)
{
  const char *text = bud_sandbox_node_get_text (body, name);
  g_autofree char *field = NULL;

  *status = bud_sandbox_status_parse (text);
  if (text == NULL || *status < BUD_SANDBOX_ARCHIVED)
    return TRUE;

  field = g_strconcat (path, name, NULL);

  return bud_sandbox_problem_schema (problem, field, "Value must be one of: subscribed, "
                                     "unsubscribed, cleaned, pending, transactional");
}

/* The two formats of the service: "2026-11-23 10:00:00" and ISO 8601 with T. */
static gboolean
read_time (const BudSandboxNode *body,
           const char           *path,
           const char           *name,
           guint32              *seconds,
           BudSandboxProblem    *problem)
{
  const char *text = bud_sandbox_node_get_text (body, name);
  g_autoptr(GTimeZone) utc = NULL;
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *field = NULL;

  *seconds = 0;
  if (text == NULL || *text == '\0')
    return TRUE;

  utc = g_time_zone_new_utc ();
  if (strlen (text) >= strlen ("2026-11-23 10:00:00"))
    time = g_date_time_new_from_iso8601 (text, utc);
  if (time != NULL)
    {
      *seconds = CLAMP (g_date_time_to_unix (time), 0, G_MAXUINT32);
      return TRUE;
    }

  field = g_strconcat (path, name, NULL);

  return bud_sandbox_problem_schema (problem, field, "Value is not a valid date-time");
}

static gboolean
check_tags (const BudSandboxNode *tags,
            const char           *path,
            BudSandboxProblem    *problem)
{
  g_autofree char *field = NULL;

  for (const BudSandboxNode *tag = tags != NULL ? tags->child : NULL; tag != NULL; tag = tag->next)
    if (tag->type != BUD_SANDBOX_JSON_STRING)
      {
        field = g_strconcat (path, "tags", NULL);
        return bud_sandbox_problem_schema (problem, field, "Schema describes string, %s found "
                                           "instead", bud_sandbox_node_type_name (tag));
      }

  return TRUE;
}

/**
 * bud_sandbox_change_parse:
 * @self: (out caller-allocates): the change
 * @body: a posted contact
 * @path: what stands before a field's name in an error, such as "members.item:0."
 * @problem: (out caller-allocates): the first value that does not fit the schema
 *
 * Returns: whether @body fits the schema
 */
gboolean
bud_sandbox_change_parse (BudSandboxChange     *self,
                          const BudSandboxNode *body,
                          const char           *path,
                          BudSandboxProblem    *problem)
{
  static const char *const texts[] = {
    "email_address", "email_type", "status", "status_if_new", "language", "ip_signup", "ip_opt",
    "timestamp_signup", "timestamp_opt",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!check_type (body, path, texts[i], BUD_SANDBOX_JSON_STRING, problem))
      return FALSE;
  if (!check_type (body, path, "merge_fields", BUD_SANDBOX_JSON_OBJECT, problem) ||
      !check_type (body, path, "tags", BUD_SANDBOX_JSON_ARRAY, problem))
    return FALSE;

  self->email = bud_sandbox_node_get_text (body, "email_address");
  self->email_type = bud_sandbox_node_get_text (body, "email_type");
  self->language = bud_sandbox_node_get_text (body, "language");
  self->ip_signup = bud_sandbox_node_get_text (body, "ip_signup");
  self->ip_opt = bud_sandbox_node_get_text (body, "ip_opt");
  self->values = bud_sandbox_node_get (body, "merge_fields");
  self->tags = bud_sandbox_node_get (body, "tags");
  self->vip = bud_sandbox_node_get (body, "vip");

  return check_tags (self->tags, path, problem) &&
         read_status (body, path, "status", &self->status, problem) &&
         read_status (body, path, "status_if_new", &self->status_if_new, problem) &&
         read_time (body, path, "timestamp_signup", &self->signed_up_at, problem) &&
         read_time (body, path, "timestamp_opt", &self->opted_at, problem);
}

static gboolean
domain_is_valid (const char *domain)
{
  gboolean dotted = FALSE;

  if (*domain == '.' || *domain == '-' || *domain == '\0')
    return FALSE;

  for (const char *p = domain; *p != '\0'; p++)
    {
      if (*p == '.' && (p[1] == '.' || p[1] == '\0'))
        return FALSE;
      if (*p == '.')
        dotted = TRUE;
      else if (!g_ascii_isalnum (*p) && *p != '-' && (guchar) *p < 0x80)
        return FALSE;
    }

  return dotted;
}

static gboolean
email_is_valid (const char *email)
{
  const char *at = strchr (email, '@');

  if (at == NULL || at == email || strchr (at + 1, '@') != NULL || strlen (email) > MAX_EMAIL)
    return FALSE;

  for (const char *p = email; p < at; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f || strchr ("\"(),:;<>[\\]", *p) != NULL)
      return FALSE;

  return domain_is_valid (at + 1);
}

static gboolean
check_email (const char           *email,
             BudSandboxApplyFlags  flags,
             BudSandboxProblem    *problem)
{
  g_autofree char *lower = NULL;

  if (email == NULL || !email_is_valid (email))
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_INVALID_RESOURCE,
                                    "Please provide a valid email address.");

  if ((flags & BUD_SANDBOX_APPLY_REFUSE_EXAMPLES) == 0)
    return TRUE;

  lower = g_ascii_strdown (email, -1);
  if (g_str_has_suffix (lower, "@example.com") || g_str_has_suffix (lower, "@example.net") ||
      g_str_has_suffix (lower, "@example.org"))
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_INVALID_RESOURCE,
                                    "%s looks fake or invalid, please enter a real email "
                                    "address.", email);

  return TRUE;
}

/* What only the contact, or a bounce, brought about can only be undone by the contact. */
static gboolean
may_subscribe (const BudSandboxMember *member)
{
  return member->status != BUD_SANDBOX_CLEANED &&
         (member->status != BUD_SANDBOX_UNSUBSCRIBED ||
          member->unsubscribed_by != BUD_SANDBOX_BY_MEMBER);
}

/* What the contact's status becomes, or NULL and the reason why it cannot. */
static gboolean
choose_status (const BudSandboxChange *self,
               const BudSandboxMember *member,
               gboolean                is_new,
               BudSandboxApplyFlags    flags,
               BudSandboxStatus       *status,
               BudSandboxProblem      *problem)
{
  *status = self->status;
  if (is_new && self->status_if_new != BUD_SANDBOX_ANY_STATUS)
    *status = self->status_if_new;

  if (is_new && member == NULL && *status == BUD_SANDBOX_ANY_STATUS)
    return bud_sandbox_problem_schema (problem, "status", "This value should not be blank.");

  if (*status == BUD_SANDBOX_SUBSCRIBED && !is_new && !may_subscribe (member))
    {
      if ((flags & BUD_SANDBOX_APPLY_SILENT_COMPLIANCE) == 0)
        return bud_sandbox_problem_set (problem, BUD_SANDBOX_COMPLIANCE_STATE,
                                        "%s is in a compliance state due to unsubscribe, bounce, "
                                        "or compliance review and cannot be subscribed.",
                                        member->email);
      *status = BUD_SANDBOX_ANY_STATUS;
    }

  return TRUE;
}

static void
put_text (GString    *values,
          guint8      number,
          const char *text,
          const char *old)
{
  const char *kept = old != NULL ? bud_sandbox_values_get (old, number) : NULL;
  g_autoptr(GString) json = NULL;

  if (text == NULL && kept == NULL)
    return;

  json = g_string_new (text == NULL ? kept : NULL);
  if (text != NULL)
    bud_sandbox_json_put_string (json, text);
  bud_sandbox_values_put (values, number, json->str, json->len);
}

static gboolean
make_values (const BudSandboxChange *self,
             BudSandboxAudience     *audience,
             const BudSandboxMember *member,
             gboolean                is_new,
             BudSandboxApplyFlags    flags,
             GString                *values,
             BudSandboxProblem      *problem)
{
  const char *old = member != NULL ? member->values : NULL;
  gboolean check = (flags & BUD_SANDBOX_APPLY_SKIP_REQUIRED) == 0 &&
                   (is_new || self->values != NULL);

  if (!bud_sandbox_fields_apply (bud_sandbox_audience_get_fields (audience), self->values, old,
                                 check, values, problem))
    return FALSE;

  put_text (values, BUD_SANDBOX_VALUE_LANGUAGE, self->language, old);
  put_text (values, BUD_SANDBOX_VALUE_IP_SIGNUP, self->ip_signup, old);
  put_text (values, BUD_SANDBOX_VALUE_IP_OPT, self->ip_opt, old);

  return TRUE;
}

/* Tags come with a new contact; one who is there keeps his, unless they are to be synchronised:
 * the real service ignores `tags` for contacts that it knows. */
static void
apply_tags (const BudSandboxChange *self,
            BudSandboxAudience     *audience,
            BudSandboxMember       *member,
            gboolean                is_new,
            BudSandboxApplyFlags    flags)
{
  BudSandboxTags *tags = bud_sandbox_audience_get_tags (audience);
  gboolean sync = (flags & BUD_SANDBOX_APPLY_SYNC_TAGS) != 0;
  BudSandboxTagSet *set = sync ? bud_sandbox_tags_get_none (tags) : member->tags;

  if (self->tags == NULL || (!is_new && !sync))
    return;

  for (const BudSandboxNode *node = self->tags->child; node != NULL; node = node->next)
    {
      BudSandboxTag *tag = bud_sandbox_tags_ensure (tags, node->text, bud_sandbox_now ());

      set = bud_sandbox_tags_with (tags, set, tag->id);
    }

  bud_sandbox_audience_set_tags (audience, member, set);
}

static void
apply_rest (const BudSandboxChange *self,
            BudSandboxMember       *member)
{
  if (self->email_type != NULL)
    member->text_only = g_str_equal (self->email_type, "text");
  if (self->vip != NULL)
    member->vip = self->vip->type == BUD_SANDBOX_JSON_TRUE;
  if (self->opted_at != 0)
    member->opted_at = self->opted_at;
  if (self->signed_up_at != 0)
    member->signed_up_at = self->signed_up_at;
}

static guint32
digest (const void *bytes,
        gsize       length,
        guint32     hash)
{
  const guint8 *at = bytes;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ at[i]) * 16777619u;

  return hash;
}

/* A repeated request must find what it wrote; a contact that two requests want differently is
 * what a test of a client looks for. */
static void
tally_write (BudSandboxTally  *tally,
             BudSandboxMember *member,
             gboolean          created)
{
  guint32 written = 2166136261u;

  written = digest (member->values, bud_sandbox_values_length (member->values), written);
  written = digest (&member->tags, sizeof member->tags, written);
  written = digest (&member->status, sizeof member->status, written) | 1;

  tally->writes++;
  if (created)
    tally->created++;
  else
    tally->updated++;

  if (member->written == 0)
    tally->written++;
  else if (member->written == written)
    tally->rewritten_same++;
  else
    tally->rewritten_different++;
  member->written = written;
}

static gboolean
check_known (BudSandboxMember     *member,
             const char           *email,
             BudSandboxApplyFlags  flags,
             BudSandboxProblem    *problem)
{
  if (member == NULL || member->status == BUD_SANDBOX_ARCHIVED)
    return TRUE;

  if (member->status == BUD_SANDBOX_FORGOTTEN)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_FORGOTTEN_EMAIL,
                                    "%s was permanently deleted and cannot be re-imported. The "
                                    "contact must re-subscribe to get back on the list.", email);

  if ((flags & BUD_SANDBOX_APPLY_ADD_ONLY) != 0)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_MEMBER_EXISTS,
                                    "%s is already a list member. Use PUT to insert or update "
                                    "list members.", email);

  return TRUE;
}

/* A path names one contact and the body another address: the contact moves to that address. */
static gboolean
move (BudSandboxAudience *audience,
      BudSandboxMember   *member,
      const char         *email,
      BudSandboxProblem  *problem)
{
  BudSandboxMember *other = bud_sandbox_audience_find (audience, email);

  if (other == NULL)
    bud_sandbox_audience_rename (audience, member, email);
  else if (other != member)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_MEMBER_EXISTS,
                                    "%s is already a list member. Use PUT to insert or update "
                                    "list members.", email);

  return TRUE;
}

/**
 * bud_sandbox_change_apply:
 * @self: what a client wants
 * @audience: a locked audience
 * @addressed: (nullable): the contact that the path names, if any; else the address decides
 * @flags: how
 * @created: (out): whether the service calls this contact new; an archived one is
 * @problem: (out caller-allocates): why not
 *
 * The state machine of one contact, as recorded from the real service.
 *
 * Returns: (transfer none) (nullable): the contact, or %NULL with @problem set
 */
BudSandboxMember *
bud_sandbox_change_apply (const BudSandboxChange *self,
                          BudSandboxAudience     *audience,
                          BudSandboxMember       *addressed,
                          BudSandboxApplyFlags    flags,
                          gboolean               *created,
                          BudSandboxProblem      *problem)
{
  const char *email = self->email != NULL || addressed == NULL ? self->email : addressed->email;
  BudSandboxTally *tally = bud_sandbox_audience_get_tally (audience);
  g_autoptr(GString) values = g_string_sized_new (128);
  BudSandboxMember *member = addressed;
  BudSandboxStatus status;
  gboolean is_new;

  tally->rejected++;
  if (!check_email (email, flags, problem))
    return NULL;
  if (member == NULL)
    member = bud_sandbox_audience_find (audience, email);

  is_new = member == NULL || member->status == BUD_SANDBOX_ARCHIVED;
  if (!check_known (member, email, flags, problem) ||
      !choose_status (self, member, is_new, flags, &status, problem) ||
      !make_values (self, audience, member, is_new, flags, values, problem) ||
      (addressed != NULL && !move (audience, addressed, email, problem)))
    return NULL;

  if (member == NULL)
    member = bud_sandbox_audience_add (audience, email);
  if (status != BUD_SANDBOX_ANY_STATUS)
    bud_sandbox_audience_set_status (audience, member, status, BUD_SANDBOX_BY_API);
  bud_sandbox_audience_set_values (audience, member, values->str, values->len + 1);
  apply_tags (self, audience, member, is_new, flags);
  apply_rest (self, member);
  tally->rejected--;
  tally_write (tally, member, is_new);
  *created = is_new;

  return member;
}
