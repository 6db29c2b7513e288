"""DuckDB attaches a catalog; what DESCRIBE says of each of its tables is kept as JSON, for the page to be compared with."""

import importlib.util
import json
from pathlib import Path

import duckdb

from report import check, finish
from rest import arguments


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def session() -> duckdb.DuckDBPyConnection:
    """Extensions come from the Python packages: nothing is downloaded at run time."""
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
    for extension in ("avro", "httpfs", "iceberg"):
        package = Path(importlib.util.find_spec(f"duckdb_extension_{extension}").origin).parent
        file = package / "extensions" / f"v{duckdb.__version__}" / f"{extension}.duckdb_extension"
        connection.execute(f"INSTALL '{file}'; LOAD {extension}")
    return connection


parser = arguments(__doc__)
parser.add_argument("--out", required=True, type=Path)
args = parser.parse_args()
connection = session()
tables = []


@check("DuckDB attaches the catalog and lists its tables")
def _():
    connection.execute(f"ATTACH '' AS c (TYPE ICEBERG, ENDPOINT '{args.uri}', AUTHORIZATION_TYPE 'none')")
    listed = connection.execute("SELECT schema, name FROM (SHOW ALL TABLES) WHERE database = 'c'").fetchall()
    tables.extend({"namespace": schema, "name": name} for schema, name in listed)
    assert len(tables) >= 10, tables


@check("DuckDB describes each table")
def _():
    assert tables, "none was listed"
    for table in tables:
        rows = connection.execute(f"DESCRIBE c.{quoted(table['namespace'])}.{quoted(table['name'])}").fetchall()
        table["columns"] = [{"name": row[0], "type": row[1]} for row in rows]


args.out.write_text(json.dumps(tables, indent=1))
finish()
