/* bud-sandbox-member-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-member-json.h"
#include "bud-sandbox-values.h"

/* Writes contacts as the real service echoes them, about 3.3 kB each, which is most of what this
 * program does. The text is laid out once for an audience, with a control character where each
 * contact differs; then writing one is a row of copies. */

#define LIST "\x01"
#define BASE "\x02"
#define HASH "\x03"
#define EMAIL "\x04"
#define EMAIL_ID "\x05"
#define CONTACT_ID "\x06"
#define FULL_NAME "\x07"
#define WEB_ID "\x08"
#define EMAIL_TYPE "\x0b"
#define STATUS "\x0c"
#define VALUES "\x0e"
#define IP_SIGNUP "\x0f"
#define SIGNED_UP "\x10"
#define IP_OPT "\x11"
#define OPTED "\x12"
#define CHANGED "\x13"
#define LANGUAGE "\x14"
#define VIP "\x15"
#define N_TAGS "\x16"
#define TAGS "\x17"

/* The same, as characters. */
enum {
  SLOT_HASH = 0x03,
  SLOT_EMAIL = 0x04,
  SLOT_EMAIL_ID = 0x05,
  SLOT_CONTACT_ID = 0x06,
  SLOT_FULL_NAME = 0x07,
  SLOT_WEB_ID = 0x08,
  SLOT_EMAIL_TYPE = 0x0b,
  SLOT_STATUS = 0x0c,
  SLOT_VALUES = 0x0e,
  SLOT_IP_SIGNUP = 0x0f,
  SLOT_SIGNED_UP = 0x10,
  SLOT_IP_OPT = 0x11,
  SLOT_OPTED = 0x12,
  SLOT_CHANGED = 0x13,
  SLOT_LANGUAGE = 0x14,
  SLOT_VIP = 0x15,
  SLOT_N_TAGS = 0x16,
  SLOT_TAGS = 0x17,
};

#define SCHEMA "https://us1.api.mailchimp.com/schema/3.0/"
#define MEMBER BASE "/lists/" LIST "/members/" HASH

#define LINK(rel, href, method) \
  "{\"rel\":\"" rel "\",\"href\":\"" href "\",\"method\":\"" method "\""
#define TARGET(target) ",\"targetSchema\":\"" SCHEMA "Definitions/Lists/Members/" target "\""
#define SHAPE(shape) ",\"schema\":\"" SCHEMA shape "\""

