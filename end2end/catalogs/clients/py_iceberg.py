"""PyIceberg takes a table through its life on a catalog: list, load, create, evolve, properties, rename, drop."""

from pyiceberg.exceptions import CommitFailedException, NoSuchTableError, TableAlreadyExistsError
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.update import AssertCurrentSchemaId, SetPropertiesUpdate
from pyiceberg.transforms import DayTransform
from pyiceberg.types import IntegerType, LongType, NestedField, StringType, TimestamptzType

from report import check, finish
from rest import arguments, connect, walk

catalog = connect(arguments(__doc__).parse_args())

HOME = ("client_check", "nested")
VISITS, RENAMED = (*HOME, "visits"), (*HOME, "visits_renamed")
SCHEMA = Schema(
    NestedField(1, "visit_id", IntegerType(), required=True),
    NestedField(2, "page", StringType()),
    NestedField(3, "at", TimestamptzType(), required=True),
)


def reloaded(name=VISITS):
    return catalog.load_table(name)


@check("PyIceberg lists every namespace and table of the catalog and loads each table")
def _():
    namespaces = list(walk(catalog))
    tables = [table for n in namespaces for table in catalog.list_tables(n)]
    assert len(namespaces) >= 2 and len(tables) >= 10, (namespaces, tables)
    for name in tables:
        assert catalog.load_table(name).name() == name


@check("PyIceberg creates a namespace, with properties, and reads them back")
def _():
    for depth in range(1, len(HOME) + 1):
        catalog.create_namespace(HOME[:depth], {"owner": "clients"})
    assert HOME in catalog.list_namespaces(HOME[:-1])
    assert catalog.load_namespace_properties(HOME)["owner"] == "clients"


@check("PyIceberg creates a partitioned table and finds it listed; a second of that name is refused")
def _():
    spec = PartitionSpec(PartitionField(3, 1000, DayTransform(), "at_day"))
    table = catalog.create_table(VISITS, SCHEMA, partition_spec=spec, properties={"team": "web"})
    assert catalog.list_tables(HOME) == [VISITS]
    assert [f.name for f in table.schema().fields] == ["visit_id", "page", "at"]
    assert str(reloaded().spec().fields[0].transform) == "day"
    try:
        catalog.create_table(VISITS, SCHEMA)
    except TableAlreadyExistsError:
        return
    raise AssertionError("created twice")


@check("PyIceberg evolves the schema: adds, widens, renames, documents, deletes; the first one stays readable")
def _():
    with reloaded().update_schema() as update:
        update.add_column("referrer", StringType(), doc="Where the visitor came from")
        update.update_column("visit_id", LongType())
        update.rename_column("page", "path")
    with reloaded().update_schema() as update:
        update.delete_column("referrer")
        update.add_column("country", StringType())
    table = reloaded()
    assert {f.name: (f.field_id, str(f.field_type)) for f in table.schema().fields} == {
        "visit_id": (1, "long"),
        "path": (2, "string"),
        "at": (3, "timestamptz"),
        "country": (5, "string"),
    }
    assert [f.name for f in table.schemas()[0].fields] == ["visit_id", "page", "at"]
    assert len(table.schemas()) == 3


@check("PyIceberg evolves the partition spec and keeps the old one")
def _():
    with reloaded().update_spec() as update:
        update.add_identity("path")
    table = reloaded()
    assert [f.name for f in table.spec().fields] == ["at_day", "path"]
    assert len(table.specs()) == 2


@check("PyIceberg sets and removes table properties")
def _():
    with reloaded().transaction() as transaction:
        transaction.set_properties({"comment": "Visits by page", "retention.days": "30"})
        transaction.remove_properties("team")
    properties = reloaded().properties
    assert properties["comment"] == "Visits by page" and properties["retention.days"] == "30"
    assert "team" not in properties


@check("A commit that asks for a schema of the past is refused as a conflict")
def _():
    try:
        catalog.commit_table(
            reloaded(), (AssertCurrentSchemaId(current_schema_id=0),), (SetPropertiesUpdate(updates={"lost": "update"}),)
        )
    except CommitFailedException:
        assert "lost" not in reloaded().properties
        return
    raise AssertionError("committed over a newer schema")


@check("PyIceberg renames the table; its uuid stays, the old name is gone")
def _():
    uuid = reloaded().metadata.table_uuid
    catalog.rename_table(VISITS, RENAMED)
    assert reloaded(RENAMED).metadata.table_uuid == uuid
    assert catalog.list_tables(HOME) == [RENAMED]
    assert not catalog.table_exists(VISITS)


@check("PyIceberg drops the table and the namespaces; loading it says that there is no such table")
def _():
    catalog.drop_table(RENAMED)
    try:
        reloaded(RENAMED)
    except NoSuchTableError:
        for depth in range(len(HOME), 0, -1):
            catalog.drop_namespace(HOME[:depth])
        assert HOME[:1] not in catalog.list_namespaces()
        return
    raise AssertionError("still there")


finish()
