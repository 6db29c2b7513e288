#!/usr/bin/env bash
# Real catalogs, independent clients and recorded answers, compared with what Crowsnest shows.
# Prints a line for everything compared and closes with the numbers. Goes on after a failure.
. "$(dirname "$0")/lib.sh"

crowsnest=${CROWSNEST_BIN:-$repo/target/release/crowsnest}
sample=${SAMPLE_CATALOG_BIN:-$repo/target/release/sample-catalog}
truth=$repo/end2end/artifacts/truth
results=$logs/real.log
sample_url=http://127.0.0.1:$SAMPLE_PORT

[ -x "$crowsnest" ] || die "$crowsnest is missing; run \`make build\`"
[ -x "$sample" ] || die "$sample is missing; run \`cargo build --release -p sample-catalog\`"

note() { say "$*" | tee -a "$results"; }
count() { grep -c "^$1 " "$results" || true; }

# compare WHAT COMMAND...: keeps the lines that a command prints. One that fails without a line of its own is a failure.
compare() {
  local what=$1 before
  shift
  before=$(count FAIL)
  "$@" 2>&1 | tee -a "$results" || [ "$(count FAIL)" -gt "$before" ] || note "FAIL  $what"
}

# recorded PACKAGE TEST: a cargo test, each of its tests a line.
recorded() {
  (cd "$repo" && cargo test -p "$1" --test "$2" -- --nocapture 2>&1) | sed -E \
    -e "s/^test (.*) \.\.\. ok$/pass  $1, $2: \1/" \
    -e "s/^test (.*) \.\.\. FAILED$/FAIL  $1, $2: \1/" \
    -e "s/^test (.*) \.\.\. ignored.*$/skip  $1, $2: \1/" \
    -e '/^ +(Blocking|Compiling|Download|Finished|Locking|Running)/d'
}

# A server that cannot be fetched leaves its journeys out: said and counted here, a failure in CI.
bring_up() {
  local server=$1
  if ! "$catalogs/$server/run.sh" fetch; then
    note "$([ -n "${CI:-}" ] && echo 'FAIL ' || echo 'skip ') $server: could not be fetched, its journeys did not run"
    return
  fi
  say "Starting and seeding $server (about half a minute)"
  if "$catalogs/$server/run.sh" start && "$catalogs/$server/run.sh" seed && "$catalogs/$server/run.sh" truth "$truth"; then
    note "pass  $server: started, seeded, and read back by PyIceberg"
    servers+=("$server")
  else
    note "FAIL  $server: did not start or could not be seeded"
  fi
}

stop_all() {
  halt crowsnest
  halt sample-generic
  halt sample-s3-tables
  "$catalogs/fixture/run.sh" stop
  "$catalogs/nessie/run.sh" stop
}
trap stop_all EXIT
# An interrupted run stops its servers too.
trap 'exit 130' INT TERM

config() {
  cat <<TOML
[[connection]]
name = "fixture"
kind = "auto"
url = "http://127.0.0.1:$FIXTURE_PORT"

[[connection]]
name = "nessie"
kind = "auto"
url = "http://127.0.0.1:$NESSIE_PORT/iceberg"

[[connection]]
name = "sample"
kind = "auto"
url = "$sample_url"
TOML
}

browser() {
  cd "$repo/end2end"
  CROWSNEST_URL=http://127.0.0.1:$CROWSNEST_PORT TRUTH=$truth SERVERS="${servers[*]}" \
    npx playwright test --project=real
}

stop_all
: >"$results"
rm -rf "$truth" && mkdir -p "$truth"
"$repo/end2end/install.sh"

servers=()
bring_up fixture
bring_up nessie

sample_s3=(--warehouse arn:aws:s3tables:us-east-1:123456789012:bucket/sample --access-key-id AKIASAMPLE --secret-access-key sample --region us-east-1)
launch sample-generic "$sample" --port "$SAMPLE_PORT" --dialect generic
ready sample-generic "$sample_url/v1/config"
launch sample-s3-tables "$sample" --port "$SAMPLE_S3_PORT" --dialect s3-tables
compare "DuckDB on the sample catalog" "$python" "$catalogs/clients/duck_db.py" --uri "$sample_url" --out "$truth/duckdb.json"

config >"$state/crowsnest.toml"
launch crowsnest "$crowsnest" --config "$state/crowsnest.toml" --listen "127.0.0.1:$CROWSNEST_PORT"
ready crowsnest "http://127.0.0.1:$CROWSNEST_PORT/healthz"

compare "browser journeys" browser
compare "PyIceberg on the sample catalog" "$python" "$catalogs/clients/py_iceberg.py" --uri "$sample_url"
compare "botocore on the sample catalog" "$python" "$catalogs/clients/signatures.py" \
  --uri "http://127.0.0.1:$SAMPLE_S3_PORT/iceberg" "${sample_s3[@]}"
compare "recorded answers, decoded" recorded iceberg-rest recorded
compare "recorded answers, given by the sample catalog" recorded sample-catalog replay

failed=$(count FAIL)
say "$(count pass) passed, $failed failed, $(count skip) skipped"
[ "$failed" = 0 ]
