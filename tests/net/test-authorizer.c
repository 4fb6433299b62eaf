/* test-authorizer.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bud-authorizer.h"

static char *
get_header (SoupMessage *message)
{
  return g_strdup (soup_message_headers_get_list (soup_message_get_request_headers (message),
                                                  "Authorization"));
}

static void
test_apply (void)
{
  const struct
  {
    const char *token;
    const char *header;
  } rows[] = {
    { "sesame", "Bearer sesame" },
    { "  sesame\t\r\n", "Bearer sesame" },
    { "ses\r\nX-Evil: 1", "Bearer sesX-Evil:1" },
    { "s\xc3\xa5same", "Bearer ssame" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_bearer (rows[i].token);
      g_autoptr(SoupMessage) message = soup_message_new ("GET", "https://a.example/");
      g_autofree char *header = NULL;

      bud_authorizer_apply (authorizer, message);
      bud_authorizer_apply (authorizer, message);
      header = get_header (message);
      g_assert_cmpstr (header, ==, rows[i].header);
    }
}

static void
test_none (void)
{
  g_autoptr(BudAuthorizer) authorizer = bud_authorizer_new_none ();
  g_autoptr(SoupMessage) message = soup_message_new ("GET", "https://a.example/");
  g_autofree char *header = NULL;

  bud_authorizer_apply (authorizer, message);
  header = get_header (message);
  g_assert_null (header);
}

#define STEP (64 * 1024)
#define N_TOKEN 200
/* malloc writes over the beginning of what is freed, so the end is what gives a token away. */
#define N_TAIL 20

/* What the test itself knows is in shared memory, and the search is in private memory only, so that
 * it does not find itself. The search allocates nothing that could lie over what it looks for. */
typedef struct
{
  char token[N_TOKEN + 1];
  char window[STEP + N_TOKEN];
  char maps[4 * STEP];
} Shared;

static gboolean
range_has_token (Shared  *shared,
                 int      memory,
                 guint64  from,
                 guint64  to)
{
  for (guint64 at = from; at < to; at += STEP)
    {
      gsize n_wanted = MIN (sizeof shared->window, to - at);
      gssize n_read = pread (memory, shared->window, n_wanted, (off_t) at);

      if (n_read > 0 &&
          memmem (shared->window, (gsize) n_read, shared->token + N_TOKEN - N_TAIL, N_TAIL) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
read_maps (Shared *shared)
{
  int file = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  gsize n_all = 0;
  gssize n_read;

  g_assert_cmpint (file, >=, 0);
  while ((n_read = read (file, shared->maps + n_all, sizeof shared->maps - 1 - n_all)) > 0)
    n_all += (gsize) n_read;
  g_assert_cmpint (n_read, ==, 0);
  g_assert_cmpuint (n_all, <, sizeof shared->maps - 1);
  shared->maps[n_all] = '\0';

  close (file);
}

static gboolean
memory_has_token (Shared *shared)
{
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  gboolean found = FALSE;

  g_assert_cmpint (memory, >=, 0);
  read_maps (shared);

  for (char *line = shared->maps; *line != '\0' && !found; line = strchr (line, '\n') + 1)
    {
      char *end;
      guint64 from = g_ascii_strtoull (line, &end, 16);
      guint64 to = g_ascii_strtoull (end + 1, &end, 16);

      /* A sanitizer's shadow is many terabytes of nothing. */
      if (g_str_has_prefix (end, " rw-p ") && to - from < 1024 * 1024 * 1024)
        found = range_has_token (shared, memory, from, to);
    }

  close (memory);

  return found;
}

static void
test_wiped (void)
{
  Shared *shared = mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  BudAuthorizer *authorizer;

  g_assert_true (shared != MAP_FAILED);
  for (int i = 0; i < N_TOKEN; i++)
    shared->token[i] = (char) g_random_int_range ('a', 'z' + 1);

  g_assert_false (memory_has_token (shared));
  authorizer = bud_authorizer_new_bearer (shared->token);
  g_assert_true (memory_has_token (shared));
  g_assert_finalize_object (authorizer);
  g_assert_false (memory_has_token (shared));

  munmap (shared, sizeof *shared);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* A test runner can have malloc overwrite what is freed, which would hide a missing wipe. */
  mallopt (M_PERTURB, 0);

  g_test_add_func ("/authorizer/apply", test_apply);
  g_test_add_func ("/authorizer/none", test_none);
  g_test_add_func ("/authorizer/wiped", test_wiped);

  return g_test_run ();
}
