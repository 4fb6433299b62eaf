# lint.py: checks the rules of the house that a compiler does not know
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage: lint.py ROOT [CHECK …]
       lint.py --self-test

Prints TAP. The first form makes every check (or those named) on the tree at ROOT; the second sees
to it that each check accepts a good tree and refuses a bad one.
"""

import sys
import tempfile
from pathlib import Path

import contents
import layers
import samples
import style
import words
from checks import ALL, Skip
from tree import Tree

MODULES = (layers, style, contents, words)


def name_of(check):
    return check.__name__.replace('_', ' ')


def make(check, tree):
    """What one check finds, as a verdict line of TAP and the lines that explain it."""
    try:
        findings = list(check(tree))
    except Skip as reason:
        return True, f' # SKIP {reason}', []
    return not findings, '', [f'{name_of(check)}: {check.__doc__}'] * bool(findings) + findings


def report(number, ok, name, directive, explanation):
    for line in explanation:
        print('# ' + line.replace('\n', ' '))
    print(f'{"ok" if ok else "not ok"} {number} {name}{directive}', flush=True)
    return ok


def lint(root, names):
    tree = Tree(root)
    if not tree.under('src'):
        sys.exit(f'There is no src/ in {root}.')
    chosen = [check for check in ALL if not names or check.__name__ in names]
    print(f'1..{len(chosen)}')
    results = [report(number, ok, name_of(check), directive, explanation)
               for number, check in enumerate(chosen, 1)
               for ok, directive, explanation in [make(check, tree)]]
    return all(results)


def findings_in(check, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode('utf-8'))
        return list(check(Tree(folder)))


def self_test():
    results = []
    cases = [(check, bad) for check in ALL for bad in samples.BAD.get(check.__name__, [None])]
    print(f'1..{len(ALL) + len(cases)}')

    for check in ALL:
        findings = findings_in(check, samples.GOOD)
        results.append(report(len(results) + 1, not findings, name_of(check) + ' in a good tree',
                              '', findings))
    for check, bad in cases:
        findings = findings_in(check, {**samples.GOOD, **bad}) if bad else []
        label = f'{name_of(check)}, not in {", ".join(bad)}' if bad else f'{name_of(check)}: no sample'
        results.append(report(len(results) + 1, bool(findings), label, '', []))
    return all(results)


def main():
    if sys.argv[1:] == ['--self-test']:
        ok = self_test()
    elif len(sys.argv) >= 2 and not sys.argv[1].startswith('-'):
        ok = lint(sys.argv[1], sys.argv[2:])
    else:
        sys.exit(__doc__)
    sys.exit(0 if ok else 1)


if __name__ == '__main__':
    main()
