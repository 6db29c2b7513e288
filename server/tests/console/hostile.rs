//! A catalog whose every word is hostile: its names, its texts, its settings and its errors, what they
//! end and what they begin.

use axum::{
    Json, Router,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// What only a text that became markup would leave in a page.
pub const PLANTED: &str = "<x-planted></x-planted><meta http-equiv=refresh content=0;url=//planted.test><link rel=prefetch href=//planted.test><base href=//planted.test>";

/// Each begins or ends something that a page may stand in.
pub const TEXTS: [&str; 3] = [
    "\n</title></textarea></script></style></noscript></select></option></template></svg></pre>-->]]>\"'>",
    "<!--<script><style><textarea><title><![CDATA[<noscript><plaintext>",
    "a\" x-planted=\"1\" onload=\"x\" y='",
];

/// The hostile text of this number.
pub fn text(number: usize) -> String {
    [TEXTS[number], PLANTED].concat()
}

/// Serves it, and answers every call with an error where `fails` says so. Returns where.
pub async fn serve(text: String, fails: bool) -> String {
    let answer = move |request: Request| {
        let text = text.clone();
        async move { answer(&text, fails, request.uri().path()) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    format!("http://{address}/api/catalog")
}

fn answer(text: &str, fails: bool, path: &str) -> Response {
    let (_, path) = path.split_once("/v1/").unwrap_or_default();
    let config = path == "config";
    match found(text, path) {
        Some(found) if !fails || config => Json(found).into_response(),
        _ => {
            let error = json!({ "error": { "message": text, "type": text, "code": 403 } });
            (StatusCode::FORBIDDEN, Json(error)).into_response()
        }
    }
}

/// What stands at the end of the path decides: a list, or one of what the segment before names.
fn found(text: &str, path: &str) -> Option<Value> {
    let mut ends = path.rsplit('/');
    let (last, before) = (ends.next()?, ends.next().unwrap_or_default());
    let names = json!({ "namespace": [text], "name": text });
    let entity = json!({
        "name": text, "clientId": text, "type": "INTERNAL", "properties": { text: text, "default-base-location": text },
        "entityVersion": 1, "createTimestamp": 0, "lastUpdateTimestamp": 0,
        "storageConfigInfo": { "storageType": "S3", "allowedLocations": [text], "roleArn": text, "region": text, "endpoint": text },
    });
    Some(match (last, before) {
        ("config", _) => json!({
            "defaults": { text: text }, "overrides": { "prefix": "p", text: text },
            "endpoints": ["GET /polaris/v1/{prefix}/namespaces/{namespace}/policies", "GET /polaris/v1/{prefix}/namespaces/{namespace}/generic-tables"],
        }),
        ("namespaces", _) => json!({ "namespaces": [[text]] }),
        ("tables" | "views" | "generic-tables", _) => json!({ "identifiers": [names] }),
        ("policies", _) => json!({ "identifiers": [names] }),
        ("applicable-policies", _) => json!({ "applicable-policies": [
            { "name": text, "policy-type": text, "namespace": [text], "inherited": true, "version": 0, "content": text, "description": text },
        ] }),
        ("catalogs", _) => json!({ "catalogs": [entity] }),
        ("principals", _) => json!({ "principals": [entity] }),
        ("principal-roles", _) => json!({ "roles": [entity] }),
        ("catalog-roles", _) => json!({ "roles": [entity] }),
        ("grants", _) => json!({ "grants": [
            { "type": "namespace", "namespace": [text], "privilege": "TABLE_LIST" },
            { "type": "table", "namespace": [text], "tableName": text, "privilege": text },
            { "type": "catalog", "privilege": "CATALOG_MANAGE_ACCESS" },
        ] }),
        (_, "catalogs" | "principals" | "principal-roles" | "catalog-roles") => entity,
        // Roles of one catalog that a principal role holds.
        _ if path.contains("/catalog-roles/") => json!({ "roles": [entity] }),
        (_, "namespaces") => {
            json!({ "namespace": [text], "properties": { text: text, "comment": text, "location": text } })
        }
        (_, "tables") => {
            json!({ "metadata-location": text, "metadata": table(text), "config": { text: text } })
        }
        (_, "views") => json!({ "metadata-location": text, "metadata": view(text) }),
        (_, "generic-tables") => {
            json!({ "table": { "name": text, "format": text, "base-location": text, "doc": text, "properties": { text: text } } })
        }
        (_, "policies") => json!({ "policy": {
            "name": text, "policy-type": text, "inheritable": true, "version": 0, "content": text, "description": text,
        } }),
        _ => return None,
    })
}

fn schema(text: &str) -> Value {
    json!({ "type": "struct", "schema-id": 0, "fields": [
        { "id": 1, "name": text, "type": "long", "required": true, "doc": text, "initial-default": text },
        { "id": 2, "name": "odd", "type": text, "required": false, "doc": text },
    ] })
}

fn table(text: &str) -> Value {
    json!({
        "format-version": 2, "table-uuid": text, "location": text, "last-updated-ms": 0, "last-column-id": 2,
        "current-schema-id": 0, "schemas": [schema(text)],
        "default-spec-id": 0, "partition-specs": [{ "spec-id": 0, "fields": [{ "name": text, "transform": text, "source-id": 1, "field-id": 1000 }] }],
        "default-sort-order-id": 1, "sort-orders": [{ "order-id": 1, "fields": [{ "transform": text, "source-id": 1, "direction": text, "null-order": text }] }],
        "properties": { text: text, "comment": text },
        "current-snapshot-id": 1,
        "snapshots": [{ "snapshot-id": 1, "timestamp-ms": 0, "summary": { "operation": text, text: text }, "manifest-list": text, "schema-id": 0 }],
        "refs": { text: { "snapshot-id": 1, "type": text } },
        "snapshot-log": [{ "snapshot-id": 1, "timestamp-ms": 0 }],
        "metadata-log": [{ "metadata-file": text, "timestamp-ms": 0 }],
        "statistics": [{ "snapshot-id": 1, "statistics-path": text, "file-size-in-bytes": 1, "file-footer-size-in-bytes": 1,
            "blob-metadata": [{ "type": text, "snapshot-id": 1, "sequence-number": 1, "fields": [1], "properties": { text: text } }] }],
        "partition-statistics": [{ "snapshot-id": 1, "statistics-path": text, "file-size-in-bytes": 1 }],
    })
}

fn view(text: &str) -> Value {
    json!({
        "format-version": 1, "view-uuid": text, "location": text, "current-version-id": 1, "schemas": [schema(text)],
        "versions": [{ "version-id": 1, "schema-id": 0, "timestamp-ms": 0, "summary": { text: text }, "default-catalog": text, "default-namespace": [text],
            "representations": [{ "type": "sql", "sql": text, "dialect": text }] }],
        "version-log": [{ "version-id": 1, "timestamp-ms": 0 }],
        "properties": { text: text },
    })
}
