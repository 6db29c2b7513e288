#!/usr/bin/env bash
# Measures the console beside the catalog it stands before, in one run.
set -euo pipefail
cd "$(dirname "$0")"
exec node bench.mjs
