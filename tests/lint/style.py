# style.py: how source files look
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import posixpath
import re

from checks import check

MAX_FILE = 1000
MAX_FUNCTION = 80
MAX_COLUMNS = 100

C = {'.c', '.h'}
HEAD = """/* {name}
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 """
SCRIPT_HEAD = """# {name}: """
SCRIPT_LICENCE = """
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""

BANNED = {
    'malloc': 'g_new', 'calloc': 'g_new0', 'realloc': 'g_renew',
    'strcpy': 'g_strlcpy', 'strncpy': 'g_strlcpy', 'strcat': 'GString',
    'sprintf': 'g_snprintf', 'vsprintf': 'g_vsnprintf', 'gets': 'nothing at all',
    'strtok': 'g_strsplit', 'atoi': 'g_ascii_string_to_signed', 'atol': 'g_ascii_string_to_signed',
    'atof': 'g_ascii_strtod', 'strtod': 'g_ascii_strtod', 'setenv': 'g_setenv',
    'system': 'GSubprocess', 'popen': 'GSubprocess', 'alloca': 'g_new', 'g_alloca': 'g_new',
    'localtime': 'GDateTime', 'gmtime': 'GDateTime', 'strerror': 'g_strerror',
}
OLD_TYPES = r'\b(gchar|gint|gdouble|gfloat|gshort)\b'


def is_ours(path):
    """Written by hand, line by line; what a test reads may look as it has to."""
    return not re.search(r'/(fixtures|data|corpus)/', path)


def is_script(tree, path):
    return path.endswith('.py') or tree.text(path).startswith('#!')


def sources(tree):
    return tree.under('src', 'tests', ext=C)


def ours(tree):
    paths = tree.under('src', 'tests', 'tools', 'data', '.ci') + [
        path for path in tree.paths if '/' not in path]
    return [path for path in paths
            if is_ours(path) and (is_script(tree, path) or
                                  posixpath.splitext(path)[1] in
                                  C | {'.build', '.txt', '.md', '.ui', '.xml', '.in'})]


@check
def files_are_short(tree):
    """What is longer than a thousand lines does more than one thing."""
    for path in tree.under('src', 'tests', 'tools'):
        n_lines = tree.text(path).count('\n')
        if is_ours(path) and n_lines > MAX_FILE:
            yield f'{path}: has {n_lines} lines; {MAX_FILE} are allowed'


def functions(code):
    """First line and last line of every function: braces in the first column after a parameter list."""
    lines = code.split('\n')
    start = None
    for number, line in enumerate(lines):
        if line.startswith('{'):
            before = next((text for text in reversed(lines[:number]) if text.strip()), '')
            start = number if before.rstrip().endswith(')') else None
        elif line.startswith('}') and start is not None:
            yield start + 1, number + 1
            start = None


@check
def functions_are_short(tree):
    """What does not fit on a screen is not understood at a glance."""
    for path in tree.under('src', ext={'.c'}):
        for first, last in functions(tree.code(path)):
            if last - first - 1 > MAX_FUNCTION:
                yield (f'{path}:{first}: the function has {last - first - 1} lines; '
                       f'{MAX_FUNCTION} are allowed')


@check
def sources_begin_with_the_head(tree):
    """Name, copyright and licence are where every file has them."""
    for path in sources(tree):
        if not tree.text(path).startswith(HEAD.format(name=posixpath.basename(path))):
            yield f'{path}:1: does not begin with the usual comment, or that of another file'


@check
def scripts_begin_with_the_head(tree):
    """Scripts have a name, copyright and licence too."""
    for path in tree.under('src', 'tests', 'tools', '.ci'):
        if is_script(tree, path):
            lines = tree.lines(path)
            head = '\n'.join(lines[lines[0].startswith('#!'):][:6])
            if (not head.startswith(SCRIPT_HEAD.format(name=posixpath.basename(path))) or
                    SCRIPT_LICENCE.rstrip() not in head):
                yield f'{path}:1: does not begin with the usual comment, or that of another file'


@check
def headers_are_read_once(tree):
    """A guard's name can be mistyped or copied; #pragma once cannot."""
    for path in sources(tree):
        if path.endswith('.h') and not re.search(r'^#pragma once$', tree.code(path), re.MULTILINE):
            yield f'{path}: has no #pragma once'


@check
def config_comes_first(tree):
    """config.h changes what the system's headers declare, so nothing may come before it."""
    for path in sources(tree):
        first = re.search(r'^[ \t]*#[ \t]*include.*$', tree.text(path), re.MULTILINE)
        if path.endswith('.c') and (first is None or first[0] != '#include "config.h"'):
            yield f'{path}: does not include "config.h" first'
        if path.endswith('.h') and first is not None and 'config.h' in first[0]:
            yield f'{path}: a header does not include "config.h"'


@check
def dangerous_functions_are_not_called(tree):
    """Each has a safer sister in GLib, which knows the length, the locale or the thread."""
    pattern = r'(?<![\w.>])(' + '|'.join(BANNED) + r')\s*\('
    for path, line, match in tree.matches(pattern, sources(tree), tree.code):
        yield f'{path}:{line}: {match[1]}: use {BANNED[match[1]]}'


@check
def basic_types_are_those_of_c(tree):
    """gint is int with a longer name."""
    for path, line, match in tree.matches(OLD_TYPES, tree.under('src', ext=C), tree.code):
        yield f'{path}:{line}: {match[1]}: use {match[1][1:]}'


@check
def comments_are_of_one_kind(tree):
    """Comments are written /* like this */."""
    for path, line, _ in tree.matches('//', sources(tree), tree.code):
        yield f'{path}:{line}: a // comment'


@check
def nothing_is_left_for_later(tree):
    """What is not done is not in the source; a note in it is read by nobody."""
    pattern = r'\b(?:TO' + r'DO|FIX' + r'ME|XX' + r'X|HA' + r'CK)\b'
    for path, line, match in tree.matches(pattern, ours(tree)):
        yield f'{path}:{line}: {match[0]}'


@check
def lines_fit(tree):
    """Two files fit side by side on a screen."""
    for path in tree.under('src', ext=C):
        for number, line in enumerate(tree.lines(path), 1):
            if len(line) > MAX_COLUMNS:
                yield f'{path}:{number}: has {len(line)} columns; {MAX_COLUMNS} are allowed'


@check
def white_space_is_clean(tree):
    """Invisible differences make noise in every later change."""
    for path in ours(tree):
        for number, line in enumerate(tree.lines(path), 1):
            if line != line.rstrip():
                yield f'{path}:{number}: white space at the end'
            if '\t' in line and posixpath.splitext(path)[1] in C:
                yield f'{path}:{number}: a tab'
        text = tree.text(path)
        if text and (not text.endswith('\n') or text.endswith('\n\n')):
            yield f'{path}: does not end with one newline'


@check
def functions_are_called_with_a_space(tree):
    """GTK's style, which is the house's: a name, a space, a parenthesis."""
    pattern = r'\b(?:g|bud|soup|json|secret|sqlite3|MHD|if|while|for|switch|return)_?\w*\b(?<!_)\('
    for path, line, match in tree.matches(pattern, tree.under('src', ext=C), tree.code):
        name = match[0][:-1]
        code_line = tree.code(path).split('\n')[line - 1]
        if (name.startswith(('g_auto', 'g_steal')) and name in ('g_autoptr', 'g_auto', 'g_autolist',
                                                                'g_autoslist', 'g_autoqueue')
                or code_line.startswith('#define') or name.upper() == name):
            continue
        yield f'{path}:{line}: {name}('
