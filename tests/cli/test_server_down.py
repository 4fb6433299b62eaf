#!/usr/bin/python3
# test_server_down.py: what is said when nobody answers
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import signal
import subprocess

from harness import API_KEY, contains, equal, main, test, wait_for


def stop(sandbox):
    sandbox.process.terminate()
    sandbox.process.wait()


@test
def a_server_that_is_down(place):
    """It is asked again for a while, so all ask at once."""
    sandbox = place.furnish_all(40)
    stop(sandbox)
    commands = (('audiences', 'list', 'Account'), ('connections', 'test', 'Account'),
                ('connections', 'add', 'mailchimp', 'Other', '--server', sandbox.base),
                ('exports', 'edit', 'Letter', '-a', 'Nyheter'))
    processes = []
    for words in commands:
        process = place.start_budctl(*words, stdin=subprocess.PIPE)
        process.stdin.write(API_KEY + '\n')
        process.stdin.close()
        process.stdin = None
        processes.append(process)
    for words, process in zip(commands, processes):
        out, err = process.communicate(timeout=60)
        equal((process.returncode, out), (1, ''), words)
        contains(err, 'could not be reached', 'try again')
    equal(len(place.json('connections', 'list').objects), 1)


@test
def a_run_that_waits_can_be_stopped(place):
    sandbox = place.furnish_all(40)
    stop(sandbox)
    process = place.start_budctl('exports', 'run', 'Letter')
    wait_for(lambda: place.json('runs', 'list').out, 'the run')
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    equal(process.returncode, 130)
    equal(place.json('runs', 'list').object['state'], 'canceled')


@test
def a_question_that_waits_can_be_stopped(place):
    sandbox = place.furnish_all(40)
    requests = sandbox.state()['requests']
    sandbox.set_faults('stall@1-:30~/lists')
    process = place.start_budctl('audiences', 'list', 'Account')
    wait_for(lambda: sandbox.state()['requests'] > requests, 'the request')
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    equal((process.returncode, out, err), (130, '', 'Canceled.\n'))


if __name__ == '__main__':
    main()
