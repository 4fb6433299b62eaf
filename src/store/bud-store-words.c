/* bud-store-words.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bud-error.h"
#include "bud-store-words.h"

typedef struct
{
  const char *kind;
  const char *missing;
  const char *missing_nearest;
  const char *ambiguous;
  const char *taken;
} Words;

static const Words all_words[] = {
  {
    "source",
    N_("There is no source called “%s”."),
    N_("There is no source called “%s”. Did you mean “%s”?"),
    N_("More than one source is called “%s”. Use its id."),
    N_("There already is a source called “%s”. Choose another name."),
  },
  {
    "segment",
    N_("There is no segment called “%s”."),
    N_("There is no segment called “%s”. Did you mean “%s”?"),
    N_("More than one segment is called “%s”. Use its id."),
    N_("There already is a segment called “%s”. Choose another name."),
  },
  {
    "connection",
    N_("There is no connection called “%s”."),
    N_("There is no connection called “%s”. Did you mean “%s”?"),
    N_("More than one connection is called “%s”. Use its id."),
    N_("There already is a connection called “%s”. Choose another name."),
  },
  {
    "export",
    N_("There is no export called “%s”."),
    N_("There is no export called “%s”. Did you mean “%s”?"),
    N_("More than one export is called “%s”. Use its id."),
    N_("There already is an export called “%s”. Choose another name."),
  },
  {
    "plan",
    N_("There is no plan number %s."),
    N_("There is no plan number %s. Did you mean %s?"),
    N_("More than one plan has number %s. Use its id."),
    N_("There already is a plan number %s. Try again."),
  },
  {
    "run",
    N_("There is no run number %s."),
    N_("There is no run number %s. Did you mean %s?"),
    N_("More than one run has number %s. Use its id."),
    N_("There already is a run number %s. Try again."),
  },
  {
    "person",
    N_("There is no user called “%s”."),
    N_("There is no user called “%s”. Did you mean “%s”?"),
    N_("More than one user is called “%s”. Use the id."),
    N_("There already is a user called “%s”. Choose another name."),
  },
  {
    NULL,
    N_("There is nothing called “%s”."),
    N_("There is nothing called “%s”. Did you mean “%s”?"),
    N_("More than one thing is called “%s”. Use its id."),
    N_("The name “%s” is taken. Choose another one."),
  },
};

static const Words *
find_words (const char *kind)
{
  const Words *words = all_words;

  while (words->kind != NULL && g_strcmp0 (words->kind, kind) != 0)
    words++;

  return words;
}

/* The formats come from the table above and nowhere else. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/**
 * bud_store_set_missing_error:
 * @error: return location for %BUD_ERROR_NOT_FOUND
 * @kind: an item's kind
 * @name: what somebody asked for
 * @nearest: (nullable): the name that was probably meant
 */
void
bud_store_set_missing_error (GError     **error,
                             const char  *kind,
                             const char  *name,
                             const char  *nearest)
{
  const Words *words = find_words (kind);

  if (nearest != NULL)
    g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND, _(words->missing_nearest), name, nearest);
  else
    g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND, _(words->missing), name);
}

/**
 * bud_store_set_ambiguous_error:
 * @error: return location for %BUD_ERROR_AMBIGUOUS
 * @kind: an item's kind
 * @name: a name that several items have
 */
void
bud_store_set_ambiguous_error (GError     **error,
                               const char  *kind,
                               const char  *name)
{
  g_set_error (error, BUD_ERROR, BUD_ERROR_AMBIGUOUS, _(find_words (kind)->ambiguous), name);
}

/**
 * bud_store_set_taken_error:
 * @error: return location for %BUD_STORE_ERROR_CONSTRAINT
 * @kind: an item's kind
 * @name: a name that another item of the kind has
 */
void
bud_store_set_taken_error (GError     **error,
                           const char  *kind,
                           const char  *name)
{
  g_set_error (error, BUD_STORE_ERROR, BUD_STORE_ERROR_CONSTRAINT, _(find_words (kind)->taken),
               name);
}

#pragma GCC diagnostic pop

/**
 * bud_store_set_stale_error:
 * @error: return location for %BUD_ERROR_STALE: a field of a selection is gone
 */
void
bud_store_set_stale_error (GError **error)
{
  g_set_error_literal (error, BUD_ERROR, BUD_ERROR_STALE,
                       _("The customers were imported again meanwhile, with other fields. Try "
                         "again."));
}

/**
 * bud_store_set_row_error:
 * @error: return location for %BUD_ERROR_NOT_FOUND
 * @seq: a row that a plan does not have
 */
void
bud_store_set_row_error (GError **error,
                         gint64   seq)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  g_set_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND,
               /* Translators: the placeholder is a number */
               _("Row %s of the plan is gone. Make a new plan."), number);
}

/**
 * bud_store_set_over_error:
 * @error: return location for %BUD_STORE_ERROR_FAILED: an intake was committed, or failed
 */
void
bud_store_set_over_error (GError **error)
{
  g_set_error_literal (error, BUD_STORE_ERROR, BUD_STORE_ERROR_FAILED,
                       _("The import is over and cannot be continued."));
}
