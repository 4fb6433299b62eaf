# words.py: everything people read can be translated, and is
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from checks import Skip, check

CALL = r'(?<![\w])(?:_|N_|C_|NC_|Q_|ngettext|gettext|g_dngettext|g_dpgettext2?) ?\('
XGETTEXT = ['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
            '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
            '--no-location', '--no-wrap', '--output=-']
STRING = re.compile(r'^(msgctxt|msgid|msgid_plural)? ?"(.*)"$')


def potfiles(tree):
    if 'po/POTFILES' not in tree.paths:
        raise Skip('there is no po/POTFILES')
    return [line for line in tree.lines('po/POTFILES') if line and not line.startswith('#')]


def catalogues(tree):
    paths = tree.under('po', ext={'.po'})
    if not paths:
        raise Skip('nothing is translated yet')
    if shutil.which('msgfmt') is None:
        raise Skip('there is no msgfmt here')
    return paths


def run(tree, *command):
    return subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False,
                          env={'LC_ALL': 'C.UTF-8', 'PATH': '/usr/bin:/bin'})


def message_ids(text):
    """Context, text and plural of every message in a catalogue that is not obsolete."""
    found = set()
    for entry in re.split(r'\n\s*\n', text):
        parts = {'msgctxt': None, 'msgid': None, 'msgid_plural': None}
        key = None
        for line in entry.split('\n'):
            match = STRING.match(line)
            if match is None:
                key = None
            elif match[1] is not None:
                key = match[1]
                parts[key] = match[2]
            elif key is not None:
                parts[key] += match[2]
        if parts['msgid']:
            found.add(tuple(parts.values()))
    return found


@check
def translatable_files_are_listed(tree):
    """Text in a file that po/POTFILES does not name is never offered to translators."""
    listed = potfiles(tree)
    calling = {path for path, _, _ in
               tree.matches(CALL, tree.under('src', ext={'.c', '.h'}), tree.code)}
    for path in sorted(calling - set(listed)):
        yield f'{path}: is not in po/POTFILES'
    for path in listed:
        if path not in tree.paths:
            yield f'po/POTFILES: there is no {path}'


@check
def translatable_files_are_sorted(tree):
    """In a sorted list nothing is twice, and two people's additions do not collide."""
    listed = potfiles(tree)
    if listed != sorted(set(listed)):
        yield 'po/POTFILES: is not sorted, or names a file twice'


@check
def catalogues_are_sound(tree):
    """A wrong placeholder in a translation is a crash in one language."""
    for path in catalogues(tree):
        result = run(tree, 'msgfmt', '--check', '--output-file=/dev/null', path)
        if result.returncode != 0:
            yield f'{path}: ' + ' '.join(result.stderr.split())


@check
def catalogues_are_complete(tree):
    """A half-translated program is in no language."""
    for path in catalogues(tree):
        result = run(tree, 'msgfmt', '--statistics', '--output-file=/dev/null', path)
        if 'fuzzy' in result.stderr or 'untranslated' in result.stderr:
            yield f'{path}: {result.stderr.strip()}'


@check
def catalogues_are_up_to_date(tree):
    """A sentence that changed in the source has lost its translation without a word."""
    listed = potfiles(tree)
    paths = catalogues(tree)
    if not listed:
        raise Skip('po/POTFILES is empty')
    with tempfile.TemporaryDirectory() as folder:
        # Only what exists; that something does not is another check's finding.
        names = Path(folder, 'names')
        names.write_text('\n'.join(path for path in listed if path in tree.paths), encoding='utf-8')
        extracted = run(tree, *XGETTEXT, f'--files-from={names}')
    if extracted.returncode != 0:
        yield 'po/POTFILES: ' + ' '.join(extracted.stderr.split())
        return
    wanted = message_ids(extracted.stdout)
    for path in paths:
        have = message_ids(tree.text(path))
        for _, text, _ in sorted(wanted - have, key=str):
            yield f'{path}: lacks “{text}”'
        for _, text, _ in sorted(have - wanted, key=str):
            yield f'{path}: has “{text}”, which is nowhere in the source'
