#!/usr/bin/python3
# test_crash.py: a program that is killed at any moment leaves nothing half done
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import random
import signal
import subprocess
import time

import model
from harness import equal, main, test, wait_for

ROUNDS = 8
SEED = 20260101


def kill(process, patience):
    """Kills it after a while. Returns whether it was still at work."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def time_of(function):
    start = time.monotonic()
    function()
    return time.monotonic() - start


def sound(place):
    equal(place.json('workspace', 'check').out, '', 'workspace check')


def ids(place):
    return [row['customer_id'] for row in place.json('customers', 'list', '--limit', '0').objects]


@test
def a_killed_import_leaves_old_or_new(place):
    """Every customer has the file's letter, so a mix would show."""
    chance = random.Random(SEED)
    place.budctl('workspace', 'init')
    paths = {letter: place.write(letter + '.csv', 'id,name\n' + ''.join(
        f'{letter}{n},Kari {letter}\n' for n in range(count))) for letter, count in
        (('a', 30000), ('b', 40000))}
    words = {letter: ('customers', 'import', path, '--source', 'till', '--key', 'id')
             for letter, path in paths.items()}
    place.budctl(*words['a'])
    long = time_of(lambda: place.budctl(*words['b']))
    expected = {'a': 30000, 'b': 40000}
    letter, killed = 'b', 0

    for _ in range(ROUNDS):
        other = 'a' if letter == 'b' else 'b'
        killed += kill(place.start_budctl(*words[other]), chance.uniform(0, long))
        sound(place)
        here = ids(place)
        letters = {ident[0] for ident in here}
        equal(len(letters), 1, 'mix')
        [letter] = letters
        equal(len(set(here)), expected[letter], letter)
        equal(place.json('customers', 'count', '--where', f'name = "Kari {letter}"').object,
              {'count': expected[letter]})
    assert killed > 0, 'nothing was ever interrupted'

    # What lay half loaded is swept up, and a whole import is as if nothing had been.
    place.budctl(*words['a'])
    equal(place.json('customers', 'count').object, {'count': 30000})
    tables = place.query("SELECT name FROM sqlite_master WHERE type = 'table'", file='customers.db')
    place.budctl(*words['b'])
    equal(len(place.query("SELECT name FROM sqlite_master WHERE type = 'table'",
                          file='customers.db')), len(tables), 'tables')


@test
def a_killed_run_is_carried_on(place):
    chance = random.Random(SEED)
    rows = 4000
    sandbox = place.furnish_all(rows, sandbox_options=('--latency', '40'))
    path = place.path / 'customers.csv'
    delivered, _ = model.deliver(model.read(path))
    ever = set(delivered)
    left = {}
    for address in chance.sample(sorted(delivered), 60):
        left[address] = ('archived', 'unsubscribed', 'cleaned')[len(left) % 3]
        sandbox.put(address, left[address])

    killed = 0
    for turn in range(ROUNDS):
        writes = sandbox.audience()['writes']
        process = place.start_budctl('exports', 'run', 'Letter')
        if turn % 2 == 0:
            # As often as not in the midst of sending.
            wait_for(lambda: sandbox.audience()['writes'] > writes or process.poll() is not None,
                     'something that is sent')
        killed += kill(process, chance.uniform(0, 0.1))
        sound(place)
        # Other customers change each time, so that there is always somebody to send.
        place.make_customers(rows, change=1000 + turn)
        place.budctl('customers', 'import', path)
        ever |= set(model.deliver(model.read(path))[0])
    assert killed > ROUNDS // 2, f'only {killed} of {ROUNDS} runs were interrupted'

    run = place.json('exports', 'run', 'Letter').object
    equal(run['state'], 'completed')
    states = [row['state'] for row in place.json('runs', 'list').objects]
    equal(states.count('running'), 0, 'runs that say they are running')
    assert states.count('interrupted') > 0, states
    sound(place)

    members = sandbox.members()
    equal({address: members[address]['STATUS'] for address in left}, left, 'who had left')
    equal(sandbox.audience()['resubscribed'], 0)
    now, _ = model.deliver(model.read(path))
    found = model.found(members)
    for address, (first, last, tags) in model.audience(now).items():
        if address not in left:
            equal(found[address][:2], (first, last), address)
            assert tags <= found[address][2], (address, tags, found[address])
    equal(set(found) - ever, set(), 'members that nobody sent')

    again = place.json('exports', 'run', 'Letter').object
    equal((again['planned'], again['calls']), (0, 0), 'a run after that')


@test
def an_import_during_a_run_stops_it(place):
    """Nobody asked whether those with a new address have opted out."""
    sandbox = place.furnish_all(9000)
    path, _ = place.make_customers(9000, change=4000)
    # The first two calls make the tags.
    sandbox.set_faults('stall@3-:1~POST')
    process = place.start_budctl('exports', 'run', 'Letter', '--json')
    wait_for(lambda: sandbox.audience()['writes'] > 0, 'the first batch')
    place.budctl('customers', 'import', path)
    out, _ = process.communicate(timeout=60)
    run = json.loads(out.splitlines()[0])
    equal((process.returncode, run['state']), (1, 'failed'))
    assert 'run the export again' in run['message'], run

    sandbox.set_faults('')
    before = set(sandbox.members())
    place.budctl('exports', 'run', 'Letter')
    delivered, _ = model.deliver(model.read(path))
    found = model.found(sandbox.members())
    equal(set(found) - set(delivered) - before, set(), 'members that nobody sent')
    for address, (first, last, tags) in model.audience(delivered).items():
        equal(found[address][:2], (first, last), address)
        assert tags <= found[address][2], (address, tags, found[address])


@test
def a_lost_answer_is_sent_again(place):
    """The first two are for making the tags."""
    sandbox = place.furnish_all(1500)
    delivered, _ = model.deliver(model.read(place.path / 'customers.csv'))
    sandbox.set_faults('seed=3,lost@3~POST,500@4~POST,truncate@6~POST')
    place.budctl('exports', 'run', 'Letter')
    equal(model.found(sandbox.members()), model.audience(delivered))
    equal(sandbox.audience()['rewritten_different'], 0)
    equal(place.json('exports', 'run', 'Letter').object['planned'], 0)


@test
def a_lost_answer_about_a_tag_does_no_harm(place):
    sandbox = place.furnish_all(100)
    delivered, _ = model.deliver(model.read(place.path / 'customers.csv'))
    sandbox.set_faults('lost@1~POST')
    place.raw('-w', place.workspace, 'exports', 'run', 'Letter')
    place.budctl('exports', 'run', 'Letter')
    equal(model.found(sandbox.members()), model.audience(delivered))


if __name__ == '__main__':
    main()
