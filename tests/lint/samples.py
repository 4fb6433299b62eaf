# samples.py: a small tree that breaks no rule, and for each rule ways to break it
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

from style import HEAD, SCRIPT_LICENCE


def c_file(name, body, first='#include "config.h"\n\n'):
    return HEAD.format(name=name) + '*/\n\n' + first + body


def header(name, body=''):
    return HEAD.format(name=name) + '*/\n\n#pragma once\n' + body


def script(name, body=''):
    return f'#!/bin/bash\n# {name}: does something{SCRIPT_LICENCE}\n' + body + 'true\n'


def call(statement):
    """src/core/bud-good.c with one more function."""
    return {'src/core/bud-good.c': GOOD['src/core/bud-good.c'] +
                                   f'\nstatic void\nbad (void)\n{{\n  {statement}\n}}\n'}


def catalogue(*entries):
    head = ('msgid ""\nmsgstr ""\n"Project-Id-Version: budstikke\\n"\n'
            '"PO-Revision-Date: 2026-01-01 00:00+0000\\n"\n"Last-Translator: Nobody <n@n.example>\\n"\n'
            '"Language-Team: nb\\n"\n"Language: nb\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
            '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    return head + ''.join(f'\n{flags}msgid "{text}"\nmsgstr "{other}"\n'
                          for flags, text, other in entries)


HELLO = ('#, c-format\n', 'Good day, “%s”.', 'God dag, «%s».')

GOOD = {
    'src/core/meson.build': "core_dep = files('bud-good.c')\n",
    'src/net/meson.build': "files('bud-net.c', 'bud-net-worker.c')\ndependencies: [core_dep]\n",
    'src/core/bud-good.h': header('bud-good.h', '#include <glib.h>\n'),
    'src/core/bud-good.c': c_file('bud-good.c', '''#include <glib/gi18n-lib.h>

#include "bud-good.h"

/* See https://example.org/ */
const char *
bud_good (void)
{
  return _("Good day, “%s”.");
}
'''),
    'src/net/bud-net.h': header('bud-net.h', '#include "bud-enums.h"\n#include "bud-good.h"\n'),
    'src/net/bud-net.c': c_file('bud-net.c', '#include "bud-net.h"\n'),
    'src/net/bud-net-worker.c': c_file('bud-net-worker.c', '''#include "bud-net.h"

static void
fetch (void)
{
  g_file_load_contents (NULL);
}
'''),
    'tests/net/meson.build': "foreach name : ['net']\nendforeach\n",
    'tests/net/test-net.c': c_file('test-net.c', 'static const char *t = "Bearer practice-token-0123456789";\n'),
    'tests/net/data/strange.txt': 'spaces at the end  \r\n',
    'tools/do': script('do'),
    'po/POTFILES': 'src/core/bud-good.c\n',
    'po/nb.po': catalogue(HELLO),
}

KEY = 'f81d4fae7dec11d0a76500a0c91e6bf6'

