# test_tools.py: tries the scripts in tools/
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage: test_tools.py ROOT

Prints TAP.
"""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(sys.argv[1])
RESERVED = re.compile(r'@[\w-]+\.(example|example\.org|example\.net)$')
UNDEFINED_BYTE = b'\x81'


def run(*command, **keywords):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=False, **keywords)


def make_customers(*options):
    """The bytes of the file and the summary."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, 'customers.csv')
        result = run('/usr/bin/python3', '-B', ROOT / 'tools/make-customers', '--expect', *options,
                     path)
        assert result.returncode == 0, result.stderr
        return path.read_bytes(), json.loads(result.stdout)


def read(data):
    """Rows of a file, without its header, by Python's own reader."""
    text = data.decode('cp1252', errors='replace')
    return list(csv.reader(io.StringIO(text, newline=''), delimiter=';'))[1:]


def is_address(text):
    return re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)*@[a-z]+(\.[a-z]+)+", text.strip().lower())


def find_dirt(data):
    """The summary again, from what the file holds: one person's keys and addresses, in order."""
    found = dict.fromkeys(('ragged', 'undecodable', 'empty-key', 'duplicate-key', 'no-address',
                           'invalid-address', 'duplicate-address', 'line-breaks', 'deliverable',
                           'deliverable-newsletters'), 0)
    keys, addresses = set(), set()

    for row in read(data):
        address = row[3].strip().lower()
        if len(row) != 12:
            found['ragged'] += 1
            continue
        if any('\ufffd' in value for value in row):
            found['undecodable'] += 1
            continue
        if not row[0].strip():
            found['empty-key'] += 1
            continue
        if row[0] in keys:
            found['duplicate-key'] += 1
            continue
        keys.add(row[0])
        if not address:
            found['no-address'] += 1
        elif not is_address(address):
            found['invalid-address'] += 1
        elif address in addresses:
            found['duplicate-address'] += 1
        else:
            addresses.add(address)
            found['deliverable'] += 1
            found['deliverable-newsletters'] += row[11] == 'ja'
            found['line-breaks'] += '\r\n' in row[2]
    return found


def customers_are_as_announced():
    for options in (['--rows', 5000], ['--rows', 5000, '--seed', 7], ['--rows', 50],
                    ['--rows', 5], ['--rows', 0], ['--rows', 3000, '--clean']):
        data, expected = make_customers(*options)
        flat = {**expected, **expected['rejected'], **expected['held-back']}
        for kind, n_found in find_dirt(data).items():
            assert flat[kind] == n_found, f'{options}: {kind}: {flat[kind]} announced, {n_found} found'
        assert expected['rows'] == len(read(data))
        assert expected['customers'] == expected['rows'] - sum(expected['rejected'].values())


def every_kind_of_dirt_is_there():
    data, expected = make_customers('--rows', 5000)
    assert all(n > 0 for n in (expected['rejected'] | expected['held-back']).values()), expected
    assert expected['line-breaks'] > 0
    assert UNDEFINED_BYTE in data


def clean_customers_are_clean():
    data, expected = make_customers('--rows', 3000, '--clean')
    assert expected['deliverable'] == 3000, expected
    assert UNDEFINED_BYTE not in data and b'"' not in data
    assert len({row[0] for row in read(data)}) == 3000


def customers_are_in_the_usual_shape():
    data, _ = make_customers('--rows', 2000, '--clean')
    assert data.startswith('Kundenr;Fornavn;Etternavn;E-post;'.encode())
    assert 'Født;Siste kjøp;'.encode('cp1252') in data
    assert data.count(b'\n') == data.count(b'\r\n') == 2001
    day = r'(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.(19|20)\d\d'
    for row in read(data):
        assert re.fullmatch(r'\d{6}', row[0]), row
        assert re.fullmatch(r'\+47 0\d \d\d \d\d \d\d', row[4]), row
        assert re.fullmatch(r'\d{4}', row[5]), row
        assert re.fullmatch(day, row[8]) and re.fullmatch(day + '|', row[9]), row
        assert re.fullmatch(r'\d+,\d\d', row[10]), row
        assert row[11] in ('ja', 'nei'), row


def customers_are_nobody():
    for row in read(make_customers('--rows', 5000, '--clean')[0]):
        assert RESERVED.search(row[3]), row[3]


def customers_are_the_same_everywhere():
    data, _ = make_customers('--rows', 5000, '--seed', 3)
    again, _ = make_customers('--rows', 5000, '--seed', 3)
    other, _ = make_customers('--rows', 5000, '--seed', 4)
    assert data == again
    assert data != other
    digest = hashlib.sha256(data).hexdigest()
    assert digest.startswith('8107d0a3b8c00004'), f'the file is now another: {digest}'


def so_many_customers_change():
    before, _ = make_customers('--rows', 5000)
    for n_changes in (0, 1, 37):
        after, expected = make_customers('--rows', 5000, '--change', n_changes)
        pairs = [(a, b) for a, b in zip(read(before), read(after)) if a != b]
        assert len(read(before)) == len(read(after))
        assert len(pairs) == n_changes == expected['changed']
        for old, new in pairs:
            assert (old[0], old[1], old[3], old[11]) == (new[0], new[1], new[3], new[11])
            assert old[2] != new[2] and old[6] != new[6] and old[10] != new[10], (old, new)


def too_many_changes_are_refused():
    with tempfile.TemporaryDirectory() as folder:
        result = run('/usr/bin/python3', '-B', ROOT / 'tools/make-customers', '--rows', 10,
                     '--change', 11, Path(folder, 'x'))
    assert result.returncode == 1 and 'Only' in result.stderr, result.stderr


