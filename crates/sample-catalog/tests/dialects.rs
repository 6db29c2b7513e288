//! What sets the six vendors apart where no recording of a real server says it.

mod support;

use axum::Router;
use sample_catalog::{Dialect, SampleAuth, all, connections};
use serde_json::{Value, json};
use support::{Answer, get, post, send, server};

#[path = "replay/signing.rs"]
mod signing;

/// A request with whatever the sample's own connection to `dialect` needs.
async fn ask(router: &Router, dialect: Dialect, method: &str, path: &str, body: &str) -> Answer {
    let sample = connections("")
        .into_iter()
        .find(|one| one.dialect == dialect)
        .expect("one of six");
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    match sample.auth {
        SampleAuth::None => {}
        SampleAuth::Bearer { token } => {
            headers.push(("authorization".into(), format!("Bearer {token}")))
        }
        SampleAuth::OAuth2 {
            client_id,
            client_secret,
            scope,
        } => {
            let form = format!(
                "grant_type=client_credentials&client_id={client_id}&client_secret={client_secret}&scope={scope}"
            );
            let prefix = path.split("/api/").next().unwrap_or_default();
            let answer = send(
                router,
                "POST",
                &format!("{prefix}/api/catalog/v1/oauth/tokens"),
                &[],
                &form,
            )
            .await
            .json();
            headers.push((
                "authorization".into(),
                format!(
                    "Bearer {}",
                    answer["access_token"].as_str().expect("a token")
                ),
            ));
        }
        SampleAuth::SigV4 { .. } => {
            headers.extend(signing::Signing::right().headers(method, path, body))
        }
    }
    let headers: Vec<_> = headers
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    send(router, method, path, &headers, body).await
}

/// The prefix that `config` gives for the sample's own connection.
async fn prefix(router: &Router, dialect: Dialect, url: &str, warehouse: &str) -> String {
    let config = ask(
        router,
        dialect,
        "GET",
        &format!("{url}/v1/config?warehouse={warehouse}"),
        "",
    )
    .await;
    assert_eq!(config.status, 200, "{dialect}: {}", config.text);
    let config = config.json();
    let given =
        ["defaults", "overrides"].map(|part| config[part]["prefix"].as_str().map(str::to_owned));
    given
        .into_iter()
        .flatten()
        .next()
        .map(|prefix| format!("{prefix}/"))
        .unwrap_or_default()
}

#[tokio::test]
async fn all_six_answer_on_one_listener() {
    let router = all();
    for sample in connections("") {
        let prefix = prefix(&router, sample.dialect, &sample.url, &sample.warehouse).await;
        let list = ask(
            &router,
            sample.dialect,
            "GET",
            &format!("{}/v1/{prefix}namespaces/sales/tables", sample.url),
            "",
        )
        .await;
        let names = list.json()["identifiers"].to_string();
        assert!(
            list.status == 200 && names.contains("\"orders\""),
            "{}: {}",
            sample.name,
            list.text
        );
        let table = ask(
            &router,
            sample.dialect,
            "GET",
            &format!("{}/v1/{prefix}namespaces/sales/tables/orders", sample.url),
            "",
        )
        .await;
        assert_eq!(
            table.json()["metadata"]["format-version"],
            2,
            "{}: {}",
            sample.name,
            table.text
        );
    }
    assert_eq!(get(&router, "/nobody/v1/config").await.status, 404);
}

