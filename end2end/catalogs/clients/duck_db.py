"""DuckDB attaches a catalog; what DESCRIBE says of each of its tables is printed as JSON."""

import importlib.util
import json
from pathlib import Path

import duckdb

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


def main() -> None:
    args = arguments(__doc__).parse_args()
    connection = session()
    connection.execute(f"ATTACH '' AS c (TYPE ICEBERG, ENDPOINT '{args.uri}', AUTHORIZATION_TYPE 'none')")
    listed = connection.execute("SELECT schema, name FROM (SHOW ALL TABLES) WHERE database = 'c'").fetchall()
    tables = []
    for schema, name in listed:
        row = {"namespace": schema, "name": name}
        try:
            described = connection.execute(f"DESCRIBE c.{quoted(schema)}.{quoted(name)}").fetchall()
            row["columns"] = [{"name": column[0], "type": column[1]} for column in described]
        except duckdb.Error as error:
            row["refused"] = str(error).splitlines()[0]
        tables.append(row)
    print(json.dumps(tables, indent=1))


if __name__ == "__main__":
    main()