static const struct
{
  const char *name;
  const char *text;
} properties[] = {
  { "id", "\"id\":\"" HASH "\"" },
  { "email_address", "\"email_address\":" EMAIL },
  { "unique_email_id", "\"unique_email_id\":\"" EMAIL_ID "\"" },
  { "contact_id", "\"contact_id\":\"" CONTACT_ID "\"" },
  { "full_name", "\"full_name\":" FULL_NAME },
  { "web_id", "\"web_id\":" WEB_ID },
  { "email_type", "\"email_type\":\"" EMAIL_TYPE "\"" },
  { "status", "\"status\":" STATUS },
  { "consents_to_one_to_one_messaging", "\"consents_to_one_to_one_messaging\":true" },
  { "merge_fields", "\"merge_fields\":" VALUES },
  { "stats", "\"stats\":{\"avg_open_rate\":0,\"avg_click_rate\":0}" },
  { "ip_signup", "\"ip_signup\":" IP_SIGNUP },
  { "timestamp_signup", "\"timestamp_signup\":" SIGNED_UP },
  { "ip_opt", "\"ip_opt\":" IP_OPT },
  { "timestamp_opt", "\"timestamp_opt\":" OPTED },
  { "member_rating", "\"member_rating\":2" },
  { "last_changed", "\"last_changed\":" CHANGED },
  { "language", "\"language\":" LANGUAGE },
  { "vip", "\"vip\":" VIP },
  { "email_client", "\"email_client\":\"\"" },
  { "location", "\"location\":{\"latitude\":0,\"longitude\":0,\"gmtoff\":0,\"dstoff\":0,"
    "\"country_code\":\"\",\"timezone\":\"\",\"region\":\"\"}" },
  { "source", "\"source\":\"API - Generic\"" },
  { "tags_count", "\"tags_count\":" N_TAGS },
  { "tags", "\"tags\":" TAGS },
  { "list_id", "\"list_id\":\"" LIST "\"" },
  { "_links", "\"_links\":["
    LINK ("self", MEMBER, "GET") TARGET ("Response.json") "},"
    LINK ("parent", BASE "/lists/" LIST "/members", "GET") TARGET ("CollectionResponse.json")
    SHAPE ("Paths/Lists/Members/Collection.json") "},"
    LINK ("update", MEMBER, "PATCH") TARGET ("Response.json")
    SHAPE ("Definitions/Lists/Members/PATCH.json") "},"
    LINK ("upsert", MEMBER, "PUT") TARGET ("Response.json")
    SHAPE ("Definitions/Lists/Members/PUT.json") "},"
    LINK ("delete", MEMBER, "DELETE") "},"
    LINK ("activity", MEMBER "/activity", "GET") TARGET ("Activity/Response.json") "},"
    LINK ("goals", MEMBER "/goals", "GET") TARGET ("Goals/Response.json") "},"
    LINK ("notes", MEMBER "/notes", "GET") TARGET ("Notes/CollectionResponse.json") "},"
    LINK ("events", MEMBER "/events", "POST") TARGET ("Events/POST.json") "},"
    LINK ("delete_permanent", MEMBER "/actions/delete-permanent", "POST") "}]" },
};

/* A stretch of fixed text and the slot after it. */
typedef struct
{
  const char *text;
  gsize length;
  char slot;
} Piece;

struct _BudSandboxMemberJson
{
  BudSandboxAudience *audience; /* (unowned) */
  char *text;                   /* (owned): what the pieces point into */
  GArray *pieces;               /* (owned) (element-type Piece) */
  GPtrArray *keys;              /* (owned) (element-type utf8): `"TAG":` of each merge field */
  int first_name;               /* number of the merge field, or 0 */
  int last_name;
};

static gboolean
is_wanted (const char        *name,
           const char *const *names,
           gboolean           exclude)
{
  return names == NULL || g_strv_contains (names, name) != exclude;
}

