#!/usr/bin/env bash
# Real catalogs, independent clients and recorded answers, compared with what Crowsnest shows.
# Prints a line for everything compared and closes with the numbers. Goes on after a failure.
. "$(dirname "$0")/lib.sh"

crowsnest=${CROWSNEST_BIN:-$repo/target/release/crowsnest}
sample=${SAMPLE_CATALOG_BIN:-$repo/target/release/sample-catalog}
truth=$repo/end2end/artifacts/truth
results=$logs/real.log
dialects=(generic polaris nessie lakekeeper s3-tables unity)
# The one key that the sample's S3 Tables dialect knows.
sample_s3=(--warehouse arn:aws:s3tables:eu-central-1:111122223333:bucket/lakehouse --region eu-central-1
  --access-key-id AKIAIOSFODNN7EXAMPLE --secret-access-key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY)

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

# Side by side, as each waits for itself most of the time. A server that cannot be fetched leaves its journeys out: said
# and counted here, a failure in CI.
bring_up() {
  local server fetched=()
  declare -A started
  for server in "$@"; do
    if "$catalogs/$server/run.sh" fetch; then fetched+=("$server"); else
      note "$([ -n "${CI:-}" ] && echo 'FAIL ' || echo 'skip ') $server: could not be fetched, its journeys did not run"
    fi
  done
  say "Starting and seeding ${fetched[*]} (about half a minute)"
  for server in "${fetched[@]}"; do
    ("$catalogs/$server/run.sh" start && "$catalogs/$server/run.sh" seed && "$catalogs/$server/run.sh" truth "$truth") &
    started[$server]=$!
  done
  for server in "${fetched[@]}"; do
    if wait "${started[$server]}"; then
      note "pass  $server: started, seeded, and read back by PyIceberg"
      servers+=("$server")
    else
      note "FAIL  $server: did not start or could not be seeded"
    fi
  done
}

# start_sample DIALECT: launches the sample catalog on a free port; `at` then says where.
declare -A at
start_sample() {
  launch "sample-$1" "$sample" --port 0 --dialect "$1"
  local deadline=$((SECONDS + 10))
  until at[$1]=$(grep -o 'http://.*' "$logs/sample-$1.log"); do
    alive "sample-$1" && [ $SECONDS -lt $deadline ] || die "the sample catalog did not start; see $logs/sample-$1.log"
    sleep 0.1
  done
}

stop_all() {
  halt crowsnest
  local dialect
  for dialect in "${dialects[@]}"; do halt "sample-$dialect"; done
  "$catalogs/fixture/run.sh" stop
  "$catalogs/nessie/run.sh" stop
}
# The numbers come last, however the run ended.
finish() {
  local code=$? failed
  trap - EXIT
  stop_all
  failed=$(count FAIL)
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then
    note "FAIL  the run ended early"
    failed=1
  fi
  say "$(count pass) passed, $failed failed, $(count skip) skipped"
  [ "$failed" = 0 ] || exit 1
}
trap finish EXIT
trap 'exit 130' INT TERM

# With a store of this run alone: that of whoever runs it may be another version's.
config() {
  cat <<TOML
store = "$state/crowsnest.db"

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
url = "${at[generic]}"

[[connection]]
name = "sample-polaris"
kind = "polaris"
url = "${at[polaris]}"
warehouse = "lakehouse"
[connection.auth]
type = "oauth2"
client_id = "root"
client_secret = "s3cr3t"
token_url = "${at[polaris]}/v1/oauth/tokens"
scope = "PRINCIPAL_ROLE:ALL"
TOML
}

# browser PROJECT: of playwright.config.ts.
browser() {
  cd "$repo/end2end"
  CROWSNEST_URL=http://127.0.0.1:$CROWSNEST_PORT TRUTH=$truth SERVERS="${servers[*]}" \
    FIXTURE_PORT=$FIXTURE_PORT NESSIE_PORT=$NESSIE_PORT MOTO_PORT=$MOTO_PORT PYTHON=$python \
    NESSIE_PEOPLE_PORT=$NESSIE_PEOPLE_PORT PROVIDER_PORT=$PROVIDER_PORT \
    npx playwright test --project="$1"
}

# py_iceberg DIALECT OPTIONS...: each line says which dialect it is about.
py_iceberg() {
  "$python" "$catalogs/clients/py_iceberg.py" --uri "${at[$1]}" "${@:2}" | sed -E "s/^(pass|FAIL)  /&$1: /"
}

# Of the command line: well on every server, and wrong in the ways that people get it wrong.
live_check() {
  local dialect options=()
  for dialect in "${dialects[@]}"; do options+=("--sample-$dialect" "${at[$dialect]}"); done
  for server in "${servers[@]}"; do
    case $server in
      fixture) options+=(--fixture "http://127.0.0.1:$FIXTURE_PORT") ;;
      nessie) options+=(--nessie "http://127.0.0.1:$NESSIE_PORT/iceberg") ;;
    esac
  done
  "$python" "$catalogs/clients/live_check.py" --crowsnest "$crowsnest" "${options[@]}"
}

# exported SERVER: PyIceberg, configured from what OLake makes of the file that the wizard exported for it.
exported() {
  # As the unit tests build it.
  (cd "$repo" && cargo build --quiet --release --workspace --locked --example properties)
  "${CARGO_TARGET_DIR:-$repo/target}/release/examples/properties" "$truth/destination-$1.json" |
    "$python" "$catalogs/clients/destination.py" --name "$1"
}

stop_all
: >"$results"
rm -rf "$truth" "$state"/crowsnest.{db,db-shm,db-wal,key} && mkdir -p "$truth"
"$repo/end2end/install.sh"

servers=()
bring_up fixture nessie

for dialect in "${dialects[@]}"; do start_sample "$dialect"; done
compare "DuckDB on the sample catalog" "$python" "$catalogs/clients/duck_db.py" --uri "${at[generic]}" --out "$truth/duckdb.json"

config >"$state/crowsnest.toml"
launch crowsnest "$crowsnest" --config "$state/crowsnest.toml" --listen "127.0.0.1:$CROWSNEST_PORT"
ready crowsnest "http://127.0.0.1:$CROWSNEST_PORT/healthz"

compare "browser journeys" browser real
compare "changes in browsers" browser changes
for server in "${servers[@]}"; do compare "the destination exported for $server" exported "$server"; done
compare "crowsnest destination check" live_check
compare "PyIceberg, generic" py_iceberg generic
compare "PyIceberg, polaris" py_iceberg polaris -p warehouse=lakehouse -p credential=root:s3cr3t -p scope=PRINCIPAL_ROLE:ALL
compare "Polaris' command line on the sample catalog" "$python" "$catalogs/clients/polaris_cli.py" \
  --uri "${at[polaris]}" --client-id root --client-secret s3cr3t
compare "Polaris' command line beside the pages" "$python" "$catalogs/clients/polaris_pages.py" \
  --uri "${at[polaris]}" --client-id root --client-secret s3cr3t \
  --pages "http://127.0.0.1:$CROWSNEST_PORT/c/sample-polaris"
compare "PyIceberg, nessie" py_iceberg nessie
compare "PyIceberg, lakekeeper" py_iceberg lakekeeper -p warehouse=lakehouse
compare "botocore on the sample catalog" "$python" "$catalogs/clients/signatures.py" --uri "${at[s3-tables]}" "${sample_s3[@]}"
