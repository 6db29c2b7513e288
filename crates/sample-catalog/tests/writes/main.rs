//! What becomes of writes: several in one request, the same one twice, and those that go wrong on demand.

mod faults;
mod nessie;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use axum::Router;
use sample_catalog::Dialect;
use serde_json::{Value, json};
use support::{Answer, get, post, send, server};

fn schema() -> Value {
    json!({"type": "struct", "schema-id": 0, "fields": [{"id": 1, "name": "id", "required": true, "type": "long"}]})
}

fn sets(key: &str, value: &str) -> Value {
    json!({"action": "set-properties", "updates": {key: value}})
}

/// One change of a transaction.
fn change(name: &str, requirements: Value, updates: &[Value]) -> Value {
    json!({"identifier": {"namespace": ["sandbox"], "name": name}, "requirements": requirements, "updates": updates})
}

/// What makes a table that was staged, or never was.
fn creation() -> Value {
    json!({"requirements": [{"type": "assert-create"}], "updates": [
        {"action": "add-schema", "schema": schema(), "last-column-id": 1},
        {"action": "set-current-schema", "schema-id": -1}]})
}

async fn table(server: &Router, base: &str, name: &str) {
    let path = format!("{base}/namespaces/sandbox/tables");
    let made = post(server, &path, &json!({"name": name, "schema": schema()})).await;
    assert_eq!(made.status, 200, "{}", made.text);
}

async fn properties(server: &Router, base: &str, name: &str) -> Value {
    let table = get(server, &format!("{base}/namespaces/sandbox/tables/{name}")).await;
    table.json()["metadata"]["properties"].clone()
}

async fn view(server: &Router, base: &str, name: &str) {
    let version = json!({"version-id": 1, "schema-id": 0, "timestamp-ms": 1_790_000_000_000_i64, "summary": {},
        "default-namespace": ["sandbox"], "representations": [{"type": "sql", "sql": "SELECT 1", "dialect": "spark"}]});
    let create =
        json!({"name": name, "schema": schema(), "view-version": version, "properties": {}});
    let made = post(server, &format!("{base}/namespaces/sandbox/views"), &create).await;
    assert_eq!(made.status, 200, "{}", made.text);
}

/// Base path of the warehouse `lakehouse` of a Lakekeeper.
async fn lakekeeper(server: &Router) -> String {
    let config = get(server, "/catalog/v1/config?warehouse=lakehouse")
        .await
        .json();
    format!(
        "/catalog/v1/{}",
        config["defaults"]["prefix"].as_str().expect("a prefix")
    )
}

#[tokio::test]
async fn a_transaction_with_several_changes_to_one_table_keeps_all_of_them() {
    let server = server(Dialect::Generic);
    table(&server, "/v1", "t").await;
    let last =
        |id: i32| json!([{"type": "assert-last-assigned-field-id", "last-assigned-field-id": id}]);
    let wider = json!({"action": "add-schema", "last-column-id": 2, "schema": {"type": "struct", "schema-id": 1,
        "fields": [schema()["fields"][0], {"id": 2, "name": "at", "required": false, "type": "date"}]}});
    let commit = |changes: Value| json!({"table-changes": changes});
    let half = commit(json!([
        change("t", json!([]), &[sets("lost", "1")]),
        change("t", last(7), &[sets("lost", "2")]),
    ]));
    let refused = post(&server, "/v1/transactions/commit", &half).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert_eq!(properties(&server, "/v1", "t").await, json!({}));

    let whole = commit(json!([
        change("t", last(1), &[sets("one", "1"), wider]),
        change(
            "new",
            creation()["requirements"].clone(),
            creation()["updates"].as_array().expect("a list")
        ),
        change("t", last(2), &[sets("two", "2")]),
        change("new", json!([]), &[sets("made", "here")]),
        change("t", json!([]), &[sets("three", "3")]),
    ]));
    let done = post(&server, "/v1/transactions/commit", &whole).await;
    assert_eq!(done.status, 204, "{}", done.text);
    assert_eq!(
        properties(&server, "/v1", "t").await,
        json!({"one": "1", "two": "2", "three": "3"})
    );
    assert_eq!(
        properties(&server, "/v1", "new").await,
        json!({"made": "here"})
    );
}

#[tokio::test]
async fn lakekeeper_takes_two_spellings_of_a_name_for_one_table() {
    let server = server(Dialect::Lakekeeper);
    let base = lakekeeper(&server).await;
    table(&server, &base, "t").await;
    let both = json!({"table-changes": [
        change("t", json!([]), &[sets("one", "1")]), change("T", json!([]), &[sets("two", "2")])]});
    let done = post(&server, &format!("{base}/transactions/commit"), &both).await;
    assert_eq!(done.status, 204, "{}", done.text);
    assert_eq!(
        properties(&server, &base, "t").await,
        json!({"one": "1", "two": "2"})
    );
}

