/* bud-sandbox.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-sandbox-batches.h"
#include "bud-sandbox-faults.h"
#include "bud-sandbox-oauth.h"
#include "bud-sandbox-values.h"
#include "bud-sandbox.h"

/* How long a request over the limit waits for a place. A client may well send its next request
 * before our thread has left the one it just answered; that is not a request too many. */
#define GRACE_MS 20

/* One practice account: its audiences, its doors, and what is counted about its use. */
struct _BudSandbox
{
  BudSandboxConfig config;
  char *base;                 /* (owned): up to and with /3.0 */
  GPtrArray *audiences;       /* (owned) (element-type BudSandboxAudience), fixed once serving */
  BudSandboxOAuth *oauth;     /* (owned) */
  BudSandboxFaults *faults;   /* (owned) */
  BudSandboxBatches *batches; /* (owned) */

  GMutex lock;                /* for all below */
  GCond left;
  GCond stopped;
  GHashTable *calls;          /* (owned) (element-type utf8 guint), by endpoint */
  guint n_requests;
  guint n_now;                /* all that are here, the refused included */
  guint n_admitted;
  guint most_at_once;
  guint n_over_limit;
  gboolean stopping;
};

/**
 * bud_sandbox_new:
 * @config: how the service behaves; copied
 *
 * Returns: (transfer full): an account without audiences
 */
BudSandbox *
bud_sandbox_new (const BudSandboxConfig *config)
{
  BudSandbox *self = g_new0 (BudSandbox, 1);

  self->config = *config;
  self->base = g_strdup ("");
  self->audiences = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_sandbox_audience_free);
  self->oauth = bud_sandbox_oauth_new ();
  self->faults = bud_sandbox_faults_new ();
  self->batches = bud_sandbox_batches_new (self);
  self->calls = g_hash_table_new (g_str_hash, g_str_equal);
  g_mutex_init (&self->lock);
  g_cond_init (&self->left);
  g_cond_init (&self->stopped);

  return self;
}

void
bud_sandbox_free (BudSandbox *self)
{
  g_return_if_fail (self != NULL);

  bud_sandbox_batches_free (self->batches);
  bud_sandbox_faults_free (self->faults);
  bud_sandbox_oauth_free (self->oauth);
  g_ptr_array_unref (self->audiences);
  g_hash_table_unref (self->calls);
  g_cond_clear (&self->stopped);
  g_cond_clear (&self->left);
  g_mutex_clear (&self->lock);
  g_free (self->base);
  g_free (self);
}

const BudSandboxConfig *
bud_sandbox_get_config (BudSandbox *self)
{
  return &self->config;
}

/**
 * bud_sandbox_set_base:
 * @self: an account, not served yet
 * @base: where it will be served, up to and with /3.0
 */
void
bud_sandbox_set_base (BudSandbox *self,
                      const char *base)
{
  g_free (self->base);
  self->base = g_strdup (base);
}

const char *
bud_sandbox_get_base (BudSandbox *self)
{
  return self->base;
}

/**
 * bud_sandbox_add_audience:
 * @self: an account, not served yet
 * @audience: (transfer full): an audience
 *
 * Returns: %FALSE if there is one of that id; @audience is freed then
 */
gboolean
bud_sandbox_add_audience (BudSandbox         *self,
                          BudSandboxAudience *audience)
{
  if (bud_sandbox_get_audience (self, bud_sandbox_audience_get_id (audience)) != NULL)
    {
      bud_sandbox_audience_free (audience);
      return FALSE;
    }

  g_ptr_array_add (self->audiences, audience);

  return TRUE;
}

BudSandboxAudience *
bud_sandbox_get_audience (BudSandbox *self,
                          const char *id)
{
  for (guint i = 0; i < self->audiences->len; i++)
    {
      BudSandboxAudience *audience = g_ptr_array_index (self->audiences, i);

      if (g_str_equal (bud_sandbox_audience_get_id (audience), id))
        return audience;
    }

  return NULL;
}

GPtrArray *
bud_sandbox_get_audiences (BudSandbox *self)
{
  return self->audiences;
}

BudSandboxOAuth *
bud_sandbox_get_oauth (BudSandbox *self)
{
  return self->oauth;
}

BudSandboxFaults *
bud_sandbox_get_faults (BudSandbox *self)
{
  return self->faults;
}

BudSandboxBatches *
bud_sandbox_get_batches (BudSandbox *self)
{
  return self->batches;
}

/**
 * bud_sandbox_count_call:
 * @self: an account
 * @endpoint: a static text such as "POST /lists/{list_id}"
 */
