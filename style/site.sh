#!/usr/bin/env bash
# Makes what the browser downloads, in target/site, unless it was made of the same sources before: binding, optimising
# and compressing it takes two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
sources=(app crates/{access,destination,hydrate,iceberg-rest,model,vendors} style public .cargo Cargo.toml Cargo.lock rust-toolchain.toml Makefile)
of=$(find "${sources[@]}" -type f -not -path '*/node_modules/*' -not -path '*/tests/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16)

kept=${CARGO_TARGET_DIR:-target}/sites
if [ ! -d "$kept/$of" ]; then
  rm -rf target/site
  PATH=$PWD/style/later:$PATH cargo leptos build --release --frontend-only --split
  node style/pack.mjs target/site
  # Of the others the last one alone; under its name only once it is whole.
  rm -rf "$kept/making"
  mkdir -p "$kept"
  (cd "$kept" && ls -t | tail -n +2 | xargs -r rm -r)
  cp -r target/site "$kept/making" && mv "$kept/making" "$kept/$of"
fi
# Whatever was put there meanwhile, such as the front end of `make dev`.
if ! diff -rq "$kept/$of" target/site >/dev/null 2>&1; then
  rm -rf target/site && mkdir -p target && cp -r "$kept/$of" target/site
fi
