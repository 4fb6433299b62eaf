# contents.py: what must not be in the tree, and what must not be missing
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import posixpath
import re

from checks import check

# Written so that nothing here matches itself.
MACHINE_PATHS = r'(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/\w'
TOKEN = (r'\b[0-9a-f]{32}-us[0-9]{1,2}\b'                       # a key of Mailchimp's
         r'|\bBearer +[A-Za-z0-9._~+/-]{24,}'                   # in a recorded header
         r'|\bapikey[ :="\']+[0-9A-Fa-f]{24,}'
         r'|\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}'        # a JSON Web Token
         r'|-----BEGIN [A-Z ]*PRIVATE KEY-----')
PRACTICE_TOKENS = ('0123456789abcdef0123456789abcdef', '00112233445566778899aabbccddeeff',
                   'practice', 'sandbox')


def is_practice(token):
    """One that is plainly nobody's: named so, or the same few characters over and over."""
    secret = re.sub(r'-us\d+$', '', token.split()[-1])
    return any(known in token for known in PRACTICE_TOKENS) or len(set(secret)) <= 3


@check
def no_token_is_in_the_tree(tree):
    """A token in a fixture is a token on the internet."""
    for path, line, match in tree.matches(TOKEN, tree.paths):
        if not is_practice(match[0]):
            yield f'{path}:{line}: looks like a real token'


@check
def no_machine_is_named(tree):
    """A path of one computer is wrong on every other."""
    for path, line, match in tree.matches(MACHINE_PATHS, tree.paths):
        yield f'{path}:{line}: {match[0]}'


def listed_in_build(tree, path):
    """Whether a meson.build, in its folder or in one above, has the file's name or its last part."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    words = {name, stem, re.sub(r'^(test|fuzz|bench)-', '', stem)}
    while folder:
        build = tree.text(folder + '/meson.build') if folder + '/meson.build' in tree.paths else ''
        strings = {posixpath.basename(text) for text in re.findall(r"'([^'\n]*)'", build)}
        if strings & words:
            return True
        folder = posixpath.dirname(folder)
    return False


@check
def every_source_is_built(tree):
    """A file that nobody builds rots, and a test that nobody runs proves nothing."""
    for path in tree.under('src', 'tests', ext={'.c'}):
        if not listed_in_build(tree, path):
            yield f'{path}: is in no meson.build'
