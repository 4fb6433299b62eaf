/* bud-sandbox-types.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-sandbox-types.h"

static const char *const statuses[BUD_SANDBOX_N_STATUSES] = {
  "subscribed", "unsubscribed", "cleaned", "pending", "transactional", "archived", "forgotten",
};

static const char *const actors[] = { "api", "member", "admin" };

/**
 * bud_sandbox_status_to_text:
 * @status: a status
 *
 * Returns: (transfer none): the word used in JSON
 */
const char *
bud_sandbox_status_to_text (BudSandboxStatus status)
{
  g_return_val_if_fail (status < BUD_SANDBOX_N_STATUSES, NULL);

  return statuses[status];
}

/**
 * bud_sandbox_status_parse:
 * @text: (nullable): a word from JSON
 *
 * Returns: the status, or %BUD_SANDBOX_ANY_STATUS if there is none of that name
 */
BudSandboxStatus
bud_sandbox_status_parse (const char *text)
{
  for (int i = 0; text != NULL && i < BUD_SANDBOX_N_STATUSES; i++)
    if (g_str_equal (statuses[i], text))
      return i;

  return BUD_SANDBOX_ANY_STATUS;
}

const char *
bud_sandbox_actor_to_text (BudSandboxActor actor)
{
  g_return_val_if_fail (actor < G_N_ELEMENTS (actors), NULL);

  return actors[actor];
}

/**
 * bud_sandbox_actor_parse:
 * @text: a word from JSON
 * @actor: (out): who that is
 *
 * Returns: whether @text is one of the three actors
 */
gboolean
bud_sandbox_actor_parse (const char      *text,
                         BudSandboxActor *actor)
{
  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    if (g_str_equal (actors[i], text))
      {
        *actor = i;
        return TRUE;
      }

  return FALSE;
}
