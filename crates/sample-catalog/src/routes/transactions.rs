//! Commits to several tables at once.

use axum::response::Response;
use serde::Deserialize;

use super::{Job, tables::commit_one};
use crate::{ident::Ident, problem::Problem, reply, store::table::CommitTable};

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

/// `POST /v1/{prefix}/transactions/commit`: all of it, or nothing.
pub(crate) fn commit(job: &Job) -> Result<Response, Problem> {
    let transaction: Transaction = job.ask.json()?;
    job.server.warehouse(job.key, |warehouse| {
        let documents = transaction
            .table_changes
            .into_iter()
            .map(|change| {
                Ok((
                    commit_one(warehouse, &change.identifier, change.commit)?,
                    change.identifier,
                ))
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        for (document, ident) in documents {
            warehouse.put_table(&ident, document)?;
        }
        Ok(reply::empty(204))
    })
}
