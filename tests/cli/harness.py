# harness.py: what every end-to-end test of budctl stands on
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A test is a function that takes a Place: a folder of its own with a home, a workspace and as many
practice Mailchimps as it starts. Its name is the name of the test case. A program has one private
bus with an unlocked keyring, or none where there is no daemon to start."""

import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request

# Plainly nobody's.
API_KEY = '0123456789abcdef0123456789abcdef-us1'
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PATIENCE = 60

TESTS = []
PROGRAMS = {}
ENVIRONMENT = {}


class Skip(Exception):
    pass


def test(function):
    TESTS.append(function)
    return function


def equal(found, expected, about=''):
    if found != expected:
        raise AssertionError(f'{about}\n  found    {found!r}\n  expected {expected!r}')


def contains(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f'{part!r} is not in {text!r}')


def wait_for(condition, about):
    """Polls until @condition() is true, and returns what it said."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.01)
    raise AssertionError(f'waited in vain for {about}')


class Result:
    """What a command said and how it ended."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    @property
    def objects(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self):
        return self.objects[0]

    def __repr__(self):
        return f'<exit {self.code}, said {self.out!r} and {self.err!r}>'


class Sandbox:
    """A running practice Mailchimp with one audience, “news”, called “Nyheter”."""

    def __init__(self, place, *options, key=API_KEY):
        self.log = place.path / f'sandbox-{len(place.processes)}.log'
        command = [PROGRAMS['sandbox'], '--api-key', key, '--log', self.log, *options]
        if '--audience' not in options:
            command += ['--audience', 'news=Nyheter']
        self.process = place.start(command, stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip()
        self.control = self.base.rsplit('/3.0', 1)[0] + '/_sandbox/'

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, data,
                                         {'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def state(self):
        return json.loads(self.ask('state'))

    def audience(self):
        return self.state()['audiences'][0]

    def calls(self, word):
        """How many calls were made whose name has @word in it."""
        return sum(n for name, n in self.state()['calls'].items() if word in name)

    def members(self):
        """Every member's cells by e-mail address."""
        import csv
        rows = csv.DictReader(self.ask('members?list=news').splitlines(keepends=True))
        return {row['EMAIL'].lower(): row for row in rows}

    def put(self, email, status):
        self.ask('members', {'list': 'news', 'email': email, 'status': status, 'by': 'member'})

    def set_faults(self, spec):
        self.ask('faults', {'faults': spec})