void
bud_sandbox_count_call (BudSandbox *self,
                        const char *endpoint)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, endpoint));

  g_hash_table_insert (self->calls, (gpointer) endpoint, GUINT_TO_POINTER (count + 1));
}

/**
 * bud_sandbox_enter:
 * @self: an account
 *
 * A request begins. Whatever the result, bud_sandbox_leave() ends it. One that is refused takes
 * no place from the others.
 *
 * Returns: %FALSE if there are too many at once
 */
gboolean
bud_sandbox_enter (BudSandbox *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 end = g_get_monotonic_time () + GRACE_MS * G_TIME_SPAN_MILLISECOND;

  self->n_requests++;
  self->n_now++;

  while (self->config.limit > 0 && self->n_admitted >= self->config.limit)
    if (!g_cond_wait_until (&self->left, &self->lock, end))
      {
        self->most_at_once = MAX (self->most_at_once, self->n_now);
        self->n_over_limit++;
        return FALSE;
      }

  self->n_admitted++;
  self->most_at_once = MAX (self->most_at_once, self->n_admitted);

  return TRUE;
}

/**
 * bud_sandbox_leave:
 * @self: an account
 * @admitted: what bud_sandbox_enter() said
 *
 * A request ends: its answer is on the wire, or never will be.
 */
void
bud_sandbox_leave (BudSandbox *self,
                   gboolean    admitted)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_now--;
  if (admitted)
    self->n_admitted--;
  g_cond_signal (&self->left);
}

/**
 * bud_sandbox_append_calls:
 * @self: an account
 * @out: where the members of the state report go that are about the whole account
 */
void
bud_sandbox_append_calls (BudSandbox *self,
                          GString    *out)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer endpoint;
  gpointer count;
  gboolean first = TRUE;

  g_string_append_printf (out, "\"requests\":%u,\"most_at_once\":%u,\"over_limit\":%u,"
                          "\"calls\":{", self->n_requests, self->most_at_once,
                          self->n_over_limit);
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, &endpoint, &count))
    {
      g_string_append_printf (out, "%s\"%s\":%u", first ? "" : ",", (const char *) endpoint,
                              GPOINTER_TO_UINT (count));
      first = FALSE;
    }
  g_string_append_c (out, '}');
}

/**
 * bud_sandbox_prefill:
 * @audience: an audience, not served yet
 * @n_members: how many invented people subscribe to it
 *
 * The same people each time: person0000001@people.example and so on.
 */
void
bud_sandbox_prefill (BudSandboxAudience *audience,
                     guint               n_members)
{
  static const char *const first_names[] = { "Åse", "Ola", "Kari", "Nils", "Ingrid", "Leif" };
  static const char *const last_names[] = { "Berg", "Dahl", "Haugen", "Lie", "Moen", "Nygård" };

  for (guint i = 1; i <= n_members; i++)
    {
      g_autofree char *email = g_strdup_printf ("person%07u@people.example", i);
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      g_autoptr(GString) values = g_string_sized_new (64);
      BudSandboxMember *member;

      if (bud_sandbox_audience_find (audience, email) != NULL)
        continue;

      first = g_strdup_printf ("\"%s\"", first_names[i % G_N_ELEMENTS (first_names)]);
      last = g_strdup_printf ("\"%s\"", last_names[i / 6 % G_N_ELEMENTS (last_names)]);
      bud_sandbox_values_put (values, 1, first, strlen (first));
      bud_sandbox_values_put (values, 2, last, strlen (last));

      member = bud_sandbox_audience_add (audience, email);
      bud_sandbox_audience_set_values (audience, member, values->str, values->len + 1);
      bud_sandbox_audience_set_status (audience, member, BUD_SANDBOX_SUBSCRIBED,
                                       BUD_SANDBOX_BY_API);
    }
}

/**
 * bud_sandbox_stop:
 * @self: an account
 *
 * Wakes whatever sleeps in bud_sandbox_sleep(), for good.
 */
void
bud_sandbox_stop (BudSandbox *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->stopping = TRUE;
  g_cond_broadcast (&self->stopped);
}

/**
 * bud_sandbox_sleep:
 * @self: an account
 * @milliseconds: how long
 *
 * Blocks the connection's own thread.
 *
 * Returns: %FALSE if the service stops meanwhile
 */
gboolean
bud_sandbox_sleep (BudSandbox *self,
                   gint64      milliseconds)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (!self->stopping)
    if (!g_cond_wait_until (&self->stopped, &self->lock, end))
      return TRUE;

  return FALSE;
}
