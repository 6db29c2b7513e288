//! What writes leave in the history of a Nessie.

use axum::Router;
use sample_catalog::Dialect;
use serde_json::{Value, json};

use crate::{
    change, creation, schema, sets,
    support::{get, post, send, server},
    table, view,
};

async fn log(server: &Router, reference: &str) -> Vec<Value> {
    let path = format!("/api/v2/trees/{reference}/history?fetch=ALL&max-records=20");
    let page = get(server, &path).await.json();
    page["logEntries"].as_array().expect("a list").clone()
}

/// Type and key of each operation of the newest commit.
async fn newest(server: &Router, reference: &str) -> Vec<(String, String, String)> {
    let operations = log(server, reference).await[0]["operations"]
        .as_array()
        .expect("a list")
        .clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let named = |one: &Value| {
        let key = one["key"]["elements"].as_array().expect("a key");
        let key: Vec<String> = key.iter().map(text).collect();
        (
            text(&one["type"]),
            key.join("."),
            text(&one["content"]["type"]),
        )
    };
    operations.iter().map(named).collect()
}

#[tokio::test]
async fn every_write_to_nessie_is_a_commit_on_its_reference() {
    let server = server(Dialect::Nessie);
    let base = "/iceberg/v1/main";
    let (before, elsewhere) = (log(&server, "main").await, log(&server, "staging").await);
    let put = |key: &str, kind: &str| ("PUT".to_owned(), key.to_owned(), kind.to_owned());
    let gone = |key: &str| ("DELETE".to_owned(), key.to_owned(), String::new());
    let ident = |name: &str| json!({"namespace": ["sandbox"], "name": name});

    let staged = json!({"name": "s", "schema": schema(), "stage-create": true});
    post(
        &server,
        &format!("{base}/namespaces/sandbox/tables"),
        &staged,
    )
    .await;
    post(
        &server,
        &format!("{base}/namespaces/sandbox/tables/nope"),
        &json!({"updates": []}),
    )
    .await;
    assert_eq!(
        log(&server, "main").await,
        before,
        "neither what is staged nor what fails is a commit"
    );

    let sends = async |method: &str, path: &str, body: Value| {
        let headers = [("content-type", "application/json")];
        let answer = send(
            &server,
            method,
            &format!("{base}/{path}"),
            &headers,
            &body.to_string(),
        )
        .await;
        assert!(answer.status < 300, "{path}: {}", answer.text);
        newest(&server, "main").await
    };
    let made = sends("POST", "namespaces", json!({"namespace": ["n"]})).await;
    assert_eq!(made, [put("n", "NAMESPACE")]);
    let made = sends(
        "POST",
        "namespaces/n/properties",
        json!({"updates": {"a": "1"}}),
    )
    .await;
    assert_eq!(made, [put("n", "NAMESPACE")]);
    let made = sends(
        "POST",
        "namespaces/sandbox/tables",
        json!({"name": "t", "schema": schema()}),
    )
    .await;
    assert_eq!(made, [put("sandbox.t", "ICEBERG_TABLE")]);
    let made = sends(
        "POST",
        "namespaces/sandbox/tables/t",
        json!({"updates": [sets("a", "1")]}),
    )
    .await;
    assert_eq!(made, [put("sandbox.t", "ICEBERG_TABLE")]);
    let made = sends(
        "POST",
        "tables/rename",
        json!({"source": ident("t"), "destination": ident("u")}),
    )
    .await;
    assert_eq!(made, [gone("sandbox.t"), put("sandbox.u", "ICEBERG_TABLE")]);
    let two = json!({"table-changes": [
        change("u", json!([]), &[sets("b", "2")]),
        change("new", creation()["requirements"].clone(), creation()["updates"].as_array().expect("a list")),
        change("u", json!([]), &[sets("c", "3")])]});
    let made = sends("POST", "transactions/commit", two).await;
    assert_eq!(
        made,
        [
            put("sandbox.u", "ICEBERG_TABLE"),
            put("sandbox.new", "ICEBERG_TABLE")
        ]
    );
    view(&server, base, "v").await;
    assert_eq!(
        newest(&server, "main").await,
        [put("sandbox.v", "ICEBERG_VIEW")]
    );
    assert_eq!(
        sends("DELETE", "namespaces/sandbox/views/v", json!({})).await,
        [gone("sandbox.v")]
    );
    let place = get(&server, &format!("{base}/namespaces/sandbox/tables/new"))
        .await
        .json();
    assert_eq!(
        sends("DELETE", "namespaces/sandbox/tables/new", json!({})).await,
        [gone("sandbox.new")]
    );
    let register = json!({"name": "back", "metadata-location": place["metadata-location"]});
    let made = sends("POST", "namespaces/sandbox/register", register).await;
    assert_eq!(made, [put("sandbox.back", "ICEBERG_TABLE")]);
    assert_eq!(
        sends("DELETE", "namespaces/n", json!({})).await,
        [gone("n")]
    );

    let after = log(&server, "main").await;
    assert_eq!(
        after[11..],
        before[..9],
        "eleven commits on top of what was there"
    );
    for pair in after.windows(2) {
        assert_eq!(pair[0]["parentCommitHash"], pair[1]["commitMeta"]["hash"]);
    }
    assert_eq!(log(&server, "staging").await, elsewhere);
    let head = get(&server, "/api/v2/trees/main").await.json()["reference"]["hash"].clone();
    assert_eq!(head, after[0]["commitMeta"]["hash"]);

    table(&server, "/iceberg/v1/staging", "t").await;
    assert_eq!(
        newest(&server, "staging").await,
        [put("sandbox.t", "ICEBERG_TABLE")]
    );
    assert_eq!(log(&server, "main").await, after);
}
