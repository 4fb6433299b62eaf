#!/usr/bin/python3
# test_secrets.py: the API key is in the keyring and in no other place
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pty
import signal
import stat
import subprocess
import termios

from harness import API_KEY, ENVIRONMENT, contains, equal, main, need_keyring, test, wait_for

SECRET = API_KEY.rsplit('-', 1)[0]
DEBUG = {'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': '1', 'LIBSOUP_DEBUG': '1'}


def silent(text, about):
    assert SECRET not in text, f'the key is in {about}'


def files_under(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(where, name)


@test
def the_key_is_in_no_file_and_no_message(place):
    need_keyring()
    sandbox = place.sandbox()
    path, _ = place.make_customers(60)
    said = []

    def run(*words, **options):
        result = place.budctl(*words, env=DEBUG, **options)
        said.append(result.out + result.err)
        return result

    run('workspace', 'init')
    run('customers', 'import', path, '--key', 'Kundenr')
    run('segments', 'add', 'Newsletter', 'Nyhetsbrev is true')
    added = run('connections', 'add', 'mailchimp', 'Account', '--server', sandbox.base,
                stdin=API_KEY + '\n')
    contains(added.err, 'DEBUG', 'GET')
    run('connections', 'show', 'Account', '--json')
    run('connections', 'test', 'Account')
    run('exports', 'add', 'Letter', '-c', 'Account', '-a', 'news', '-e', 'E-post', '-s',
        'Newsletter')
    run('exports', 'run', 'Letter')
    run('runs', 'rows', '1')
    run('workspace', 'check')
    silent(''.join(said), 'what budctl said')
    # That it was used shows in the audience.
    assert sandbox.audience()['writes'] > 0

    looked_at = 0
    for name in files_under(place.path):
        with open(name, 'rb') as file:
            assert SECRET.encode() not in file.read(), name
        looked_at += 1
    assert looked_at > 4, looked_at


@test
def the_key_is_on_no_command_line(place):
    need_keyring()
    place.budctl('workspace', 'init')
    sandbox = place.sandbox('--latency', '300')
    process = place.start_budctl('connections', 'add', 'mailchimp', 'Account', '--server',
                                 sandbox.base, stdin=subprocess.PIPE)
    process.stdin.write(API_KEY + '\n')
    process.stdin.flush()
    requests = sandbox.log.stat().st_size

    def asked():
        for name in ('cmdline', 'environ'):
            with open(f'/proc/{process.pid}/{name}', 'rb') as file:
                assert SECRET.encode() not in file.read(), name
        return process.poll() is not None or sandbox.log.stat().st_size > requests

    wait_for(asked, 'the request that tries the key')
    out, err = process.communicate(timeout=60)
    equal(process.returncode, 0, err)
    silent(out + err, 'what budctl said')


@test
def debug_messages_are_not_among_the_answers(place):
    need_keyring()
    place.budctl('workspace', 'init')
    place.connect(place.sandbox())
    result = place.json('connections', 'test', 'Account', env=DEBUG)
    contains(result.err, 'DEBUG')
    equal(len(result.objects), 1)


def kept(place):
    """What the keyring has of us, with its attributes and its secrets."""
    found = subprocess.run(['dbus-send', '--session', '--print-reply',
                            '--dest=org.freedesktop.secrets',
                            '/org/freedesktop/secrets/collection/login',
                            'org.freedesktop.DBus.Properties.Get',
                            'string:org.freedesktop.Secret.Collection', 'string:Items'],
                           env=ENVIRONMENT, capture_output=True, text=True).stdout
    return found.count('object path')


@test
def the_keyring_has_it_until_it_is_removed(place):
    need_keyring()
    place.budctl('workspace', 'init')
    sandbox = place.sandbox()
    before = kept(place)
    place.connect(sandbox)
    equal(kept(place), before + 1)
    place.connect(sandbox, 'Other')
    equal(kept(place), before + 2)
    # One that is refused leaves nothing behind.
    place.connect(sandbox, 'Third', key='f' * 32 + '-us1', code=1)
    equal(kept(place), before + 2)
    place.budctl('connections', 'remove', 'Account')
    place.budctl('connections', 'remove', 'Other')
    equal(kept(place), before)


@test
def a_key_may_come_from_a_file(place):
    need_keyring()
    place.budctl('workspace', 'init')
    sandbox = place.sandbox()
    path = place.write('key.txt', f'  {API_KEY}  \r\nand a remark\n')
    for name, file in (('File', path), ('Input', '-')):
        result = place.budctl('connections', 'add', 'mailchimp', name, '--server', sandbox.base,
                              '--api-key-file', file, stdin=API_KEY + '\n')
        silent(result.out + result.err, 'what budctl said')


@test
def a_terminal_does_not_show_the_key(place):
    need_keyring()
    place.budctl('workspace', 'init')
    sandbox = place.sandbox()
    control, terminal = pty.openpty()
    try:
        process = place.start_budctl('connections', 'add', 'mailchimp', 'Account', '--server',
                                     sandbox.base, stdin=terminal)
        equal(process.stderr.read(9), 'API key: ')
        os.write(control, (API_KEY + '\n').encode())
        out, err = process.communicate(timeout=60)
        equal(process.returncode, 0, err)
        os.set_blocking(control, False)
        try:
            silent(os.read(control, 4096).decode(), 'the terminal')
        except BlockingIOError:
            pass
        silent(out + err, 'what budctl said')
    finally:
        os.close(control)
        os.close(terminal)


@test
def a_question_for_the_key_can_be_stopped(place):
    place.budctl('workspace', 'init')
    control, terminal = pty.openpty()
    try:
        process = place.start_budctl('connections', 'add', 'mailchimp', 'Account', stdin=terminal)
        equal(process.stderr.read(9), 'API key: ')
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        equal((process.returncode, err), (130, '\nCanceled.\n'))
        assert termios.tcgetattr(terminal)[3] & termios.ECHO, 'the terminal stays blind'
    finally:
        os.close(control)
        os.close(terminal)


@test
def files_are_for_their_owner_alone(place):
    os.umask(0)
    place.furnish_all(100)
    place.budctl('exports', 'run', 'Letter')
    equal(stat.S_IMODE(place.workspace.stat().st_mode), 0o700)
    for name in files_under(place.workspace):
        equal(stat.S_IMODE(os.stat(name).st_mode), 0o600, name)


if __name__ == '__main__':
    main()
