#!/usr/bin/env bash
# Project Nessie with its Iceberg REST API, in memory, over moto's S3: one for everybody, one for people with tokens.
# Usage: run.sh fetch | start | seed | truth FOLDER | stop
. "$(dirname "$0")/../lib.sh"

url=http://127.0.0.1:$NESSIE_PORT
s3=http://127.0.0.1:$MOTO_PORT
file=nessie-quarkus-$NESSIE_VERSION-runner.jar
storage=(-p "s3.endpoint=$s3" -p s3.access-key-id=testing -p s3.secret-access-key=testing -p s3.region=us-east-1)

fetch() {
  fetch_python
  jar "org.projectnessie.nessie:nessie-quarkus:$NESSIE_VERSION:jar:runner" "$file" "245 MB"
}

# serve NAME PORT HEALTH_PORT OPTIONS...: launches one with a warehouse of its own.
serve() {
  local name=$1 port=$2 health=$3 s3_options=nessie.catalog.service.s3.default-options
  shift 3
  launch "$name" "$(java)" -Xmx512m \
    -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$port" \
    -Dquarkus.management.host=127.0.0.1 -Dquarkus.management.port="$health" \
    -Dnessie.version.store.type=IN_MEMORY \
    -Dnessie.catalog.default-warehouse=warehouse \
    -Dnessie.catalog.warehouses.warehouse.location="s3://lakehouse/$name/" \
    -D$s3_options.endpoint="$s3/" -D$s3_options.region=us-east-1 -D$s3_options.path-style-access=true \
    -D$s3_options.access-key=urn:nessie-secret:quarkus:my-secrets.s3 \
    -Dmy-secrets.s3.name=testing -Dmy-secrets.s3.secret=testing \
    "$@" -jar "$cache/lib/$file"
}

# Believes the provider that people.spec.ts starts, for each test with a key of its own. Who is no admin reads all but the
# log and what is called payroll, and changes nothing.
rule=-Dnessie.server.authorization.rules
people=(
  -Dnessie.server.authentication.enabled=true
  -Dquarkus.oidc.auth-server-url="http://localhost:$PROVIDER_PORT" -Dquarkus.oidc.token.audience=nessie
  -Dquarkus.oidc.token.forced-jwk-refresh-interval=0S
  -Dnessie.server.authorization.enabled=true
  "$rule.admins='catalog-admins' in roles"
  "$rule.branches=op in ['VIEW_REFERENCE', 'READ_ENTRIES']"
  "$rule.contents=op in ['READ_CONTENT_KEY', 'READ_ENTITY_VALUE'] && !path.startsWith('payroll')"
)

start() {
  stop
  launch moto "$cache/python/bin/moto_server" -H 127.0.0.1 -p "$MOTO_PORT"
  ready moto "$s3/moto-api/"
  curl -fsS -o /dev/null --noproxy '*' -X PUT "$s3/lakehouse"
  serve nessie "$NESSIE_PORT" "$NESSIE_HEALTH_PORT"
  serve nessie-people "$NESSIE_PEOPLE_PORT" "$NESSIE_PEOPLE_HEALTH_PORT" "${people[@]}"
  # Its health answers only once the bucket exists and the warehouse works.
  ready nessie "http://127.0.0.1:$NESSIE_HEALTH_PORT/q/health"
  ready nessie-people "http://127.0.0.1:$NESSIE_PEOPLE_HEALTH_PORT/q/health"
  say "Nessie $NESSIE_VERSION at $url/iceberg, one for people at port $NESSIE_PEOPLE_PORT, S3 at $s3"
}

seed() {
  "$python" "$catalogs/seed.py" --uri "$url/iceberg" "${storage[@]}"
  "$python" "$catalogs/nessie/seed.py" --uri "$url/iceberg" "${storage[@]}"
}

truth() {
  "$python" "$catalogs/truth.py" --uri "$url/iceberg" "${storage[@]}" >"$1/nessie.json"
  "$python" "$catalogs/truth.py" --uri "$url/iceberg/experiment" "${storage[@]}" >"$1/nessie-experiment.json"
  curl -fsS --noproxy '*' "$url/api/v2/trees/main/history?fetch=ALL&max-records=1000" >"$1/nessie-history.json"
}

stop() {
  halt nessie
  halt nessie-people
  halt moto
}

"$@"
