"""Seeds a real catalog, the same for every vendor, with the shapes that the console has to show."""

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
from pyiceberg.catalog import Catalog
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.table.sorting import NullOrder, SortDirection, SortField, SortOrder
from pyiceberg.transforms import BucketTransform, DayTransform, IdentityTransform

import shapes
from rest import Rest, arguments, connect

NAMESPACES = {
    ("sales",): {"owner": "sales-platform", "comment": "Orders, customers and what follows from them"},
    ("sales", "eu"): {"owner": "sales-platform"},
    ("sales", "eu", "nordics"): {},
    ("sales", "us"): {},
    ("logistics",): {"owner": "logistics"},
    ("logistics", "carriers"): {},
    ("finance",): {"owner": "controlling", "retention": "10 years"},
    ("iot",): {},
    ("archive",): {"comment": "Empty on purpose"},
}
START = datetime(2026, 3, 1, 6, tzinfo=UTC)
APPENDS = 60


def orders(first: int, count: int) -> pa.Table:
    numbers = range(first, first + count)
    return pa.table(
        {
            "order_id": pa.array(numbers, pa.int64()),
            "customer_id": pa.array([n % 97 for n in numbers], pa.int64()),
            "status": ["open" if n % 3 else "paid" for n in numbers],
            "total": pa.array([Decimal(n % 500) + Decimal("0.99") for n in numbers], pa.decimal128(12, 2)),
            "placed_at": pa.array([START + timedelta(hours=n) for n in numbers], pa.timestamp("us", "UTC")),
        },
        schema=shapes.ORDERS.as_arrow(),
    )


def add_columns(rest: Rest, table: Table, *columns: dict) -> None:
    """Evolves a schema by a commit of our own.

    Nessie requires `last-column-id` in `add-schema`, which PyIceberg leaves out.
    """
    schema = table.schema().model_dump(by_alias=True, mode="json")
    schema["schema-id"] += 1
    last = table.metadata.last_column_id
    for column in columns:
        last += 1
        schema["fields"].append({"id": last, "required": False, **column})
    commit = {
        "requirements": [
            {"type": "assert-table-uuid", "uuid": str(table.metadata.table_uuid)},
            {"type": "assert-current-schema-id", "current-schema-id": table.metadata.current_schema_id},
        ],
        "updates": [
            {"action": "add-schema", "schema": schema, "last-column-id": last},
            {"action": "set-current-schema", "schema-id": -1},
        ],
    }
    *namespace, name = table.name()
    rest.post(tuple(namespace), f"tables/{name}", commit)
    table.refresh()


def seed_orders(catalog: Catalog, rest: Rest) -> None:
    """The long history: appends, a delete and an overwrite, two schema and two spec changes, a tag and a branch."""
    table = catalog.create_table(
        ("sales", "orders"),
        shapes.ORDERS,
        partition_spec=PartitionSpec(PartitionField(5, 1000, DayTransform(), "placed_day")),
        sort_order=SortOrder(SortField(1, IdentityTransform(), SortDirection.DESC, NullOrder.NULLS_LAST)),
        properties={"owner": "sales-platform", "write.parquet.compression-codec": "zstd"},
    )
    for step in range(APPENDS):
        table.append(orders(step * 3, 3))
        if step == 19:
            add_columns(rest, table, {"name": "channel", "type": "string", "doc": "Where the order came from"})
        if step == 39:
            with table.update_spec() as spec:
                spec.add_field("customer_id", BucketTransform(8), "customer_bucket")
        if step == 44:
            # At once: Nessie forgets a snapshot with the next commit.
            with table.manage_snapshots() as refs:
                refs.create_tag(table.current_snapshot().snapshot_id, "q1-close", max_ref_age_ms=31_536_000_000)
    table.delete("order_id == 7")
    table.overwrite(orders(0, 1), "order_id == 0")
    add_columns(rest, table, {"name": "gift", "type": "boolean"})
    with table.manage_snapshots() as refs:
        refs.create_branch(
            table.current_snapshot().snapshot_id,
            "audit",
            max_ref_age_ms=604_800_000,
            max_snapshot_age_ms=86_400_000,
            min_snapshots_to_keep=5,
        )


def seed_tables(catalog: Catalog) -> None:
    for identifier, schema, spec, properties in shapes.tables():
        catalog.create_table(identifier, schema, partition_spec=spec, properties=properties)
    for month in range(1, 13):
        catalog.create_table(("finance", f"statement_2026_{month:02}"), shapes.STATEMENT)
    january = catalog.load_table(("finance", "statement_2026_01"))
    january.append(
        pa.table(
            {"account": ["4711"], "booked_on": [date(2026, 1, 31)], "amount": pa.array([Decimal("1.5")], pa.decimal128(18, 4))},
            schema=shapes.STATEMENT.as_arrow(),
        )
    )


def seed_view(rest: Rest) -> None:
    sql = "SELECT date(placed_at) AS day, sum(total) AS revenue FROM sales.orders GROUP BY 1"
    schema = Schema(*shapes.REVENUE.fields, schema_id=0).model_dump(by_alias=True, mode="json")
    view = {
        "name": "daily_revenue",
        "schema": schema,
        "properties": {"comment": "Revenue by day of order"},
        "view-version": {
            "version-id": 1,
            "schema-id": 0,
            "timestamp-ms": int(time.time() * 1000),
            "summary": {"engine-name": "crowsnest-seed"},
            "default-namespace": ["sales"],
            "representations": [
                {"type": "sql", "sql": sql, "dialect": "spark"},
                {"type": "sql", "sql": sql.replace("date(placed_at)", "CAST(placed_at AS date)"), "dialect": "trino"},
            ],
        },
    }
    rest.post(("sales",), "views", view)


def main() -> None:
    args = arguments(__doc__).parse_args()
    catalog, rest = connect(args), Rest(args.uri)
    for namespace, properties in NAMESPACES.items():
        catalog.create_namespace(namespace, properties)
    seed_orders(catalog, rest)
    seed_tables(catalog)
    seed_view(rest)
    print(f"Seeded {len(NAMESPACES)} namespaces and {sum(len(catalog.list_tables(n)) for n in NAMESPACES)} tables at {args.uri}")


if __name__ == "__main__":
    main()
