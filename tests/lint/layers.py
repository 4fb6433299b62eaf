# layers.py: who may know whom
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import posixpath

from checks import check

# DESIGN.md, "Layers". A client changes things through app/ alone, and may name the types in which
# app/ answers; it never comes near a network or a keyring.
BELOW_ENGINE = {'core', 'rules', 'store', 'source', 'net', 'auth', 'mailchimp'}
MAY_USE = {
    'core': set(),
    'rules': {'core'},
    'store': {'core', 'rules'},
    'source': {'core', 'rules'},
    'net': {'core'},
    'auth': {'core', 'net'},
    'mailchimp': {'core', 'net', 'auth'},
    'engine': BELOW_ENGINE,
    'app': BELOW_ENGINE | {'engine'},
    'cli': BELOW_ENGINE - {'net', 'auth'} | {'engine', 'app'},
    'gui': BELOW_ENGINE - {'net', 'auth'} | {'engine', 'app'},
    'sandbox': {'core', 'net'},
}

# Where each library is hidden, so that it can be watched, replaced and left out.
BELONGS = {
    r'sqlite3_\w+': ('src/store/sqlite/',),
    r'soup_session_\w+': ('src/net/',),
    r'secret_(?:password|service|collection|item|value|backend)_\w+': ('src/auth/',),
    r'MHD_\w+': ('src/sandbox/',),
    r'(?:gtk|adw|gdk|gsk)_\w+': ('src/gui/',),
}

# Made while building, so no file of the tree has that name.
GENERATED = {'config.h'}

WORKER_MARK = 'Blocking: for worker threads only.'

# GIO's and its relatives' calls that wait for a disk, a network or somebody's password.
BLOCKING = (
    r'\b(?:g|soup|secret|json|goa)_\w+_sync \(',
    r'\bg_file_(?:read|replace|create|append_to|load_contents|replace_contents|query_info|'
    r'query_exists|enumerate_children|copy|move|delete|trash|make_directory\w*) \(',
    r'\bg_(?:input|output)_stream_(?:read|read_all|read_bytes|skip|write|write_all|write_bytes|'
    r'splice|flush|close) \(',
    r'\bg_socket_client_connect\w*(?<!_async)(?<!_finish) \(',
    r'\bg_resolver_lookup_by_\w+(?<!_async)(?<!_finish) \(',
    r'\bjson_parser_load_from_(?:file|stream) \(',
    r'\b(?:g_usleep|sleep|usleep|nanosleep) \(',
)


def layer_of(path):
    return path.split('/')[1]


def owners(tree):
    """Which layers have a header of that name."""
    found = {}
    for path in tree.under('src', ext={'.h'}):
        found.setdefault(posixpath.basename(path), []).append(path)
    return found


@check
def headers_have_names_of_their_own(tree):
    """The include path decides between two headers of one name, so there must not be two."""
    for name, paths in owners(tree).items():
        if len(paths) > 1:
            yield f'{paths[1]}: has the same name as {paths[0]}'


@check
def includes_follow_the_arrows(tree):
    """A layer that knows one above it cannot be understood, tested or replaced alone."""
    headers = owners(tree)
    pattern = r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"'
    for path, line, match in tree.matches(pattern, tree.under('src', ext={'.c', '.h'})):
        name = posixpath.basename(match[1])
        layer = layer_of(path)
        if name in GENERATED or (name.endswith('-enums.h') and name not in headers):
            continue
        if name not in headers:
            yield f'{path}:{line}: there is no header {match[1]} in src/'
            continue
        other = layer_of(headers[name][0])
        if other != layer and other not in MAY_USE.get(layer, set()):
            yield f'{path}:{line}: {layer}/ may not use {other}/ ({name})'


@check
def builds_follow_the_arrows(tree):
    """The include path that the build gives a layer is what keeps the arrows for good."""
    pattern = r'\b(' + '|'.join(MAY_USE) + r')_dep\b(?!\s*=)'
    for path in tree.under('src', ext={'.build'}):
        if path.count('/') < 2:
            continue
        layer = layer_of(path)
        for _, line, match in tree.matches(pattern, [path]):
            if match[1] != layer and match[1] not in MAY_USE.get(layer, set()):
                yield f'{path}:{line}: {layer}/ may not use {match[1]}_dep'


@check
def libraries_stay_where_they_belong(tree):
    """One place sends, one keeps, one paints: what is everywhere can be guarded nowhere."""
    for pattern, folders in BELONGS.items():
        paths = [path for path in tree.under('src', ext={'.c', '.h'})
                 if not path.startswith(folders)]
        for path, line, match in tree.matches(r'\b' + pattern + r' \(', paths, tree.code):
            yield f'{path}:{line}: {match[0][:-2]} belongs in {", ".join(folders)}'


@check
def waits_only_on_worker_threads(tree):
    """The window never waits: a call that blocks belongs on a thread of its own."""
    paths = [path for path in tree.under('src', ext={'.c', '.h'})
             if 'worker' not in posixpath.basename(path)
             and WORKER_MARK not in '\n'.join(tree.lines(path)[:40])]
    for pattern in BLOCKING:
        for path, line, match in tree.matches(pattern, paths, tree.code):
            yield (f'{path}:{line}: {match[0].rstrip(" (")} blocks; move it to a *-worker.c file, or '
                   f'say “{WORKER_MARK}” at the head of this one')
