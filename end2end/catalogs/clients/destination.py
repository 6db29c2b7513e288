"""PyIceberg, configured from what OLake makes of a destination file, uses the catalog as OLake would.

Reads them as JSON from standard input; `--name` names the server in each line."""

import argparse
import json
import os
import sys

from pyiceberg.catalog import load_catalog
from pyiceberg.schema import Schema
from pyiceberg.types import LongType, NestedField

from report import check, finish

name = argparse.ArgumentParser(description=__doc__)
name.add_argument("--name", required=True)
name = name.parse_args().name

decoded = json.load(sys.stdin)
os.environ.update(decoded["environment"])
JAVA_ONLY = ("catalog-impl", "io-impl", "catalog-name", "arrow-writer-enabled")
properties = {key: value for key, value in decoded["properties"].items() if key not in JAVA_ONLY}
catalog = load_catalog(name, type="rest", **properties)
NAMESPACE, TABLE = "olake_trial", ("olake_trial", "rows")


@check(f"{name}: the exported file's properties open the catalog and list its namespaces")
def _():
    assert catalog.list_namespaces()


@check(f"{name}: with them a table is created, loaded and dropped")
def _():
    catalog.create_namespace_if_not_exists(NAMESPACE)
    catalog.create_table(TABLE, Schema(NestedField(1, "id", LongType(), required=True)))
    try:
        assert catalog.load_table(TABLE).schema().find_field("id").required
    finally:
        catalog.drop_table(TABLE)
        catalog.drop_namespace(NAMESPACE)
    assert (NAMESPACE,) not in catalog.list_namespaces()


finish()
