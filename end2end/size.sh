#!/usr/bin/env bash
# Size of each file of the first load, and the budget that the brotli sum must keep.
set -euo pipefail
cd "$(dirname "$0")/.."
budget=$((300 * 1024))
total=0
printf '%-16s %10s %10s %10s\n' file raw gzip brotli
for file in crowsnest.js crowsnest.wasm crowsnest.css; do
    path="target/site/pkg/$file"
    size() { stat -c %s "$1"; }
    brotli=$(size "$path.br")
    total=$((total + brotli))
    printf '%-16s %10d %10d %10d\n' "$file" "$(size "$path")" "$(size "$path.gz")" "$brotli"
done
printf 'first load: %d bytes after brotli, budget %d\n' "$total" "$budget"
[ "$total" -le "$budget" ]
