/* bud-item.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-item.h"

/* A thing of the workspace that people name and keep: a connection, a segment, an export …
 * Its properties are its whole state, so a store can keep any item without knowing its class.
 * The base class holds the values, and a subclass is little more than a list of properties. */
typedef struct
{
  GHashTable *values; /* (owned) (element-type utf8 GValue), keyed by the interned property name */
} BudItemPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BudItem, bud_item, G_TYPE_OBJECT)

static void
free_value (gpointer data)
{
  GValue *value = data;

  g_value_unset (value);
  g_free (value);
}

static GValue *
ensure_value (BudItem    *self,
              GParamSpec *pspec)
{
  BudItemPrivate *priv = bud_item_get_instance_private (self);
  GValue *value = g_hash_table_lookup (priv->values, pspec->name);

  if (value == NULL)
    {
      value = g_new0 (GValue, 1);
      g_value_init (value, pspec->value_type);
      g_value_copy (g_param_spec_get_default_value (pspec), value);
      g_hash_table_insert (priv->values, (gpointer) pspec->name, value);
    }

  return value;
}

static const GValue *
peek_value (BudItem    *self,
            const char *property)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), property);

  g_assert (pspec != NULL);

  return ensure_value (self, pspec);
}

static void
bud_item_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  g_value_copy (ensure_value (BUD_ITEM (object), pspec), value);
}

/* No list and an empty one are the same. */
static gboolean
lists_equal (const char *const *a,
             const char *const *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL || *a == NULL) && (b == NULL || *b == NULL);

  return g_strv_equal (a, b);
}

static gboolean
values_equal (GParamSpec   *pspec,
              const GValue *a,
              const GValue *b)
{
  if (pspec->value_type == G_TYPE_STRV)
    return lists_equal (g_value_get_boxed (a), g_value_get_boxed (b));

  return g_param_values_cmp (pspec, a, b) == 0;
}

static void
bud_item_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  GValue *kept = ensure_value (BUD_ITEM (object), pspec);

  if (values_equal (pspec, value, kept))
    return;

  g_value_copy (value, kept);
  g_object_notify_by_pspec (object, pspec);
}

static void
bud_item_constructed (GObject *object)
{
  G_OBJECT_CLASS (bud_item_parent_class)->constructed (object);

  if (bud_item_get_id (BUD_ITEM (object)) == NULL)
    {
      g_autofree char *id = bud_item_new_id ();

      g_object_set (object, "id", id, NULL);
    }
}

static void
bud_item_finalize (GObject *object)
{
  BudItemPrivate *priv = bud_item_get_instance_private (BUD_ITEM (object));

  g_clear_pointer (&priv->values, g_hash_table_unref);

  G_OBJECT_CLASS (bud_item_parent_class)->finalize (object);
}

static void
bud_item_class_init (BudItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec *pspecs[] = {
    NULL,
    bud_item_param_text ("id"),
    bud_item_param_text ("name"),
  };

  object_class->get_property = bud_item_get_property;
  object_class->set_property = bud_item_set_property;
  object_class->constructed = bud_item_constructed;
  object_class->finalize = bud_item_finalize;

  g_object_class_install_properties (object_class, G_N_ELEMENTS (pspecs), pspecs);
}

static void
bud_item_init (BudItem *self)
{
  BudItemPrivate *priv = bud_item_get_instance_private (self);

  priv->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_value);
}

/**
 * bud_item_new_id:
 *
 * Returns: (transfer full): twelve random hexadecimal digits, short enough to type
 */
char *
bud_item_new_id (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  /* The last group of a random UUID is all random. */
  return g_strdup (uuid + 24);
}

const char *
bud_item_get_id (BudItem *self)
{
  return bud_item_get_text (self, "id");
}

const char *
bud_item_get_name (BudItem *self)
{
  return bud_item_get_text (self, "name");
}

const char *
bud_item_get_kind (BudItem *self)
{
  g_return_val_if_fail (BUD_IS_ITEM (self), NULL);

  return BUD_ITEM_GET_CLASS (self)->kind;
}

/**
 * bud_item_type_kind:
 * @type: a subclass of #BudItem
 *
 * Returns: (transfer none): the name under which a store keeps items of @type
 */
const char *
bud_item_type_kind (GType type)
{
  BudItemClass *klass;
  const char *kind;

  g_return_val_if_fail (g_type_is_a (type, BUD_TYPE_ITEM), NULL);

  klass = g_type_class_ref (type);
  kind = klass->kind;
  g_type_class_unref (klass);

  return kind;
}

/**
 * bud_item_install:
 * @klass: the subclass, in its class_init
 * @kind: the stable name under which a store keeps its items
 * @pspecs: (array length=n_pspecs): its properties; the first place is %NULL as usual
 * @n_pspecs: length of @pspecs
 */
void
bud_item_install (BudItemClass  *klass,
                  const char    *kind,
                  GParamSpec   **pspecs,
                  guint          n_pspecs)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  /* GObject does not let a subclass inherit these two. */
  object_class->get_property = bud_item_get_property;
  object_class->set_property = bud_item_set_property;

  klass->kind = kind;
  g_object_class_install_properties (object_class, n_pspecs, pspecs);
}

const char *
bud_item_get_text (BudItem    *self,
                   const char *property)
{
  g_return_val_if_fail (BUD_IS_ITEM (self), NULL);

  return g_value_get_string (peek_value (self, property));
}

/**
 * bud_item_get_list:
 * @self: an item
 * @property: a property made by bud_item_param_list()
 *
 * Returns: (transfer none) (array zero-terminated=1): never %NULL
 */
const char *const *
bud_item_get_list (BudItem    *self,
                   const char *property)
{
  static const char *const empty[] = { NULL };
  const char *const *list;

  g_return_val_if_fail (BUD_IS_ITEM (self), empty);

  list = g_value_get_boxed (peek_value (self, property));

  return list != NULL ? list : empty;
}

gint64
bud_item_get_int64 (BudItem    *self,
                    const char *property)
{
  g_return_val_if_fail (BUD_IS_ITEM (self), 0);

  return g_value_get_int64 (peek_value (self, property));
}

gboolean
bud_item_get_flag (BudItem    *self,
                   const char *property)
{
  g_return_val_if_fail (BUD_IS_ITEM (self), FALSE);

  return g_value_get_boolean (peek_value (self, property));
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

GParamSpec *
bud_item_param_text (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, FLAGS);
}

GParamSpec *
bud_item_param_list (const char *name)
{
  return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, FLAGS);
}

GParamSpec *
bud_item_param_int64 (const char *name)
{
  return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, FLAGS);
}

GParamSpec *
bud_item_param_flag (const char *name,
                     gboolean    value)
{
  return g_param_spec_boolean (name, NULL, NULL, value, FLAGS);
}