def count(junit, programs):
    """What count-tests says about cases given as XML and programs given as name and result."""
    with tempfile.TemporaryDirectory() as folder:
        if junit is not None:
            xml = f"<?xml version='1.0' encoding='utf-8'?><testsuites>{junit}</testsuites>"
            Path(folder, 'testlog.junit.xml').write_text(xml, encoding='utf-8')
            lines = [json.dumps({'name': name, 'result': result}) + '\n' for name, result in programs]
            Path(folder, 'testlog.json').write_text(''.join(lines), encoding='utf-8')
        result = run('/usr/bin/python3', '-B', ROOT / 'tools/count-tests', folder)
    return result.stdout, result.returncode


def suite(program, *cases):
    return f'<testsuite name="budstikke.{program}">' + ''.join(
        f'<testcase name="{n} /x" classname="budstikke.{program}">{inside}</testcase>'
        for n, inside in enumerate(cases, 1)) + '</testsuite>'


def cases_are_counted():
    passed = suite('a', '', '', '<skipped/>')
    assert count(passed, [('a', 'OK')]) == ('2 passed, 0 failed, 1 skipped\n', 0)

    failed = passed + suite('b', '', '<failure/>', '<error/>')
    assert count(failed, [('a', 'OK'), ('budstikke:core / b', 'FAIL')]) == (
        '3 passed, 2 failed, 1 skipped\n', 1)


def fallen_programs_are_counted():
    """Every case was fine, and then it leaked, or never came to the end."""
    for result in ('ERROR', 'FAIL', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'):
        assert count(suite('a', '', ''), [('budstikke:core / a', result)]) == (
            '2 passed, 1 failed, 0 skipped\n', 1), result

    # A program without cases is a case itself.
    alone = '<testsuite name="budstikke"><testcase name="a" classname="budstikke"><error/></testcase></testsuite>'
    assert count(alone, [('a', 'ERROR')]) == ('0 passed, 1 failed, 0 skipped\n', 1)


def nothing_is_not_success():
    assert count(None, []) == ('0 passed, 0 failed, 0 skipped\n', 1)
    assert count('', []) == ('0 passed, 0 failed, 0 skipped\n', 1)
    assert count(suite('a', '<skipped/>'), [('a', 'SKIP')]) == ('0 passed, 0 failed, 1 skipped\n', 1)


def strange_output_is_survived():
    noisy = suite('a', '<system-out>\x01\x1b[0m\ufffe</system-out>')
    assert count(noisy, [('a', 'OK')]) == ('1 passed, 0 failed, 0 skipped\n', 0)


def set_up(missing):
    """Runs tools/setup where `missing` are not installed; returns what it said and what it ran."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, 'log')
        stubs = {
            'dpkg-query': f'case " {" ".join(missing)} " in *" ${{!#}} "*) exit 1 ;; esac\n'
                          'printf installed',
            'apt-get': f'echo "$@" >> {log}',
            'sudo': 'exec "$@"',
        }
        for name, body in stubs.items():
            Path(folder, name).write_text('#!/bin/bash\n' + body + '\n', encoding='utf-8')
            Path(folder, name).chmod(0o755)
        result = run(ROOT / 'tools/setup', env={'PATH': folder + ':/usr/bin:/bin', 'LC_ALL': 'C'})
        commands = log.read_text(encoding='utf-8').splitlines() if log.exists() else []
    return result, commands


def is_debian():
    return 'ID=debian' in Path('/etc/os-release').read_text(encoding='utf-8').split()


def what_is_missing_is_installed():
    result, commands = set_up(['meson', 'libsodium-dev'])
    if not is_debian():
        assert result.returncode == 1 and not commands and 'libsodium-dev' in result.stdout
        return
    assert result.returncode == 0, result.stderr
    assert 'compiling: meson\n' in result.stdout and 'workspace: libsodium-dev\n' in result.stdout
    assert commands[0].startswith('update'), commands
    assert commands[1].split()[-2:] == ['meson', 'libsodium-dev'], commands
    assert '--no-install-recommends' in commands[1] and len(commands) == 2, commands


def nothing_missing_is_nothing_done():
    result, commands = set_up([])
    if is_debian():
        assert result.returncode == 0 and result.stdout.count('\n') == 1, result.stdout
    assert not commands


def scripts_explain_themselves():
    for name in os.listdir(ROOT / 'tools'):
        path = ROOT / 'tools' / name
        first_line = path.read_text(encoding='utf-8').split('\n', 1)[0]
        assert os.access(path, os.X_OK), f'{name} cannot be run'
        assert first_line in ('#!/bin/bash', '#!/usr/bin/python3'), f'{name}: {first_line}'
        result = run(path, '--help')
        assert 'sage: tools/' + name in result.stdout, f'{name} --help: {result.stdout}'


CASES = (
    customers_are_as_announced, every_kind_of_dirt_is_there, clean_customers_are_clean,
    customers_are_in_the_usual_shape, customers_are_nobody, customers_are_the_same_everywhere,
    so_many_customers_change, too_many_changes_are_refused,
    cases_are_counted, fallen_programs_are_counted, nothing_is_not_success,
    strange_output_is_survived,
    what_is_missing_is_installed, nothing_missing_is_nothing_done, scripts_explain_themselves,
)


def main():
    print(f'1..{len(CASES)}')
    all_ok = True
    for number, case in enumerate(CASES, 1):
        ok = True
        try:
            case()
        except (AssertionError, OSError, ValueError, KeyError, IndexError):
            ok = all_ok = False
            print('# ' + traceback.format_exc().replace('\n', '\n# '))
        print(f'{"ok" if ok else "not ok"} {number} {case.__name__.replace("_", " ")}', flush=True)
    sys.exit(0 if all_ok else 1)


if __name__ == '__main__':
    main()
