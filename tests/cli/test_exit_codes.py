#!/usr/bin/python3
# test_exit_codes.py: what a script is told, and that stopping does no harm
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import signal

from harness import API_KEY, contains, equal, main, test, wait_for

USAGE = (
    ('customers', 'import'), ('customers', 'import', 'a', 'b'), ('customers', 'count', 'x'),
    ('customers', 'import', 'a', '--no-such-option'), ('customers', 'list', '--limit', 'many'),
    ('segments', 'add', 'Name'), ('segments', 'show'), ('exports', 'run'),
    ('exports', 'add', 'Letter'), ('exports', 'add', 'Letter', '-c', 'Account'),
    ('connections', 'add', 'brevo', 'Account'), ('connections', 'add', 'mailchimp'),
    ('runs', 'rows', '1', '2'), ('workspace', 'init', 'there'), ('audiences', 'fields', 'Account'),
)


@test
def wrong_usage_is_2(place):
    place.furnish(20)
    for words in USAGE:
        place.fails(*words, code=2, says=['budctl: '])


@test
def unknown_words_are_2(place):
    for words in (('customers', 'eat'), ('cats', 'list'), ('customers',), ('--no-such-option',)):
        result = place.raw(*words)
        equal(result.code, 2, words)


@test
def failures_are_1(place):
    place.budctl('workspace', 'init')
    for words in (('customers', 'import', 'missing.csv'), ('segments', 'show', 'None'),
                  ('exports', 'run', 'None'), ('runs', 'show', '7'),
                  ('connections', 'test', 'None')):
        place.fails(*words, code=1, says=['budctl: ', '['])


@test
def errors_are_json_too(place):
    place.budctl('workspace', 'init')
    for words, code in ((('segments', 'show', 'None'), 1), (('segments', 'show'), 2)):
        result = place.fails(*words, '--json', code=code)
        [line] = result.err.splitlines()
        equal(set(json.loads(line)), {'error', 'code'})


@test
def a_rejected_person_is_3(place):
    sandbox = place.furnish_people(['kari@fjord.example', 'ola@example.com', 'liv@nord.example'],
                                   '--refuse-example-com')
    run = place.json('exports', 'run', 'Letter', code=3).object
    equal((run['state'], run['added'], run['rejected']), ('completed-with-errors', 2, 1))
    [row] = place.json('runs', 'rows', '1', '--result', 'rejected').objects
    equal((row['email'], row['reason']), ('ola@example.com', 'address-refused'))
    equal(set(sandbox.members()), {'kari@fjord.example', 'liv@nord.example'})
    # To look at it is no failure, and to run it again is the same one.
    place.budctl('runs', 'show', '1')
    again = place.json('exports', 'run', 'Letter', code=3).object
    equal((again['planned'], again['unchanged'], again['rejected']), (1, 2, 1))


def mutating(path):
    """Every command that changes something, with all it needs."""
    export = ('-c', 'Account', '-a', 'Nyheter', '-e', 'E-post', '-s', 'Oslo')
    return (
        (('customers', 'import', path, '--key', 'Kundenr'), None),
        (('customers', 'remove-source', 'customers.csv'), None),
        (('segments', 'add', 'More', 'Sted = "Oslo"'), None),
        (('segments', 'edit', 'Oslo', '--description', 'x'), None),
        (('segments', 'activate', 'Oslo'), None),
        (('segments', 'deactivate', 'Oslo'), None),
        (('segments', 'remove', 'Oslo'), None),
        (('exports', 'add', 'More', *export), None),
        (('exports', 'edit', 'Letter', '--name', 'x'), None),
        (('exports', 'duplicate', 'Letter', 'Copy'), None),
        (('exports', 'remove', 'Letter'), None),
        (('exports', 'rehearse', 'Letter'), None),
        (('exports', 'run', 'Letter'), None),
        (('runs', 'cancel', '1'), None),
        (('exports', 'detach', 'Letter'), None),
        (('connections', 'add', 'mailchimp', 'More'), API_KEY + '\n'),
        (('connections', 'remove', 'Account'), None),
    )


@test
def not_permitted_is_5(place):
    sandbox = place.furnish_all(60)
    place.budctl('exports', 'run', 'Letter')
    before, calls = place.everything(), sandbox.state()
    place.set_role('viewer')
    for words, stdin in mutating(place.path / 'customers.csv'):
        if words[:2] == ('connections', 'add'):
            words += ('--server', sandbox.base)
        place.fails(*words, code=5, stdin=stdin or '', says=['Ask an administrator'])
    equal(place.everything(), before, 'contents')
    equal(sandbox.state()['audiences'], calls['audiences'], 'audience')


