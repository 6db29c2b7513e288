//! Nessie's own API (`/api/v2`): references, and the commits on them.

use axum::{http::Method, response::Response};
use serde_json::{Value, json};

use super::{
    nessie::{MAIN, REFERENCES},
    nessie_commits::{hash, log},
};
use crate::{
    ask::Ask,
    ident, reply,
    state::{Commit, State},
};

/// `max-records` when the client sends none.
const DEFAULT_RECORDS: usize = 250;

pub(super) fn answer(state: &mut State, ask: &Ask) -> Option<Response> {
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
            let others = REFERENCES.map(|(name, kind, _)| reference(state, name, kind));
            let all: Vec<Value> = [reference(state, MAIN, "BRANCH")]
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
            |name, kind| json!({"reference": reference(state, name, kind)}),
        )),
        ["trees", name, "history"] => Some(found(name, |name, _| history(state, ask, name))),
        _ => None,
    }
}

fn found(segment: &str, body: impl FnOnce(&str, &str) -> Value) -> Response {
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

fn reference(state: &mut State, name: &str, kind: &str) -> Value {
    json!({"type": kind, "name": name, "hash": log(state, name).last().map_or_else(|| hash("nothing"), |commit| commit.hash.clone())})
}

/// Newest first; `operations` only with `fetch=ALL`.
fn history(state: &mut State, ask: &Ask, name: &str) -> Value {
    let commits: Vec<&Commit> = log(state, name).iter().rev().collect();
    let size = ask
        .query("max-records")
        .and_then(|text| text.parse().ok())
        .unwrap_or(DEFAULT_RECORDS)
        .clamp(1, DEFAULT_RECORDS);
    let token = ask.query("page-token");
    let start = token
        .and_then(|token| commits.iter().position(|commit| commit.hash == token))
        .unwrap_or(0);
    let with_operations = ask.query("fetch").as_deref() == Some("ALL");
    let page = commits.iter().enumerate().skip(start).take(size);
    let entries: Vec<Value> = page
        .map(|(index, commit)| {
            let parent = commits
                .get(index + 1)
                .map_or_else(|| hash("nothing"), |commit| commit.hash.clone());
            let mut entry = json!({"commitMeta": commit.meta(&parent), "parentCommitHash": parent});
            if with_operations {
                entry["operations"] = commit.operations();
            }
            entry
        })
        .collect();
    let next = commits.get(start + size).map(|commit| &commit.hash);
    json!({"hasMore": next.is_some(), "token": next, "logEntries": entries})
}
