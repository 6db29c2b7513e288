"""Prints, as JSON, what PyIceberg reads from a catalog. Ids are strings: a browser would round them."""

import json

from pyiceberg.catalog import Catalog
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.types import IcebergType, ListType, MapType, NestedField, StructType
from pyiceberg.view import View

from rest import arguments, connect, walk


def columns(fields: tuple[NestedField, ...], above: str = "") -> list[dict]:
    """Every field at any depth, in order; `element`, `key` and `value` are the names of what has none."""
    rows = []
    for field in fields:
        path = above + field.name
        kind, below = shape(field.field_type)
        row = {"id": field.field_id, "path": path, "type": kind, "required": field.required, "doc": field.doc}
        rows += [row, *columns(below, f"{path}.")]
    return rows


def shape(kind: IcebergType) -> tuple[str, tuple[NestedField, ...]]:
    match kind:
        case StructType():
            return "struct", kind.fields
        case ListType():
            return "list", (kind.element_field,)
        case MapType():
            return "map", (kind.key_field, kind.value_field)
        case _:
            return str(kind), ()


def schema(schema: Schema) -> dict:
    return {"id": schema.schema_id, "identifiers": sorted(schema.identifier_field_names()), "columns": columns(schema.fields)}


def text(number: int | None) -> str | None:
    return None if number is None else str(number)


def table(table: Table) -> dict:
    metadata = table.metadata
    return {
        "uuid": str(metadata.table_uuid),
        "location": metadata.location,
        "metadataLocation": table.metadata_location,
        "formatVersion": metadata.format_version,
        "lastUpdatedMs": metadata.last_updated_ms,
        "schema": schema(table.schema()),
        "schemas": {id: schema(past) for id, past in table.schemas().items()},
        "specs": {
            id: [{"name": f.name, "transform": str(f.transform), "source": f.source_id, "id": f.field_id} for f in spec.fields]
            for id, spec in table.specs().items()
        },
        "currentSpec": table.spec().spec_id,
        "sortOrders": {id: [str(field) for field in order.fields] for id, order in table.sort_orders().items()},
        "currentSortOrder": table.sort_order().order_id,
        "currentSnapshot": text(metadata.current_snapshot_id),
        "snapshots": [
            {
                "id": text(snapshot.snapshot_id),
                "parent": text(snapshot.parent_snapshot_id),
                "sequence": text(snapshot.sequence_number),
                "timestampMs": snapshot.timestamp_ms,
                "operation": snapshot.summary and snapshot.summary.operation.value,
                "summary": snapshot.summary.additional_properties if snapshot.summary else {},
            }
            for snapshot in table.snapshots()
        ],
        "refs": {
            name: {"type": ref.snapshot_ref_type.value, "snapshot": text(ref.snapshot_id)} for name, ref in table.refs().items()
        },
        "properties": table.properties,
    }


def view(view: View) -> dict:
    current = view.current_version()
    return {
        "uuid": str(view.uuid()),
        "version": current.version_id,
        "schema": schema(view.schema()),
        "sql": {sql.root.dialect: sql.root.sql for sql in current.representations},
        "properties": view.properties,
    }


def namespaces(catalog: Catalog) -> list[dict]:
    """Tables and views by name."""
    return [
        {
            "name": name,
            "properties": catalog.load_namespace_properties(name),
            "tables": {table_name[-1]: table(catalog.load_table(table_name)) for table_name in catalog.list_tables(name)},
            "views": {view_name[-1]: view(catalog.load_view(view_name)) for view_name in catalog.list_views(name)},
        }
        for name in walk(catalog)
    ]


if __name__ == "__main__":
    print(json.dumps({"namespaces": namespaces(connect(arguments(__doc__).parse_args()))}, indent=1))