class Place:
    """A test's own folder, home, workspace and processes."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix='bud-cli-'))
        self.workspace = self.path / 'workspace'
        self.processes = []
        self.env = dict(ENVIRONMENT, LC_ALL='C.UTF-8', HOME=str(self.path / 'home'),
                        TMPDIR=str(self.path))
        for kind in ('DATA', 'CONFIG', 'CACHE', 'STATE'):
            self.env[f'XDG_{kind}_HOME'] = str(self.path / 'home' / kind.lower())
        (self.path / 'home').mkdir()

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    stream.close()
        # A test may have taken away the right to write.
        for folder, _, _ in os.walk(self.path):
            os.chmod(folder, 0o700)
        shutil.rmtree(self.path)

    def start(self, command, **options):
        options.setdefault('env', self.env)
        process = subprocess.Popen([str(word) for word in command], **options)
        self.processes.append(process)
        return process

    def sandbox(self, *options, **more):
        return Sandbox(self, *options, **more)

    def start_budctl(self, *arguments, **options):
        """Starts a command on the place's workspace without waiting for it."""
        return self.start([PROGRAMS['budctl'], '-w', self.workspace, *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def raw(self, *words, stdin='', env=None, **options):
        """Runs budctl with exactly these words."""
        done = subprocess.run([PROGRAMS['budctl'], *[str(word) for word in words]], text=True,
                              input=stdin, capture_output=True, timeout=PATIENCE,
                              env={**self.env, **(env or {})}, **options)
        return Result(done.returncode, done.stdout, done.stderr)

    def budctl(self, *arguments, code=0, **options):
        """Runs a command on the place's workspace, which has to end with @code."""
        result = self.raw('-w', self.workspace, *arguments, **options)
        if result.code != code:
            raise AssertionError(f'{arguments!r} should end with {code}: {result}')
        return result

    def json(self, *arguments, **options):
        return self.budctl(*arguments, '--json', **options)

    def fails(self, *arguments, says=(), code=1, **options):
        """Runs a command that has to fail, and to say all of @says on the error stream."""
        result = self.budctl(*arguments, code=code, **options)
        contains(result.err, *says)
        equal(result.out, '', f'{arguments!r} failed and printed')
        return result

    # The usual beginnings

    def make_customers(self, rows=300, path='customers.csv', **options):
        """Writes a file of invented customers. Returns its path and what has to be found in it."""
        path = self.path / path
        words = [word for name, value in options.items() for word in (f'--{name}', str(value))]
        done = subprocess.run([ROOT / 'tools/make-customers', '--rows', str(rows), '--expect',
                               *words, path], check=True, capture_output=True, text=True)
        return path, json.loads(done.stdout)

    def write(self, name, data):
        path = self.path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def furnish(self, rows=300, **options):
        """A workspace with customers and two segments."""
        path, expected = self.make_customers(rows, **options)
        self.budctl('workspace', 'init')
        self.budctl('customers', 'import', path, '--key', 'Kundenr')
        self.budctl('segments', 'add', 'Newsletter', 'Nyhetsbrev is true')
        self.budctl('segments', 'add', 'Oslo', 'Sted = "Oslo"')
        return path, expected

    def connect(self, sandbox, name='Account', *more, key=API_KEY, **options):
        return self.budctl('connections', 'add', 'mailchimp', name, '--server', sandbox.base, *more,
                           stdin=key + '\n', **options)

    def add_export(self, name='Letter', *more, **options):
        return self.budctl('exports', 'add', name, '-c', 'Account', '-a', 'Nyheter', '-e', 'E-post',
                           '-m', 'FNAME=Fornavn', '-m', 'LNAME=Etternavn', '-s', 'Newsletter',
                           '-s', 'Oslo', *more, **options)

    def furnish_all(self, rows=300, sandbox_options=(), **options):
        """All that is needed for a run. Returns the practice Mailchimp."""
        need_keyring()
        sandbox = self.sandbox(*sandbox_options)
        self.furnish(rows, **options)
        self.connect(sandbox)
        self.add_export()
        return sandbox

    def furnish_people(self, addresses, *options):
        """A workspace whose customers have these addresses, all of them in one segment. Returns the
        practice Mailchimp."""
        need_keyring()
        sandbox = self.sandbox(*options)
        lines = ['id,name,mail'] + [f'c{n:07},Kari {n},{address}'
                                    for n, address in enumerate(addresses)]
        self.budctl('workspace', 'init')
        self.budctl('customers', 'import', self.write('people.csv', '\n'.join(lines) + '\n'))
        self.budctl('segments', 'add', 'Everybody', 'id is not empty')
        self.connect(sandbox)
        self.budctl('exports', 'add', 'Letter', '-c', 'Account', '-a', 'news', '-e', 'mail',
                    '-m', 'FNAME=name', '-s', 'Everybody')
        return sandbox

    # Looking into the workspace

    def query(self, sql, *values, file='workspace.db'):
        database = sqlite3.connect(self.workspace / file)
        try:
            with database:
                return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def set_role(self, role):
        """Gives the workspace's only person another role."""
        [(ident, body)] = self.query("SELECT id, body FROM item WHERE kind = 'person'")
        person = json.loads(body)
        if 'role' not in person:
            raise AssertionError(f'a person has no role: {body}')
        person['role'] = role
        self.query("UPDATE item SET body = ? WHERE kind = 'person' AND id = ?",
                   json.dumps(person), ident)

    def everything(self):
        """What the workspace holds, as the program tells it."""
        nouns = (('customers', 'list', '--limit', '0'), ('customers', 'fields'),
                 ('customers', 'sources'), ('segments', 'list'), ('connections', 'list'),
                 ('exports', 'list'), ('runs', 'list'))
        return [self.json(*words).out for words in nouns]


# The keyring

class Keyring:
    """A bus and a keyring daemon of the program's own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='bud-cli-bus-')
        self.processes = []
        os.chmod(self.folder, 0o700)

    def start(self, *command, **options):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=ENVIRONMENT, **options)
        self.processes.append(process)
        return process

    def open(self):
        for program in ('dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'):
            if shutil.which(program) is None:
                return f'{program} is not installed: there is no keyring to test against'

        # The bus's own file needs no user session, and no rights to raise limits.
        ENVIRONMENT.update(HOME=self.folder, XDG_RUNTIME_DIR=self.folder,
                           XDG_DATA_HOME=self.folder + '/data', LC_ALL='C.UTF-8')
        bus = self.start('dbus-daemon', '--session', '--nofork', '--print-address',
                         stdout=subprocess.PIPE, text=True)
        ENVIRONMENT['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
        daemon = self.start('gnome-keyring-daemon', '--unlock', '--components=secrets',
                            '--foreground', stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        daemon.stdin.write(b'test')
        daemon.stdin.close()
        wait_for(self.is_ready, 'the keyring daemon')
        return None

    def send(self, path, destination, method, argument):
        """The answer of a call on the bus, as text."""
        return subprocess.run(['dbus-send', '--session', '--print-reply', '--dest=' + destination,
                               path, method, argument],
                              env=ENVIRONMENT, capture_output=True, text=True).stdout

    def is_ready(self):
        """Whether the daemon is there, with the collection in which a secret would be kept."""
        # To ask the daemon before it has its name would make the bus start another one, locked.
        owned = self.send('/', 'org.freedesktop.DBus', 'org.freedesktop.DBus.NameHasOwner',
                          'string:org.freedesktop.secrets')
        return 'true' in owned and '/collection/' in self.send(
            '/org/freedesktop/secrets', 'org.freedesktop.secrets',
            'org.freedesktop.Secret.Service.ReadAlias', 'string:default')

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


NO_KEYRING = []


def need_keyring():
    if NO_KEYRING:
        raise Skip(NO_KEYRING[0])


# Running

def run_one(number, function):
    """Prints the line of one test. Returns whether it is not to be ashamed of."""
    name = f'{number} - {function.__name__}'
    place = Place()
    try:
        function(place)
    except Skip as reason:
        print(f'ok {name} # SKIP {reason}', flush=True)
    except Exception:
        for line in traceback.format_exc().splitlines():
            print(f'# {line}')
        print(f'not ok {name}', flush=True)
        return False
    else:
        print(f'ok {name}', flush=True)
    finally:
        place.close()
    return True


def clean_environment():
    """What budctl shall not take from whoever runs the tests."""
    ENVIRONMENT.update(os.environ)
    for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'GNOME_KEYRING_CONTROL', 'LANGUAGE', 'LANG',
                 'DBUS_SESSION_BUS_ADDRESS', 'G_MESSAGES_DEBUG', 'http_proxy', 'HTTP_PROXY'):
        ENVIRONMENT.pop(name, None)


def main():
    """A program's arguments are budctl and budstikke-sandbox, and perhaps names of tests."""
    PROGRAMS.update(budctl=os.path.abspath(sys.argv[1]), sandbox=os.path.abspath(sys.argv[2]))
    wanted = [function for function in TESTS
              if len(sys.argv) == 3 or function.__name__ in sys.argv[3:]]
    clean_environment()
    # So that a runner that gives up on us leaves no process behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keyring = Keyring()

    print('TAP version 13')
    print(f'1..{len(wanted)}', flush=True)
    try:
        problem = keyring.open()
        if problem is not None:
            NO_KEYRING.append(problem)
        good = [run_one(number, function) for number, function in enumerate(wanted, 1)]
    finally:
        keyring.close()
    sys.exit(0 if all(good) else 1)
