#!/usr/bin/python3
# test_commands.py: every command explains itself, and speaks the JSON that docs/json.md promises
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import subprocess

from harness import API_KEY, PROGRAMS, ROOT, contains, equal, main, need_keyring, test

# What the program says in itself: any field of the customers.
OPEN = {'customers list', 'segments members'}


def commands(place):
    return [tuple(line.split(' ')) for line in place.raw('--commands').out.splitlines()]


def documented():
    """The objects of each command as docs/json.md has them: a list of lists of keys."""
    text = (ROOT / 'docs/json.md').read_text()
    found = {}
    for heading, body in re.findall(r'^## `(\w+ [\w-]+)`(.*?)(?=^## |\Z)', text, re.M | re.S):
        same = re.search(r'^As `(\w+ \w+)`\.$', body, re.M)
        tables = re.split(r'^\| key \|.*\n\|[-| ]*\n', body, flags=re.M)[1:]
        found[heading] = (found[same[1]] if same else
                          [re.findall(r'^\| `(\w+)` \|', table, re.M) for table in tables])
    return found


@test
def the_program_introduces_itself(place):
    version = re.search(r"version: '([^']+)'", (ROOT / 'meson.build').read_text())[1]
    equal(place.raw('--version').out, f'budctl {version}\n')
    shown = place.raw('--help')
    equal((shown.code, shown.err), (0, ''))
    equal(place.raw('exports', '--help').out, shown.out)
    equal(place.raw('-h').out, shown.out)
    bare = place.raw()
    equal((bare.code, bare.out), (2, shown.out))
    assert len(commands(place)) > 30
    for noun, verb in commands(place):
        contains(shown.out, f'  {noun} {verb}')


@test
def every_command_has_help(place):
    for noun, verb in commands(place):
        result = place.raw(noun, verb, '--help')
        equal((result.code, result.err), (0, ''), f'{noun} {verb}')
        contains(result.out, f'{noun} {verb}', '--workspace', '--json')
    equal(place.workspace.exists(), False)


@test
def too_many_words_are_a_usage_error(place):
    place.budctl('workspace', 'init')
    for noun, verb in commands(place):
        place.fails(noun, verb, *'abcdef', code=2, says=[f'budctl {noun} {verb}', '[USAGE]'])


@test
def the_workspace_stands_where_one_likes(place):
    place.budctl('workspace', 'init')
    folder = str(place.workspace)
    for words in (('-w', folder, 'workspace', 'info'), ('workspace', 'info', '-w', folder),
                  ('--workspace', folder, 'workspace', 'info'),
                  ('workspace', 'info', '--workspace', folder),
                  ('--workspace=' + folder, 'workspace', 'info'),
                  ('workspace', 'info', '--workspace=' + folder)):
        equal(place.raw(*words, '--json').object['folder'], folder, words)
        equal(place.raw('--json', *words).object['folder'], folder, words)
    equal(place.raw('workspace', 'info', '-w', 'workspace', '--json', cwd=place.path)
          .object['folder'], folder)


@test
def names_and_ids_are_the_same(place):
    place.furnish_all(40)
    place.budctl('exports', 'run', 'Letter')

    def ident(noun):
        return place.json(noun, 'list').objects[0]['id']

    def same(*words, name, by_id):
        equal(place.json(*words, by_id).out, place.json(*words, name).out, words)

    for noun, name in (('segments', 'Newsletter'), ('connections', 'Account'),
                       ('exports', 'Letter')):
        same(noun, 'show', name=name, by_id=ident(noun))
    same('segments', 'count', name='Newsletter', by_id=ident('segments'))
    same('segments', 'members', name='Newsletter', by_id=ident('segments'))
    same('connections', 'test', name='Account', by_id=ident('connections'))
    same('audiences', 'list', name='Account', by_id=ident('connections'))
    same('audiences', 'fields', ident('connections'), name='Nyheter', by_id='news')
    place.budctl('exports', 'edit', ident('exports'), '-s', ident('segments'), '-a', 'news', '-c',
                 ident('connections'))
    equal(place.json('exports', 'show', 'Letter').object['segments'], ['Newsletter'])
    place.budctl('exports', 'run', ident('exports'))
    place.budctl('segments', 'deactivate', ident('segments'))
    place.budctl('exports', 'detach', ident('exports'))
    place.budctl('exports', 'remove', ident('exports'))
    place.budctl('segments', 'remove', ident('segments'))
    place.budctl('connections', 'remove', ident('connections'))
    [source] = place.json('customers', 'sources').objects
    place.budctl('customers', 'remove-source', source['id'])


@test
def names_are_found_however_they_are_written(place):
    place.furnish(20)
    equal(place.json('segments', 'show', 'OSLO').object['name'], 'Oslo')
    place.budctl('segments', 'add', 'Sölvi & Åse “2”', 'Sted = "Ås"')
    equal(place.json('segments', 'show', 'Sölvi & Åse “2”').object['rule'], 'Sted = "Ås"')


@test
def rules_have_two_forms(place):
    place.furnish(40)
    shown = place.json('segments', 'show', 'Oslo').object
    place.budctl('segments', 'add', 'Again', shown['rule_json'])
    again = place.json('segments', 'show', 'Again').object
    equal((again['rule'], again['rule_json']), (shown['rule'], shown['rule_json']))
    equal(place.json('segments', 'count', 'Again').out, place.json('segments', 'count', 'Oslo').out)


