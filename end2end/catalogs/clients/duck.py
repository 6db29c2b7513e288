"""DuckDB with its extensions for Iceberg."""

import importlib.util
from pathlib import Path

import duckdb


def session() -> duckdb.DuckDBPyConnection:
    """Extensions come from the Python packages: nothing is downloaded at run time."""
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
    for extension in ("avro", "httpfs", "iceberg"):
        package = Path(importlib.util.find_spec(f"duckdb_extension_{extension}").origin).parent
        file = package / "extensions" / f"v{duckdb.__version__}" / f"{extension}.duckdb_extension"
        connection.execute(f"INSTALL '{file}'; LOAD {extension}")
    return connection
