//! The seeds that the recordings were made over, built again by our own means.

use std::collections::BTreeMap;

use sample_catalog::{Dialect, Stock, StockNamespace, StockTable};
use serde_json::{Value, json};

use crate::support::{post, server};

fn properties(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// Two columns.
fn plain() -> Value {
    json!({"name": "t", "schema": {"type": "struct", "schema-id": 0, "fields": [
        {"id": 1, "name": "id", "required": false, "type": "long"},
        {"id": 2, "name": "v", "required": false, "type": "string"}]}})
}

/// Every nested type, a documented column, and partitions.
fn nested() -> Value {
    json!({"name": "t", "schema": {"type": "struct", "schema-id": 0, "fields": [
        {"id": 1, "name": "id", "required": true, "type": "long", "doc": "key"},
        {"id": 2, "name": "at", "required": false, "type": "timestamptz"},
        {"id": 3, "name": "tags", "required": false,
            "type": {"type": "list", "element-id": 4, "element": "string", "element-required": false}},
        {"id": 5, "name": "more", "required": false, "type": {"type": "map", "key-id": 6, "key": "string",
            "value-id": 7, "value": "long", "value-required": false}},
        {"id": 8, "name": "place", "required": false, "type": {"type": "struct", "fields": [
            {"id": 9, "name": "city", "required": false, "type": "string"}]}}]},
        "properties": {"owner": "x"}, "partition-spec": {"spec-id": 0, "fields": [{"source-id": 2, "transform": "day", "name": "at_day"}]}})
}

/// Metadata of `table` with as many snapshots as asked for, made by a generic server.
async fn metadata(table: Value, snapshots: i64) -> StockTable {
    let generic = server(Dialect::Generic);
    let made = post(&generic, "/v1/namespaces/sandbox/tables", &table)
        .await
        .json();
    let mut metadata = made["metadata"].clone();
    for number in 1..=snapshots {
        let mut snapshot = json!({"snapshot-id": number, "sequence-number": number, "schema-id": 0,
            "timestamp-ms": metadata["last-updated-ms"], "manifest-list": "file:///list.avro",
            "summary": {"operation": "append"}});
        if number > 1 {
            snapshot["parent-snapshot-id"] = (number - 1).into();
        }
        let commit = json!({"requirements": [], "updates": [{"action": "add-snapshot", "snapshot": snapshot},
            {"action": "set-snapshot-ref", "ref-name": "main", "type": "branch", "snapshot-id": number}]});
        let answer = post(&generic, "/v1/namespaces/sandbox/tables/t", &commit).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        metadata = answer.json()["metadata"].clone();
    }
    StockTable::Iceberg(metadata)
}

fn schema(name: &str, tables: Vec<(String, StockTable)>) -> StockNamespace {
    StockNamespace {
        levels: vec![name.to_owned()],
        tables,
        ..StockNamespace::default()
    }
}

/// Unity: catalogs `unity`, `big` and `empty_catalog`.
pub async fn unity() -> Vec<Stock> {
    let (orders, history) = (metadata(nested(), 3).await, metadata(plain(), 3).await);
    let (once, empty) = (metadata(plain(), 1).await, metadata(plain(), 0).await);
    let unreadable = |status, kind, message: &str| StockTable::Unreadable {
        status,
        kind,
        message: message.to_owned(),
    };
    let named = |name: &str, table: &StockTable| (name.to_owned(), table.clone());
    let sales = StockNamespace {
        properties: properties(&[("tier", "gold"), ("team", "sales")]),
        ..schema(
            "sales",
            vec![
                named("orders", &orders),
                named("customers", &history),
                named("raw_delta", &StockTable::Other),
                named("files", &StockTable::Other),
            ],
        )
    };
    let odd = schema(
        "odd",
        vec![
            named(
                "badjson",
                &unreadable(500, "RuntimeIOException", "Failed to read file"),
            ),
            named(
                "metadata_gone",
                &unreadable(500, "NotFoundException", "Failed to read file"),
            ),
            named(
                "moved",
                &unreadable(400, "BaseException", "The location does not match"),
            ),
            named(
                "s3_no_credentials",
                &unreadable(400, "BaseException", "S3 bucket configuration not found."),
            ),
        ],
    );
    let hr = schema(
        "hr",
        vec![named("employees", &once), named("no_snapshots", &empty)],
    );
    let many = |kind: &StockTable| {
        (0..130)
            .map(|number| (format!("t{number:03}"), kind.clone()))
            .collect::<Vec<_>>()
    };
    let mut delta = many(&StockTable::Other);
    delta.push(named("zz_iceberg", &empty));
    let mut big = vec![schema("many", many(&empty)), schema("many_delta", delta)];
    big.extend((0..130).map(|number| schema(&format!("s{number:03}"), Vec::new())));
    let catalog = |name: &str, namespaces| Stock {
        name: name.to_owned(),
        location: format!("file:///data/{name}"),
        properties: BTreeMap::new(),
        namespaces,
    };
    vec![
        catalog("unity", vec![schema("empty", Vec::new()), sales, hr, odd]),
        catalog("big", big),
        catalog("empty_catalog", Vec::new()),
    ]
}

/// Unity: one catalog with one empty schema.
pub fn unity_with_authorization() -> Vec<Stock> {
    let mut unity = bare("unity", "file:///data/unity", &[]);
    unity.namespaces = vec![schema("sales", Vec::new())];
    vec![unity]
}

/// A warehouse without anything in it.
pub fn bare(name: &str, location: &str, pairs: &[(&str, &str)]) -> Stock {
    Stock {
        name: name.to_owned(),
        location: location.to_owned(),
        properties: properties(pairs),
        namespaces: Vec::new(),
    }
}

/// Lakekeeper: `demo`, `hard` with long lists, and `sts`.
pub async fn lakekeeper() -> Vec<Stock> {
    let (empty, view) = (metadata(plain(), 0).await, view().await);
    let special = BTreeMap::from([
        ("orders", metadata(nested(), 3).await),
        ("conflict", changed().await),
        ("v1table", metadata(versioned("1"), 0).await),
        ("v3table", metadata(versioned("3"), 0).await),
    ]);
    let held = |levels: &[&str], tables: &[&str], views: &[&str]| StockNamespace {
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        properties: properties(&[
            ("location", "s3://lakehouse/demo"),
            ("namespace_id", "5f0c8f0e"),
        ]),
        tables: tables
            .iter()
            .map(|name| {
                (
                    (*name).to_owned(),
                    special.get(name).unwrap_or(&empty).clone(),
                )
            })
            .collect(),
        views: views
            .iter()
            .map(|name| ((*name).to_owned(), view.clone()))
            .collect(),
    };
    let many = |prefix: &str, count: usize, width: usize| {
        (0..count)
            .map(|n| format!("{prefix}{n:0width$}"))
            .collect::<Vec<_>>()
    };
    let of = |names: &[String]| {
        names
            .iter()
            .map(|name| held(&[name], &[], &[]))
            .collect::<Vec<_>>()
    };
    let filled = |name: &str, tables: &[String]| {
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        held(&[name], &tables, &[])
    };

    let sales = [
        "orders",
        "with space",
        "Straße.dot",
        "a/b",
        "100%",
        "v1table",
        "v3table",
        "conflict",
        "to_rename",
    ];
    let mut demo = bare(
        "demo",
        "s3://lakehouse/lakekeeper/demo",
        &[("delete-profile", "soft")],
    );
    demo.namespaces = vec![
        held(&["sales"], &sales, &["big_orders"]),
        held(&["sales", "eu"], &["nested"], &["eu_view"]),
        held(&["sales", "us"], &[], &[]),
        held(&["sales", "eu", "retail"], &[], &[]),
        held(&["sales", "eu", "retail", "2026"], &[], &[]),
        held(&["marketing"], &[], &[]),
        held(&["with space"], &[], &[]),
        held(&["Zürich / 東京"], &[], &[]),
        held(&["a%2Fb"], &[], &[]),
    ];
    demo.namespaces.extend(of(&many("ns", 25, 3)));
    demo.namespaces.push(filled("many", &many("t", 130, 3)));
    demo.namespaces.push(held(&["empty"], &[], &[]));
    let mut hard = bare("hard", "s3://lakehouse/lakekeeper/hard", &[]);
    hard.namespaces = vec![held(&["h"], &[], &[])];
    hard.namespaces.extend(of(&many("n", 1_050, 4)));
    hard.namespaces.push(filled("big", &many("t", 1_100, 4)));
    let mut sts = bare(
        "sts",
        "s3://lakehouse/lakekeeper/sts",
        &[("sts-enabled", "true")],
    );
    sts.namespaces = vec![held(&["v"], &["t"], &[])];
    vec![demo, hard, sts]
}

fn versioned(format: &str) -> Value {
    let mut table = plain();
    table["properties"] = json!({"format-version": format});
    table
}

/// Metadata of a table whose properties were changed once.
async fn changed() -> StockTable {
    let generic = server(Dialect::Generic);
    post(&generic, "/v1/namespaces/sandbox/tables", &plain()).await;
    let commit = json!({"updates": [{"action": "set-properties", "updates": {"a": "b"}}]});
    let answer = post(&generic, "/v1/namespaces/sandbox/tables/t", &commit).await;
    StockTable::Iceberg(answer.json()["metadata"].clone())
}

/// Metadata of a view with one version.
async fn view() -> Value {
    let create = json!({"name": "v", "schema": plain()["schema"], "properties": {"comment": "x"}, "view-version": {
        "version-id": 1, "schema-id": 0, "timestamp-ms": 1_790_000_000_000_i64, "summary": {"engine-name": "spark"},
        "default-namespace": ["sandbox"], "representations": [{"type": "sql", "sql": "SELECT 1", "dialect": "spark"}]}});
    let made = post(
        &server(Dialect::Generic),
        "/v1/namespaces/sandbox/views",
        &create,
    )
    .await;
    made.json()["metadata"].clone()
}
