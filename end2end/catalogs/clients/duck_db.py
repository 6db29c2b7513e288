"""DuckDB attaches a catalog; what DESCRIBE says of each of its tables is kept as JSON, for the page to be compared with."""

import json
from pathlib import Path

import duckdb
from duckdb.sqltypes import DuckDBPyType

from duck import session
from report import check, finish
from rest import arguments


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# DuckDB's word for a type, and Iceberg's. A fixed[N] is a blob to DuckDB too.
ICEBERG = {
    "bigint": "long",
    "integer": "int",
    "varchar": "string",
    "timestamp with time zone": "timestamptz",
    "blob": "binary",
}


def columns(fields: list[tuple[str, DuckDBPyType]], above: str = "") -> list[dict]:
    """Every field at any depth in Iceberg's words, as truth.py puts them."""
    rows = []
    for name, kind in fields:
        path, word, below = above + name, ICEBERG.get(kind.id, kind.id), []
        match kind.id:
            case "decimal":
                word = str(kind).lower()
            case "list":
                below = [("element", kind.children[0][1])]
            case "struct" | "map":
                below = kind.children
        rows += [{"path": path, "type": word}, *columns(below, f"{path}.")]
    return rows


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
        table["columns"] = columns([(row[0], duckdb.type(row[1])) for row in rows])


args.out.write_text(json.dumps(tables, indent=1))
finish()