@test
def strangers_may_only_look(place):
    path, _ = place.furnish(20)
    place.query("DELETE FROM item WHERE kind = 'person'")
    place.fails('customers', 'import', path, '--key', 'Kundenr', code=5)
    place.budctl('customers', 'list')


@test
def contributors_have_their_own(place):
    sandbox = place.furnish_all(60)
    place.set_role('contributor')
    place.budctl('customers', 'import', place.path / 'customers.csv')
    place.budctl('segments', 'edit', 'Oslo', '--description', 'x')
    place.fails('exports', 'run', 'Letter', code=5)
    place.fails('exports', 'detach', 'Letter', code=5)
    place.fails('connections', 'remove', 'Account', code=5)
    equal(sandbox.audience()['writes'], 0)

    place.set_role('administrator')
    place.connect(sandbox, 'Shared', '--shared')
    place.set_role('contributor')
    place.budctl('exports', 'add', 'Ours', '-c', 'Shared', '-a', 'news', '-e', 'E-post', '-s',
                 'Oslo')
    place.budctl('exports', 'run', 'Ours')
    place.fails('exports', 'detach', 'Ours', code=5)


# 130

def interrupt(process):
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def addresses(number, domain='fjord.example'):
    return [f'kari{n}@{domain}' for n in range(number)]


@test
def an_interrupted_import_is_130(place):
    place.furnish(50)
    before = place.everything()
    rows = ''.join(f'{n},Kari {n},kari{n}@fjord.example\n' for n in range(300000))
    path = place.write('many.csv', 'id,name,mail\n' + rows)

    for source in ('many.csv', 'customers.csv'):
        process = place.start_budctl('customers', 'import', path, '--source', source, '--key', 'id')
        # It says so on the error stream when it has begun.
        contains(process.stderr.readline(), 'Importing')
        code, out, err = interrupt(process)
        equal((code, out, err), (130, '', 'Canceled.\n'), source)
        equal(place.everything(), before, 'contents')
    equal(place.json('workspace', 'check').out, '')
    place.budctl('customers', 'import', place.path / 'customers.csv')


def start_slow_run(place):
    """A run of which some has been sent and some has not. Returns it and the Mailchimp."""
    sandbox = place.furnish_people(addresses(9000), '--latency', '150')
    process = place.start_budctl('exports', 'run', 'Letter', '--json')
    wait_for(lambda: sandbox.audience()['writes'] > 0, 'the first batch')
    return process, sandbox


def check_afterwards(place, sandbox, code, out):
    equal(code, 130, 'exit code')
    run = json.loads(out.splitlines()[0])
    equal(run['state'], 'canceled')
    assert run['added'] < 9000, run
    # What was recorded is there; what had no answer yet may be, and is sent again.
    assert run['added'] <= len(sandbox.members()) < 9000, run
    equal(place.json('runs', 'show', '1').object, run)
    equal(place.json('workspace', 'check').out, '')

    again = place.json('exports', 'run', 'Letter').object
    equal((again['state'], again['unchanged'], again['planned']),
          ('completed', run['added'], 9000 - run['added']))
    members = sandbox.members()
    equal(set(members), set(addresses(9000)))
    equal({row['TAGS'] for row in members.values()}, {'Everybody'})
    equal(sandbox.audience()['resubscribed'], 0)


@test
def an_interrupted_run_is_130(place):
    process, sandbox = start_slow_run(place)
    code, out, _ = interrupt(process)
    check_afterwards(place, sandbox, code, out)


@test
def a_run_is_cancelled_from_elsewhere(place):
    process, sandbox = start_slow_run(place)
    equal(place.json('runs', 'list').object['state'], 'running')
    place.fails('exports', 'run', 'Letter', says=['run 1', 'cancel'])
    place.budctl('runs', 'cancel', '1')
    place.budctl('runs', 'cancel', '1')
    out, _ = process.communicate(timeout=60)
    # It stops between two batches, so nothing is without an answer.
    equal(len(sandbox.members()), json.loads(out.splitlines()[0])['added'], 'members')
    check_afterwards(place, sandbox, process.returncode, out)
    place.fails('runs', 'cancel', '1', says=['Run 1 is over'])


if __name__ == '__main__':
    main()