#[tokio::test]
async fn lists_are_cut_as_each_vendor_cuts_them() {
    let router = all();
    for (dialect, first, key) in [
        (Dialect::Generic, 230, "next-page-token"),
        (Dialect::Polaris, 230, "next-page-token"),
        (Dialect::Nessie, 230, "next-page-token"),
        (Dialect::Lakekeeper, 230, "next-page-token"),
        (Dialect::Unity, 100, "next-page-token"),
        (Dialect::S3Tables, 100, "nextPageToken"),
    ] {
        let sample = connections("")
            .into_iter()
            .find(|one| one.dialect == dialect)
            .expect("one of six");
        let path = format!(
            "{}/v1/{}namespaces/partners/tables",
            sample.url,
            prefix(&router, dialect, &sample.url, &sample.warehouse).await
        );
        let page = ask(&router, dialect, "GET", &path, "").await.json();
        assert_eq!(
            page["identifiers"].as_array().map(Vec::len),
            Some(first),
            "{dialect}"
        );
        let (mut seen, mut token) = (0, String::new());
        // 230 tables, 90 at a time, and one page that says that there are no more.
        for _ in 0..4 {
            let page = ask(
                &router,
                dialect,
                "GET",
                &format!("{path}?pageSize=90&pageToken={token}"),
                "",
            )
            .await
            .json();
            seen += page["identifiers"].as_array().map_or(0, Vec::len);
            match page[key].as_str() {
                Some(next) => token = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(
            seen,
            if dialect == Dialect::Unity { 100 } else { 230 },
            "{dialect}"
        );
    }
}

#[tokio::test]
async fn s3_tables_refuses_what_aws_refuses() {
    let server = server(Dialect::S3Tables);
    let base =
        "/iceberg/v1/arn%3Aaws%3As3tables%3Aeu-central-1%3A111122223333%3Abucket%2Flakehouse";
    let call = async |method: &str, path: &str, body: Value| {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = ask(
            &server,
            Dialect::S3Tables,
            method,
            &format!("{base}{path}"),
            &body,
        )
        .await;
        (
            answer.status,
            answer.json()["error"]["type"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            answer.text,
        )
    };
    let refused = |(status, kind, _): (u16, String, String)| (status, kind);
    let named = |status: u16, kind: &str| (status, kind.to_owned());
    assert_eq!(
        refused(call("GET", "/namespaces?parent=sales", Value::Null).await),
        named(400, "multipart_namespace_not_supported")
    );
    assert_eq!(
        refused(call("POST", "/namespaces", json!({"namespace": ["Upper"]})).await),
        named(400, "bad_request")
    );
    assert_eq!(
        refused(call("DELETE", "/namespaces/sales/tables/orders", Value::Null).await),
        named(400, "purge_enabled")
    );
    assert_eq!(
        refused(
            call(
                "DELETE",
                "/namespaces/sales/tables/orders?purgeRequested=true",
                Value::Null
            )
            .await
        ),
        named(204, "")
    );
    let (status, _, text) = call("GET", "/namespaces/sales/views", Value::Null).await;
    assert!(
        status == 404 && text.contains("UnknownOperationException"),
        "{text}"
    );
}

/// As its code has it, and as far as was recorded.
#[tokio::test]
async fn lakekeeper_drops_what_a_namespace_holds_where_it_is_asked_to() {
    let server = server(Dialect::Lakekeeper);
    let prefix = prefix(&server, Dialect::Lakekeeper, "/catalog", "lakehouse").await;
    let base = format!("/catalog/v1/{prefix}namespaces");
    let call = async |method: &str, path: &str, body: &str| {
        let answer = ask(&server, Dialect::Lakekeeper, method, path, body).await;
        let told = answer.json()["error"]["type"].as_str().map(str::to_owned);
        (answer.status, told.unwrap_or_default())
    };
    let drop = async |path: &str| call("DELETE", &format!("{base}/{path}"), "").await;
    let refused = |status, kind: &str| (status, kind.to_owned());
    let not_empty = refused(409, "NamespaceNotEmptyException");
    assert_eq!(drop("sales").await, not_empty);
    assert_eq!(
        drop("sales?force=true").await,
        not_empty,
        "force is no recursion"
    );
    let soft = refused(400, "NamespaceDeleteNotAllowed");
    assert_eq!(drop("sales?recursive=true").await, soft);

    let listed = async |path: &str, ids: &str, at: usize| {
        let list = get(&server, &format!("{base}{path}returnUuids=true"))
            .await
            .json();
        list[ids][at].as_str().expect("an id").to_owned()
    };
    let protect = async |kind: &str, id: &str, protected: bool| {
        let warehouse = prefix.trim_end_matches('/');
        let path = format!("/management/v1/warehouse/{warehouse}/{kind}/{id}/protection");
        let body = json!({"protected": protected}).to_string();
        assert_eq!(call("POST", &path, &body).await.0, 200, "{kind}");
    };
    let names = get(&server, &base).await.json();
    let names = names["namespaces"].as_array().expect("a list").iter();
    let sandbox = names
        .into_iter()
        .position(|levels| *levels == json!(["sandbox"]));
    let sandbox = listed("?", "namespace-uuids", sandbox.expect("a sandbox")).await;
    protect("namespace", &sandbox, true).await;
    assert_eq!(drop("sandbox").await, refused(409, "NamespaceProtected"));
    assert_eq!(drop("sandbox?force=true").await.0, 204);
    let table = listed("/iot/tables?", "table-uuids", 0).await;
    protect("table", &table, true).await;
    let first = get(&server, &format!("{base}/iot/tables")).await.json();
    let first = first["identifiers"][0]["name"]
        .as_str()
        .expect("a name")
        .to_owned();
    let kept = refused(409, "ProtectedTabularDeletionWithoutForce");
    assert_eq!(drop(&format!("iot/tables/{first}")).await, kept);
    protect("table", &table, false).await;
    assert_eq!(drop(&format!("iot/tables/{first}")).await.0, 204);

    assert_eq!(drop("sales?recursive=true&force=true").await.0, 204);
    for gone in ["sales", "sales%1Feu", "sales/tables/orders"] {
        let gone = format!("{base}/{gone}");
        assert_eq!(get(&server, &gone).await.status, 404, "{gone}");
    }
}

#[tokio::test]
async fn nessie_keeps_history_in_commits_and_knows_references() {
    let server = server(Dialect::Nessie);
    let table = get(&server, "/iceberg/v1/main/namespaces/sales/tables/orders")
        .await
        .json();
    assert_eq!(
        table["metadata"]["snapshots"].as_array().map(Vec::len),
        Some(1)
    );
    let staging = get(&server, "/iceberg/v1/staging%7Clakehouse/namespaces")
        .await
        .json();
    assert!(!staging["namespaces"].to_string().contains("finance"));
    let unknown = get(&server, "/iceberg/v1/nope/namespaces").await;
    assert_eq!(
        (unknown.status, unknown.json()["error"]["type"].as_str()),
        (400, Some("NoSuchReferenceException"))
    );
    let tag = post(
        &server,
        "/iceberg/v1/release-2026-09/namespaces",
        &json!({"namespace": ["x"]}),
    )
    .await;
    assert_eq!(tag.status, 400);

    let first = get(&server, "/api/v2/trees/main/history?max-records=100")
        .await
        .json();
    assert_eq!(
        (
            first["logEntries"].as_array().map(Vec::len),
            first["hasMore"].as_bool()
        ),
        (Some(100), Some(true))
    );
    assert!(first["logEntries"][0].get("operations").is_none());
    let token = first["token"].as_str().expect("a token");
    let second = get(
        &server,
        &format!("/api/v2/trees/main/history?fetch=ALL&page-token={token}"),
    )
    .await
    .json();
    assert_eq!(
        second["logEntries"][0]["commitMeta"]["hash"],
        first["logEntries"][99]["parentCommitHash"]
    );
    assert_eq!(
        second["logEntries"][0]["operations"][0]["content"]["type"],
        "ICEBERG_TABLE"
    );
    let trees = get(&server, "/api/v2/trees").await.json();
    assert_eq!(trees["references"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        get(&server, "/api/v2/trees/nope").await.json()["errorCode"],
        "REFERENCE_NOT_FOUND"
    );
}

#[tokio::test]
async fn secrets_come_unless_they_are_declined() {
    let (lakekeeper, nessie) = (server(Dialect::Lakekeeper), server(Dialect::Nessie));
    let id = get(&lakekeeper, "/catalog/v1/config?warehouse=lakehouse")
        .await
        .json()["defaults"]["prefix"]
        .clone();
    let lakekeeper_path = format!(
        "/catalog/v1/{}/namespaces/sales/tables/orders",
        id.as_str().expect("an id")
    );
    for (router, path) in [
        (&lakekeeper, lakekeeper_path.as_str()),
        (&nessie, "/iceberg/v1/main/namespaces/sales/tables/orders"),
    ] {
        assert!(get(router, path).await.text.contains("CANARY-"), "{path}");
        let declined = send(
            router,
            "GET",
            path,
            &[("x-iceberg-access-delegation", "client-managed")],
            "",
        )
        .await;
        assert!(
            declined.status == 200 && !declined.text.contains("CANARY-"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn warehouses_can_be_named_where_the_vendor_names_them() {
    let router = all();
    for (dialect, path, list, name) in [
        (
            Dialect::Polaris,
            "/polaris/api/management/v1/catalogs",
            "catalogs",
            "name",
        ),
        (
            Dialect::Lakekeeper,
            "/lakekeeper/management/v1/warehouse",
            "warehouses",
            "name",
        ),
        (
            Dialect::Unity,
            "/unity/api/2.1/unity-catalog/catalogs",
            "catalogs",
            "name",
        ),
    ] {
        let answer = ask(&router, dialect, "GET", path, "").await.json();
        let mut names: Vec<_> = answer[list]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|item| item[name].as_str())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["lab", "lakehouse"], "{dialect}");
    }
}

#[tokio::test]
async fn unity_gives_complete_lists_natively() {
    let server = server(Dialect::Unity);
    let (mut seen, mut token) = (0, String::new());
    for _ in 0..4 {
        let path = format!(
            "/api/2.1/unity-catalog/tables?catalog_name=lakehouse&schema_name=partners&page_token={token}"
        );
        let page = get(&server, &path).await.json();
        seen += page["tables"].as_array().map_or(0, Vec::len);
        match page["next_page_token"].as_str() {
            Some(next) => token = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, 230);
    let write = post(
        &server,
        "/api/2.1/unity-catalog/iceberg/v1/catalogs/lakehouse/namespaces",
        &json!({"namespace": ["x"]}),
    )
    .await;
    assert_eq!(write.status, 405);
}
