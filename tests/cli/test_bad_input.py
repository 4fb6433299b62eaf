#!/usr/bin/python3
# test_bad_input.py: every refusal explains itself, and nothing is lost
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import resource
import shutil
import signal
import subprocess

from harness import PROGRAMS, Skip, contains, equal, main, test

NOBODY = 65534
SMALL = 'id;name\n1;Kari\n2;Ola\n'


def unchanged(function):
    """A test during which the workspace's contents must stay as they are."""
    def wrapper(place):
        place.furnish(40)
        before = place.everything()
        function(place)
        equal(place.everything(), before, 'contents')
        equal(place.json('workspace', 'check').out, '', 'check')
    wrapper.__name__ = function.__name__
    return test(wrapper)


# Files

@unchanged
def files_that_cannot_be_read(place):
    (place.path / 'folder').mkdir()
    refused = (
        ('missing.csv', None, ('missing.csv', 'No such file')),
        ('folder', None, ('“folder” is not a file', 'CSV')),
        ('empty.csv', b'', ('“empty.csv” is empty', 'header')),
        ('sheet.xlsx', b'PK\x03\x04' + bytes(range(256)) * 9, ('“sheet.xlsx” is not a text file',
                                                              'CSV')),
        ('sheet.xls', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(600), ('not a text file',)),
        ('nuls.csv', bytes(5000), ('“nuls.csv” is not a text file',)),
        ('picture.csv', b'\x89PNG\r\n\x1a\n' + bytes(100), ('not a text file',)),
    )
    for name, data, says in refused:
        path = place.path / name
        if data is not None:
            path.write_bytes(data)
        for source in ('customers.csv', name):
            place.fails('customers', 'import', path, '--key', 'id', '--source', source, says=says)


@unchanged
def options_that_do_not_fit(place):
    path = place.write('small.csv', SMALL)
    refused = (
        (('--encoding', 'klingon'), ('no text encoding', 'klingon', 'UTF-8')),
        (('--delimiter', 'x'), ('“x” cannot be used as a delimiter', 'semicolon')),
        (('--delimiter', ';;'), ('“;;” cannot be used as a delimiter',)),
        (('--key', 'idd'), ('“idd”', 'mean “id”')),
        (('--key', 'Telephone'), ('“Telephone”',)),
        (('--type', 'nam=text'), ('nam',)),
    )
    for options, says in refused:
        place.fails('customers', 'import', path, *options, says=says)
    for kind in ('name', 'name=colour', '=text'):
        place.fails('customers', 'import', path, '--type', kind, code=2, says=[kind, 'FIELD=text'])


@unchanged
def a_delimiter_that_is_not_there(place):
    place.fails('customers', 'import', place.write('small.csv', SMALL), '--delimiter', ',',
                '--key', 'id', says=['“id”'])


@unchanged
def a_file_without_a_key(place):
    place.fails('customers', 'import', place.write('twins.csv', 'name;town\nOla;Oslo\nOla;Oslo\n'),
                says=['customer’s number or id'])
    place.fails('customers', 'import', place.write('void.csv', 'id;name\n;Ola\n;Kari\n'), '--key',
                'id', says=['“id” is empty in every row'])


@test
def a_truncated_file_loses_only_its_last_row(place):
    path, _ = place.make_customers(100)
    sound = place.write('sound.csv', 'id,name\n1,"Kari"\n2,"Ola"\n')
    cut = place.write('cut.csv', 'id,name\n1,"Kari"\n2,"Ol')
    place.budctl('workspace', 'init')
    for source, customers, rejected in ((sound, 2, 0), (cut, 1, 1)):
        report = place.json('customers', 'import', source, '--key', 'id', '--source', 'x').object
        equal((report['customers'], report['rejected']), (customers, rejected), source.name)
    # A quotation mark that is never closed does not swallow the rest of the file.
    path = place.write('open.csv', 'id,name\n1,"Kari\n' + ''.join(f'{n},Ola\n' for n in range(2, 99)))
    report = place.json('customers', 'import', path, '--key', 'id').object
    equal((report['customers'], report['rejected']), (97, 1))


