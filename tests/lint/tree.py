# tree.py: the project's files, as the checks see them
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
from pathlib import Path

# What .gitignore leaves out.
IGNORED_FOLDER = re.compile(r'^(\.git|build.*|_.*)$')
IGNORED_FILE = re.compile(r'^(\.git|.*\.pyc|.*\.mo)$')

# A comment, a string or a character, whichever comes first.
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
NOT_NEWLINE = re.compile(r'[^\n]')


def blank(match):
    """Spaces in place of a comment; of a string, its quotes stay. // stays, so that it is seen."""
    text = match.group()
    if text.startswith('//'):
        return '//' + ' ' * (len(text) - 2)
    if text.startswith('/*'):
        return NOT_NEWLINE.sub(' ', text)
    return text[0] + NOT_NEWLINE.sub(' ', text[1:-1]) + text[-1]


class Tree:
    def __init__(self, root):
        self.root = Path(root)
        self.paths = sorted(self._walk())
        self._texts = {}
        self._codes = {}

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if not IGNORED_FOLDER.match(name)]
            for name in names:
                path = Path(folder, name)
                if not IGNORED_FILE.match(name) and path.is_file():
                    yield path.relative_to(self.root).as_posix()

    def under(self, *folders, ext=None):
        """The files below any of the folders, with one of the extensions."""
        return [path for path in self.paths
                if path.startswith(tuple(folder + '/' for folder in folders))
                and (ext is None or os.path.splitext(path)[1] in ext)]

    def text(self, path):
        """The whole text; empty for a file that holds none."""
        if path not in self._texts:
            try:
                with open(self.root / path, encoding='utf-8', newline='') as file:
                    self._texts[path] = file.read()
            except UnicodeDecodeError:
                self._texts[path] = ''
        return self._texts[path]

    def lines(self, path):
        return self.text(path).split('\n')

    def code(self, path):
        """C source without comments and without what is inside of strings; lines stay lines."""
        if path not in self._codes:
            self._codes[path] = NOT_CODE.sub(blank, self.text(path))
        return self._codes[path]

    def matches(self, pattern, paths, text=None):
        """Path, line number and match, wherever the pattern is found."""
        for path in paths:
            content = (text or self.text)(path)
            for match in re.finditer(pattern, content, re.MULTILINE):
                yield path, content.count('\n', 0, match.start()) + 1, match
