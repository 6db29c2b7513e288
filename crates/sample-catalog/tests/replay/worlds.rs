//! The seeds that the recordings were made over: what tables and views are, as the recordings tell it.

use std::collections::BTreeMap;

use sample_catalog::{Stock, StockNamespace, StockTable};
use serde_json::Value;

use crate::exchange;

fn properties(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// Metadata of a table or view as the real server of `recording` first told it; `path` is how its address ends.
fn recorded(recording: &str, path: &str) -> Value {
    let exchanges = exchange::read(recording);
    let mut told = exchanges.iter().filter(|exchange| {
        let address = exchange.path.split('?').next().unwrap_or_default();
        exchange.method == "GET" && exchange.status == Some(200) && address.ends_with(path)
    });
    // A long body is cut short.
    let body = told.find_map(|exchange| serde_json::from_str::<Value>(&exchange.text()).ok());
    body.unwrap_or_else(|| panic!("{recording} has no {path}"))["metadata"].take()
}

fn table(recording: &str, path: &str) -> StockTable {
    StockTable::Iceberg(recorded(recording, path))
}

fn schema(name: &str, tables: Vec<(String, StockTable)>) -> StockNamespace {
    StockNamespace {
        levels: vec![name.to_owned()],
        tables,
        ..StockNamespace::default()
    }
}

/// Unity: catalogs `unity`, `big` and `empty_catalog`.
pub fn unity() -> Vec<Stock> {
    let told = |path: &str| table("unity-0.6.0", path);
    let empty = told("/many_delta/tables/zz_iceberg");
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
                named("orders", &told("/sales/tables/orders")),
                named("customers", &told("/sales/tables/customers")),
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
        vec![
            named("employees", &told("/hr/tables/employees")),
            named("no_snapshots", &told("/hr/tables/no_snapshots")),
            named("huge", &empty),
        ],
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
pub fn lakekeeper() -> Vec<Stock> {
    let told = |path: &str| table("lakekeeper-0.13.3", path);
    let view = |path: &str| recorded("lakekeeper-0.13.3", path);
    let empty = told("/sales%1Feu/tables/nested");
    let tables = BTreeMap::from([
        ("orders", told("/sales/tables/orders")),
        ("with space", told("/sales/tables/with%20space")),
        ("Straße.dot", told("/sales/tables/Stra%C3%9Fe.dot")),
        ("a/b", told("/sales/tables/a%2Fb")),
        ("100%", told("/sales/tables/100%25")),
        ("v1table", told("/sales/tables/v1table")),
        ("v3table", told("/sales/tables/v3table")),
        ("conflict", told("/sales/tables/conflict")),
        ("t", told("/v/tables/t")),
    ]);
    let views = BTreeMap::from([
        ("big_orders", view("/sales/views/big_orders")),
        ("eu_view", view("/sales%1Feu/views/eu_view")),
    ]);
    let own = BTreeMap::from([
        ("eu", ("owner", "eu team")),
        ("marketing", ("comment", "campaign data")),
    ]);
    let held = |levels: &[&str], named: &[&str], seen: &[&str]| {
        let mut pairs = vec![
            ("location", "s3://lakehouse/lakekeeper/demo"),
            ("namespace_id", "01a1fc53-269e-78e0-a91b-197dbebf6194"),
        ];
        pairs.extend(levels.last().and_then(|level| own.get(level)));
        let stock = |name: &&str| {
            let metadata = tables.get(name).unwrap_or(&empty);
            ((*name).to_owned(), metadata.clone())
        };
        StockNamespace {
            levels: levels.iter().map(|level| (*level).to_owned()).collect(),
            properties: properties(&pairs),
            tables: named.iter().map(stock).collect(),
            views: seen
                .iter()
                .map(|name| ((*name).to_owned(), views[name].clone()))
                .collect(),
        }
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
