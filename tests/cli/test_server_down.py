#!/usr/bin/python3
# test_server_down.py: what is said when nobody answers
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import signal
import subprocess

from harness import API_KEY, contains, equal, main, test


@test
def a_server_that_is_down(place):
    """It is asked again for a while, so all ask at once."""
    sandbox = place.furnish_all(40)
    sandbox.process.terminate()
    sandbox.process.wait()
    commands = (('audiences', 'list', 'Account'), ('connections', 'test', 'Account'),
                ('connections', 'add', 'mailchimp', 'Other', '--server', sandbox.base),
                ('exports', 'run', 'Letter', '--json'))
    processes = []
    for words in commands:
        process = place.start_budctl(*words, stdin=subprocess.PIPE)
        process.stdin.write(API_KEY + '\n')
        process.stdin.close()
        process.stdin = None
        processes.append(process)
    for words, process in zip(commands, processes):
        out, err = process.communicate(timeout=90)
        equal(process.returncode, 1, words)
        contains(out + err, 'could not be reached')
    equal(place.json('runs', 'list').object['state'], 'failed')
    equal(len(place.json('connections', 'list').objects), 1)


@test
def waiting_for_a_server_can_be_stopped(place):
    sandbox = place.furnish_all(40)
    sandbox.process.terminate()
    sandbox.process.wait()
    process = place.start_budctl('connections', 'test', 'Account')
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    equal((process.returncode, out, err), (130, '', 'Cancelled.\n'))


if __name__ == '__main__':
    main()
