#!/usr/bin/env bash
# Makes what the browser downloads, in target/site, unless it was made of the same sources before: binding, optimising
# and compressing it takes two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
sources=(app crates/{access,destination,hydrate,iceberg-rest,model,vendors} style public .cargo Cargo.toml Cargo.lock rust-toolchain.toml Makefile)
of=$(find "${sources[@]}" -type f -not -path '*/node_modules/*' -not -path '*/tests/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16)
[ "$(cat target/site.of 2>/dev/null)" != "$of" ] || exit 0

kept=${CARGO_TARGET_DIR:-target}/sites
if [ ! -d "$kept/$of" ]; then
  cargo leptos build --release --frontend-only --split --precompress
  mkdir -p "$kept"
  # Of the others the last one alone.
  (cd "$kept" && ls -t | tail -n +2 | xargs -r rm -r)
  cp -r target/site "$kept/making" && mv "$kept/making" "$kept/$of"
else
  rm -rf target/site && mkdir -p target && cp -r "$kept/$of" target/site
fi
echo "$of" >target/site.of