def shapes(result, command):
    """The different sequences of keys of an answer, in the order in which they came."""
    found = []
    for line in result.objects:
        keys = list(line)
        if command in OPEN:
            keys = keys[:1]
        if keys not in found:
            found.append(keys)
    return found


def tour(place):
    """Every command once, in an order in which each succeeds and says something."""
    sandbox = place.sandbox('--refuse-example-com')
    path = place.write('people.csv', 'id,name,mail\na,Kari,kari@fjord.example\n'
                       'b,Ola,ola@example.com\nc,Liv,\n')
    add = ('-c', 'Account', '-a', 'news', '-e', 'mail', '-m', 'FNAME=name', '-s', 'All')
    yield ('workspace', 'init')
    yield ('customers', 'import', path)
    yield ('customers', 'count', '--where', 'id = "a"')
    yield ('customers', 'list', '--limit', '2')
    yield ('customers', 'fields')
    yield ('customers', 'sources')
    yield ('segments', 'add', 'All', 'id is not empty', '--description', 'everybody')
    yield ('segments', 'edit', 'All', '--description', 'x')
    yield ('segments', 'deactivate', 'All')
    yield ('segments', 'activate', 'All')
    yield ('segments', 'list')
    yield ('segments', 'show', 'All')
    yield ('segments', 'count', 'All')
    yield ('segments', 'members', 'All')
    yield ('connections', 'add', 'mailchimp', 'Account', '--server', sandbox.base)
    yield ('connections', 'list')
    yield ('connections', 'show', 'Account')
    yield ('connections', 'test', 'Account')
    yield ('audiences', 'list', 'Account')
    yield ('audiences', 'fields', 'Account', 'news')
    yield ('exports', 'add', 'Letter', *add)
    yield ('exports', 'edit', 'Letter', '-s', 'All')
    yield ('exports', 'list')
    yield ('exports', 'show', 'Letter')
    yield ('exports', 'duplicate', 'Letter', 'Copy')
    yield ('exports', 'rehearse', 'Letter')
    yield ('exports', 'run', 'Letter')
    yield ('runs', 'list')
    yield ('runs', 'show', '1')
    yield ('runs', 'rows', '1')
    yield ('exports', 'detach', 'Copy')
    yield ('exports', 'remove', 'Copy')
    yield ('exports', 'remove', 'Letter')
    yield ('connections', 'remove', 'Account')
    yield ('segments', 'remove', 'All')
    yield ('customers', 'remove-source', 'people.csv')
    yield ('workspace', 'info')
    yield ('workspace', 'check')


@test
def json_is_as_documented(place):
    """Key by key and in the same order."""
    need_keyring()
    promised = documented()
    seen = {'runs cancel': []}
    for words in tour(place):
        command = ' '.join(words[:2])
        code = 3 if command == 'exports run' else 0
        found = shapes(place.json(*words, stdin=API_KEY + '\n', code=code), command)
        # Only a workspace that is damaged has a line to check, and it is hard to damage well.
        seen[command] = [['problem']] if command == 'workspace check' else found
    equal(seen, promised)
    equal(set(seen), {' '.join(words) for words in commands(place)}, 'commands')


@test
def values_are_for_programs(place):
    """Not one of them depends on the language, and none is made of several."""
    place.furnish_all(300)
    place.budctl('exports', 'run', 'Letter')
    run = place.json('runs', 'show', '1').object
    for key in ('started', 'finished'):
        assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', run[key]), run
    for key in ('planned', 'added', 'calls'):
        assert isinstance(run[key], int), run
    equal(run['message'], None)
    equal(place.json('segments', 'list').object['active'], True)
    equal(place.json('exports', 'show', 'Letter').object['segments'], ['Newsletter', 'Oslo'])


def complete(place, *words):
    """What bash offers after these words, of which the last one is not finished."""
    script = (f'source {ROOT}/data/budctl.bash; PATH={place.path}/bin:$PATH; '
              'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt () { :; }; '
              '_budctl; printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(['bash', '-c', script, 'bash', *words], capture_output=True, text=True,
                          env=place.env)
    equal((done.returncode, done.stderr), (0, ''), words)
    return done.stdout.split()


@test
def bash_completes_the_words(place):
    (place.path / 'bin').mkdir()
    (place.path / 'bin/budctl').symlink_to(PROGRAMS['budctl'])
    found = commands(place)
    equal(complete(place, 'budctl', ''), sorted({noun for noun, _ in found}))
    equal(complete(place, 'budctl', 'seg'), ['segments'])
    for noun in {noun for noun, _ in found}:
        equal(complete(place, 'budctl', noun, ''), [verb for other, verb in found if other == noun])
    equal(complete(place, 'budctl', 'customers', 'rem'), ['remove-source'])
    equal(complete(place, 'budctl', 'customers', 'import', '--e'), ['--encoding'])
    equal(complete(place, 'budctl', 'customers', 'import', 'file.csv', '--re'), ['--rejects'])
    options = complete(place, 'budctl', 'exports', 'add', 'x', '--')
    assert {'--connection', '--audience', '--map', '--json', '--workspace'} <= set(options), options
    equal(len(options), len(set(options)), 'options are offered twice')


if __name__ == '__main__':
    main()
