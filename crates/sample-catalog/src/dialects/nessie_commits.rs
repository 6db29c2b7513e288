//! Nessie's commits: what the seed's tables tell of their past, and one for each write since.

use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    ask::Ask,
    ident::{Ident, stable_uuid},
    operation::{Call, Operation},
    state::{Commit, KeyChange, State},
    store::{Document, Warehouse, Warehouses, now_ms},
    subject::{Subject, subjects},
};

/// The commits of a reference, oldest first.
pub(super) fn log<'a>(state: &'a mut State, reference: &str) -> &'a mut Vec<Commit> {
    let State {
        warehouses,
        commits,
        ..
    } = state;
    commits
        .entry(reference.to_owned())
        .or_insert_with(|| seeded(warehouses, reference))
}

/// One commit for each snapshot that any table of the default warehouse has.
fn seeded(warehouses: &Warehouses, reference: &str) -> Vec<Commit> {
    let mut commits = Vec::new();
    let Some(warehouse) = warehouses.get(&format!("{reference}|lakehouse")) else {
        return commits;
    };
    for (namespace, contents) in warehouse.namespaces() {
        for name in contents.tables.keys() {
            let ident = Ident {
                namespace: namespace.clone(),
                name: name.clone(),
            };
            // One that cannot be read has no history.
            let Ok(document) = warehouse.load_table(&ident) else {
                continue;
            };
            let metadata = metadata(&document);
            let content = Arc::new(table(&document, &metadata));
            for snapshot in metadata["snapshots"].as_array().into_iter().flatten() {
                let timestamp_ms = snapshot["timestamp-ms"].as_i64().unwrap_or_default();
                let did = snapshot["summary"]["operation"]
                    .as_str()
                    .unwrap_or("append");
                commits.push(Commit {
                    hash: hash(&format!("{} {timestamp_ms}", ident.dotted())),
                    timestamp_ms,
                    message: format!("Update ICEBERG_TABLE {} ({did})", ident.dotted()),
                    operations: vec![KeyChange {
                        key: key(&ident),
                        content: Some(content.clone()),
                    }],
                });
            }
        }
    }
    commits.sort_by_key(|commit| commit.timestamp_ms);
    commits
}

/// What a write has done: what is there now was put, what is gone was deleted, what was only staged is neither.
pub(super) fn made(warehouse: &Warehouse, ask: &Ask, call: &Call) -> Vec<KeyChange> {
    let deletes = matches!(
        call.operation,
        Operation::DropNamespace
            | Operation::DropTable
            | Operation::DropView
            | Operation::RenameTable
            | Operation::RenameView
    );
    let operation = |subject| {
        let (key, content) = match subject {
            Subject::Namespace(levels) => {
                let found = warehouse.contents(&levels).ok();
                let content = found.map(|found| {
                    json!({"type": "NAMESPACE", "id": stable_uuid(&format!("{levels:?}")),
                        "elements": levels, "properties": found.properties})
                });
                (levels, content)
            }
            Subject::Table(ident) => {
                let document = warehouse.load_table(&ident).ok();
                let content = document.map(|document| table(&document, &metadata(&document)));
                (key(&ident), content)
            }
            Subject::View(ident) => {
                let document = warehouse.load_view(&ident).ok();
                let content = document.map(|document| {
                    let metadata = metadata(&document);
                    json!({"type": "ICEBERG_VIEW", "id": metadata["view-uuid"],
                        "metadataLocation": document.location, "versionId": metadata["current-version-id"],
                        "schemaId": 0})
                });
                (key(&ident), content)
            }
        };
        let content = content.map(Arc::new);
        (deletes || content.is_some()).then_some(KeyChange { key, content })
    };
    let subjects = subjects(ask, call).into_iter();
    subjects.filter_map(operation).collect()
}

/// Commits `operations`, if there are any, on top of a reference.
pub(super) fn append(state: &mut State, reference: &str, call: &Call, operations: Vec<KeyChange>) {
    if operations.is_empty() {
        return;
    }
    let what = match call.operation {
        Operation::CreateNamespace | Operation::CreateTable | Operation::CreateView => "Create",
        Operation::RegisterTable | Operation::RegisterView => "Register",
        Operation::DropNamespace | Operation::DropTable | Operation::DropView => "Drop",
        Operation::RenameTable | Operation::RenameView => "Rename",
        _ => "Update",
    };
    let keys: Vec<String> = operations.iter().map(|one| one.key.join(".")).collect();
    let message = format!("{what} {}", keys.join(", "));
    let log = log(state, reference);
    let parent = log.last().map(|commit| commit.hash.as_str());
    // A parent has one child here, so that no two are the same.
    let head = hash(&format!("{parent:?} {message}"));
    log.push(Commit {
        hash: head.clone(),
        timestamp_ms: now_ms(),
        message,
        operations,
    });
    let own = format!("{reference}|");
    for (name, warehouse) in &mut state.warehouses {
        if name.starts_with(&own) {
            warehouse.head.clone_from(&head);
        }
    }
}

impl Commit {
    pub fn meta(&self, parent: &str) -> Value {
        let at = crate::seed::rfc3339(self.timestamp_ms);
        json!({"hash": self.hash, "committer": "", "authors": ["etl@acme.example"], "allSignedOffBy": [],
            "message": self.message, "commitTime": at, "authorTime": at, "allProperties": {},
            "parentCommitHashes": [parent]})
    }

    pub fn operations(&self) -> Value {
        let operations = self.operations.iter().map(|one| match &one.content {
            Some(content) => {
                json!({"type": "PUT", "key": {"elements": one.key}, "content": **content, "metadata": null})
            }
            None => json!({"type": "DELETE", "key": {"elements": one.key}, "metadata": null}),
        });
        operations.collect()
    }
}

fn key(ident: &Ident) -> Vec<String> {
    [
        ident.namespace.as_slice(),
        std::slice::from_ref(&ident.name),
    ]
    .concat()
}

fn metadata(document: &Document) -> Value {
    serde_json::from_str(&document.json).unwrap_or_default()
}

fn table(document: &Document, metadata: &Value) -> Value {
    json!({"type": "ICEBERG_TABLE", "id": metadata["table-uuid"], "metadataLocation": document.location,
        "snapshotId": -1, "schemaId": 0, "specId": 0, "sortOrderId": 0})
}

pub(super) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
