//! What servers name in APIs of their own: warehouses, references and commits, versions.

use iceberg_rest::{Dialect, ErrorKind, Settings};
use serde_json::json;
use vendors::{list_warehouses, nessie::Nessie, project, version};

use crate::server::{json as answer, serve, server, settings};

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
        let listing = list_warehouses(&server(settings), None).await?;
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
            ErrorKind::Unsupported
        );
    }
}

#[tokio::test]
async fn a_lakekeeper_names_the_warehouses_of_the_project_that_is_asked_for() {
    let mock = serve(|seen| {
        let name = seen.header("x-project-id").unwrap_or("none");
        answer(json!({"warehouses": [{"name": name}]}))
    })
    .await;
    let settings = Settings {
        dialect: Some(Dialect::Lakekeeper),
        headers: vec![("x-project-id".into(), "configured".into())],
        ..settings(&format!("{}/catalog", mock.url))
    };
    let server = server(settings);
    let list = async |warehouse| {
        let asked = project(&server, warehouse);
        let listing = list_warehouses(&server, asked).await.unwrap();
        listing.items[0].name.clone()
    };
    assert_eq!(list("demo").await, "configured");
    assert_eq!(list("p-1/demo").await, "p-1/p-1");
    assert_eq!(list("/demo").await, "configured");
}

#[tokio::test]
async fn nessie_names_its_references_and_their_commits() {
    let mock = serve(|seen| match seen.target.as_str() {
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
    let settings = Settings {
        dialect: Some(Dialect::Nessie),
        ..settings(&format!("{}/iceberg/main", mock.url))
    };
    let server = server(settings);
    let nessie = Nessie::new(server.clone());
    let names: Vec<String> = nessie
        .references()
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|reference| reference.name)
        .collect();
    assert_eq!(names, ["main", "v1"]);
    let page = nessie
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
    assert_eq!(version(&server).await.as_deref(), Some("API 2.2.0"));
}

/// What never answered may list them yet.
#[tokio::test]
async fn of_a_server_that_nobody_knows_it_is_not_said_that_it_lists_none() {
    let told = async |dialect| {
        let settings = Settings {
            dialect,
            ..settings("http://127.0.0.1:1/x")
        };
        let listed = list_warehouses(&server(settings), None).await;
        listed.unwrap_err().message.clone()
    };
    assert!(told(None).await.contains("is not known before"));
    assert!(told(Some(Dialect::Generic)).await.contains("does not list"));
}

#[tokio::test]
async fn a_list_of_warehouses_that_is_not_whole_says_so() {
    let lists = [
        (Dialect::Polaris, "/api/catalog", "catalogs"),
        (Dialect::Lakekeeper, "/catalog", "warehouses"),
    ];
    for (dialect, path, key) in lists {
        for (body, words) in [
            (json!({key: [{"name": "one"}]}), None),
            (
                json!({key: [{"name": "one"}, {"id": 7}, "x"]}),
                Some("2 entries"),
            ),
            (
                json!({key: [{"name": "one"}], "next-page-token": "2"}),
                Some("no call for the rest"),
            ),
            (
                json!({key: [{"name": "one"}], "next-page-token": {}}),
                Some("no call for the rest"),
            ),
        ] {
            let with = body.clone();
            let mock = serve(move |_| answer(with.clone())).await;
            let server = server(Settings {
                dialect: Some(dialect),
                ..settings(&format!("{}{path}", mock.url))
            });
            let listing = list_warehouses(&server, None).await.unwrap();
            assert_eq!(listing.items.len(), 1, "{dialect:?} {body}");
            let why = listing.completeness.capped();
            assert_eq!(
                why.is_some(),
                words.is_some(),
                "{dialect:?} {body}: {why:?}"
            );
            assert!(
                words.is_none_or(|words| why.unwrap().contains(words)),
                "{body}"
            );
        }
    }
}
