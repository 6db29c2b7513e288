//! Commits to several tables at once.

use std::sync::Arc;

use axum::response::Response;
use indexmap::IndexMap;
use serde::Deserialize;

use super::{Job, tables::commit_one};
use crate::{
    ident::Ident,
    problem::Problem,
    reply,
    store::{Document, table::CommitTable},
};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Transaction {
    table_changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    identifier: Ident,
    #[serde(flatten)]
    commit: CommitTable,
}

/// `POST /v1/{prefix}/transactions/commit`: all of it, or nothing, one change after the other.
pub(crate) fn commit(job: &mut Job) -> Result<Response, Problem> {
    let transaction: Transaction = job.ask.json()?;
    let mut made: IndexMap<Ident, Arc<Document>> = IndexMap::new();
    for Change { identifier, commit } in transaction.table_changes {
        let ident = job.vendor.spelling(job.warehouse, identifier);
        let pending = made.get(&ident).cloned();
        let document = commit_one(job.vendor, job.warehouse, &ident, pending, commit)?;
        made.insert(ident, Arc::new(document));
    }
    for (ident, document) in made {
        job.warehouse.put_table(&ident, document)?;
    }
    Ok(reply::empty(204))
}
