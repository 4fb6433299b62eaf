/* bud-sandbox-merge-fields.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-field-value.h"
#include "bud-sandbox-merge-fields.h"
#include "bud-sandbox-values.h"

/* The plan's limit, the address itself included, as merge_field_limit of the real service. */
#define FIELD_LIMIT 30
#define MAX_TAG 10

struct _BudSandboxFields
{
  GPtrArray *fields; /* (owned) (element-type BudSandboxField) */
};

static const char *const types[BUD_SANDBOX_N_FIELD_TYPES] = {
  "text",  "number",   "address",  "phone", "date", "url", "imageurl",
  "radio", "dropdown", "birthday", "zip",
};

static void
field_free (gpointer data)
{
  BudSandboxField *field = data;

  g_free (field->tag);
  g_free (field->name);
  g_free (field->default_value);
  g_free (field->options);
  g_strfreev (field->choices);
  g_free (field);
}

BudSandboxFields *
bud_sandbox_fields_new (void)
{
  BudSandboxFields *self = g_new0 (BudSandboxFields, 1);

  self->fields = g_ptr_array_new_with_free_func (field_free);

  return self;
}

/**
 * bud_sandbox_fields_new_default:
 *
 * Returns: (transfer full): what a new audience starts with
 *   (https://mailchimp.com/developer/marketing/docs/merge-fields/)
 */
BudSandboxFields *
bud_sandbox_fields_new_default (void)
{
  static const char *const bodies[] = {
    "{\"tag\":\"FNAME\",\"name\":\"First Name\",\"type\":\"text\"}",
    "{\"tag\":\"LNAME\",\"name\":\"Last Name\",\"type\":\"text\"}",
    "{\"tag\":\"ADDRESS\",\"name\":\"Address\",\"type\":\"address\"}",
    "{\"tag\":\"PHONE\",\"name\":\"Phone Number\",\"type\":\"phone\"}",
  };
  BudSandboxFields *self = bud_sandbox_fields_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(BudSandboxJson) json = bud_sandbox_json_parse (bodies[i], strlen (bodies[i]));
      g_auto(BudSandboxProblem) problem = { 0 };

      bud_sandbox_fields_create (self, bud_sandbox_json_get_root (json), &problem);
    }

  return self;
}

void
bud_sandbox_fields_free (BudSandboxFields *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->fields);
  g_free (self);
}

guint
bud_sandbox_fields_get_size (const BudSandboxFields *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fields->len;
}

const BudSandboxField *
bud_sandbox_fields_get (const BudSandboxFields *self,
                        guint                   index)
{
  g_return_val_if_fail (self != NULL && index < self->fields->len, NULL);

  return g_ptr_array_index (self->fields, index);
}

static BudSandboxFieldType
type_parse (const char *text)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i], text) == 0)
      break;

  return i;
}

static const BudSandboxField *
find_by_tag (const BudSandboxFields *self,
             const char             *tag)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const BudSandboxField *field = g_ptr_array_index (self->fields, i);

      if (g_ascii_strcasecmp (field->tag, tag) == 0)
        return field;
    }

  return NULL;
}

