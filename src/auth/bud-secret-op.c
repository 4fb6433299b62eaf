/* bud-secret-op.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "bud-auth"

#include "config.h"

#include "bud-keyring.h"
#include "bud-secret-op.h"

/* One operation on the Secret Service. A locked keyring looks empty to libsecret's simple calls, so
 * the items are searched for first, locked or not:
 *
 *   service ─┬─ store: look at the default collection ─▶ store
 *            └─ lookup, clear: search ─▶ unlock what is locked ─▶ load the newest, or delete all
 *
 * Only the pending libsecret call owns the operation. libsecret 0.20.5 can lose the callback of a
 * call that is cancelled while its prompt is open. So the answer is given by our own watch or
 * timer, and what stays behind then is an operation that was emptied. */
typedef struct
{
  BudSecretVerb verb;
  const SecretSchema *schema;
  GTask *task;           /* (owned) (nullable): NULL once it is answered */
  GCancellable *inner;   /* (owned) */
  GSource *watch;        /* (owned) (nullable) */
  GSource *timer;        /* (owned) (nullable) */
  GHashTable *attributes; /* (owned) */
  char *label;           /* (owned) (nullable) */
  SecretValue *value;    /* (owned) (nullable) */
  SecretService *service; /* (owned) (nullable) */
  GList *items;          /* (owned) (element-type SecretItem) */
  gboolean may_prompt;
} Op;

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
op_empty (Op *op)
{
  clear_source (&op->watch);
  clear_source (&op->timer);
  g_clear_pointer (&op->attributes, g_hash_table_unref);
  g_clear_pointer (&op->label, g_free);
  g_clear_pointer (&op->value, secret_value_unref);
  g_clear_object (&op->service);
  g_clear_list (&op->items, g_object_unref);
  g_clear_object (&op->task);
}

static void
op_free (Op *op)
{
  op_empty (op);
  g_clear_object (&op->inner);
  g_free (op);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Op, op_free)

/* Takes @error. */
static void
answer_error (Op     *op,
              GError *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&op->task);

  op_empty (op);
  g_task_return_error (task, error);
}

static void
answer_code (Op           *op,
             BudAuthError  code)
{
  answer_error (op, bud_auth_error_new (code));
}

static void
answer_done (Op *op)
{
  g_autoptr(GTask) task = g_steal_pointer (&op->task);

  op_empty (op);
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_service_missing (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static gboolean
is_item_missing (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
}

static BudAuthError
classify (const GError *error)
{
  /* Ours is answered by the watch, so this is the person closing the prompt. */
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return BUD_AUTH_ERROR_DISMISSED;
  if (is_service_missing (error))
    return BUD_AUTH_ERROR_NO_SERVICE;
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return BUD_AUTH_ERROR_LOCKED;
  if (is_item_missing (error))
    return BUD_AUTH_ERROR_NOT_FOUND;

  return BUD_AUTH_ERROR_FAILED;
}

static void
answer_failure (Op           *op,
                const GError *error)
{
  if (error != NULL)
    g_debug ("secret service: %s", error->message);

  answer_code (op, classify (error));
}

static gboolean
has_display (void)
{
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");
  const char *x11 = g_getenv ("DISPLAY");

  return (wayland != NULL && *wayland != '\0') || (x11 != NULL && *x11 != '\0');
}

static void
on_stored_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok;

  ok = secret_service_store_finish (SECRET_SERVICE (object), result, &error);
  if (op->task == NULL)
    return;

  if (ok)
    answer_done (op);
  else
    answer_failure (op, error);
}

/* Takes @op. */
static void
store_value (Op *op)
{
  secret_service_store (op->service, op->schema, op->attributes, SECRET_COLLECTION_DEFAULT,
                        op->label, op->value, op->inner, on_stored_cb, op);
}

static void
on_default_collection_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretCollection) collection = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (op->task == NULL)
    return;

  if (error != NULL)
    answer_failure (op, error);
  else if (!op->may_prompt && (collection == NULL || secret_collection_get_locked (collection)))
    answer_code (op, BUD_AUTH_ERROR_LOCKED);
  else
    store_value (g_steal_pointer (&op));
}

static void delete_next (Op *op);

static void
on_deleted_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok;

  ok = secret_item_delete_finish (SECRET_ITEM (object), result, &error);
  if (op->task == NULL)
    return;

  /* Somebody else deleted it first. */
  if (ok || (error != NULL && is_item_missing (error)))
    delete_next (g_steal_pointer (&op));
  else
    answer_failure (op, error);
}

/* Takes @op. */
static void
delete_next (Op *op)
{
  g_autoptr(SecretItem) item = NULL;

  if (op->items == NULL)
    {
      answer_done (op);
      op_free (op);
      return;
    }

  item = op->items->data;
  op->items = g_list_delete_link (op->items, op->items);
  secret_item_delete (item, op->inner, on_deleted_cb, op);
}

/* An old token can be left in a keyring that was the default one once. */
static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  guint64 left = secret_item_get_modified ((SecretItem *) a);
  guint64 right = secret_item_get_modified ((SecretItem *) b);

  return left < right ? 1 : left > right ? -1 : 0;
}

static void
on_secret_loaded_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretValue) value = NULL;
  g_autoptr(GTask) task = NULL;

  if (secret_item_load_secret_finish (SECRET_ITEM (object), result, &error))
    value = secret_item_get_secret (SECRET_ITEM (object));
  if (op->task == NULL)
    return;

  if (error != NULL)
    answer_failure (op, error);
  else if (value == NULL || secret_value_get_text (value) == NULL)
    answer_code (op, BUD_AUTH_ERROR_LOCKED);
  else
    {
      task = g_steal_pointer (&op->task);
      op_empty (op);
      g_task_return_pointer (task, g_strdup (secret_value_get_text (value)),
                             (GDestroyNotify) bud_keyring_free_secret);
    }
}

