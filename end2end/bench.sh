#!/usr/bin/env bash
# Measures the console beside the catalog it stands before, and the access calculator, in one run.
set -euo pipefail
cd "$(dirname "$0")"
(cd .. && cargo run --release --quiet -p access --example speed)
exec node bench.mjs