static gboolean
tag_is_valid (const char *tag)
{
  gsize length = strlen (tag);

  return length > 0 && length <= MAX_TAG &&
         strspn (tag, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

static gboolean
choose_tag (const BudSandboxFields  *self,
            const char              *wanted,
            char                   **tag,
            BudSandboxProblem       *problem)
{
  if (wanted == NULL || *wanted == '\0')
    {
      guint n = self->fields->len + 1;

      do
        {
          g_free (*tag);
          *tag = g_strdup_printf ("MMERGE%u", n++);
        }
      while (find_by_tag (self, *tag) != NULL);
      return TRUE;
    }

  *tag = g_ascii_strup (wanted, -1);
  if (!tag_is_valid (*tag))
    return bud_sandbox_problem_set_field (
        problem, NULL, "tag", "Merge tags may only contain letters, numbers and underscores, "
        "and be at most 10 characters long.");
  if (g_str_equal (*tag, "EMAIL") || find_by_tag (self, *tag) != NULL)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_BAD_REQUEST,
                                    "A Merge Field with the tag \"%s\" already exists for "
                                    "this list.", *tag);

  return TRUE;
}

static char **
read_choices (const BudSandboxNode *options)
{
  const BudSandboxNode *array = bud_sandbox_node_get (options, "choices");
  g_autoptr(GStrvBuilder) builder = NULL;

  if (array == NULL || array->type != BUD_SANDBOX_JSON_ARRAY)
    return NULL;

  builder = g_strv_builder_new ();
  for (const BudSandboxNode *node = array->child; node != NULL; node = node->next)
    if (node->type == BUD_SANDBOX_JSON_STRING)
      g_strv_builder_add (builder, node->text);

  return g_strv_builder_end (builder);
}

static char *
default_options (BudSandboxFieldType type)
{
  if (type == BUD_SANDBOX_FIELD_DATE)
    return g_strdup ("{\"date_format\":\"MM/DD/YYYY\"}");
  if (type == BUD_SANDBOX_FIELD_BIRTHDAY)
    return g_strdup ("{\"date_format\":\"MM/DD\"}");
  if (type == BUD_SANDBOX_FIELD_PHONE)
    return g_strdup ("{\"phone_format\":\"none\"}");
  if (type == BUD_SANDBOX_FIELD_ADDRESS)
    return g_strdup ("{\"default_country\":164}");
  if (type == BUD_SANDBOX_FIELD_TEXT)
    return g_strdup ("{\"size\":25}");

  return g_strdup ("{}");
}

static void
read_options (BudSandboxField      *field,
              const BudSandboxNode *options)
{
  g_autoptr(GString) text = NULL;

  field->choices = read_choices (options);
  field->us_phone = g_strcmp0 (bud_sandbox_node_get_text (options, "phone_format"), "US") == 0;

  if (options == NULL || options->type != BUD_SANDBOX_JSON_OBJECT)
    {
      field->options = default_options (field->type);
      return;
    }

  text = g_string_new (NULL);
  bud_sandbox_node_append (options, text);
  field->options = g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
check_body (const BudSandboxFields *self,
            const BudSandboxNode   *body,
            BudSandboxFieldType    *type,
            BudSandboxProblem      *problem)
{
  const char *name = bud_sandbox_node_get_text (body, "name");
  const char *type_name = bud_sandbox_node_get_text (body, "type");
  const BudSandboxNode *options = bud_sandbox_node_get (body, "options");

  if (name == NULL || *name == '\0')
    return bud_sandbox_problem_schema (problem, "name", "This value should not be blank.");
  if (type_name == NULL)
    return bud_sandbox_problem_schema (problem, "type", "This value should not be blank.");

  *type = type_parse (type_name);
  if (*type == BUD_SANDBOX_N_FIELD_TYPES)
    return bud_sandbox_problem_schema (problem, "type", "Value must be one of: text, number, "
                                       "address, phone, date, url, imageurl, radio, dropdown, "
                                       "birthday, zip");
  if ((*type == BUD_SANDBOX_FIELD_RADIO || *type == BUD_SANDBOX_FIELD_DROPDOWN) &&
      bud_sandbox_node_get (options, "choices") == NULL)
    return bud_sandbox_problem_schema (problem, "options", "Choices are required for this type.");
  if (self->fields->len + 1 >= FIELD_LIMIT)
    return bud_sandbox_problem_set (problem, BUD_SANDBOX_BAD_REQUEST,
                                    "This list has reached the maximum of %d merge fields.",
                                    FIELD_LIMIT);

  return TRUE;
}

/**
 * bud_sandbox_fields_create:
 * @self: an audience's merge fields
 * @body: what the client posted
 * @problem: (out caller-allocates): why not
 *
 * Returns: whether there is a new last field
 */
gboolean
bud_sandbox_fields_create (BudSandboxFields     *self,
                           const BudSandboxNode *body,
                           BudSandboxProblem    *problem)
{
  g_autofree char *tag = NULL;
  const char *default_value = bud_sandbox_node_get_text (body, "default_value");
  BudSandboxField *field;
  BudSandboxFieldType type = BUD_SANDBOX_FIELD_TEXT;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_body (self, body, &type, problem) ||
      !choose_tag (self, bud_sandbox_node_get_text (body, "tag"), &tag, problem))
    return FALSE;

  field = g_new0 (BudSandboxField, 1);
  field->tag = g_steal_pointer (&tag);
  field->name = g_strdup (bud_sandbox_node_get_text (body, "name"));
  field->default_value = g_strdup (default_value != NULL ? default_value : "");
  field->type = type;
  field->required = bud_sandbox_node_get_flag (body, "required");
  field->is_public = bud_sandbox_node_get_flag (body, "public");
  field->display_order = bud_sandbox_node_get_int (body, "display_order");
  if (field->display_order == 0)
    field->display_order = self->fields->len + 2;
  read_options (field, bud_sandbox_node_get (body, "options"));
  g_ptr_array_add (self->fields, field);

  return TRUE;
}

/**
 * bud_sandbox_fields_append_field:
 * @self: an audience's merge fields
 * @index: which
 * @list_id: (nullable): the audience, or %NULL for the form that is kept in a state file
 * @out: where its JSON goes
 */
void
bud_sandbox_fields_append_field (const BudSandboxFields *self,
                                 guint                   index,
                                 const char             *list_id,
                                 GString                *out)
{
  const BudSandboxField *field = bud_sandbox_fields_get (self, index);

  g_string_append_printf (out, "{\"merge_id\":%u,", index + 1);
  bud_sandbox_json_put_member (out, "tag", field->tag);
  g_string_append_c (out, ',');
  bud_sandbox_json_put_member (out, "name", field->name);
  g_string_append_printf (out, ",\"type\":\"%s\",\"required\":%s,", types[field->type],
                          field->required ? "true" : "false");
  bud_sandbox_json_put_member (out, "default_value", field->default_value);
  g_string_append_printf (out, ",\"public\":%s,\"display_order\":%u,\"options\":%s,"
                          "\"help_text\":\"\"", field->is_public ? "true" : "false",
                          field->display_order, field->options);
  if (list_id != NULL)
    g_string_append_printf (out, ",\"list_id\":\"%s\",\"_links\":[]", list_id);
  g_string_append_c (out, '}');
}

/* Keeps what is not spoken of, erases what is "", and writes what is new in its checked form. */
static gboolean
apply_field (const BudSandboxField *field,
             guint8                 number,
             const BudSandboxNode  *value,
             const char            *old,
             GString               *out,
             BudSandboxProblem     *problem)
{
  g_autoptr(GString) text = NULL;

  if (value == NULL)
    {
      const char *kept = old != NULL ? bud_sandbox_values_get (old, number) : NULL;

      if (kept != NULL)
        bud_sandbox_values_put (out, number, kept, strlen (kept));
      return TRUE;
    }

  text = g_string_new (NULL);
  if (!bud_sandbox_field_value_check (field, value, text, problem))
    return FALSE;
  if (text->len > 0)
    bud_sandbox_values_put (out, number, text->str, text->len);

  return TRUE;
}

/**
 * bud_sandbox_fields_apply:
 * @self: an audience's merge fields
 * @values: (nullable): `merge_fields` as posted; tags that the audience does not have are ignored
 * @old: (nullable): the values of the contact so far
 * @check_required: whether a required field without a value is a fault
 * @out: where the new values go
 * @problem: (out caller-allocates): the first field at fault
 *
 * Returns: whether all values fit their fields
 */
gboolean
bud_sandbox_fields_apply (const BudSandboxFields *self,
                          const BudSandboxNode   *values,
                          const char             *old,
                          gboolean                check_required,
                          GString                *out,
                          BudSandboxProblem      *problem)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const BudSandboxField *field = g_ptr_array_index (self->fields, i);
      const BudSandboxNode *value = bud_sandbox_node_get (values, field->tag);
      gsize before = out->len;

      if (!apply_field (field, i + 1, value, old, out, problem))
        return FALSE;

      if (check_required && field->required && out->len == before)
        return bud_sandbox_problem_set_field (problem, "Your merge fields were invalid.",
                                              field->tag, "Please enter a value");
    }

  return TRUE;
}
