/* bud-sandbox-faults.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bud-error.h"
#include "bud-sandbox-faults.h"

/* What goes wrong, and when:
 *
 *   SPEC   = ITEM *("," ITEM)
 *   ITEM   = "seed=" NUMBER | KIND [WHEN] [":" NUMBER] ["~" FILTER]
 *   WHEN   = "@" N | "@" N "-" M | "@" N "-" | "%" PERCENT
 *   FILTER = METHOD | PATH | METHOD PATH, where PATH begins with "/" and is found anywhere in the
 *            request's path
 *
 * N and M count, from 1, the requests that the item's filter lets through; an item without WHEN
 * strikes each of them. PERCENT strikes by chance, the same chances for the same seed. The first
 * item that strikes wins. The number after the colon: seconds for stall, bytes a second for drip,
 * seconds in a Retry-After header for 429 and 429-bare.
 *
 * Before anything is done: 429, 429-bare, 403-bare, 500, 503-html, reset.
 * After it was done: lost, truncate, stall, drip, html, empty. As at the real service a connection
 * lives no longer than 120 seconds, so a longer stall ends without an answer. */

static const struct
{
  const char *name;
  guint argument;
} kinds[BUD_SANDBOX_N_FAULTS] = {
  [BUD_SANDBOX_FAULT_429] = { "429", 0 },
  [BUD_SANDBOX_FAULT_429_BARE] = { "429-bare", 0 },
  [BUD_SANDBOX_FAULT_403_BARE] = { "403-bare", 0 },
  [BUD_SANDBOX_FAULT_500] = { "500", 0 },
  [BUD_SANDBOX_FAULT_503_HTML] = { "503-html", 0 },
  [BUD_SANDBOX_FAULT_RESET] = { "reset", 0 },
  [BUD_SANDBOX_FAULT_LOST] = { "lost", 0 },
  [BUD_SANDBOX_FAULT_TRUNCATE] = { "truncate", 0 },
  [BUD_SANDBOX_FAULT_STALL] = { "stall", 130 },
  [BUD_SANDBOX_FAULT_DRIP] = { "drip", 10000 },
  [BUD_SANDBOX_FAULT_HTML] = { "html", 0 },
  [BUD_SANDBOX_FAULT_EMPTY] = { "empty", 0 },
};

typedef struct
{
  BudSandboxFault kind;
  guint argument;
  guint64 from;       /* 1 and up */
  guint64 to;
  double percent;     /* negative if by number */
  char *method;       /* (owned) (nullable) */
  char *path;         /* (owned) (nullable) */
  guint64 n_seen;
} Item;

struct _BudSandboxFaults
{
  GMutex lock;
  GPtrArray *items; /* (owned) (element-type Item) */
  GRand *random;    /* (owned) */
  guint64 n_fired[BUD_SANDBOX_N_FAULTS];
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->method);
  g_free (item->path);
  g_free (item);
}

BudSandboxFaults *
bud_sandbox_faults_new (void)
{
  BudSandboxFaults *self = g_new0 (BudSandboxFaults, 1);

  g_mutex_init (&self->lock);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->random = g_rand_new_with_seed (1);

  return self;
}

void
bud_sandbox_faults_free (BudSandboxFaults *self)
{
  g_return_if_fail (self != NULL);

  g_rand_free (self->random);
  g_ptr_array_unref (self->items);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const char *
bud_sandbox_fault_to_text (BudSandboxFault fault)
{
  g_return_val_if_fail (fault < BUD_SANDBOX_N_FAULTS, NULL);

  return kinds[fault].name;
}

static BudSandboxFault
kind_parse (const char *text)
{
  guint i;

  for (i = 0; i < BUD_SANDBOX_N_FAULTS; i++)
    if (g_str_equal (kinds[i].name, text))
      break;

  return i;
}

static gboolean
parse_range (Item *item,
             char *text)
{
  char *dash = strchr (text, '-');

  if (dash != NULL)
    *dash++ = '\0';
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &item->from, NULL))
    return FALSE;

  item->to = dash == NULL ? item->from : G_MAXUINT64;

  return dash == NULL || *dash == '\0' ||
         g_ascii_string_to_unsigned (dash, 10, item->from, G_MAXUINT32, &item->to, NULL);
}

static gboolean
parse_percent (Item *item,
               char *text)
{
  char *end = text;

  item->percent = g_ascii_strtod (text, &end);

  return end > text && *end == '\0' && item->percent >= 0 && item->percent <= 100;
}

static gboolean
parse_argument (Item *item,
                char *text)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &value, NULL))
    return FALSE;

  item->argument = value;

  return TRUE;
}

