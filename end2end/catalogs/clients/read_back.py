"""Prints, as JSON, what PyIceberg and DuckDB read of one table or view after somebody changed it."""

import json
from datetime import UTC, datetime
from urllib.parse import urlparse

import pyarrow as pa

import truth
from duck import session
from rest import arguments, connect

parser = arguments(__doc__)
parser.add_argument("--table", help="namespace.name")
parser.add_argument("--view", help="namespace.name")
parser.add_argument("--append", type=int, default=0, metavar="N", help="append a row N times before, each by a commit of its own")
args = parser.parse_args()
catalog = connect(args)

# What a test's table may hold.
VALUES = {"long": 7, "string": "ana", "timestamptz": datetime(2026, 3, 1, tzinfo=UTC)}


def duck_rows(location: str) -> int:
    """Rows, read from the metadata file and the files it leads to."""
    connection = session()
    options = dict(pair.split("=", 1) for pair in args.property)
    if endpoint := options.get("s3.endpoint"):
        connection.execute(
            f"CREATE SECRET (TYPE s3, KEY_ID '{options['s3.access-key-id']}', SECRET '{options['s3.secret-access-key']}',"
            f" ENDPOINT '{urlparse(endpoint).netloc}', REGION 'us-east-1', URL_STYLE 'path', USE_SSL false)"
        )
    path = urlparse(location).path if location.startswith("file:") else location
    return connection.execute(f"SELECT count(*) FROM iceberg_scan('{path}')").fetchone()[0]


if args.view:
    print(json.dumps(truth.view(catalog.load_view(args.view))))
else:
    table = catalog.load_table(args.table)
    for _ in range(args.append):
        row = {field.name: VALUES.get(str(field.field_type)) for field in table.schema().fields}
        table.append(pa.Table.from_pylist([row], schema=table.schema().as_arrow()))
    table.refresh()
    told = truth.table(table)
    told["rows"] = [{key: str(value) for key, value in row.items()} for row in table.scan().to_arrow().to_pylist()]
    told["duckDbRows"] = duck_rows(table.metadata_location)
    print(json.dumps(told))
