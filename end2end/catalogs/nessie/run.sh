#!/usr/bin/env bash
# Project Nessie with its Iceberg REST API, in memory, over moto's S3.
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

start() {
  stop
  launch moto "$cache/python/bin/moto_server" -H 127.0.0.1 -p "$MOTO_PORT"
  ready moto "$s3/moto-api/"
  curl -fsS -o /dev/null --noproxy '*' -X PUT "$s3/lakehouse"
  local options=nessie.catalog.service.s3.default-options
  launch nessie "$(java)" -Xmx512m \
    -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$NESSIE_PORT" \
    -Dquarkus.management.host=127.0.0.1 -Dquarkus.management.port="$NESSIE_HEALTH_PORT" \
    -Dnessie.version.store.type=IN_MEMORY \
    -Dnessie.catalog.default-warehouse=warehouse \
    -Dnessie.catalog.warehouses.warehouse.location=s3://lakehouse/nessie/ \
    -D$options.endpoint="$s3/" -D$options.region=us-east-1 -D$options.path-style-access=true \
    -D$options.access-key=urn:nessie-secret:quarkus:my-secrets.s3 \
    -Dmy-secrets.s3.name=testing -Dmy-secrets.s3.secret=testing \
    -jar "$cache/lib/$file"
  # Its health answers only once the bucket exists and the warehouse works.
  ready nessie "http://127.0.0.1:$NESSIE_HEALTH_PORT/q/health"
  say "Nessie $NESSIE_VERSION at $url/iceberg, S3 at $s3"
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
  halt moto
}

"$@"