static void
parse_filter (Item *item,
              char *text)
{
  char *path = strchr (text, '/');
  g_autofree char *method = NULL;

  item->path = g_strdup (path);
  method = path != NULL ? g_strndup (text, path - text) : g_strdup (text);
  g_strstrip (method);
  if (*method != '\0')
    item->method = g_ascii_strup (method, -1);
}

/* Takes the text apart from its end, so that each part is free to hold the signs before it. */
static Item *
item_parse (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  Item *item = g_new0 (Item, 1);
  char *filter = strchr (copy, '~');
  gboolean good = TRUE;
  char *argument;
  char *when;

  item->from = 1;
  item->to = G_MAXUINT64;
  item->percent = -1;

  if (filter != NULL)
    {
      *filter = '\0';
      parse_filter (item, filter + 1);
    }
  argument = strchr (copy, ':');
  if (argument != NULL)
    *argument = '\0';

  when = strpbrk (copy, "@%");
  if (when != NULL && *when == '@')
    good = parse_range (item, when + 1);
  else if (when != NULL)
    good = parse_percent (item, when + 1);
  if (when != NULL)
    *when = '\0';

  item->kind = kind_parse (copy);
  good = good && item->kind != BUD_SANDBOX_NO_FAULT;
  if (good)
    item->argument = kinds[item->kind].argument;
  if (good && argument != NULL)
    good = parse_argument (item, argument + 1);

  if (!good)
    g_clear_pointer (&item, item_free);

  return item;
}

/**
 * bud_sandbox_faults_set:
 * @self: the faults
 * @spec: what goes wrong from now on; the grammar stands at the head of this file
 * @error: return location for %BUD_ERROR_INVALID
 *
 * Counting starts again at 1. A wrong @spec changes nothing.
 *
 * Returns: whether @spec was understood
 */
gboolean
bud_sandbox_faults_set (BudSandboxFaults  *self,
                        const char        *spec,
                        GError           **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_auto(GStrv) texts = g_strsplit (spec, ",", -1);
  guint64 seed = 1;

  for (char **text = texts; *text != NULL; text++)
    {
      Item *item;

      g_strstrip (*text);
      if (**text == '\0')
        continue;
      if (g_str_has_prefix (*text, "seed=") &&
          g_ascii_string_to_unsigned (*text + strlen ("seed="), 10, 0, G_MAXUINT32, &seed, NULL))
        continue;

      if ((item = item_parse (*text)) == NULL)
        {
          g_set_error (error, BUD_ERROR, BUD_ERROR_INVALID,
                       /* Translators: %s is one item of the --faults option */
                       _("“%s” is not a fault. Faults look like this: lost@3~POST"), *text);
          return FALSE;
        }
      g_ptr_array_add (items, item);
    }

  g_ptr_array_unref (self->items);
  self->items = g_steal_pointer (&items);
  g_rand_set_seed (self->random, seed);

  return TRUE;
}

static gboolean
lets_through (const Item *item,
              const char *method,
              const char *path)
{
  return (item->method == NULL || g_str_equal (item->method, method)) &&
         (item->path == NULL || strstr (path, item->path) != NULL);
}

static gboolean
strikes (BudSandboxFaults *self,
         Item             *item)
{
  item->n_seen++;
  if (item->percent >= 0)
    return g_rand_double_range (self->random, 0, 100) < item->percent;

  return item->n_seen >= item->from && item->n_seen <= item->to;
}

/**
 * bud_sandbox_faults_pick:
 * @self: the faults
 * @method: a request's method
 * @path: its path
 * @argument: (out): the number that belongs to the fault
 *
 * Returns: what goes wrong with this request, or %BUD_SANDBOX_NO_FAULT
 */
BudSandboxFault
bud_sandbox_faults_pick (BudSandboxFaults *self,
                         const char       *method,
                         const char       *path,
                         guint            *argument)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  BudSandboxFault kind = BUD_SANDBOX_NO_FAULT;

  *argument = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (!lets_through (item, method, path) || !strikes (self, item) ||
          kind != BUD_SANDBOX_NO_FAULT)
        continue;

      kind = item->kind;
      *argument = item->argument;
      self->n_fired[kind]++;
    }

  return kind;
}

/**
 * bud_sandbox_faults_append:
 * @self: the faults
 * @out: where a JSON object goes that says how often each kind struck
 */
void
bud_sandbox_faults_append (BudSandboxFaults *self,
                           GString          *out)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (guint i = 0; i < BUD_SANDBOX_N_FAULTS; i++)
    if (self->n_fired[i] > 0)
      {
        g_string_append_printf (out, "%s\"%s\":%" G_GUINT64_FORMAT, first ? "" : ",",
                                kinds[i].name, self->n_fired[i]);
        first = FALSE;
      }
  g_string_append_c (out, '}');
}
