//! Unity's own API, which completes the lists that its Iceberg API cuts.

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