#[tokio::test]
async fn nothing_is_made_over_an_object_of_another_kind() {
    let server = server(Dialect::Generic);
    view(&server, "/v1", "v").await;
    let in_transaction = json!({"table-changes": [
        change("v", creation()["requirements"].clone(), creation()["updates"].as_array().expect("a list"))]});
    let place = get(&server, "/v1/namespaces/sales/tables/orders")
        .await
        .json();
    let register =
        json!({"name": "v", "metadata-location": place["metadata-location"], "overwrite": true});
    for (path, body) in [
        ("/v1/namespaces/sandbox/tables/v", creation()),
        ("/v1/transactions/commit", in_transaction),
        ("/v1/namespaces/sandbox/register", register),
    ] {
        let refused = post(&server, path, &body).await;
        let kind = refused.json()["error"]["type"].clone();
        assert_eq!(
            (refused.status, kind),
            (409, json!("AlreadyExistsException")),
            "{path}: {}",
            refused.text
        );
    }
    let tables = get(&server, "/v1/namespaces/sandbox/tables").await.json();
    assert_eq!(tables["identifiers"], json!([]));
}

#[tokio::test]
async fn a_table_is_registered_over_another_when_that_is_asked_for() {
    let server = server(Dialect::Generic);
    table(&server, "/v1", "t").await;
    let path = "/v1/namespaces/sandbox/tables/t";
    let first = get(&server, path).await.json();
    post(&server, path, &json!({"updates": [sets("a", "1")]})).await;
    let second = get(&server, path).await.json();

    let back = |overwrite: Value| json!({"name": "t", "metadata-location": first["metadata-location"], "overwrite": overwrite});
    for refused in [back(json!(false)), back(Value::Null)] {
        assert_eq!(
            post(&server, "/v1/namespaces/sandbox/register", &refused)
                .await
                .status,
            409
        );
    }
    let done = post(
        &server,
        "/v1/namespaces/sandbox/register",
        &back(json!(true)),
    )
    .await;
    assert_eq!(
        done.json()["metadata-location"],
        first["metadata-location"],
        "{}",
        done.text
    );
    assert_eq!(
        get(&server, path).await.json()["metadata"]["properties"],
        json!({})
    );

    // What was there before can be had again, and also a table that nobody has changed.
    let seeded = get(&server, "/v1/namespaces/sales/tables/orders")
        .await
        .json();
    for wanted in [&second, &seeded] {
        let body = json!({"name": "t", "metadata-location": wanted["metadata-location"], "overwrite": true});
        let done = post(&server, "/v1/namespaces/sandbox/register", &body).await;
        assert_eq!(
            done.json()["metadata"]["table-uuid"],
            wanted["metadata"]["table-uuid"],
            "{}",
            done.text
        );
    }
    let nowhere = json!({"name": "t", "metadata-location": "s3://nowhere/x.metadata.json", "overwrite": true});
    assert_eq!(
        post(&server, "/v1/namespaces/sandbox/register", &nowhere)
            .await
            .status,
        400
    );
    let new =
        json!({"name": "u", "metadata-location": second["metadata-location"], "overwrite": true});
    assert_eq!(
        post(&server, "/v1/namespaces/sandbox/register", &new)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn what_is_left_of_a_table_is_as_the_server_does_it_and_as_it_is_asked() {
    for (dialect, asked, left) in [
        (Dialect::Generic, "", true),
        (Dialect::Generic, "?purgeRequested=true", false),
        (Dialect::Lakekeeper, "", false),
        (Dialect::Lakekeeper, "?purgeRequested=false", true),
        (Dialect::Nessie, "?purgeRequested=true", true),
    ] {
        let server = server(dialect);
        let base = match dialect {
            Dialect::Lakekeeper => lakekeeper(&server).await,
            Dialect::Nessie => "/iceberg/v1/main".to_owned(),
            _ => "/v1".to_owned(),
        };
        table(&server, &base, "t").await;
        let path = format!("{base}/namespaces/sandbox/tables/t");
        let place = get(&server, &path).await.json()["metadata-location"].clone();
        let dropped = send(&server, "DELETE", &format!("{path}{asked}"), &[], "").await;
        assert_eq!(dropped.status, 204, "{dialect}: {}", dropped.text);
        let back = json!({"name": "back", "metadata-location": place});
        let register = format!("{base}/namespaces/sandbox/register");
        let made = post(&server, &register, &back).await;
        assert_eq!(made.status == 200, left, "{dialect}{asked}: {}", made.text);
    }
}

const KEY: &str = "01a1fc60-e747-7521-869e-46e0cf1d6d2e";

async fn keyed(server: &Router, method: &str, path: &str, key: &str, body: &Value) -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key),
    ];
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    send(server, method, path, &headers, &body).await
}

