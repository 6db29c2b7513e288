use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::{Map, Value, json};
use url::{Position, Url};

use super::{Body, Client};
use crate::{
    decode::{self, Answer},
    error::{Error, ErrorKind},
    ident::{TableIdent, ViewIdent},
    operation::Operation,
    types::{Requirement, Update},
};

/// The query of a drop that is to delete a table's files.
const PURGE: &str = "purgeRequested=true";

/// The body of a commit.
#[derive(Serialize)]
struct Commit<'a> {
    requirements: &'a [Requirement],
    updates: &'a [Update],
}

/// A change as it will be sent: made first, so that it can be shown, and then sent as it is.
pub struct Write {
    operation: Operation,
    url: Url,
    body: Option<Body>,
}

impl Write {
    /// The call that it is.
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Path and query, as they are sent.
    pub fn target(&self) -> &str {
        &self.url[Position::BeforePath..Position::AfterQuery]
    }

    /// The JSON that is sent, where there is any.
    pub fn body(&self) -> Option<&str> {
        self.body.as_ref().map(Body::text)
    }
}

impl Client {
    /// A change of what stands at `path` behind the prefix.
    pub(super) fn change(
        &self,
        operation: Operation,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<Write, Error> {
        let body = body.map(|body| Body::new(operation.route(), body));
        Ok(Write {
            operation,
            url: self.address(path)?,
            body: body.transpose()?,
        })
    }

    /// `POST /v1/{prefix}/namespaces/{namespace}/tables/{table}`.
    pub fn commit_table(
        &self,
        table: &TableIdent,
        updates: &[Update],
        requirements: &[Requirement],
    ) -> Result<Write, Error> {
        let (operation, path) = (Operation::CommitTable, self.table_path(table)?);
        self.commit(operation, &path, updates, requirements)
    }

    /// `POST /v1/{prefix}/transactions/commit`: the commits of several tables in one call.
    pub fn commit_tables(&self, commits: &[(&TableIdent, &Write)]) -> Result<Write, Error> {
        let operation = Operation::CommitTransaction;
        let change = |(identifier, write): &(&TableIdent, &Write)| {
            let commit = serde_json::from_str(write.body().unwrap_or_default());
            let mut change: Map<String, Value> = commit.map_err(|error| {
                Error::new(ErrorKind::Invalid, operation.route(), error.to_string())
            })?;
            change.insert("identifier".to_owned(), json!(identifier));
            Ok(change)
        };
        let changes: Result<Vec<_>, Error> = commits.iter().map(change).collect();
        let body = json!({"table-changes": changes?});
        self.change(operation, "/transactions/commit", Some(&body))
    }

    /// `POST /v1/{prefix}/namespaces/{namespace}/views/{view}`.
    pub fn commit_view(
        &self,
        view: &ViewIdent,
        updates: &[Update],
        requirements: &[Requirement],
    ) -> Result<Write, Error> {
        let (operation, path) = (Operation::ReplaceView, self.view_path(view)?);
        self.commit(operation, &path, updates, requirements)
    }

    fn commit(
        &self,
        operation: Operation,
        path: &str,
        updates: &[Update],
        requirements: &[Requirement],
    ) -> Result<Write, Error> {
        let body = Commit {
            requirements,
            updates,
        };
        self.change(operation, path, Some(&body))
    }

    /// Sends a change, once; as [`Server::write`](super::Server::write) does. `key` is a UUID of this change alone,
    /// and goes along where the server announces that it knows such keys.
    ///
    /// An answer that cannot be read leaves open whether it happened: [`ErrorKind::CommitStateUnknown`].
    pub async fn send(&self, write: Write, key: &str) -> Result<Answer, Error> {
        let Write {
            operation,
            url,
            body,
        } = write;
        let announced = self.config().idempotency_key_lifetime().is_some();
        let key = announced.then(|| HeaderValue::from_str(key).ok()).flatten();
        let key = key.map(|key| (HeaderName::from_static("idempotency-key"), key));
        let headers = key.into_iter().collect::<Vec<_>>();
        // That files are not deleted says nothing of a drop that leaves them.
        let telling = url.query() != Some(PURGE);
        let server = self.server();
        let sent = server.write_with(operation.route(), url, body, &headers);
        let sent = sent.await;
        if telling {
            self.0.refused.learn(operation, sent.as_ref().err());
        }
        let read = move |response: &decode::Response<'_>| decode::decode(operation, response);
        sent?.understood(read).await.map_err(|mut error| {
            error.details_mut().kind = ErrorKind::CommitStateUnknown;
            error
        })
    }
}