/* Takes @op, whose items are unlocked. */
static void
act_on_items (Op *op)
{
  SecretItem *item;

  if (op->verb == BUD_SECRET_CLEAR)
    {
      delete_next (op);
      return;
    }

  item = op->items->data;
  secret_item_load_secret (item, op->inner, on_secret_loaded_cb, op);
}

static void
on_unlocked_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  int n_unlocked;

  n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (object), result, NULL, &error);
  if (op->task == NULL)
    return;

  if (n_unlocked > 0)
    act_on_items (g_steal_pointer (&op));
  else
    answer_failure (op, error);
}

/* A lookup needs the newest item only, but a token must not survive its clearing anywhere. */
static GList *
list_locked (Op *op)
{
  GList *locked = NULL;

  for (GList *l = op->items; l != NULL; l = l->next)
    {
      if (secret_item_get_locked (l->data))
        locked = g_list_prepend (locked, l->data);
      if (op->verb == BUD_SECRET_LOOKUP)
        break;
    }

  return locked;
}

/* Takes @op. */
static void
unlock_items (Op *op)
{
  g_autoptr(GList) locked = list_locked (op);

  if (locked == NULL)
    act_on_items (op);
  else if (op->may_prompt)
    secret_service_unlock (op->service, locked, op->inner, on_unlocked_cb, op);
  else
    {
      answer_code (op, BUD_AUTH_ERROR_LOCKED);
      op_free (op);
    }
}

static void
on_searched_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  g_autolist(SecretItem) items = NULL;

  items = secret_service_search_finish (SECRET_SERVICE (object), result, &error);
  if (op->task == NULL)
    return;

  op->items = g_list_sort (g_steal_pointer (&items), compare_newest_first);
  if (error != NULL)
    answer_failure (op, error);
  else if (op->items != NULL)
    unlock_items (g_steal_pointer (&op));
  else if (op->verb == BUD_SECRET_CLEAR)
    answer_done (op);
  else
    answer_code (op, BUD_AUTH_ERROR_NOT_FOUND);
}

/* Takes @op. Neither of the two asks anybody to unlock anything. */
static void
look_around (Op *op)
{
  if (op->verb == BUD_SECRET_STORE)
    secret_collection_for_alias (op->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 op->inner, on_default_collection_cb, op);
  else
    secret_service_search (op->service, op->schema, op->attributes, SECRET_SEARCH_ALL, op->inner,
                           on_searched_cb, op);
}

static void
on_service_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Op) op = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = NULL;

  service = secret_service_get_finish (result, &error);
  if (op->task == NULL)
    return;

  if (service == NULL)
    {
      /* No bus, or nobody on it: the errors of both have many forms. */
      g_debug ("secret service: %s", error->message);
      answer_code (op, BUD_AUTH_ERROR_NO_SERVICE);
      return;
    }

  op->service = g_steal_pointer (&service);
  look_around (g_steal_pointer (&op));
}

static gboolean
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  Op *op = user_data;
  g_autoptr(GCancellable) inner = g_object_ref (op->inner);

  answer_error (op, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  g_cancellable_cancel (inner);

  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout_cb (gpointer user_data)
{
  Op *op = user_data;
  g_autoptr(GCancellable) inner = g_object_ref (op->inner);

  /* Once there is a service, only a prompt that nobody answers takes that long. */
  answer_code (op, op->service == NULL ? BUD_AUTH_ERROR_NO_SERVICE : BUD_AUTH_ERROR_LOCKED);
  g_cancellable_cancel (inner);

  return G_SOURCE_REMOVE;
}

static void
start_watches (Op    *op,
               guint  timeout)
{
  GCancellable *cancellable = g_task_get_cancellable (op->task);

  op->timer = g_timeout_source_new (timeout);
  g_source_set_callback (op->timer, on_timeout_cb, op, NULL);
  g_source_attach (op->timer, g_task_get_context (op->task));

  if (cancellable == NULL)
    return;

  op->watch = g_cancellable_source_new (cancellable);
  g_source_set_callback (op->watch, G_SOURCE_FUNC (on_cancelled_cb), op, NULL);
  g_source_attach (op->watch, g_task_get_context (op->task));
}

/**
 * bud_secret_op_start:
 * @verb: what to do
 * @schema: a static schema
 * @attributes: (element-type utf8 utf8): what finds the secret
 * @label: (nullable): for people who look at the keyring; with %BUD_SECRET_STORE
 * @secret: (nullable): UTF-8 text; with %BUD_SECRET_STORE
 * @timeout: how long a person may take to answer a prompt, in milliseconds
 * @task: gets the answer: a secret for %BUD_SECRET_LOOKUP, else a boolean; or a #BudAuthError
 */
void
bud_secret_op_start (BudSecretVerb       verb,
                     const SecretSchema *schema,
                     GHashTable         *attributes,
                     const char         *label,
                     const char         *secret,
                     guint               timeout,
                     GTask              *task)
{
  Op *op = g_new0 (Op, 1);

  op->verb = verb;
  op->schema = schema;
  op->task = g_object_ref (task);
  op->inner = g_cancellable_new ();
  op->attributes = g_hash_table_ref (attributes);
  op->label = g_strdup (label);
  op->may_prompt = has_display ();
  if (secret != NULL)
    op->value = secret_value_new (secret, -1, "text/plain");

  start_watches (op, timeout);
  secret_service_get (SECRET_SERVICE_OPEN_SESSION, op->inner, on_service_cb, op);
}
