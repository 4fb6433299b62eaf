#!/usr/bin/python3
# test_bad_service.py: what is said when keyring, account, audience, export or plan do not fit
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

from harness import API_KEY, contains, equal, main, need_keyring, test


@test
def no_keyring_at_all(place):
    place.budctl('workspace', 'init')
    sandbox = place.sandbox()
    for address in ('unix:path=/nonexistent', 'disabled:'):
        result = place.fails('connections', 'add', 'mailchimp', 'Account', '--server', sandbox.base,
                             stdin=API_KEY, env={'DBUS_SESSION_BUS_ADDRESS': address,
                                                 'XDG_RUNTIME_DIR': str(place.path)})
        contains(result.err, 'No keyring answers', 'Start')
    equal(place.json('connections', 'list').out, '')


@test
def keys_that_are_not_accepted(place):
    need_keyring()
    place.budctl('workspace', 'init')
    sandbox = place.sandbox()
    wrong = 'f' * 32 + '-us1'
    result = place.connect(sandbox, key=wrong, code=1)
    contains(result.err, 'sign-in')
    for key, says in (('', 'no API key'), ('\n\n', 'no API key'), ('my-secret-pass', 'not a'),
                      ('x' * 5000, ''), ('abc def-us1', ''), ('kjø' * 10 + '-us1', '')):
        result = place.budctl('connections', 'add', 'mailchimp', 'Account', stdin=key, code=1)
        contains(result.err, says)
        if len(key) > 3:
            assert key.strip()[:20] not in result.err + result.out, result
    place.fails('connections', 'add', 'mailchimp', 'Account', '--api-key-file',
                place.path / 'missing', says=['missing', 'cannot be read'])
    equal(place.json('connections', 'list').out, '')


@test
def servers_that_are_not_asked(place):
    need_keyring()
    place.budctl('workspace', 'init')
    for server, says in (('http://198.51.100.7/3.0', 'without encryption'),
                         ('http://mailchimp.example/3.0', 'without encryption'),
                         ('ftp://127.0.0.1/3.0', ''), ('not an address', '')):
        place.fails('connections', 'add', 'mailchimp', 'Account', '--server', server,
                    stdin=API_KEY, says=[says])
    equal(place.json('connections', 'list').out, '')


@test
def exports_that_cannot_be(place):
    sandbox = place.furnish_all(40)
    before = place.everything()
    usual = {'-c': 'Account', '-a': 'Nyheter', '-e': 'E-post', '-s': 'Oslo'}
    for option, value, says in (
            ('-c', 'Acount', ('Did you mean “Account”?',)),
            ('-a', 'Nyhete', ('no audience “Nyhete”', 'Did you mean “Nyheter”?')),
            ('-a', 'Something else', ('no audience',)),
            ('-e', 'Epost', ('“Epost”', 'E-post')),
            ('-s', 'Osla', ('Did you mean “Oslo”?',)),
            ('-m', 'NAME=Fornavn', ('no merge field “NAME”',)),
            ('-m', 'FNAME=Frnavn', ('“Frnavn”', 'Fornavn')),
            ('-m', 'FNAME', ('FNAME=',)),
            ('-m', 'A-B=Fornavn', ('A-B',))):
        words = [word for pair in {**usual, option: value}.items() for word in pair]
        place.fails('exports', 'add', 'Other', *words, says=says)
        place.fails('exports', 'edit', 'Letter', option, value, says=says)
    place.fails('exports', 'add', 'Letter', '-c', 'Account', '-a', 'news', '-e', 'E-post', '-s',
                'Oslo', says=['“Letter”', 'Choose another'])
    place.fails('exports', 'add', 'None', '-c', 'Account', '-a', 'news', '-e', 'E-post',
                says=['at least one segment'])
    place.fails('exports', 'duplicate', 'Letter', 'Letter', says=['“Letter”'])
    place.fails('connections', 'add', 'mailchimp', 'Account', '--server', sandbox.base,
                stdin=API_KEY, says=['“Account”', 'Choose another'])
    equal(place.everything(), before, 'contents')


@test
def what_is_in_use_stays(place):
    place.furnish_all(40)
    before = place.everything()
    place.fails('segments', 'remove', 'Oslo', says=['“Oslo”', 'Letter'])
    place.fails('connections', 'remove', 'Account', says=['“Account”', 'Letter'])
    equal(place.everything(), before, 'contents')
    place.budctl('exports', 'detach', 'Letter')
    place.fails('exports', 'run', 'Letter', says=['“Letter” has no connection'])
    place.budctl('connections', 'remove', 'Account')
    place.budctl('exports', 'remove', 'Letter')
    place.budctl('segments', 'remove', 'Oslo')


@test
def an_export_without_active_segments(place):
    sandbox = place.furnish_all(40)
    place.budctl('segments', 'deactivate', 'Oslo')
    place.budctl('segments', 'deactivate', 'Newsletter')
    place.fails('exports', 'rehearse', 'Letter', says=['no active segment', '“Letter”'])
    equal(place.json('exports', 'run', 'Letter', code=1).object['state'], 'failed')
    equal(sandbox.audience()['writes'], 0)


@test
def plans_that_no_longer_hold(place):
    sandbox = place.furnish_all(40)
    place.add_export('Other')
    plan = place.json('exports', 'rehearse', 'Letter').object['plan']
    place.fails('exports', 'run', 'Other', '--plan', plan, says=['not a plan of', '“Other”'])
    place.fails('exports', 'run', 'Letter', '--plan', '77', says=['no plan number 77'])
    place.budctl('customers', 'import', place.path / 'customers.csv')
    run = place.json('exports', 'run', 'Letter', '--plan', plan, code=1).object
    equal(run['state'], 'failed')
    contains(run['message'], 'no longer matches', 'Rehearse again')
    equal(sandbox.audience()['writes'], 0)


@test
def a_source_that_is_needed_can_go(place):
    """What is missing then is said where it is missing."""
    sandbox = place.furnish_all(40)
    place.budctl('exports', 'run', 'Letter')
    writes = sandbox.audience()['writes']
    place.budctl('customers', 'remove-source', 'customers.csv')
    place.fails('exports', 'rehearse', 'Letter', says=['E-post'])
    place.fails('segments', 'count', 'Oslo', says=['Sted'])
    place.budctl('segments', 'list')
    place.budctl('exports', 'show', 'Letter')
    place.budctl('runs', 'rows', '1')
    equal(sandbox.audience()['writes'], writes)


if __name__ == '__main__':
    main()