BAD = {
    'headers_have_names_of_their_own': [
        {'src/net/bud-good.h': header('bud-good.h')},
    ],
    'includes_follow_the_arrows': [
        {'src/core/bud-up.h': header('bud-up.h', '#include "bud-net.h"\n')},
        {'src/core/bud-up.h': header('bud-up.h', '#  include "../net/bud-net.h"\n')},
        {'src/cli/bud-cmd.c': c_file('bud-cmd.c', '#include "bud-net.h"\n')},
        {'src/nobody/bud-x.c': c_file('bud-x.c', '#include "bud-net.h"\n')},
        {'src/core/bud-up.h': header('bud-up.h', '#include "bud-nowhere.h"\n')},
    ],
    'builds_follow_the_arrows': [
        {'src/core/meson.build': 'core_dep = declare_dependency(dependencies: [net_dep])\n'},
    ],
    'libraries_stay_where_they_belong': [
        call('sqlite3_step (x);'), call('soup_session_send_async (x);'), call('gtk_init ();'),
    ],
    'waits_only_on_worker_threads': [
        call('soup_session_send_and_read_sync (NULL);'),
        call('g_file_load_contents (NULL);'),
        call('g_usleep (1);'),
        call('g_socket_client_connect_to_host (NULL);'),
    ],
    'files_are_short': [
        {'src/core/bud-long.h': header('bud-long.h', '\n' * 1001)},
        {'tools/long': script('long', 'true\n' * 1001)},
    ],
    'functions_are_short': [
        call('{\n' + '    ;\n' * 80 + '  }'),
    ],
    'sources_begin_with_the_head': [
        {'src/core/bud-a.h': header('bud-b.h')},
        {'src/core/bud-a.h': '#pragma once\n'},
        {'tests/core/test-a.c': c_file('test-b.c', '')},
    ],
    'scripts_begin_with_the_head': [
        {'tools/other': script('do')},
        {'tools/other': '#!/bin/bash\ntrue\n'},
        {'tests/lint/x.py': 'print()\n'},
    ],
    'headers_are_read_once': [
        {'src/core/bud-a.h': HEAD.format(name='bud-a.h') + '*/\n/* #pragma once */\n'},
    ],
    'config_comes_first': [
        {'src/core/bud-a.c': c_file('bud-a.c', '#include "config.h"\n', '#include <glib.h>\n')},
        {'src/core/bud-a.c': c_file('bud-a.c', '', '')},
        {'src/core/bud-a.h': header('bud-a.h', '#include "config.h"\n')},
    ],
    'dangerous_functions_are_not_called': [
        call('malloc (1);'), call('strcpy (a, b);'), call('sprintf(a, "%d", b);'),
    ],
    'basic_types_are_those_of_c': [
        call('gint x;'), call('const gchar *x;'),
    ],
    'comments_are_of_one_kind': [
        call('x = 1; // why'),
    ],
    'nothing_is_left_for_later': [
        call('/* TO' + 'DO: everything */'), {'tools/do': script('do', '# FIX' + 'ME\n')},
    ],
    'lines_fit': [
        call('x = ' + 'å' * 101 + ';'),
    ],
    'white_space_is_clean': [
        call('x = 1; '), call('\tx = 1;'), call('x = 1;\r'),
        {'src/core/bud-good.h': header('bud-good.h').rstrip()},
        {'README.md': 'Hello\n\n'},
    ],
    'functions_are_called_with_a_space': [
        call('g_free(x);'), call('if(x) y = 1;'),
    ],
    'no_token_is_in_the_tree': [
        {'tests/net/data/answer.json': f'{{"key": "{KEY}-us19"}}'},
        {'tests/net/data/trace': f'Authorization: Bearer {KEY}'},
        {'tools/do': script('do', f'apikey={KEY}\n')},
        {'tests/net/data/a.pem': '-----BEGIN ' + 'RSA PRIVATE KEY-----'},
    ],
    'no_machine_is_named': [
        call('x = "/ro' + 'ot/file";'), {'README.md': 'See /ho' + 'me/kari/file.\n'},
    ],
    'every_source_is_built': [
        {'src/core/bud-lost.c': c_file('bud-lost.c', '')},
        {'tests/net/test-lost.c': c_file('test-lost.c', '')},
    ],
    'translatable_files_are_listed': [
        {'src/net/bud-net.c': c_file('bud-net.c', 'const char *x = N_("x");\n')},
        {'src/net/bud-net.c': c_file('bud-net.c', 'x = ngettext ("one", "more", n);\n')},
        {'po/POTFILES': 'src/core/bud-good.c\nsrc/core/bud-gone.c\n'},
    ],
    'translatable_files_are_sorted': [
        {'po/POTFILES': 'src/net/bud-net.c\nsrc/core/bud-good.c\n'},
        {'po/POTFILES': 'src/core/bud-good.c\nsrc/core/bud-good.c\n'},
    ],
    'catalogues_are_sound': [
        {'po/nb.po': catalogue((HELLO[0], HELLO[1], 'God dag, «%d».'))},
        {'po/nb.po': 'nonsense\n'},
    ],
    'catalogues_are_complete': [
        {'po/nb.po': catalogue((HELLO[0], HELLO[1], ''))},
        {'po/nb.po': catalogue(('#, fuzzy, c-format\n', HELLO[1], HELLO[2]))},
    ],
    'catalogues_are_up_to_date': [
        {'po/nb.po': catalogue()},
        {'po/nb.po': catalogue(HELLO, ('', 'Gone', 'Borte'))},
    ],
}
