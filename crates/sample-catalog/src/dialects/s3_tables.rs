//! Amazon S3 Tables: signed requests, one level of plain names, no views.

use axum::{http::Method, response::Response};
use serde_json::{Value, json};

use super::digest;
use crate::{
    ask::Ask,
    connections::arn,
    dialect::Dialect,
    ident::{self, stable_uuid},
    operation::{Call, Operation, Unrouted},
    paging::Paging,
    problem::Problem,
    reply, sigv4,
    state::State,
    store::{Document, Snapshots, Warehouse, Warehouses},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct S3Tables;

impl Vendor for S3Tables {
    fn dialect(&self) -> Dialect {
        Dialect::S3Tables
    }

    fn shelve(&self, warehouses: Vec<Warehouse>) -> Warehouses {
        let mut held = Warehouses::new();
        for mut warehouse in warehouses {
            warehouse.sort();
            held.insert(arn(&warehouse.name), warehouse);
        }
        held
    }

    fn config(&self, state: &State, ask: &Ask) -> Result<Value, Problem> {
        let arn = ask.query("warehouse").unwrap_or_default();
        if !state.warehouses.contains_key(&arn) {
            return Err(Problem::NoSuchWarehouse(arn));
        }
        let prefix = arn.replace(':', "%3A").replace('/', "%2F");
        Ok(
            json!({"defaults": {"prefix": prefix, "write.object-storage.enabled": "true",
            "io-impl": "org.apache.iceberg.aws.s3.S3FileIO", "rest-metrics-reporting-enabled": "false"}, "overrides": {}}),
        )
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        let (first, rest) = self.prefix(ask, segments)?;
        match ident::decode(first) {
            Some(arn) if held.contains_key(&arn) => Ok((arn, rest)),
            arn => Err(self.problem(&Problem::NoSuchWarehouse(arn.unwrap_or_default()))),
        }
    }

    fn authenticate(&self, _state: &State, ask: &Ask) -> Result<Caller, Response> {
        sigv4::verify(ask, time::OffsetDateTime::now_utc())
            .map(|_| None)
            .map_err(|refusal| reply::error(refusal.status, refusal.kind, &refusal.message))
    }

    fn serves(&self, operation: Operation) -> bool {
        use Operation::*;
        !matches!(
            operation,
            RegisterTable
                | ReportMetrics
                | LoadCredentials
                | CommitTransaction
                | ListViews
                | CreateView
                | RegisterView
                | LoadView
                | ViewExists
                | ReplaceView
                | DropView
                | RenameView
                | UpdateProperties
        )
    }

    /// AWS answers with XML and no content type.
    fn unrouted(&self, _ask: &Ask, why: &Unrouted) -> Response {
        match why {
            Unrouted::Name => reply::error(400, "bad_request", "The specified name is not valid"),
            Unrouted::Path | Unrouted::Method => {
                let mut response = reply::text(404, "<UnknownOperationException/>\n");
                response.headers_mut().remove("content-type");
                response
            }
        }
    }

    /// Types are lower snake case.
    fn problem(&self, problem: &Problem) -> Response {
        let (status, kind) = match problem {
            Problem::NoSuchWarehouse(_) => (404, "no_such_bucket"),
            Problem::NoSuchNamespace(_) => (404, "no_such_namespace"),
            Problem::NoSuchTable(_) | Problem::NoSuchView(_) => (404, "no_such_table"),
            Problem::NamespaceExists(_) => (409, "namespace_already_exists"),
            Problem::TableExists(_) | Problem::ViewExists(_) => (409, "table_already_exists"),
            Problem::NamespaceNotEmpty(..) => (409, "namespace_not_empty"),
            Problem::CommitConflict(_) => (409, "commit_failed"),
            Problem::Typed(status, kind, _) => (*status, *kind),
            _ => (problem.reference().0, "bad_request"),
        };
        reply::error(status, kind, &problem.message())
    }

    fn paging(&self) -> Paging {
        Paging::CamelCase
    }

    /// Not quoted.
    fn etag(&self, document: &Document, snapshots: Snapshots) -> Option<String> {
        Some(digest(document, Some(snapshots)))
    }

    /// Ids instead of credentials.
    fn beside(&self, _ask: &Ask, warehouse: &Warehouse, document: &Document) -> Beside {
        let table = stable_uuid(
            document
                .location
                .split("/metadata/")
                .next()
                .unwrap_or_default(),
        );
        Beside::from([(
            "config",
            json!({"tableBucketId": warehouse.id(), "namespaceId": stable_uuid(&warehouse.home), "tableId": table}),
        )])
    }

    fn refuse(&self, ask: &Ask, _warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
        let multipart = || {
            Problem::Typed(
                400,
                "multipart_namespace_not_supported",
                "A namespace has one level".into(),
            )
        };
        if ask.query("parent").is_some_and(|parent| !parent.is_empty()) || call.namespace.len() > 1
        {
            return Err(multipart());
        }
        if call.operation == Operation::DropTable && !ask.flag("purgeRequested") {
            return Err(Problem::Typed(
                400,
                "purge_enabled",
                "Tables can only be dropped with purgeRequested=true".into(),
            ));
        }
        let mut named = call
            .namespace
            .iter()
            .chain([&call.name])
            .filter(|name| !name.is_empty());
        if let Some(name) = named.find(|name| !is_plain(name)) {
            return Err(Problem::Typed(
                400,
                "bad_request",
                format!(
                    "The name `{name}` may hold lower-case letters, digits and underscores only"
                ),
            ));
        }
        if ask.method == Method::POST {
            let body: Value = ask.json()?;
            let levels = body["namespace"].as_array();
            if levels.is_some_and(|levels| levels.len() > 1) {
                return Err(multipart());
            }
            if body["stage-create"] == true {
                return Err(Problem::Typed(
                    400,
                    "bad_request",
                    "stage-create is not supported".into(),
                ));
            }
            let level = levels.and_then(|levels| levels.first());
            let named = [level, body.get("name"), body["destination"].get("name")];
            if let Some(name) = named
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .find(|name| !is_plain(name))
            {
                return Err(Problem::Typed(
                    400,
                    "bad_request",
                    format!(
                        "The name `{name}` may hold lower-case letters, digits and underscores only"
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// AWS user guide, "Naming rules for tables and namespaces".
fn is_plain(name: &str) -> bool {
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    ends(name.chars().next())
        && ends(name.chars().last())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
