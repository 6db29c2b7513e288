#!/usr/bin/env bash
# What the tests of the store, and of several consoles on one, need: Debian's PostgreSQL, which they start and stop themselves. Nothing is done twice.
set -euo pipefail
cd "$(dirname "$0")"
. ./debian.sh

for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
  [ ! -x "$initdb" ] || exit 0
done
debian postgresql
