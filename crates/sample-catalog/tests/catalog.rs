//! The Iceberg REST operations under the generic dialect.

mod support;

use sample_catalog::Dialect;
use serde_json::{Value, json};
use support::{get, post, send, server};

fn schema() -> Value {
    json!({"type": "struct", "schema-id": 0, "fields": [
        {"id": 1, "name": "id", "required": true, "type": "long"},
        {"id": 2, "name": "at", "required": false, "type": "timestamptz"}]})
}

#[tokio::test]
async fn namespaces_live_and_die() {
    let server = server(Dialect::Generic);
    let created = post(
        &server,
        "/v1/namespaces",
        &json!({"namespace": ["a.b", "c d"]}),
    )
    .await;
    assert_eq!(
        (created.status, created.json()["error"]["type"].as_str()),
        (404, Some("NoSuchNamespaceException"))
    );
    for levels in [json!(["a.b"]), json!(["a.b", "c d"])] {
        let created = post(
            &server,
            "/v1/namespaces",
            &json!({"namespace": levels, "properties": {"k": "v"}}),
        )
        .await;
        assert_eq!(created.status, 200, "{}", created.text);
    }
    assert_eq!(
        post(&server, "/v1/namespaces", &json!({"namespace": ["a.b"]}))
            .await
            .status,
        409
    );
    let children = get(&server, "/v1/namespaces?parent=a.b").await.json();
    assert_eq!(children["namespaces"], json!([["a.b", "c d"]]));
    assert_eq!(
        get(&server, "/v1/namespaces/a.b%1Fc%20d").await.json()["properties"],
        json!({"k": "v"})
    );

    let update = post(
        &server,
        "/v1/namespaces/a.b/properties",
        &json!({"removals": ["k", "x"], "updates": {"n": "1"}}),
    )
    .await;
    assert_eq!(
        update.json(),
        json!({"updated": ["n"], "removed": ["k"], "missing": ["x"]})
    );
    let both = post(
        &server,
        "/v1/namespaces/a.b/properties",
        &json!({"removals": ["n"], "updates": {"n": "1"}}),
    )
    .await;
    assert_eq!(both.status, 422);

    assert_eq!(
        send(&server, "DELETE", "/v1/namespaces/a.b", &[], "")
            .await
            .status,
        409
    );
    assert_eq!(
        send(&server, "DELETE", "/v1/namespaces/a.b%1Fc%20d", &[], "")
            .await
            .status,
        204
    );
    assert_eq!(
        send(&server, "DELETE", "/v1/namespaces/a.b", &[], "")
            .await
            .status,
        204
    );
    assert_eq!(
        send(&server, "HEAD", "/v1/namespaces/a.b", &[], "")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_table_is_created_changed_renamed_dropped_and_registered() {
    let server = server(Dialect::Generic);
    let path = "/v1/namespaces/sandbox/tables";
    let created = post(
        &server,
        path,
        &json!({"name": "t", "schema": schema(), "properties": {"a": "1"}}),
    )
    .await
    .json();
    let uuid = created["metadata"]["table-uuid"].clone();
    assert_eq!(created["metadata"]["format-version"], 2);
    assert_eq!(
        post(&server, path, &json!({"name": "t", "schema": schema()}))
            .await
            .status,
        409
    );

    let commit = json!({"requirements": [{"type": "assert-table-uuid", "uuid": uuid}], "updates": [
        {"action": "set-properties", "updates": {"b": "2"}}, {"action": "remove-properties", "removals": ["a"]},
        {"action": "add-snapshot", "snapshot": {"snapshot-id": 9007199254740993_i64, "sequence-number": 1,
            "timestamp-ms": created["metadata"]["last-updated-ms"], "manifest-list": "file:///x.avro",
            "summary": {"operation": "append"}, "schema-id": 0}},
        {"action": "set-snapshot-ref", "ref-name": "main", "type": "branch", "snapshot-id": 9007199254740993_i64}]});
    let changed = post(&server, &format!("{path}/t"), &commit).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(changed.json()["metadata"]["properties"], json!({"b": "2"}));
    assert!(
        changed
            .text
            .contains("\"current-snapshot-id\":9007199254740993")
    );
    assert_ne!(
        changed.json()["metadata-location"],
        created["metadata-location"]
    );

    let stale = json!({"requirements": [{"type": "assert-ref-snapshot-id", "ref": "main", "snapshot-id": 5}], "updates": []});
    let refused = post(&server, &format!("{path}/t"), &stale).await;
    assert_eq!(
        (refused.status, refused.json()["error"]["type"].as_str()),
        (409, Some("CommitFailedException"))
    );
    let unknown = json!({"requirements": [], "updates": [{"action": "no-such-action"}]});
    assert_eq!(
        post(&server, &format!("{path}/t"), &unknown).await.status,
        400
    );

    let rename = json!({"source": {"namespace": ["sandbox"], "name": "t"}, "destination": {"namespace": ["sales"], "name": "t2"}});
    assert_eq!(
        post(&server, "/v1/tables/rename", &rename).await.status,
        204
    );
    let moved = get(&server, "/v1/namespaces/sales/tables/t2").await.json();
    assert_eq!(moved["metadata"]["table-uuid"], uuid);

    assert_eq!(
        send(&server, "DELETE", "/v1/namespaces/sales/tables/t2", &[], "")
            .await
            .status,
        204
    );
    let register = json!({"name": "t3", "metadata-location": moved["metadata-location"]});
    let registered = post(&server, "/v1/namespaces/sandbox/register", &register).await;
    assert_eq!(registered.json()["metadata"]["table-uuid"], uuid);
}

#[tokio::test]
async fn a_staged_table_is_there_after_its_commit() {
    let server = server(Dialect::Generic);
    let path = "/v1/namespaces/sandbox/tables";
    let staged = post(
        &server,
        path,
        &json!({"name": "s", "schema": schema(), "stage-create": true}),
    )
    .await
    .json();
    assert!(staged.get("metadata-location").is_none());
    assert_eq!(
        send(&server, "HEAD", &format!("{path}/s"), &[], "")
            .await
            .status,
        404
    );
    let commit = json!({"requirements": [{"type": "assert-create"}], "updates": [
        {"action": "assign-uuid", "uuid": staged["metadata"]["table-uuid"]},
        {"action": "add-schema", "schema": schema(), "last-column-id": 2}, {"action": "set-current-schema", "schema-id": -1},
        {"action": "add-spec", "spec": {"spec-id": 0, "fields": []}}, {"action": "set-default-spec", "spec-id": -1},
        {"action": "add-sort-order", "sort-order": {"order-id": 0, "fields": []}}, {"action": "set-default-sort-order", "sort-order-id": -1},
        {"action": "set-location", "location": staged["metadata"]["location"]}]});
    let made = post(&server, &format!("{path}/s"), &commit).await;
    assert_eq!(made.status, 200, "{}", made.text);
    assert_eq!(
        made.json()["metadata"]["table-uuid"],
        staged["metadata"]["table-uuid"]
    );
    assert_eq!(
        post(&server, &format!("{path}/s"), &commit).await.status,
        409
    );
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing() {
    let server = server(Dialect::Generic);
    let change = |name: &str, requirements: Value| {
        json!({"identifier": {"namespace": ["sales"], "name": name},
        "requirements": requirements, "updates": [{"action": "set-properties", "updates": {"touched": "yes"}}]})
    };
    let stale = json!([{"type": "assert-current-schema-id", "current-schema-id": 77}]);
    let refused = post(
        &server,
        "/v1/transactions/commit",
        &json!({"table-changes": [change("returns", json!([])), change("customers", stale)]}),
    )
    .await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    let properties =
        |answer: support::Answer| answer.json()["metadata"]["properties"]["touched"].clone();
    assert_eq!(
        properties(get(&server, "/v1/namespaces/sales/tables/returns").await),
        Value::Null
    );
    let done = post(
        &server,
        "/v1/transactions/commit",
        &json!({"table-changes": [change("returns", json!([])), change("customers", json!([]))]}),
    )
    .await;
    assert_eq!(done.status, 204, "{}", done.text);
    assert_eq!(
        properties(get(&server, "/v1/namespaces/sales/tables/returns").await),
        "yes"
    );
}

#[tokio::test]
async fn views_live_and_die() {
    let server = server(Dialect::Generic);
    let version = json!({"version-id": 1, "schema-id": 0, "timestamp-ms": 1_790_000_000_000_i64, "summary": {},
        "default-namespace": ["sandbox"], "representations": [{"type": "sql", "sql": "SELECT 1", "dialect": "spark"}]});
    let create =
        json!({"name": "v", "schema": schema(), "view-version": version, "properties": {}});
    let made = post(&server, "/v1/namespaces/sandbox/views", &create).await;
    assert_eq!(made.status, 200, "{}", made.text);
    assert_eq!(
        post(&server, "/v1/namespaces/sandbox/views", &create)
            .await
            .status,
        409
    );
    let mut second = version.clone();
    second["representations"][0]["sql"] = "SELECT 2".into();
    second["version-id"] = 2.into();
    let replace = json!({"requirements": [{"type": "assert-view-uuid", "uuid": made.json()["metadata"]["view-uuid"]}],
        "updates": [{"action": "add-view-version", "view-version": second}, {"action": "set-current-view-version", "view-version-id": -1}]});
    let replaced = post(&server, "/v1/namespaces/sandbox/views/v", &replace).await;
    assert_eq!(
        replaced.json()["metadata"]["current-version-id"],
        2,
        "{}",
        replaced.text
    );
    let other = json!({"requirements": [{"type": "assert-view-uuid", "uuid": "00000000-0000-0000-0000-000000000000"}], "updates": []});
    assert_eq!(
        post(&server, "/v1/namespaces/sandbox/views/v", &other)
            .await
            .status,
        409
    );
    let rename = json!({"source": {"namespace": ["sandbox"], "name": "v"}, "destination": {"namespace": ["sandbox"], "name": "w"}});
    assert_eq!(post(&server, "/v1/views/rename", &rename).await.status, 204);
    assert_eq!(
        get(&server, "/v1/namespaces/sandbox/views").await.json()["identifiers"],
        json!([{"namespace": ["sandbox"], "name": "w"}])
    );
    assert_eq!(
        get(&server, "/v1/namespaces/sandbox/tables/w").await.status,
        404
    );
    assert_eq!(
        send(&server, "DELETE", "/v1/namespaces/sandbox/views/w", &[], "")
            .await
            .status,
        204
    );
    assert_eq!(
        send(&server, "HEAD", "/v1/namespaces/sandbox/views/w", &[], "")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn snapshots_can_be_left_out_and_bodies_cached() {
    let server = server(Dialect::Generic);
    let all = get(&server, "/v1/namespaces/sales/tables/orders").await;
    let refs = get(&server, "/v1/namespaces/sales/tables/orders?snapshots=refs").await;
    let count = |answer: &support::Answer| {
        answer.json()["metadata"]["snapshots"]
            .as_array()
            .map(Vec::len)
    };
    assert_eq!((count(&all), count(&refs)), (Some(300), Some(6)));
    assert_ne!(all.header("etag"), refs.header("etag"));
    let again = send(
        &server,
        "GET",
        "/v1/namespaces/sales/tables/orders",
        &[("if-none-match", all.header("etag"))],
        "",
    )
    .await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    let operations: std::collections::BTreeSet<String> = all.json()["metadata"]["snapshots"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|snapshot| snapshot["summary"]["operation"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(
        operations.into_iter().collect::<Vec<_>>(),
        ["append", "delete", "overwrite", "replace"]
    );
}

#[tokio::test]
async fn what_the_model_does_not_know_can_be_read_only() {
    let server = server(Dialect::Generic);
    let path = "/v1/lab/namespaces/formats/tables/v3_variant_and_geometry";
    assert!(
        get(&server, path)
            .await
            .text
            .contains("geometry(srid:4326)")
    );
    let commit = json!({"requirements": [], "updates": [{"action": "set-properties", "updates": {"a": "b"}}]});
    let refused = post(&server, path, &commit).await;
    assert_eq!(
        (refused.status, refused.json()["error"]["type"].as_str()),
        (406, Some("UnsupportedOperationException"))
    );
}

#[tokio::test]
async fn measuring_tables_are_made_on_request() {
    let options = sample_catalog::Options {
        tables: 25_000,
        snapshots: 2_000,
        ..Default::default()
    };
    let server = sample_catalog::router(options);
    let list = get(
        &server,
        "/v1/namespaces/scale_tables/tables?pageSize=3&pageToken=24999",
    )
    .await
    .json();
    assert_eq!(
        list["identifiers"],
        json!([{"namespace": ["scale_tables"], "name": "table_024999"}])
    );
    let history = get(&server, "/v1/namespaces/scale_history/tables/events")
        .await
        .json();
    assert_eq!(
        history["metadata"]["snapshots"].as_array().map(Vec::len),
        Some(2_000)
    );
}
