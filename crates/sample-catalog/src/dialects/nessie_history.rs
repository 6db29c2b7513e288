//! Nessie's own API (`/api/v2`): references, and the commits on them.

use axum::{http::Method, response::Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::nessie::{MAIN, REFERENCES};
use crate::{ask::Ask, ident, ident::Ident, reply, server::Server};

/// A commit of the history: who wrote which table when.
struct Commit {
    timestamp_ms: i64,
    key: Vec<String>,
    content_id: String,
    metadata_location: String,
    operation: String,
}

/// `max-records` when the client sends none.
const DEFAULT_RECORDS: usize = 250;

pub(super) fn answer(server: &Server, ask: &Ask) -> Option<Response> {
    if ask.method != Method::GET {
        return None;
    }
    let segments: Vec<&str> = ask.path.strip_prefix("/api/v2/")?.split('/').collect();
    match segments.as_slice() {
        ["config"] => Some(reply::json(
            200,
            &json!({
                "defaultBranch": MAIN, "minSupportedApiVersion": 1, "maxSupportedApiVersion": 2,
                "actualApiVersion": 2, "specVersion": "2.2.0", "noAncestorHash": hash("nothing"),
                "repositoryCreationTimestamp": "2024-03-01T08:00:00Z", "oldestPossibleCommitTimestamp": "2024-03-01T08:00:00Z",
            }),
        )),
        ["trees"] => {
            let others = REFERENCES.map(|(name, kind, _)| reference(server, name, kind));
            let all: Vec<Value> = [reference(server, MAIN, "BRANCH")]
                .into_iter()
                .chain(others)
                .collect();
            Some(reply::json(
                200,
                &json!({"hasMore": false, "token": null, "references": all}),
            ))
        }
        ["trees", name] => Some(found(
            name,
            |name, kind| json!({"reference": reference(server, name, kind)}),
        )),
        ["trees", name, "history"] => Some(found(name, |name, _| history(server, ask, name))),
        _ => None,
    }
}

fn found(segment: &str, body: impl Fn(&str, &str) -> Value) -> Response {
    let name = ident::decode(segment)
        .unwrap_or_default()
        .replace('\u{1F}', "/");
    let name = name.split('@').next().unwrap_or_default();
    let name = if name == "-" { MAIN } else { name };
    let kind = [(MAIN, "BRANCH", "")]
        .iter()
        .chain(&REFERENCES)
        .find(|(known, ..)| *known == name)
        .map(|(_, kind, _)| *kind);
    match kind {
        Some(kind) => reply::json(200, &body(name, kind)),
        None => reply::json(
            404,
            &json!({"status": 404, "reason": "Not Found", "errorCode": "REFERENCE_NOT_FOUND",
            "message": format!("Named reference '{name}' not found"), "serverStackTrace": null}),
        ),
    }
}

fn reference(server: &Server, name: &str, kind: &str) -> Value {
    json!({"type": kind, "name": name, "hash": commits(server, name).first().map_or_else(|| hash("nothing"), Commit::hash)})
}

/// Newest first; `operations` only with `fetch=ALL`.
fn history(server: &Server, ask: &Ask, name: &str) -> Value {
    let commits = commits(server, name);
    let size = ask
        .query("max-records")
        .and_then(|text| text.parse().ok())
        .unwrap_or(DEFAULT_RECORDS)
        .clamp(1, DEFAULT_RECORDS);
    let token = ask.query("page-token");
    let start = token
        .and_then(|token| commits.iter().position(|commit| commit.hash() == token))
        .unwrap_or(0);
    let with_operations = ask.query("fetch").as_deref() == Some("ALL");
    let page = commits.iter().enumerate().skip(start).take(size);
    let entries: Vec<Value> = page
        .map(|(index, commit)| {
            let parent = commits
                .get(index + 1)
                .map_or_else(|| hash("nothing"), Commit::hash);
            let mut entry = json!({"commitMeta": commit.meta(&parent), "parentCommitHash": parent});
            if with_operations {
                entry["operations"] = json!([commit.put()]);
            }
            entry
        })
        .collect();
    let next = commits.get(start + size).map(Commit::hash);
    json!({"hasMore": next.is_some(), "token": next, "logEntries": entries})
}

/// One commit for each snapshot that any table of the default warehouse had.
fn commits(server: &Server, reference: &str) -> Vec<Commit> {
    let mut commits = Vec::new();
    // The history is made of what tables hold; one that cannot be read has none.
    let _ = server.warehouse(&format!("{reference}|lakehouse"), |warehouse| {
        for (namespace, contents) in warehouse.namespaces() {
            for name in contents.tables.keys() {
                let ident = Ident {
                    namespace: namespace.clone(),
                    name: name.clone(),
                };
                let Ok(document) = warehouse.load_table(&ident) else {
                    continue;
                };
                let Ok(metadata) = serde_json::from_str::<Value>(&document.json) else {
                    continue;
                };
                for snapshot in metadata["snapshots"].as_array().into_iter().flatten() {
                    commits.push(Commit {
                        timestamp_ms: snapshot["timestamp-ms"].as_i64().unwrap_or_default(),
                        key: [namespace.as_slice(), std::slice::from_ref(name)].concat(),
                        content_id: metadata["table-uuid"]
                            .as_str()
                            .unwrap_or_default()
                            .to_owned(),
                        metadata_location: document.location.clone(),
                        operation: snapshot["summary"]["operation"]
                            .as_str()
                            .unwrap_or("append")
                            .to_owned(),
                    });
                }
            }
        }
        Ok(())
    });
    commits.sort_by_key(|commit| std::cmp::Reverse(commit.timestamp_ms));
    commits
}

impl Commit {
    fn hash(&self) -> String {
        hash(&format!("{} {}", self.key.join("."), self.timestamp_ms))
    }

    fn meta(&self, parent: &str) -> Value {
        let at = crate::seed::rfc3339(self.timestamp_ms);
        json!({"hash": self.hash(), "committer": "", "authors": ["etl@acme.example"], "allSignedOffBy": [],
            "message": format!("Update ICEBERG_TABLE {} ({})", self.key.join("."), self.operation),
            "commitTime": at, "authorTime": at, "allProperties": {"operation": [self.operation]},
            "parentCommitHashes": [parent]})
    }

    fn put(&self) -> Value {
        json!({"type": "PUT", "key": {"elements": self.key}, "content": {"type": "ICEBERG_TABLE",
            "id": self.content_id, "metadataLocation": self.metadata_location,
            "snapshotId": -1, "schemaId": 0, "specId": 0, "sortOrderId": 0}, "metadata": null})
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