# Rules

@unchanged
def rules_that_cannot_be_used(place):
    refused = (
        ('Stedd = "Oslo"', ('“Stedd”', 'Sted')),
        ('Sted is like "Oslo"', ('operator',)),
        ('Sted ~ "Oslo"', ('character 6',)),
        ('Sted = "Oslo', ('character 8', 'quotation mark')),
        ('Sted = ', ('value',)),
        ('(Sted = "Oslo"', (')',)),
        ('[Sum kjøp] > "much"', ('Sum kjøp',)),
        ('Født > 2026-02-31', ('2026-02-31',)),
        ('{"field": "Sted"', ('JSON',)),
        ('', ()),
    )
    for rule, says in refused:
        place.fails('segments', 'add', 'Bad', rule, says=['[RULE-', *says])
        place.fails('segments', 'edit', 'Oslo', '--rule', rule, says=['[RULE-', *says])
        if rule:
            place.fails('customers', 'count', '--where', rule, says=['[RULE-'])


@unchanged
def names_that_are_taken(place):
    place.fails('segments', 'add', 'Oslo', 'Sted = "Ås"', says=['“Oslo”', 'Choose another'])
    place.fails('segments', 'add', 'OSLO', 'Sted = "Ås"', says=['“OSLO”', 'Choose another'])
    place.fails('segments', 'edit', 'Oslo', '--name', 'Newsletter', says=['“Newsletter”'])
    place.fails('segments', 'add', ' ', 'Sted = "Ås"')
    place.fails('segments', 'show', 'Osla', says=['Did you mean “Oslo”?'])


# Workspaces

def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@test
def a_folder_that_is_no_workspace(place):
    place.workspace.mkdir()
    place.fails('customers', 'list', says=['no workspace', str(place.workspace), 'Create'])
    place.workspace.rmdir()
    place.fails('customers', 'list', says=['no workspace'])
    equal(place.workspace.exists(), False)
    place.workspace.write_text('a file')
    place.fails('customers', 'list')
    place.fails('workspace', 'init')
    equal(place.workspace.read_text(), 'a file')


@test
def a_workspace_of_a_newer_version(place):
    place.furnish(20)
    for name in ('workspace.db', 'customers.db'):
        [(version,)] = place.query('PRAGMA user_version', file=name)
        place.query(f'PRAGMA user_version = {version + 1}', file=name)
        before = files_of(place.workspace)
        place.fails('customers', 'list', says=[name, 'newer Budstikke', 'nothing'])
        equal(files_of(place.workspace), before, 'files')
        place.query(f'PRAGMA user_version = {version}', file=name)
    place.budctl('customers', 'list')


@test
def a_damaged_workspace(place):
    place.furnish(200)
    for name, hint in (('workspace.db', 'backup'), ('customers.db', 'import')):
        sound = (place.workspace / name).read_bytes()
        for damaged in (b'This is not a database, but it was one. ' * 200, sound[:1000],
                        b'SQLite format 3\0' + bytes(5000)):
            (place.workspace / name).write_bytes(damaged)
            place.fails('customers', 'list', says=[name, hint])
            equal((place.workspace / name).read_bytes(), damaged, 'the damaged file')
        (place.workspace / name).write_bytes(sound)
    place.budctl('customers', 'list')


@test
def damage_inside_is_found(place):
    place.furnish(2000)
    path = place.workspace / 'customers.db'
    data = bytearray(path.read_bytes())
    for page in range(4096 * 20, len(data) - 4096, 4096 * 4):
        data[page:page + 1500] = bytes(1500)
    path.write_bytes(data)
    result = place.raw('-w', place.workspace, 'workspace', 'check')
    equal(result.code, 1)
    contains(result.out + result.err, 'damaged')


@test
def customers_db_can_be_made_again(place):
    path, expected = place.furnish(100)
    (place.workspace / 'customers.db').write_bytes(b'damaged' * 100)
    place.fails('customers', 'list', says=['move it away'])
    (place.workspace / 'customers.db').unlink()
    place.fails('customers', 'list')
    place.budctl('workspace', 'init')
    place.budctl('customers', 'import', path, '--key', 'Kundenr')
    equal(place.json('customers', 'count').object['count'], expected['customers'])
    equal(len(place.json('segments', 'list').objects), 2)


