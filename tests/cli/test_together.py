#!/usr/bin/python3
# test_together.py: several programs at once on one workspace
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json

import model
from harness import contains, equal, main, test


def all_at_once(place, *commands):
    """Runs them side by side. Returns the exit code and both outputs of each."""
    processes = [place.start_budctl(*words) for words in commands]
    return [(*process.communicate(timeout=60), process.returncode) for process in processes]


@test
def of_two_imports_one_comes_last(place):
    place.budctl('workspace', 'init')
    counts = {'a': 15000, 'b': 20000}
    paths = {letter: place.write(letter + '.csv', 'id,name\n' + ''.join(
        f'{letter}{n},Kari {letter}\n' for n in range(count))) for letter, count in counts.items()}
    words = [('customers', 'import', path, '--source', 'till', '--key', 'id')
             for path in paths.values()]
    place.budctl(*words[0])

    for _ in range(4):
        for _, err, code in all_at_once(place, *words):
            equal(code, 0, err)
        rows = place.json('customers', 'list', '--limit', '0').objects
        letters = {row['customer_id'][0] for row in rows}
        equal(len(letters), 1, 'mix')
        equal(len(rows), counts[letters.pop()], 'customers')
        [source] = place.json('customers', 'sources').objects
        equal(source['customers'], len(rows), 'what is said of the source')
    equal(place.json('workspace', 'check').out, '')


@test
def two_sources_are_imported_side_by_side(place):
    place.budctl('workspace', 'init')
    words = []
    for letter in 'ab':
        rows = ''.join(f'{letter}{n},Kari\n' for n in range(15000))
        path = place.write(letter + '.csv', 'id,name\n' + rows)
        words.append(('customers', 'import', path, '--key', 'id'))
    for _, err, code in all_at_once(place, *words):
        equal(code, 0, err)
    equal(place.json('customers', 'count').object, {'count': 30000})


@test
def an_export_runs_once_at_a_time(place):
    sandbox = place.furnish_all(2000, sandbox_options=('--latency', '50'))
    delivered, _ = model.deliver(model.read(place.path / 'customers.csv'))
    run = ('exports', 'run', 'Letter', '--json')
    done = 0
    for _ in range(3):
        for out, err, code in all_at_once(place, run, run, run):
            if code == 0:
                equal(json.loads(out.splitlines()[0])['state'], 'completed')
                done += 1
            else:
                equal((code, out), (1, ''))
                # Wait for it, or try again.
                contains(json.loads(err)['error'], 'run')
    assert done >= 3, done
    equal(model.found(sandbox.members()), model.audience(delivered))
    equal(sandbox.audience()['writes'], len(delivered), 'people sent')
    states = {row['state'] for row in place.json('runs', 'list').objects}
    equal(states, {'completed'})


@test
def reading_does_not_wait_for_writing(place):
    place.furnish(200)
    before = place.everything()
    rows = ''.join(f'{n},Kari {n}\n' for n in range(300000))
    path = place.write('many.csv', 'id,name\n' + rows)
    process = place.start_budctl('customers', 'import', path, '--source', 'customers.csv', '--key',
                                 'id')
    contains(process.stderr.readline(), 'Importing')
    seen = [place.json('customers', 'count').object['count']]
    place.budctl('segments', 'edit', 'Oslo', '--description', 'while it is busy')
    out, err = process.communicate(timeout=60)
    equal(process.returncode, 0, err)
    equal(seen, [len(before[0].splitlines())], 'customers during the import')
    equal(place.json('customers', 'count').object['count'], 300000)


if __name__ == '__main__':
    main()
