/* bud-store-worker.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-store-worker.h"

struct _BudStoreWorker
{
  gatomicrefcount ref_count; /* one for the owner, one for the thread */
  BudStoreWorkerFunc run;
  BudStoreWorkerClose close;
  gpointer owner; /* (unowned): whoever stops the worker waits until it is no longer used */

  GMutex mutex;
  GCond changed;
  GThread *thread; /* (owned) (nullable), NULL once stopped */
  GQueue queue;    /* (element-type Entry) */
  guint64 n_pushed;
  gboolean stopped;
  gboolean closed;
};

typedef struct
{
  int priority;
  guint64 serial;
  GTask *task; /* (owned) */
} Entry;

static GPrivate current_worker = G_PRIVATE_INIT (NULL);

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const Entry *x = a;
  const Entry *y = b;

  if (x->priority != y->priority)
    return x->priority < y->priority ? -1 : 1;

  return x->serial < y->serial ? -1 : 1;
}

static GTask *
wait_for_task (BudStoreWorker *self)
{
  g_autofree Entry *entry = NULL;

  g_mutex_lock (&self->mutex);
  while (!self->stopped && g_queue_is_empty (&self->queue))
    g_cond_wait (&self->changed, &self->mutex);
  if (!self->stopped)
    entry = g_queue_pop_head (&self->queue);
  g_mutex_unlock (&self->mutex);

  return entry != NULL ? entry->task : NULL;
}

static void
close_owner (BudStoreWorker *self)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  self->close (self->owner);
}

static gpointer
work (gpointer data)
{
  BudStoreWorker *self = data;
  GTask *task;

  g_private_set (&current_worker, self);

  while ((task = wait_for_task (self)) != NULL)
    {
      self->run (task);
      /* This may be the last reference to the owner, whose dispose then stops us from here. */
      g_object_unref (task);
    }

  close_owner (self);
  bud_store_worker_unref (self);

  return NULL;
}

/**
 * bud_store_worker_new:
 * @name: what debuggers call the thread, at most fifteen bytes
 * @run: runs one task and returns its result, on the thread
 * @close: called once with @owner, on the thread, after the last task
 * @owner: must stop the worker before it goes away
 *
 * Returns: (transfer full): a running worker
 */
BudStoreWorker *
bud_store_worker_new (const char          *name,
                      BudStoreWorkerFunc   run,
                      BudStoreWorkerClose  close,
                      gpointer             owner)
{
  BudStoreWorker *self;

  g_return_val_if_fail (run != NULL, NULL);
  g_return_val_if_fail (close != NULL, NULL);

  self = g_new0 (BudStoreWorker, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->queue);
  self->run = run;
  self->close = close;
  self->owner = owner;
  self->thread = g_thread_new (name, work, self);

  return self;
}

void
bud_store_worker_unref (BudStoreWorker *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_assert (g_queue_is_empty (&self->queue));
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * bud_store_worker_push:
 * @self: a worker
 * @priority: lower numbers go first
 * @task: (transfer full): what to run; fails with %G_IO_ERROR_CLOSED when the worker is stopped
 */
void
bud_store_worker_push (BudStoreWorker *self,
                       int             priority,
                       GTask          *task)
{
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_TASK (task));

  entry = g_new0 (Entry, 1);
  entry->priority = priority;
  entry->task = task;

  g_mutex_lock (&self->mutex);
  if (!self->stopped)
    {
      entry->serial = self->n_pushed++;
      g_queue_insert_sorted (&self->queue, g_steal_pointer (&entry), compare_entries, NULL);
      g_cond_signal (&self->changed);
    }
  g_mutex_unlock (&self->mutex);

  if (entry == NULL)
    return;

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED,
                           _("The workspace is closed."));
  g_object_unref (task);
  g_free (entry);
}

gboolean
bud_store_worker_is_current (BudStoreWorker *self)
{
  return g_private_get (&current_worker) == self;
}

static void
drop_entry (gpointer data)
{
  g_autofree Entry *entry = data;

  g_task_return_new_error (entry->task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _("The workspace was closed."));
  g_object_unref (entry->task);
}

/**
 * bud_store_worker_stop:
 * @self: a worker
 *
 * Waits for the task that runs, gives %G_IO_ERROR_CANCELLED to those that wait, closes the owner
 * and ends the thread. May be called again, and from the thread itself, which then ends on its
 * own after its present task.
 */
void
bud_store_worker_stop (BudStoreWorker *self)
{
  g_autoptr(GThread) thread = NULL;
  GQueue dropped = G_QUEUE_INIT;

  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  thread = g_steal_pointer (&self->thread);
  dropped = self->queue;
  g_queue_init (&self->queue);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);

  g_queue_clear_full (&dropped, drop_entry);

  if (thread == NULL)
    return;

  if (bud_store_worker_is_current (self))
    close_owner (self);
  else
    g_thread_join (g_steal_pointer (&thread));
}
