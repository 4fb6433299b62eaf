/* bud-sandbox-json.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "bud-sandbox-json.h"

/* A reader of our own, because the service is there to be attacked and to be timed: json-glib
 * overflows its stack on deep nesting and takes milliseconds for a body of 500 members. */

#define MAX_DEPTH 64
#define NODES_PER_BLOCK 512

typedef struct _Block Block;

struct _Block
{
  Block *next; /* (owned) */
  guint used;
  BudSandboxNode nodes[NODES_PER_BLOCK];
};

struct _BudSandboxJson
{
  char *buffer;  /* (owned): the text, unescaped in place */
  char *at;      /* reading position within buffer */
  Block *blocks; /* (owned) */
  BudSandboxNode *root;
};

static BudSandboxNode *read_value (BudSandboxJson *self,
                                   guint           depth);

static BudSandboxNode *
new_node (BudSandboxJson     *self,
          BudSandboxJsonType  type)
{
  BudSandboxNode *node;

  if (self->blocks == NULL || self->blocks->used == NODES_PER_BLOCK)
    {
      Block *block = g_new (Block, 1);

      block->next = self->blocks;
      block->used = 0;
      self->blocks = block;
    }

  node = &self->blocks->nodes[self->blocks->used++];
  memset (node, 0, sizeof *node);
  node->type = type;

  return node;
}

static void
skip_space (BudSandboxJson *self)
{
  while (*self->at == ' ' || *self->at == '\n' || *self->at == '\t' || *self->at == '\r')
    self->at++;
}

static gboolean
read_hex (const char *at,
          gunichar   *value)
{
  *value = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return FALSE;
      *value = *value << 4 | (gunichar) digit;
    }

  return TRUE;
}

/* RFC 8259 §7: a character outside the first plane comes as a pair of escapes. */
static gboolean
read_unicode_escape (BudSandboxJson  *self,
                     char           **to)
{
  gunichar value;
  gunichar low;

  if (!read_hex (self->at, &value))
    return FALSE;
  self->at += 4;

  if (value >= 0xd800 && value < 0xdc00 && self->at[0] == '\\' && self->at[1] == 'u' &&
      read_hex (self->at + 2, &low) && low >= 0xdc00 && low < 0xe000)
    {
      value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
      self->at += 6;
    }

  if (value == 0 || (value >= 0xd800 && value < 0xe000))
    return FALSE;

  *to += g_unichar_to_utf8 (value, *to);

  return TRUE;
}

static gboolean
read_escape (BudSandboxJson  *self,
             char           **to)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  char name = *self->at++;
  const char *found;

  if (name == 'u')
    return read_unicode_escape (self, to);

  if (name == '\0' || (found = strchr (names, name)) == NULL)
    return FALSE;

  *(*to)++ = values[found - names];

  return TRUE;
}

/* After the opening quote. What an escape stands for is never longer than the escape, so the
 * text can be written over itself. */
static const char *
read_text (BudSandboxJson *self)
{
  char *start = self->at;
  char *to = start;

  for (;;)
    {
      char c = *self->at;

      if ((guchar) c < 0x20)
        return NULL;

      self->at++;
      if (c == '"')
        {
          *to = '\0';
          return start;
        }

      if (c != '\\')
        *to++ = c;
      else if (!read_escape (self, &to))
        return NULL;
    }
}

static gboolean
skip_digits (char **at)
{
  char *start = *at;

  while (g_ascii_isdigit (**at))
    (*at)++;

  return *at > start;
}

/* A number keeps its text, but the byte after it is still to be read and cannot become its NUL:
 * so the text moves one byte down, over a comma, colon, bracket or space already read. */
static BudSandboxNode *
read_number (BudSandboxJson *self)
{
  BudSandboxNode *node;
  char *start = self->at;
  char *end = start;

  if (*end == '-')
    end++;
  if (*end == '0')
    end++;
  else if (!skip_digits (&end))
    return NULL;
  if (*end == '.' && (end++, !skip_digits (&end)))
    return NULL;
  if (*end == 'e' || *end == 'E')
    {
      end++;
      if (*end == '+' || *end == '-')
        end++;
      if (!skip_digits (&end))
        return NULL;
    }

  memmove (start - 1, start, end - start);
  end[-1] = '\0';

  node = new_node (self, BUD_SANDBOX_JSON_NUMBER);
  node->text = start - 1;
  self->at = end;

  return node;
}

static BudSandboxNode *
read_word (BudSandboxJson     *self,
           const char         *word,
           BudSandboxJsonType  type)
{
  gsize length = strlen (word);

  if (strncmp (self->at, word, length) != 0)
    return NULL;

  self->at += length;

  return new_node (self, type);
}

static const char *
read_key (BudSandboxJson *self)
{
  const char *key;

  skip_space (self);
  if (*self->at != '"')
    return NULL;

  self->at++;
  if ((key = read_text (self)) == NULL)
    return NULL;

  skip_space (self);
  if (*self->at != ':')
    return NULL;
  self->at++;

  return key;
}

