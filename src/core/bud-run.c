/* bud-run.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-enums.h"
#include "bud-run.h"
#include "bud-text.h"

/* The execution of one plan. Its name is its number; its rows are those of its plan. */
struct _BudRun
{
  BudItem parent_instance;
};

G_DEFINE_FINAL_TYPE (BudRun, bud_run, BUD_TYPE_ITEM)

static void
bud_run_class_init (BudRunClass *klass)
{
  GParamSpec *pspecs[] = {
    NULL,
    /* id of the export */
    bud_item_param_text ("export"),
    /* id of the plan; NULL when the run failed before it had one */
    bud_item_param_text ("plan"),
    /* who started it */
    bud_item_param_text ("by"),
    /* the process that carries it out: "host/pid/start time" */
    bud_item_param_text ("holder"),
    /* nick of a BudRunState */
    bud_item_param_text ("state"),
    /* what went wrong, for people; NULL when nothing did */
    bud_item_param_text ("message"),
    /* Unix seconds */
    bud_item_param_int64 ("started-at"),
    /* when the run last recorded anything, Unix seconds */
    bud_item_param_int64 ("touched-at"),
    /* Unix seconds; 0 while it runs */
    bud_item_param_int64 ("finished-at"),
    /* people to send */
    bud_item_param_int64 ("planned"),
    /* people added */
    bud_item_param_int64 ("added"),
    /* people updated */
    bud_item_param_int64 ("updated"),
    /* people who needed nothing */
    bud_item_param_int64 ("unchanged"),
    /* people never sent */
    bud_item_param_int64 ("held-back"),
    /* people Mailchimp refused */
    bud_item_param_int64 ("rejected"),
    /* requests made */
    bud_item_param_int64 ("calls"),
  };

  bud_item_install (BUD_ITEM_CLASS (klass), "run", pspecs, G_N_ELEMENTS (pspecs));
}

static void
bud_run_init (BudRun *self)
{
}

const char *
bud_run_get_export (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "export");
}

const char *
bud_run_get_plan (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "plan");
}

const char *
bud_run_get_by (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "by");
}

const char *
bud_run_get_holder (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "holder");
}

BudRunState
bud_run_get_state (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), BUD_RUN_FAILED);

  return bud_enum_parse (BUD_TYPE_RUN_STATE, bud_item_get_text (BUD_ITEM (self), "state"),
                         BUD_RUN_FAILED);
}

const char *
bud_run_get_message (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), NULL);

  return bud_item_get_text (BUD_ITEM (self), "message");
}

gint64
bud_run_get_started_at (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "started-at");
}

gint64
bud_run_get_touched_at (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "touched-at");
}

gint64
bud_run_get_finished_at (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "finished-at");
}

gint64
bud_run_get_planned (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "planned");
}

gint64
bud_run_get_added (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "added");
}

gint64
bud_run_get_updated (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "updated");
}

gint64
bud_run_get_unchanged (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "unchanged");
}

gint64
bud_run_get_held_back (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "held-back");
}

gint64
bud_run_get_rejected (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "rejected");
}

gint64
bud_run_get_calls (BudRun *self)
{
  g_return_val_if_fail (BUD_IS_RUN (self), 0);

  return bud_item_get_int64 (BUD_ITEM (self), "calls");
}
