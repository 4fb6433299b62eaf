#!/usr/bin/python3
# test_main_job.py: from a customer file to an audience, and again when some have changed
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import csv

import model
from harness import contains, equal, main, test


@test
def a_file_becomes_customers(place):
    path, expected = place.make_customers(1500)
    place.budctl('workspace', 'init')
    report = place.json('customers', 'import', path, '--key', 'Kundenr').object

    equal(report['customers'], expected['customers'], 'customers')
    equal(report['rejected'], sum(expected['rejected'].values()), 'rejected')
    equal(report['key'], 'Kundenr')
    equal(report['delimiter'], ';')
    equal(place.json('customers', 'count').object, {'count': expected['customers']})

    rows = place.json('customers', 'list', '--limit', '0').objects
    customers = model.read(path)
    equal([row['customer_id'] for row in rows], sorted(customers), 'ids')
    for row in rows:
        customer = customers[row['customer_id']]
        equal(row['Etternavn'], customer['Etternavn'], 'names')
        equal(float(row['Sum kjøp']), float(customer['Sum kjøp'].replace(',', '.')), 'sums')
        day, month, year = customer['Født'].split('.')
        equal(row['Født'], f'{year}-{month}-{day}', 'dates')


@test
def rejected_rows_are_listed(place):
    path, expected = place.make_customers(1000)
    place.budctl('workspace', 'init')
    rejects = place.path / 'not-these.csv'
    place.budctl('customers', 'import', path, '--key', 'Kundenr', '--rejects', rejects)
    with open(rejects, newline='', encoding='utf-8-sig') as file:
        rows = list(csv.DictReader(file))
    equal(len(rows), sum(expected['rejected'].values()))
    found = {}
    for row in rows:
        found[row['Reason']] = found.get(row['Reason'], 0) + 1
        assert int(row['Line']) > 1, row
    equal(sorted(found.values()), sorted(expected['rejected'].values()))


@test
def customers_become_an_audience(place):
    sandbox = place.furnish_all(1500)
    path = place.path / 'customers.csv'
    delivered, held_back = model.deliver(model.read(path))

    audiences = place.json('audiences', 'list', 'Account').objects
    equal([(a['name'], a['id']) for a in audiences], [('Nyheter', 'news')])

    plan = place.json('exports', 'rehearse', 'Letter').object
    equal((plan['add'], plan['update'], plan['held_back']), (len(delivered), 0, len(held_back)))
    equal(plan['members'], len(delivered) + len(held_back))
    equal(sandbox.audience()['writes'], 0, 'a rehearsal wrote')

    run = place.json('exports', 'run', 'Letter', '--plan', plan['plan']).object
    equal((run['state'], run['added'], run['rejected']), ('completed', len(delivered), 0))
    equal(model.found(sandbox.members()), model.audience(delivered), 'audience')

    equal(place.json('runs', 'list').object['added'], len(delivered))
    shown = place.json('runs', 'show', '1').objects
    equal(shown[0], run, 'runs show')
    equal(sum(row['people'] for row in shown[1:]), len(delivered) + len(held_back))
    rows = place.json('runs', 'rows', '1', '--result', 'held-back').objects
    equal({row['customer_id']: row['reason'] for row in rows}, held_back, 'held back')
    rows = place.json('runs', 'rows', '1', '--result', 'added').objects
    equal({row['email'].strip().lower() for row in rows}, set(delivered), 'added')


@test
def a_run_without_changes_writes_nothing(place):
    sandbox = place.furnish_all()
    place.budctl('exports', 'run', 'Letter')
    before = sandbox.state()
    run = place.json('exports', 'run', 'Letter').object
    after = sandbox.state()

    equal((run['planned'], run['added'], run['updated']), (0, 0, 0))
    equal(after['audiences'], before['audiences'])
    for call, times in after['calls'].items():
        if not call.startswith('GET '):
            equal(times, before['calls'].get(call), call)


@test
def only_the_changed_travel(place):
    sandbox = place.furnish_all(1500)
    path = place.path / 'customers.csv'
    before = model.read(path)
    place.budctl('exports', 'run', 'Letter')
    writes = sandbox.audience()['writes']

    place.make_customers(1500, change=50)
    after = model.read(path)
    place.budctl('customers', 'import', path)
    delivered, _ = model.deliver(after)
    earlier, _ = model.deliver(before)
    changed = {address: customer for address, customer in delivered.items()
               if customer != before[customer['Kundenr']]}
    assert 30 <= len(changed) < 50, len(changed)

    run = place.json('exports', 'run', 'Letter').object
    new = set(changed) - set(earlier)
    equal((run['planned'], run['added'], run['updated']),
          (len(changed), len(new), len(changed) - len(new)))
    rows = place.json('runs', 'rows', run['run']).objects
    equal({row['email'].lower() for row in rows if row['result'] in ('added', 'updated')},
          set(changed), 'who travelled')
    equal(sandbox.audience()['writes'] - writes, len(changed), 'writes')

    # Nobody is deleted and no tag is taken away.
    members = model.found(sandbox.members())
    expected = model.audience(earlier)
    for address, (first, last, tags) in model.audience(changed).items():
        expected[address] = (first, last, tags | expected.get(address, (0, 0, set()))[2])
    equal(members, expected, 'audience')


@test
def an_export_that_moves_goes_whole(place):
    sandbox = place.furnish_all(300, ['--audience', 'news=Nyheter', '--audience', 'other=Andre'])
    first = place.json('exports', 'run', 'Letter').object
    place.budctl('exports', 'edit', 'Letter', '--audience', 'Andre')
    second = place.json('exports', 'run', 'Letter').object

    # What one audience has says nothing about another.
    equal((second['planned'], second['added']), (first['planned'], first['added']))
    [news, other] = sandbox.state()['audiences']
    equal(other['members']['subscribed'], news['members']['subscribed'])
    equal(news['writes'], first['planned'])
    equal(place.json('exports', 'run', 'Letter').object['planned'], 0)


@test
def the_default_workspace_needs_no_name(place):
    equal(place.raw('workspace', 'init').code, 0)
    folder = place.raw('workspace', 'info', '--json').object['folder']
    equal(folder, place.env['XDG_DATA_HOME'] + '/budstikke/default')
    contains(place.raw('workspace', 'init').err, 'already', folder)


@test
def a_source_is_named_after_its_file(place):
    path = place.write('customers.csv', 'id,name\n1,Kari\n2,Ola\n')
    place.budctl('workspace', 'init')
    place.budctl('customers', 'import', path)
    place.budctl('customers', 'import', path, '--source', 'Till')
    sources = place.json('customers', 'sources').objects
    equal(sorted(source['name'] for source in sources), ['Till', 'customers.csv'])
    equal(place.json('customers', 'count').object['count'], 2, 'customers of both')
    place.budctl('customers', 'remove-source', 'customers.csv')
    place.budctl('customers', 'remove-source', 'Till')
    equal(place.json('customers', 'count').object['count'], 0)


if __name__ == '__main__':
    main()
