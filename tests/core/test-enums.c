/* test-enums.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-enums.h"
#include "bud-text.h"

/* Nicks are written to workspaces and JSON, so none may ever change. A value's place is its number. */
static void
check_nicks (GType              type,
             const char *const *nicks)
{
  int n = 0;

  for (; nicks[n] != NULL; n++)
    {
      g_assert_cmpstr (bud_enum_nick (type, n), ==, nicks[n]);
      g_assert_cmpint (bud_enum_parse (type, nicks[n], -1), ==, n);
    }

  g_assert_null (bud_enum_nick (type, n));
  g_assert_null (bud_enum_nick (type, -1));
}

#define CHECK_NICKS(type, ...) check_nicks (type, (const char *const[]) { __VA_ARGS__, NULL })

static void
test_nicks (void)
{
  CHECK_NICKS (BUD_TYPE_FIELD_TYPE, "text", "integer", "decimal", "date", "boolean");
  CHECK_NICKS (BUD_TYPE_ROLE, "viewer", "contributor", "administrator");
  CHECK_NICKS (BUD_TYPE_ACTION, "add", "update", "unchanged", "hold");
  CHECK_NICKS (BUD_TYPE_OUTCOME, "pending", "added", "updated", "held-back", "rejected");
  CHECK_NICKS (BUD_TYPE_REASON, "none", "no-address", "invalid-address", "duplicate-address",
               "unsubscribed", "cleaned", "archived", "address-refused", "compliance",
               "forgotten", "field-refused", "field-required", "throttled", "other");
  CHECK_NICKS (BUD_TYPE_RUN_STATE, "running", "completed", "completed-with-errors",
               "stopped-by-guard", "failed", "canceled", "interrupted");
}

static void
test_unknown (void)
{
  static const char *const nicks[] = { NULL, "", "Viewer", "VIEWER", "BUD_ROLE_VIEWER", "owner" };

  for (gsize i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpint (bud_enum_parse (BUD_TYPE_ROLE, nicks[i], 42), ==, 42);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/enums/nicks", test_nicks);
  g_test_add_func ("/core/enums/unknown", test_unknown);

  return g_test_run ();
}