/* Puts in what is the same for all contacts of the audience. */
static char *
lay_out (const char        *list_id,
         const char        *base,
         const char *const *names,
         gboolean           exclude)
{
  g_autoptr(GString) text = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (is_wanted (properties[i].name, names, exclude))
      {
        g_string_append (text, text->len > 1 ? "," : "");
        g_string_append (text, properties[i].text);
      }
  g_string_append_c (text, '}');
  g_string_replace (text, LIST, list_id, 0);
  g_string_replace (text, BASE, base, 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
cut (BudSandboxMemberJson *self)
{
  const char *start = self->text;

  for (const char *p = start;; p++)
    if ((guchar) *p < 0x20)
      {
        Piece piece = { start, p - start, *p };

        g_array_append_val (self->pieces, piece);
        start = p + 1;
        if (*p == '\0')
          break;
      }
}

/* Values are written by copying: their keys are laid out too. */
static void
lay_out_keys (BudSandboxMemberJson *self)
{
  const BudSandboxFields *fields = bud_sandbox_audience_get_fields (self->audience);

  for (guint i = 0; i < bud_sandbox_fields_get_size (fields); i++)
    {
      const char *tag = bud_sandbox_fields_get (fields, i)->tag;

      g_ptr_array_add (self->keys, g_strdup_printf ("%s\"%s\":", i > 0 ? "," : "", tag));
      if (g_str_equal (tag, "FNAME"))
        self->first_name = i + 1;
      else if (g_str_equal (tag, "LNAME"))
        self->last_name = i + 1;
    }
}

/**
 * bud_sandbox_member_json_new:
 * @audience: (transfer none): a locked audience that outlives the writer
 * @base: the address of the service, up to and with /3.0
 * @names: (nullable): properties to write, or %NULL for all
 * @exclude: whether @names are those to leave out
 *
 * Returns: (transfer full): a writer of contacts, good until the merge fields change
 */
BudSandboxMemberJson *
bud_sandbox_member_json_new (BudSandboxAudience *audience,
                             const char         *base,
                             const char *const  *names,
                             gboolean            exclude)
{
  BudSandboxMemberJson *self = g_new0 (BudSandboxMemberJson, 1);

  self->audience = audience;
  self->text = lay_out (bud_sandbox_audience_get_id (audience), base, names, exclude);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  self->keys = g_ptr_array_new_with_free_func (g_free);
  cut (self);
  lay_out_keys (self);

  return self;
}

void
bud_sandbox_member_json_free (BudSandboxMemberJson *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->keys);
  g_array_unref (self->pieces);
  g_free (self->text);
  g_free (self);
}

gboolean
bud_sandbox_member_json_knows (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (g_str_equal (properties[i].name, name))
      return TRUE;

  return FALSE;
}

static void
put_hex (GString      *out,
         const guint8 *bytes,
         gsize         n_bytes)
{
  static const char digits[] = "0123456789abcdef";
  char text[2 * BUD_SANDBOX_HASH_SIZE];

  for (gsize i = 0; i < n_bytes; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  bud_sandbox_json_put (out, text, 2 * n_bytes);
}

/* Identities that look random and follow from a number: the finaliser of SplitMix64. */
static guint64
scramble (guint64 number)
{
  number += 0x9e3779b97f4a7c15u;
  number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9u;
  number = (number ^ number >> 27) * 0x94d049bb133111ebu;

  return number ^ number >> 31;
}

static void
put_identity (GString *out,
              guint64  number,
              gsize    n_bytes)
{
  guint64 scrambled[2] = { scramble (number), scramble (~number) };

  put_hex (out, (const guint8 *) scrambled, n_bytes);
}

static void
put_word (GString    *out,
          const char *word)
{
  bud_sandbox_json_put (out, word, strlen (word));
}

static void
put_number (GString *out,
            guint    number)
{
  char digits[16];

  bud_sandbox_json_put (out, digits, g_snprintf (digits, sizeof digits, "%u", number));
}

static void
put_value (const BudSandboxMember *member,
           guint8                  number,
           GString                *out)
{
  const char *text = bud_sandbox_values_get (member->values, number);

  put_word (out, text != NULL ? text : "\"\"");
}

static void
put_values (const BudSandboxMemberJson *self,
            const BudSandboxMember     *member,
            GString                    *out)
{
  const char *cursor = member->values;
  const char *text = NULL;
  guint8 number = 0;

  bud_sandbox_json_put (out, "{", 1);
  for (guint i = 0; i < self->keys->len; i++)
    {
      while (number <= i && bud_sandbox_values_next (&cursor, &number, &text))
        ;
      put_word (out, g_ptr_array_index (self->keys, i));
      put_word (out, number == i + 1 ? text : "\"\"");
    }
  bud_sandbox_json_put (out, "}", 1);
}

static void
put_full_name (const BudSandboxMemberJson *self,
               const BudSandboxMember     *member,
               GString                    *out)
{
  const char *first = bud_sandbox_values_get (member->values, self->first_name);
  const char *last = bud_sandbox_values_get (member->values, self->last_name);

  bud_sandbox_json_put (out, "\"", 1);
  if (first != NULL && *first == '"')
    bud_sandbox_json_put (out, first + 1, strlen (first) - 2);
  if (first != NULL && last != NULL)
    bud_sandbox_json_put (out, " ", 1);
  if (last != NULL && *last == '"')
    bud_sandbox_json_put (out, last + 1, strlen (last) - 2);
  bud_sandbox_json_put (out, "\"", 1);
}

static void
put_status (const BudSandboxMember *member,
            GString                *out)
{
  static const char *const by[] = { "API", "the contact", "admin" };

  bud_sandbox_json_put (out, "\"", 1);
  put_word (out, bud_sandbox_status_to_text (member->status));
  bud_sandbox_json_put (out, "\"", 1);
  if (member->status == BUD_SANDBOX_UNSUBSCRIBED)
    g_string_append_printf (out, ",\"unsubscribe_reason\":\"N/A (Unsubscribed by %s)\"",
                            by[member->unsubscribed_by]);
}

/* At most 50 are shown; tags_count has the truth. */
static void
put_tags (const BudSandboxMemberJson *self,
          const BudSandboxMember     *member,
          GString                    *out)
{
  BudSandboxTags *tags = bud_sandbox_audience_get_tags (self->audience);

  bud_sandbox_json_put (out, "[", 1);
  for (guint i = 0; i < MIN (member->tags->n_ids, 50); i++)
    {
      const BudSandboxTag *tag = bud_sandbox_tags_get (tags, member->tags->ids[i]);

      put_word (out, i > 0 ? ",{\"id\":" : "{\"id\":");
      put_number (out, tag->id);
      put_word (out, ",\"name\":");
      bud_sandbox_json_put_string (out, tag->name);
      bud_sandbox_json_put (out, "}", 1);
    }
  bud_sandbox_json_put (out, "]", 1);
}

static void
put_slot (const BudSandboxMemberJson *self,
          const BudSandboxMember     *member,
          char                        slot,
          GString                    *out)
{
  switch (slot)
    {
    case SLOT_HASH:
      put_hex (out, member->hash, sizeof member->hash);
      break;
    case SLOT_EMAIL:
      bud_sandbox_json_put_string (out, member->email);
      break;
    case SLOT_EMAIL_ID:
      put_identity (out, member->email_id, 5);
      break;
    case SLOT_CONTACT_ID:
      put_identity (out, (guint64) member->index << 32, 16);
      break;
    case SLOT_FULL_NAME:
      put_full_name (self, member, out);
      break;
    case SLOT_WEB_ID:
      put_number (out, 500000000 + member->index);
      break;
    case SLOT_EMAIL_TYPE:
      put_word (out, member->text_only ? "text" : "html");
      break;
    case SLOT_STATUS:
      put_status (member, out);
      break;
    case SLOT_VALUES:
      put_values (self, member, out);
      break;
    case SLOT_IP_SIGNUP:
      put_value (member, BUD_SANDBOX_VALUE_IP_SIGNUP, out);
      break;
    case SLOT_SIGNED_UP:
      bud_sandbox_json_put_time (out, member->signed_up_at);
      break;
    case SLOT_IP_OPT:
      put_value (member, BUD_SANDBOX_VALUE_IP_OPT, out);
      break;
    case SLOT_OPTED:
      bud_sandbox_json_put_time (out, member->opted_at);
      break;
    case SLOT_CHANGED:
      bud_sandbox_json_put_time (out, member->last_changed);
      break;
    case SLOT_LANGUAGE:
      put_value (member, BUD_SANDBOX_VALUE_LANGUAGE, out);
      break;
    case SLOT_VIP:
      put_word (out, member->vip ? "true" : "false");
      break;
    case SLOT_N_TAGS:
      put_number (out, member->tags->n_ids);
      break;
    case SLOT_TAGS:
      put_tags (self, member, out);
      break;
    default:
      break;
    }
}

/**
 * bud_sandbox_member_json_append:
 * @self: a writer
 * @member: a contact of its audience, which is locked
 * @out: where the JSON object goes
 */
void
bud_sandbox_member_json_append (BudSandboxMemberJson *self,
                                BudSandboxMember     *member,
                                GString              *out)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      bud_sandbox_json_put (out, piece->text, piece->length);
      put_slot (self, member, piece->slot, out);
    }
}
