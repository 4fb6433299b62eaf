/* bud-window.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-window.h"

/* How many calls may be open at the same time. It closes by half when the service asks for fewer
 * calls, and opens again one at a time, never above what it was made with. */
struct _BudWindow
{
  GObject parent_instance;

  GQueue waiting;    /* (element-type GTask) (owned): first come, first served */
  guint ceiling;
  guint limit;
  guint n_in_flight;
  guint n_good;      /* good answers since the limit last changed */
  guint n_old;       /* calls still open that were sent before the window last closed */
};

typedef enum {
  PROP_LIMIT = 1,
} BudWindowProperty;

static GParamSpec *properties[PROP_LIMIT + 1];

G_DEFINE_FINAL_TYPE (BudWindow, bud_window, G_TYPE_OBJECT)

static void
set_limit (BudWindow *self,
           guint      limit)
{
  g_assert (limit >= 1 && limit <= self->ceiling);

  self->n_good = 0;
  if (limit == self->limit)
    return;

  self->limit = limit;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIMIT]);
}

/* The task's data is the source that watches its cancellable. */
static void
free_watch (gpointer data)
{
  GSource *watch = data;

  g_source_destroy (watch);
  g_source_unref (watch);
}

static void
admit_waiting (BudWindow *self)
{
  while (self->n_in_flight < self->limit)
    {
      g_autoptr(GTask) task = g_queue_pop_head (&self->waiting);

      if (task == NULL)
        return;

      g_task_set_task_data (task, NULL, NULL);
      self->n_in_flight++;
      g_task_return_boolean (task, TRUE);
    }
}

static gboolean
on_waiting_cancelled_cb (GCancellable *cancellable,
                         gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  BudWindow *self = g_task_get_source_object (task);

  if (g_queue_remove (&self->waiting, task))
    g_object_unref (task);
  g_task_set_task_data (task, NULL, NULL);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled while waiting");

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (GTask *task)
{
  GSource *watch;

  if (g_task_get_cancellable (task) == NULL)
    return;

  watch = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (watch, G_SOURCE_FUNC (on_waiting_cancelled_cb), task, NULL);
  g_source_attach (watch, g_task_get_context (task));
  g_task_set_task_data (task, watch, free_watch);
}

static void
bud_window_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BudWindow *self = BUD_WINDOW (object);

  switch ((BudWindowProperty) prop_id)
    {
    case PROP_LIMIT:
      g_value_set_uint (value, self->limit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bud_window_finalize (GObject *object)
{
  BudWindow *self = BUD_WINDOW (object);

  /* Whoever waits holds a reference, so nobody does. */
  g_assert (g_queue_is_empty (&self->waiting));

  G_OBJECT_CLASS (bud_window_parent_class)->finalize (object);
}

static void
bud_window_class_init (BudWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bud_window_get_property;
  object_class->finalize = bud_window_finalize;

  /**
   * BudWindow:limit:
   *
   * How many calls may be open right now.
   */
  properties[PROP_LIMIT] =
    g_param_spec_uint ("limit", NULL, NULL, 1, G_MAXUINT, 1,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bud_window_init (BudWindow *self)
{
  g_queue_init (&self->waiting);
}

/**
 * bud_window_new:
 * @limit: how many calls may ever be open at the same time, at least 1
 *
 * A window belongs to one thread at a time. Several #BudHttp of that thread can share it.
 *
 * Returns: (transfer full): a window that is fully open
 */
BudWindow *
bud_window_new (guint limit)
{
  BudWindow *self;

  g_return_val_if_fail (limit >= 1, NULL);

  self = g_object_new (BUD_TYPE_WINDOW, NULL);
  self->ceiling = limit;
  self->limit = limit;

  return self;
}

/**
 * bud_window_acquire_async:
 * @self: a window
 * @cancellable: (nullable): stops the waiting at once
 * @callback: called when there is room
 * @user_data: for @callback
 *
 * Waits for room, first come, first served.
 */
void
bud_window_acquire_async (BudWindow           *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (BUD_IS_WINDOW (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bud_window_acquire_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  /* A place that was given must be reported as given, or nobody would ever release it. */
  g_task_set_check_cancellable (task, FALSE);
  watch_cancellable (task);
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  admit_waiting (self);
}

/**
 * bud_window_acquire_finish:
 * @self: a window
 * @result: as given to the callback
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE when there is room; bud_window_release() gives it back
 */
gboolean
bud_window_acquire_finish (BudWindow     *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bud_window_release:
 * @self: a window
 *
 * Gives back what bud_window_acquire_async() gave.
 */
void
bud_window_release (BudWindow *self)
{
  g_return_if_fail (BUD_IS_WINDOW (self));
  g_return_if_fail (self->n_in_flight > 0);

  self->n_in_flight--;
  if (self->n_old > 0)
    self->n_old--;

  admit_waiting (self);
}

/**
 * bud_window_punish:
 * @self: a window
 *
 * The service asked for fewer calls: half as many from now on, at least one. Calls that were open
 * at that moment say nothing new when they are refused too, so they count once together.
 */
void
bud_window_punish (BudWindow *self)
{
  g_return_if_fail (BUD_IS_WINDOW (self));

  self->n_good = 0;
  if (self->n_old > 0)
    return;

  self->n_old = self->n_in_flight;
  set_limit (self, MAX (1, self->limit / 2));
}

/**
 * bud_window_reward:
 * @self: a window
 *
 * A good answer: after %BUD_WINDOW_GOOD_ANSWERS in a row there is room for one call more.
 */
void
bud_window_reward (BudWindow *self)
{
  g_return_if_fail (BUD_IS_WINDOW (self));

  if (self->limit == self->ceiling || ++self->n_good < BUD_WINDOW_GOOD_ANSWERS)
    return;

  set_limit (self, self->limit + 1);
  admit_waiting (self);
}

guint
bud_window_get_limit (BudWindow *self)
{
  g_return_val_if_fail (BUD_IS_WINDOW (self), 0);

  return self->limit;
}

guint
bud_window_get_n_in_flight (BudWindow *self)
{
  g_return_val_if_fail (BUD_IS_WINDOW (self), 0);

  return self->n_in_flight;
}

guint
bud_window_get_n_waiting (BudWindow *self)
{
  g_return_val_if_fail (BUD_IS_WINDOW (self), 0);

  return g_queue_get_length (&self->waiting);
}