#[tokio::test(start_paused = true)]
async fn a_key_makes_a_write_happen_once_where_keys_are_announced() {
    let server = server(Dialect::Lakekeeper);
    let base = lakekeeper(&server).await;
    let namespaces = format!("{base}/namespaces");
    let create = json!({"namespace": ["once"]});
    let first = keyed(&server, "POST", &namespaces, KEY, &create).await;
    let again = keyed(&server, "POST", &namespaces, &KEY.to_uppercase(), &create).await;
    assert_eq!((first.status, again.status), (200, 200), "{}", again.text);
    assert_eq!(first.text, again.text);
    // On the same endpoint the old answer comes whatever is asked, on another one it is refused.
    let other = keyed(
        &server,
        "POST",
        &namespaces,
        KEY,
        &json!({"namespace": ["other"]}),
    )
    .await;
    assert_eq!(other.text, first.text);
    let elsewhere = keyed(
        &server,
        "DELETE",
        &format!("{namespaces}/once"),
        KEY,
        &Value::Null,
    )
    .await;
    let kind = elsewhere.json()["error"]["type"].clone();
    assert_eq!(
        (elsewhere.status, kind),
        (400, json!("IdempotencyKeyReused"))
    );
    assert_eq!(
        get(&server, &format!("{namespaces}/other")).await.status,
        404
    );

    // A refusal is final as well, until the key is forgotten.
    let second = KEY.replace('0', "1");
    assert_eq!(
        keyed(&server, "POST", &namespaces, &second, &create)
            .await
            .status,
        409
    );
    let gone = KEY.replace('0', "2");
    for _ in 0..2 {
        let dropped = keyed(
            &server,
            "DELETE",
            &format!("{namespaces}/once"),
            &gone,
            &Value::Null,
        )
        .await;
        assert_eq!(dropped.status, 204, "{}", dropped.text);
    }
    assert_eq!(
        keyed(&server, "POST", &namespaces, &second, &create)
            .await
            .status,
        409
    );
    tokio::time::advance(Duration::from_secs(35 * 60 + 1)).await;
    assert_eq!(
        keyed(&server, "POST", &namespaces, &second, &create)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_key_means_nothing_where_none_is_announced_and_nothing_to_a_read() {
    let generic = server(Dialect::Generic);
    let create = json!({"namespace": ["once"]});
    assert_eq!(
        keyed(&generic, "POST", "/v1/namespaces", KEY, &create)
            .await
            .status,
        200
    );
    assert_eq!(
        keyed(&generic, "POST", "/v1/namespaces", KEY, &create)
            .await
            .status,
        409
    );

    let server = server(Dialect::Lakekeeper);
    let base = lakekeeper(&server).await;
    table(&server, &base, "t").await;
    let path = format!("{base}/namespaces/sandbox/tables/t");
    let before = keyed(&server, "GET", &path, KEY, &Value::Null).await.text;
    let commit = json!({"updates": [sets("a", "1")]});
    assert_eq!(
        keyed(&server, "POST", &path, KEY, &commit).await.status,
        200
    );
    assert_ne!(
        keyed(&server, "GET", &path, KEY, &Value::Null).await.text,
        before
    );
}

/// What is asked is authorised, done and noted before anybody else is let in: a slow answer is of the moment of its
/// question.
#[tokio::test(start_paused = true)]
async fn nothing_happens_between_leave_and_deed() {
    let server = server(Dialect::Generic);
    let path = "/v1/lab/namespaces/faults/tables/err-slow";
    let reader = tokio::spawn({
        let server = server.clone();
        async move { get(&server, path).await }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(send(&server, "DELETE", path, &[], "").await.status, 204);
    let slow = reader.await.expect("an answer");
    assert_eq!(slow.status, 200, "{}", slow.text);
}

#[tokio::test]
async fn where_a_table_lies_and_what_it_was_are_not_for_everybody_to_change() {
    let to = "s3://elsewhere/t";
    let moved = json!({"updates": [{"action": "set-location", "location": to}]});
    let expired = json!({"updates": [{"action": "remove-snapshots", "snapshot-ids": [7]}]});
    for (dialect, moving, lies_there, expiring) in [
        (Dialect::Generic, 200, true, 200),
        (Dialect::Lakekeeper, 400, false, 200),
        (Dialect::Nessie, 200, false, 500),
    ] {
        let server = server(dialect);
        let base = match dialect {
            Dialect::Lakekeeper => lakekeeper(&server).await,
            Dialect::Nessie => "/iceberg/v1/main".to_owned(),
            _ => "/v1".to_owned(),
        };
        table(&server, &base, "t").await;
        let path = format!("{base}/namespaces/sandbox/tables/t");
        let answer = post(&server, &path, &moved).await;
        assert_eq!(answer.status, moving, "{dialect}: {}", answer.text);
        let now = get(&server, &path).await.json()["metadata"]["location"].clone();
        assert_eq!(now == to, lies_there, "{dialect}: {now}");
        let stays = json!({"updates": [{"action": "set-location", "location": now}]});
        assert_eq!(post(&server, &path, &stays).await.status, 200, "{dialect}");
        let answer = post(&server, &path, &expired).await;
        assert_eq!(answer.status, expiring, "{dialect}: {}", answer.text);
    }
}