@test
def a_second_init_changes_nothing(place):
    place.furnish(20)
    before = files_of(place.workspace)
    place.fails('workspace', 'init', says=['already', str(place.workspace)])
    equal(files_of(place.workspace), before)


def as_nobody(place):
    """How to start a child without the rights of root."""
    if os.getuid() != 0:
        return {}
    for path in (place.path, place.workspace):
        os.chmod(path, 0o755)
    found = [os.access(PROGRAMS['budctl'], os.X_OK)]
    parent = os.path.dirname(PROGRAMS['budctl'])
    while parent != '/':
        found.append(os.stat(parent).st_mode & 0o005 == 0o005)
        parent = os.path.dirname(parent)
    if not all(found):
        raise Skip('budctl is where only root may start it')
    return {'user': NOBODY, 'group': NOBODY, 'extra_groups': []}


@test
def a_folder_that_may_not_be_written(place):
    path, _ = place.furnish(40)
    before = place.everything()
    options = as_nobody(place)
    os.chmod(path, 0o644)
    for name in ('workspace.db', 'customers.db'):
        os.chmod(place.workspace / name, 0o444)
    os.chmod(place.workspace, 0o555)
    result = place.fails('customers', 'import', path, '--key', 'Kundenr', **options)
    contains(result.err, 'cannot be written', 'Check who may write')

    os.chmod(place.path, 0o555)
    result = place.raw('-w', place.path / 'new', 'workspace', 'init', **options)
    equal(result.code, 1)
    contains(result.err, 'cannot be written', str(place.path / 'new'))
    os.chmod(place.path, 0o755)

    os.chmod(place.workspace, 0o700)
    for name in ('workspace.db', 'customers.db'):
        os.chmod(place.workspace / name, 0o600)
    equal(place.everything(), before)


def many_rows(place):
    rows = ''.join(f'{n};Kari {n}\n' for n in range(200000))
    return place.write('many.csv', 'id;name\n' + rows)


def mount(disk, *options):
    done = subprocess.run(['mount', '-t', 'tmpfs', *options, 'tmpfs', disk],
                          stderr=subprocess.DEVNULL)
    return done.returncode == 0


@test
def a_disk_that_is_full(place):
    disk = place.path / 'disk'
    disk.mkdir()
    if not mount(disk, '-o', 'size=2m'):
        raise Skip('no disk may be mounted here')
    try:
        place.workspace = disk / 'workspace'
        place.furnish(40)
        before = place.everything()
        place.fails('customers', 'import', many_rows(place), '--key', 'id',
                    says=['disk is full', 'Make room'])
        assert mount(disk, '-o', 'remount,size=16m')
        equal(place.everything(), before, 'contents')

        room = os.statvfs(disk)
        (disk / 'ballast').write_bytes(bytes(room.f_bavail * room.f_frsize))
        place.fails('segments', 'add', 'More', 'Sted = "Oslo"', says=['disk is full', 'Make room'])
        (disk / 'ballast').unlink()
        equal(place.everything(), before, 'contents')
        equal(place.json('workspace', 'check').out, '', 'check')
    finally:
        subprocess.run(['umount', disk], check=True)


def limit_file_size(size):
    def limit():
        # The system's way of saying so is a signal, unless that is ignored.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


@unchanged
def a_file_that_may_not_grow(place):
    path = many_rows(place)
    for size in (100000, 400000, 1000000):
        place.fails('customers', 'import', path, '--key', 'id', preexec_fn=limit_file_size(size),
                    says=['disk is full', 'Make room'])


@test
def a_workspace_may_be_copied(place):
    place.furnish(40)
    before = place.everything()
    shutil.copytree(place.workspace, place.path / 'copy')
    shutil.rmtree(place.workspace)
    os.rename(place.path / 'copy', place.workspace)
    equal(place.everything(), before)


if __name__ == '__main__':
    main()
