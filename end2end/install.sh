#!/usr/bin/env bash
# What the browser tests need: npm packages by lockfile, and Debian's Chromium. Nothing is done twice.
set -euo pipefail
cd "$(dirname "$0")"

if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  echo "Installing the browser tests' npm packages (a few seconds)"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund
  touch node_modules/.package-lock.json
fi
if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  echo "Installing Chromium from Debian's packages (about a minute)"
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