static BudSandboxNode *
read_container (BudSandboxJson     *self,
                BudSandboxJsonType  type,
                guint               depth)
{
  char close = type == BUD_SANDBOX_JSON_OBJECT ? '}' : ']';
  BudSandboxNode *node = new_node (self, type);
  BudSandboxNode **tail = &node->child;

  if (depth >= MAX_DEPTH)
    return NULL;

  self->at++;
  skip_space (self);
  if (*self->at == close)
    {
      self->at++;
      return node;
    }

  for (;;)
    {
      const char *key = NULL;

      if (type == BUD_SANDBOX_JSON_OBJECT && (key = read_key (self)) == NULL)
        return NULL;
      if ((*tail = read_value (self, depth + 1)) == NULL)
        return NULL;

      (*tail)->key = key;
      tail = &(*tail)->next;
      node->n_children++;

      skip_space (self);
      if (*self->at == close)
        {
          self->at++;
          return node;
        }
      if (*self->at++ != ',')
        return NULL;
    }
}

static BudSandboxNode *
read_string (BudSandboxJson *self)
{
  const char *text;
  BudSandboxNode *node;

  self->at++;
  if ((text = read_text (self)) == NULL)
    return NULL;

  node = new_node (self, BUD_SANDBOX_JSON_STRING);
  node->text = text;

  return node;
}

static BudSandboxNode *
read_value (BudSandboxJson *self,
            guint           depth)
{
  skip_space (self);

  switch (*self->at)
    {
    case '{':
      return read_container (self, BUD_SANDBOX_JSON_OBJECT, depth);
    case '[':
      return read_container (self, BUD_SANDBOX_JSON_ARRAY, depth);
    case '"':
      return read_string (self);
    case 't':
      return read_word (self, "true", BUD_SANDBOX_JSON_TRUE);
    case 'f':
      return read_word (self, "false", BUD_SANDBOX_JSON_FALSE);
    case 'n':
      return read_word (self, "null", BUD_SANDBOX_JSON_NULL);
    default:
      return read_number (self);
    }
}

/**
 * bud_sandbox_json_parse:
 * @text: bytes that claim to be JSON
 * @length: how many
 *
 * Reads one JSON value (RFC 8259), at most 64 levels deep.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL if @text is not one
 */
BudSandboxJson *
bud_sandbox_json_parse (const char *text,
                        gsize       length)
{
  g_autoptr(BudSandboxJson) self = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length == 0 || !g_utf8_validate_len (text, length, NULL))
    return NULL;

  self = g_new0 (BudSandboxJson, 1);
  self->buffer = g_malloc (length + 2);
  self->buffer[0] = ' '; /* the spare byte that read_number() may need */
  memcpy (self->buffer + 1, text, length);
  self->buffer[length + 1] = '\0';
  self->at = self->buffer + 1;

  self->root = read_value (self, 0);
  if (self->root == NULL)
    return NULL;

  skip_space (self);
  if (*self->at != '\0')
    return NULL;

  return g_steal_pointer (&self);
}

void
bud_sandbox_json_free (BudSandboxJson *self)
{
  g_return_if_fail (self != NULL);

  while (self->blocks != NULL)
    {
      Block *block = self->blocks;

      self->blocks = block->next;
      g_free (block);
    }

  g_free (self->buffer);
  g_free (self);
}

BudSandboxNode *
bud_sandbox_json_get_root (BudSandboxJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

/**
 * bud_sandbox_node_get:
 * @object: (nullable): a node
 * @key: a name
 *
 * Returns: (transfer none) (nullable): the value of that name, if @object is an object that has
 *   it and it is not null
 */
BudSandboxNode *
bud_sandbox_node_get (const BudSandboxNode *object,
                      const char           *key)
{
  if (object == NULL || object->type != BUD_SANDBOX_JSON_OBJECT)
    return NULL;

  for (BudSandboxNode *node = object->child; node != NULL; node = node->next)
    if (strcmp (node->key, key) == 0)
      return node->type != BUD_SANDBOX_JSON_NULL ? node : NULL;

  return NULL;
}

const char *
bud_sandbox_node_get_text (const BudSandboxNode *object,
                           const char           *key)
{
  BudSandboxNode *node = bud_sandbox_node_get (object, key);

  return node != NULL && node->type == BUD_SANDBOX_JSON_STRING ? node->text : NULL;
}

gboolean
bud_sandbox_node_get_flag (const BudSandboxNode *object,
                           const char           *key)
{
  BudSandboxNode *node = bud_sandbox_node_get (object, key);

  return node != NULL && node->type == BUD_SANDBOX_JSON_TRUE;
}

gint64
bud_sandbox_node_get_int (const BudSandboxNode *object,
                          const char           *key)
{
  BudSandboxNode *node = bud_sandbox_node_get (object, key);

  return node != NULL && node->text != NULL ? g_ascii_strtoll (node->text, NULL, 10) : 0;
}

/**
 * bud_sandbox_node_type_name:
 * @node: a value
 *
 * Returns: (transfer none): the word that Mailchimp's schema errors use for such a value
 */
const char *
bud_sandbox_node_type_name (const BudSandboxNode *node)
{
  static const char *const names[] = {
    "NULL", "boolean", "boolean", "number", "string", "array", "object",
  };

  g_return_val_if_fail (node != NULL, NULL);

  return names[node->type];
}
