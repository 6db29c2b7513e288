#!/usr/bin/env bash
# What the browser tests need: npm packages by lockfile, and Debian's Chromium. Nothing is done twice.
set -euo pipefail
cd "$(dirname "$0")"
. ./debian.sh

if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  echo "Installing the browser tests' npm packages (a few seconds)"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefer-offline --silent --no-audit --no-fund
  touch node_modules/.package-lock.json
fi
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || debian chromium
