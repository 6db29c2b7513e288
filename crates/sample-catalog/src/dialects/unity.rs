//! Unity Catalog OSS 0.6.0: read only, one level, lists cut at 100.

use axum::response::Response;
use serde_json::{Value, json};

use super::unity_native;
use crate::{
    ask::Ask,
    connections::{UNITY_OWNER_TOKEN, UNITY_USER_TOKEN},
    dialect::Dialect,
    ident,
    operation::{Call, Operation, Unrouted, endpoints},
    paging::Paging,
    problem::Problem,
    reply,
    state::State,
    store::{Document, Snapshots, Warehouse, Warehouses},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct Unity;

impl Vendor for Unity {
    fn dialect(&self) -> Dialect {
        Dialect::Unity
    }

    /// Lists are in order of names.
    fn shelve(&self, warehouses: Vec<Warehouse>) -> Warehouses {
        let mut held = Warehouses::new();
        for mut warehouse in warehouses {
            warehouse.sort();
            held.insert(warehouse.name.clone(), warehouse);
        }
        held
    }

    /// The name is not checked.
    fn config(&self, _state: &State, ask: &Ask) -> Result<Value, Problem> {
        let name = ask.query("warehouse").ok_or_else(|| {
            Problem::Typed(
                400,
                "BadRequestException",
                "Must supply a proper catalog in warehouse property.".into(),
            )
        })?;
        let listed = |operation| {
            self.serves(operation)
                && !matches!(
                    operation,
                    Operation::NamespaceExists | Operation::ViewExists
                )
        };
        let reads = |operation| listed(operation) && !writes(operation);
        Ok(
            json!({"defaults": {}, "overrides": {"prefix": format!("catalogs/{name}")}, "endpoints": endpoints(reads)}),
        )
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        match segments {
            ["catalogs", name, rest @ ..] if !rest.is_empty() => {
                let name = ident::decode(name).unwrap_or_default();
                if held.contains_key(&name) {
                    Ok((name, rest))
                } else {
                    Err(self.problem(&Problem::NoSuchWarehouse(name)))
                }
            }
            _ => Err(self.unrouted(ask, &Unrouted::Path)),
        }
    }

    fn authenticate(&self, state: &State, ask: &Ask) -> Result<Caller, Response> {
        if ask.path.starts_with(Dialect::Unity.base_path())
            && ask.header("accept") == Some("text/html")
        {
            return Err(status(406, "Not Acceptable"));
        }
        if ask.path.contains("%1f") {
            return Err(status(400, "Invalid request path"));
        }
        if state.options.authorization {
            authorized(ask)
        } else {
            Ok(None)
        }
    }

    /// Seen on 0.6.0: with authorization on, nobody gets the namespaces.
    fn authorize(
        &self,
        state: &mut State,
        _ask: &Ask,
        _caller: &Caller,
        _warehouse: &str,
        call: &Call,
    ) -> Result<(), Response> {
        if state.options.authorization && call.operation == Operation::ListNamespaces {
            return Err(reply::error(
                500,
                "BaseException",
                "Authorization filter not initialized",
            ));
        }
        Ok(())
    }

    fn native(&self, state: &mut State, ask: &Ask, _caller: &Caller) -> Option<Response> {
        unity_native::answer(state, ask)
    }

    fn serves(&self, operation: Operation) -> bool {
        use Operation::*;
        matches!(
            operation,
            ListNamespaces
                | CreateNamespace
                | LoadNamespace
                | NamespaceExists
                | DropNamespace
                | ListTables
                | CreateTable
                | LoadTable
                | TableExists
                | CommitTable
                | DropTable
                | ReportMetrics
                | LoadView
                | ViewExists
        )
    }

    fn unrouted(&self, ask: &Ask, why: &Unrouted) -> Response {
        match why {
            Unrouted::Path => status(404, "Not Found"),
            Unrouted::Method => status(405, "Method Not Allowed"),
            Unrouted::Name => reply::error(
                400,
                "BaseException",
                &format!("Invalid name in the path: {}", ask.path),
            ),
        }
    }

    fn problem(&self, problem: &Problem) -> Response {
        match problem {
            Problem::NoSuchWarehouse(name) => {
                reply::error(404, "BaseException", &format!("Catalog not found: {name}"))
            }
            Problem::NoSuchNamespace(levels) => reply::error(
                404,
                "BaseException",
                &format!("Schema not found: {}", levels.join(".")),
            ),
            Problem::NoSuchTable(ident) => reply::error(
                404,
                "BaseException",
                &format!("Table not found: {}", ident.dotted()),
            ),
            Problem::Unsupported(_) => status(405, "Method Not Allowed"),
            _ => {
                let (status, kind) = problem.reference();
                reply::error(status, kind, &problem.message())
            }
        }
    }

    fn paging(&self) -> Paging {
        Paging::Cut
    }

    fn acknowledge(&self) -> Response {
        reply::text(200, "200 OK")
    }

    fn missing_parent_is_empty(&self) -> bool {
        true
    }

    fn snapshots(&self, _asked: Option<&str>) -> Result<Snapshots, Problem> {
        Ok(Snapshots::All)
    }

    fn beside(&self, _ask: &Ask, _warehouse: &Warehouse, _document: &Document) -> Beside {
        Beside::new()
    }

    fn refuse(&self, _ask: &Ask, _warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
        if writes(call.operation) {
            return Err(Problem::Unsupported("read only".into()));
        }
        let nested = call.namespace.len() > 1;
        if nested && call.operation == Operation::LoadNamespace {
            return Err(Problem::Typed(
                400,
                "BaseException",
                format!("Invalid schema full name: {}", call.namespace.join(".")),
            ));
        }
        if call.name.contains('.') {
            return Err(Problem::Typed(
                400,
                "BaseException",
                format!("Invalid table name: {}", call.ident().dotted()),
            ));
        }
        Ok(())
    }
}

/// Every Iceberg route wants the owner of the metastore.
fn authorized(ask: &Ask) -> Result<Caller, Response> {
    let iceberg = ask.path.starts_with(Dialect::Unity.base_path());
    match ask
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "))
    {
        None => Err(unity_native::refuse(
            401,
            "UNAUTHENTICATED",
            "No authorization found.",
        )),
        Some(UNITY_OWNER_TOKEN) => Ok(None),
        Some(UNITY_USER_TOKEN) if !iceberg => Ok(None),
        Some(UNITY_USER_TOKEN) => Err(unity_native::refuse(
            403,
            "PERMISSION_DENIED",
            "Access denied.",
        )),
        Some(_) => Err(unity_native::refuse(
            401,
            "UNAUTHENTICATED",
            "Invalid access token.",
        )),
    }
}

/// Paths that are there for reading; writing to them is 405.
fn writes(operation: Operation) -> bool {
    use Operation::*;
    matches!(
        operation,
        CreateNamespace | DropNamespace | CreateTable | CommitTable | DropTable
    )
}

/// Armeria's plain text.
fn status(code: u16, description: &str) -> Response {
    reply::text(
        code,
        &format!("Status: {code}\nDescription: {description}\n"),
    )
}
