//! The servers' own APIs beside the Iceberg API.

use axum::{body::Body, http::Response};
use iceberg_rest::{Client, Completeness, Dialect, Namespace, Settings};
use serde_json::{Value, json};

use crate::server::{Seen, config, json as answer, serve, server, settings, status};

/// Unity Catalog with `total` tables, all Iceberg but the `plain` first ones, whose own API answers
/// for `native` pages and then fails.
async fn unity(total: usize, plain: usize, native: usize) -> Client {
    let iceberg = move |index: usize| index >= plain;
    let mock = serve(move |seen: &Seen| -> Response<Body> {
        let target = seen.target.as_str();
        if target.contains("/iceberg/v1/config") {
            return config("catalogs/main");
        }
        if target.contains("/iceberg/v1/catalogs/main/namespaces/s/tables") {
            // The cut comes before the filter.
            let listed = (0..total.min(100)).filter(|index| iceberg(*index));
            let identifiers: Vec<Value> = listed.map(|index| json!({"namespace": ["s"], "name": format!("t{index:03}")})).collect();
            return answer(json!({"identifiers": identifiers, "next-page-token": null}));
        }
        assert!(target.starts_with("/unity-catalog/tables?catalog_name=main&schema_name=s&max_results=100"), "{target}");
        let start = target.split_once("page_token=").map_or(0, |(_, token)| token.parse().unwrap());
        if start >= native.saturating_mul(100) {
            return status(404, "Status: 404\nDescription: Not Found\n");
        }
        let tables: Vec<Value> = (start..total.min(start + 100))
            .map(|index| {
                let properties = if iceberg(index) { json!({"delta.universalFormat.enabledFormats": "iceberg"}) } else { json!({}) };
                json!({"name": format!("t{index:03}"), "data_source_format": "DELTA", "properties": properties})
            })
            .collect();
        let mut page = json!({"tables": tables});
        if start + 100 < total {
            page["next_page_token"] = json!((start + 100).to_string());
        }
        answer(page)
    })
    .await;
    let settings = Settings {
        dialect: Some(Dialect::Unity),
        ..settings(&format!("{}/unity-catalog/iceberg", mock.url))
    };
    server(settings).connect(Some("main"), None).await.unwrap()
}

#[tokio::test]
async fn a_list_that_unity_cuts_is_completed_from_its_own_api() {
    for (total, plain, expected) in [
        (132, 0, 132),
        (132, 30, 102),
        (150, 120, 30),
        (100, 0, 100),
        (5, 2, 3),
        (0, 0, 0),
    ] {
        let list = unity(total, plain, usize::MAX)
            .await
            .list_tables(&Namespace::try_new(["s"]).unwrap())
            .await
            .unwrap();
        assert_eq!(
            (list.items.len(), list.completeness),
            (expected, Completeness::Complete),
            "{total} {plain}"
        );
    }
}

#[tokio::test]
async fn without_its_own_api_a_list_that_may_be_cut_says_so() {
    for (total, plain, native, shown) in [
        (132, 0, 0, 100),
        (132, 30, 0, 70),
        (132, 120, 0, 0),
        (50, 0, 0, 50),
        (232, 30, 1, 70),
    ] {
        let list = unity(total, plain, native)
            .await
            .list_tables(&Namespace::try_new(["s"]).unwrap())
            .await
            .unwrap();
        assert_eq!(list.items.len(), shown, "{total} {plain}");
        assert!(
            matches!(list.completeness, Completeness::Capped { .. }),
            "{total} {plain}"
        );
    }
}

#[tokio::test]
async fn warehouses_are_listed_where_the_server_names_them() {
    let mock = serve(|seen| match seen.target.as_str() {
        "/api/management/v1/catalogs" => {
            answer(json!({"catalogs": [{"name": "b", "type": "INTERNAL"}, {"name": "a"}]}))
        }
        "/management/v1/warehouse" => {
            answer(json!({"warehouses": [{"name": "demo", "storage-profile": {"type": "s3"}}]}))
        }
        "/unity-catalog/catalogs" => answer(
            json!({"catalogs": [{"name": "one", "comment": "first"}], "next_page_token": "one"}),
        ),
        "/unity-catalog/catalogs?page_token=one" => answer(json!({"catalogs": [{"name": "two"}]})),
        other => panic!("{other}"),
    })
    .await;
    let list = async |dialect, path: &str| {
        let settings = Settings {
            dialect: Some(dialect),
            ..settings(&format!("{}{path}", mock.url))
        };
        let listing = server(settings).list_warehouses().await?;
        Ok::<_, iceberg_rest::Error>(
            listing
                .items
                .into_iter()
                .map(|warehouse| (warehouse.name, warehouse.detail))
                .collect::<Vec<_>>(),
        )
    };
    let entry = |name: &str, detail: Option<&str>| (name.to_owned(), detail.map(str::to_owned));
    assert_eq!(
        list(Dialect::Polaris, "/api/catalog").await.unwrap(),
        [entry("a", None), entry("b", Some("internal"))]
    );
    assert_eq!(
        list(Dialect::Lakekeeper, "/catalog").await.unwrap(),
        [entry("demo", Some("s3"))]
    );
    assert_eq!(
        list(Dialect::Unity, "/unity-catalog/iceberg")
            .await
            .unwrap(),
        [entry("one", Some("first")), entry("two", None)]
    );
    for dialect in [Dialect::Generic, Dialect::Nessie, Dialect::S3Tables] {
        assert_eq!(
            list(dialect, "/iceberg").await.unwrap_err().kind,
            iceberg_rest::ErrorKind::Unsupported
        );
    }
}

#[tokio::test]
async fn nessie_names_its_references_and_their_commits() {
    let mock = serve(|seen| match seen.target.as_str() {
        "/iceberg/main/v1/config" => answer(json!({"defaults": {"prefix": "main"}, "overrides": {"nessie.is-nessie-catalog": "true"}})),
        "/api/v2/trees" => answer(json!({"hasMore": true, "token": "t/1", "references": [{"type": "TAG", "name": "v1", "hash": "aa"}]})),
        "/api/v2/trees?page-token=t%2F1" => answer(json!({"hasMore": false, "token": null, "references": [{"type": "BRANCH", "name": "main", "hash": "bb"}]})),
        "/api/v2/trees/feature%2Fx/history?max-records=2&fetch=ALL&page-token=p" => answer(json!({"hasMore": false, "logEntries": [{
            "commitMeta": {"hash": "cc", "message": "append", "authors": ["me"], "commitTime": "2026-11-21T04:00:00Z"},
            "operations": [{"type": "PUT", "key": {"elements": ["sales", "orders"]}, "content": {"type": "ICEBERG_TABLE"}}],
        }]})),
        "/api/v2/config" => answer(json!({"defaultBranch": "main", "specVersion": "2.2.0"})),
        other => panic!("{other}"),
    })
    .await;
    let server = server(settings(&format!("{}/iceberg/main", mock.url)));
    let client = server.connect(None, None).await.unwrap();
    let names: Vec<String> = client
        .references()
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|reference| reference.name)
        .collect();
    assert_eq!(names, ["main", "v1"]);
    let page = client
        .history("feature/x", 2, Some("p"), true)
        .await
        .unwrap();
    assert_eq!(
        (page.commits[0].meta.hash.as_str(), page.next),
        ("cc", None)
    );
    let operation = &page.commits[0].operations[0];
    assert_eq!(
        (operation.key.elements.join("."), operation.content_type()),
        ("sales.orders".to_owned(), Some("ICEBERG_TABLE"))
    );
    assert_eq!(server.version().await.as_deref(), Some("API 2.2.0"));
}
