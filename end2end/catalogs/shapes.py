"""The tables of the seed: schemas of every type, specs of every transform."""

from collections.abc import Iterator

from pyiceberg.partitioning import UNPARTITIONED_PARTITION_SPEC, PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import (
    BucketTransform,
    DayTransform,
    HourTransform,
    IdentityTransform,
    MonthTransform,
    TruncateTransform,
    VoidTransform,
    YearTransform,
)
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FixedType,
    FloatType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StringType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

ORDERS = Schema(
    NestedField(1, "order_id", LongType(), required=True, doc="Given by the shop, never reused"),
    NestedField(2, "customer_id", LongType(), required=True),
    NestedField(3, "status", StringType()),
    NestedField(4, "total", DecimalType(12, 2), doc="Gross, in the shop's currency"),
    NestedField(5, "placed_at", TimestamptzType(), required=True),
    identifier_field_ids=[1],
)

CUSTOMERS = Schema(
    NestedField(1, "customer_id", LongType(), required=True),
    NestedField(2, "name", StringType(), required=True),
    NestedField(
        3,
        "address",
        StructType(
            NestedField(4, "street", StringType()),
            NestedField(5, "city", StringType(), required=True),
            NestedField(6, "position", StructType(NestedField(7, "lat", DoubleType()), NestedField(8, "lon", DoubleType()))),
        ),
        doc="Where the goods go",
    ),
    NestedField(9, "tags", ListType(10, StringType(), element_required=True)),
    NestedField(11, "limits", MapType(12, StringType(), 13, DecimalType(18, 4), value_required=False)),
    NestedField(
        14,
        "contacts",
        ListType(15, StructType(NestedField(16, "kind", StringType(), required=True), NestedField(17, "value", StringType()))),
    ),
)

EVERY_TYPE = Schema(
    NestedField(1, "entry_id", UUIDType(), required=True),
    NestedField(2, "posted", BooleanType()),
    NestedField(3, "lines", IntegerType()),
    NestedField(4, "sequence", LongType()),
    NestedField(5, "rate", FloatType()),
    NestedField(6, "weight", DoubleType()),
    NestedField(7, "amount", DecimalType(38, 10)),
    NestedField(8, "value_date", DateType()),
    NestedField(9, "cut_off", TimeType()),
    NestedField(10, "entered_at", TimestampType()),
    NestedField(11, "approved_at", TimestamptzType()),
    NestedField(12, "memo", StringType()),
    NestedField(13, "digest", FixedType(32)),
    NestedField(14, "attachment", BinaryType()),
)

SHIPMENTS = Schema(
    NestedField(1, "shipment_id", LongType(), required=True),
    NestedField(2, "carrier", StringType(), required=True),
    NestedField(3, "postcode", StringType()),
    NestedField(4, "contract_from", DateType()),
    NestedField(5, "ordered_at", TimestampType()),
    NestedField(6, "packed_at", TimestamptzType()),
    NestedField(7, "handed_over_at", TimestamptzType()),
    NestedField(8, "retired_code", StringType()),
)

EVERY_TRANSFORM = PartitionSpec(
    PartitionField(2, 1000, IdentityTransform(), "carrier"),
    PartitionField(1, 1001, BucketTransform(16), "shipment_bucket"),
    PartitionField(3, 1002, TruncateTransform(2), "postcode_area"),
    PartitionField(4, 1003, YearTransform(), "contract_year"),
    PartitionField(5, 1004, MonthTransform(), "ordered_month"),
    PartitionField(6, 1005, DayTransform(), "packed_day"),
    PartitionField(7, 1006, HourTransform(), "handed_over_hour"),
    PartitionField(8, 1007, VoidTransform(), "retired"),
)

READINGS = Schema(
    NestedField(1, "device", StringType(), required=True),
    NestedField(2, "read_at", TimestamptzType(), required=True),
    NestedField(3, "celsius", FloatType()),
)

STATEMENT = Schema(
    NestedField(1, "account", StringType(), required=True),
    NestedField(2, "booked_on", DateType(), required=True),
    NestedField(3, "amount", DecimalType(18, 4)),
)

REVENUE = Schema(
    NestedField(1, "day", DateType(), required=False),
    NestedField(2, "revenue", DecimalType(22, 2), required=False),
)


def tables() -> Iterator[tuple[tuple[str, ...], Schema, PartitionSpec, dict[str, str]]]:
    """Name, schema, spec and properties of each table but `sales.orders` and the monthly statements."""
    plain = UNPARTITIONED_PARTITION_SPEC
    yield ("sales", "customers"), CUSTOMERS, plain, {"comment": "One row a customer"}
    yield ("sales", "customer reviews"), READINGS, plain, {}
    yield ("sales", "überweisungen"), STATEMENT, plain, {}
    for region in (("eu",), ("eu", "nordics"), ("us",)):
        yield ("sales", *region, "invoices"), STATEMENT, plain, {}
    yield ("logistics", "shipments"), SHIPMENTS, EVERY_TRANSFORM, {f"label.{n:02}": f"value {n}" for n in range(40)}
    yield ("logistics", "carriers", "rates"), STATEMENT, plain, {"format-version": "1"}
    yield ("finance", "ledger"), EVERY_TYPE, plain, {}
    yield ("iot", "readings"), READINGS, PartitionSpec(PartitionField(2, 1000, HourTransform(), "read_hour")), {}
    yield ("iot", "readings_v3"), READINGS, plain, {"format-version": "3"}
