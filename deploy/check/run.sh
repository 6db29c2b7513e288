#!/usr/bin/env bash
# What is in deploy, looked at without a cluster and without systemd running: the chart, linted, rendered and held against
# the Kubernetes API; the unit, by systemd's own tools where they are. With --if-installed the chart is left where the
# program that looks at it was not built before.
set -euo pipefail
cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/crowsnest
# By what it is made of: another version is built anew, and none that is old is believed.
of=$(cat go.mod go.sum ./*.go | sha256sum | cut -c 1-16)
check=$cache/tools/chart-check-$of/check

if [ ! -x "$check" ]; then
  if [ "${1:-}" = --if-installed ]; then
    echo "chart: NOT CHECKED, as what looks at it is not built: make chart builds it"
    exit 0
  fi
  command -v go >/dev/null || { echo "error: make chart needs Go, of the version in deploy/check/go.mod" >&2; exit 1; }
  echo "Building what looks at the chart, of Helm and the Kubernetes API's types (about 4 minutes, once)"
  export GOCACHE=$cache/go-build GOMODCACHE=$cache/go-mod GOFLAGS=-mod=readonly GOTOOLCHAIN=local
  rm -rf "$cache"/tools/chart-check-*
  mkdir -p "${check%/*}"
  go build -trimpath -o "$check.new" .
  mv "$check.new" "$check"
fi
"$check" ../chart cases

if command -v systemd-analyze >/dev/null; then
  tmp=$(mktemp -d)
  trap 'rm -rf "$tmp"' EXIT
  # As it would be installed: what it starts has to be there.
  sed 's|^ExecStart=.*|ExecStart=/bin/true|' ../crowsnest.service >"$tmp/crowsnest.service"
  said=$(systemd-analyze verify "$tmp/crowsnest.service" 2>&1) || { echo "$said" >&2; exit 1; }
  [ -z "$said" ] || { echo "$said" >&2; exit 1; }
  # In tenths; 100 is a service that may do anything.
  systemd-analyze security --offline=true --threshold=15 --no-pager "$tmp/crowsnest.service" >"$tmp/said" || { cat "$tmp/said" >&2; exit 1; }
  tail -n 1 "$tmp/said"
else
  echo "unit: NOT CHECKED, as there is no systemd-analyze"
fi
