#!/bin/sh
# with-keyring.sh: runs a test on a bus of its own, with a private and unlocked gnome-keyring
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu

for program in dbus-run-session gnome-keyring-daemon; do
  if ! command -v "$program" >/dev/null; then
    echo "1..0 # SKIP $program is not installed: there is no keyring to test against"
    exit 0
  fi
done

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
chmod 700 "$dir"
mkdir "$dir/run" "$dir/data"
chmod 700 "$dir/run"

export HOME="$dir" XDG_RUNTIME_DIR="$dir/run" XDG_DATA_HOME="$dir/data"
export XDG_CONFIG_HOME="$dir/config" XDG_CACHE_HOME="$dir/cache"
# Without a display nothing can ask for a password.
unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL

dbus-run-session -- sh -c '
  printf test | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
  exec "$@"' sh "$@"
