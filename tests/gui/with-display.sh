#!/bin/bash
# with-display.sh: runs a test on a display, a bus and a keyring of its own
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu

if ! command -v Xvfb >/dev/null; then
  echo '1..0 # SKIP Xvfb is not installed: there is no display to test on'
  exit 0
fi

dir=$(mktemp -d)
Xvfb -displayfd 4 -screen 0 1280x900x24 -nolisten tcp -noreset 4>"$dir"/display 2>/dev/null &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$dir"' EXIT

# The server says which display it is when it is ready.
for ((i = 0; i < 200; i++)); do
  [[ -s $dir/display ]] && break
  sleep 0.05
done

# What is drawn does not depend on the machine, and a warning of GTK's is a failure.
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=test GSETTINGS_BACKEND=memory
export G_DEBUG=gc-friendly,fatal-warnings

"$(dirname "$0")"/../auth/with-keyring.sh env DISPLAY=":$(<"$dir"/display)" "$@"
