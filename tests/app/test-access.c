/* test-access.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "bud-access.h"
#include "bud-error.h"
#include "bud-names.h"

/* The matrix of rights, once more and by hand. */

typedef enum {
  NO_CONNECTION,
  PRIVATE,
  SHARED,
} Sharing;

typedef struct
{
  BudRight right;
  Sharing sharing;
} Question;

static gboolean
check (BudContext  *context,
       gpointer     data,
       GError     **error)
{
  Question *question = data;
  g_autoptr(BudConnection) connection = NULL;

  if (question->sharing != NO_CONNECTION)
    connection = g_object_new (BUD_TYPE_CONNECTION,
                               "name", "Account",
                               "shared", question->sharing == SHARED,
                               NULL);

  return bud_access_check (context, question->right, connection, error);
}

static void
test_matrix (void)
{
  static const struct
  {
    const char *role;
    BudRight right;
    const char *may; /* without a connection, with a private one, with a shared one */
  } matrix[] = {
    { "administrator", BUD_RIGHT_EDIT_SOURCES, "yyy" },
    { "administrator", BUD_RIGHT_EDIT_SEGMENTS, "yyy" },
    { "administrator", BUD_RIGHT_EDIT_CONNECTIONS, "yyy" },
    { "administrator", BUD_RIGHT_EDIT_EXPORTS, "yyy" },
    { "administrator", BUD_RIGHT_DETACH_EXPORTS, "yyy" },
    { "contributor", BUD_RIGHT_EDIT_SOURCES, "yyy" },
    { "contributor", BUD_RIGHT_EDIT_SEGMENTS, "yyy" },
    { "contributor", BUD_RIGHT_EDIT_CONNECTIONS, "nnn" },
    { "contributor", BUD_RIGHT_EDIT_EXPORTS, "nny" },
    { "contributor", BUD_RIGHT_DETACH_EXPORTS, "nnn" },
    { "viewer", BUD_RIGHT_EDIT_SOURCES, "nnn" },
    { "viewer", BUD_RIGHT_EDIT_SEGMENTS, "nnn" },
    { "viewer", BUD_RIGHT_EDIT_CONNECTIONS, "nnn" },
    { "viewer", BUD_RIGHT_EDIT_EXPORTS, "nnn" },
    { "viewer", BUD_RIGHT_DETACH_EXPORTS, "nnn" },
    /* Somebody who can open the folder and is not among its people. */
    { NULL, BUD_RIGHT_EDIT_SOURCES, "nnn" },
    { NULL, BUD_RIGHT_EDIT_SEGMENTS, "nnn" },
    { NULL, BUD_RIGHT_EDIT_CONNECTIONS, "nnn" },
    { NULL, BUD_RIGHT_EDIT_EXPORTS, "nnn" },
    { NULL, BUD_RIGHT_DETACH_EXPORTS, "nnn" },
    /* A role that a newer program knows. */
    { "emperor", BUD_RIGHT_EDIT_SEGMENTS, "nnn" },
  };
  g_autoptr(BudContext) context = app_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (matrix); i++)
    {
      app_set_role (context, matrix[i].role);

      for (Sharing sharing = NO_CONNECTION; sharing <= SHARED; sharing++)
        {
          Question question = { matrix[i].right, sharing };

          g_test_message ("%s, right %d, sharing %d", matrix[i].role, matrix[i].right, sharing);
          if (matrix[i].may[sharing] == 'y')
            app_call_ok (context, check, &question);
          else
            app_refused (context, check, &question, BUD_ERROR_NOT_PERMITTED,
                         "Ask an administrator");
        }
    }
}

static void
test_founder (void)
{
  g_autoptr(BudContext) context = app_open ();
  Question question = { BUD_RIGHT_DETACH_EXPORTS, NO_CONNECTION };

  app_call_ok (context, check, &question);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (100, 'x');
  g_autofree char *too_long = g_strnfill (101, 'x');
  const char *const good[] = { "a", "Åse og Øystein", "10 %", longest };
  const char *const bad[] = {
    NULL, "", " ", " a", "a ", "a\nb", "a\tb", "\xff", too_long,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (bud_names_check (good[i], NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (bud_names_check (bad[i], &error));
      g_assert_error (error, BUD_ERROR, BUD_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/access/matrix", test_matrix);
  g_test_add_func ("/access/founder", test_founder);
  g_test_add_func ("/access/names", test_names);

  return g_test_run ();
}
