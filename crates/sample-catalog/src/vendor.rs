//! Where the six servers differ.

use std::{collections::HashMap, time::Duration};

use axum::response::Response;
use iceberg::TableUpdate;
use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::{
    Options,
    ask::Ask,
    dialect::Dialect,
    ident::Ident,
    operation::{Call, Operation, Unrouted},
    paging::Paging,
    polaris::Session,
    problem::Problem,
    reply, seed,
    state::State,
    store::{Document, Properties, Snapshots, Warehouse, Warehouses},
};

/// Who is asking, where rights depend on it.
pub(crate) type Caller = Option<Session>;

/// The key of a warehouse and the path below its prefix, or the answer to a prefix that leads nowhere.
pub(crate) type Located<'a, 'b> = Result<(String, &'a [&'b str]), Response>;

/// Fields that stand beside `metadata` in the answer to a load.
pub(crate) type Beside = IndexMap<&'static str, Value>;

/// One vendor's ways. The defaults are those of the specification and its reference implementation.
pub(crate) trait Vendor: Send + Sync {
    fn dialect(&self) -> Dialect;

    /// `GET /v1/config`, the whole body.
    fn config(&self, state: &State, ask: &Ask) -> Result<Value, Problem>;

    /// The key of the warehouse that `segments` (the path below `/v1`) begins with, and the rest.
    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b>;

    /// What the server starts with.
    fn stock(&self, options: &Options) -> Warehouses {
        self.shelve(seed::warehouses(options).into())
    }

    /// Warehouses by the key that `locate` gives.
    fn shelve(&self, warehouses: Vec<Warehouse>) -> Warehouses {
        warehouses
            .into_iter()
            .map(|warehouse| (warehouse.name.clone(), warehouse))
            .collect()
    }

    /// The part of a path behind `/v1/`, when it belongs to the Iceberg REST API.
    fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.dialect().base_path())?
            .strip_prefix("/v1/")
    }

    /// The first of `segments`, which says what the others are of.
    fn prefix<'a, 'b>(
        &self,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Result<(&'b str, &'a [&'b str]), Response> {
        match segments {
            [first, rest @ ..] if !rest.is_empty() => Ok((first, rest)),
            _ => Err(self.unrouted(ask, &Unrouted::Path)),
        }
    }

    /// Lets the request in, or answers it.
    fn authenticate(&self, _state: &State, _ask: &Ask) -> Result<Caller, Response> {
        Ok(None)
    }

    /// Lets `caller` do `call`, or answers it.
    fn authorize(
        &self,
        _state: &mut State,
        _ask: &Ask,
        _caller: &Caller,
        _warehouse: &str,
        _call: &Call,
    ) -> Result<(), Response> {
        Ok(())
    }

    /// Takes note of `call`, which has succeeded.
    fn settle(&self, _state: &mut State, _ask: &Ask, _warehouse: &str, _call: &Call) {}

    /// Paths outside the Iceberg REST API.
    fn native(&self, _state: &mut State, _ask: &Ask, _caller: &Caller) -> Option<Response> {
        None
    }

    /// `POST /v1/oauth/tokens`; `None` where there is no such route.
    fn tokens(&self, _state: &State, _ask: &Ask) -> Option<Response> {
        None
    }

    fn serves(&self, _operation: Operation) -> bool {
        true
    }

    fn unrouted(&self, ask: &Ask, why: &Unrouted) -> Response;

    fn problem(&self, problem: &Problem) -> Response {
        let (status, kind) = problem.reference();
        reply::error(status, kind, &problem.message())
    }

    fn paging(&self) -> Paging;

    /// To a `HEAD` that finds its object, and to a metrics report.
    fn acknowledge(&self) -> Response {
        reply::empty(204)
    }

    /// Whether the list below a parent that is not there is empty rather than an error.
    fn missing_parent_is_empty(&self) -> bool {
        false
    }

    /// Whether the list of a namespace that is not there is empty rather than an error.
    fn missing_namespace_is_empty(&self) -> bool {
        false
    }

    /// What `snapshots=` of `loadTable` selects.
    fn snapshots(&self, asked: Option<&str>) -> Result<Snapshots, Problem> {
        Ok(if asked == Some("refs") {
            Snapshots::Refs
        } else {
            Snapshots::All
        })
    }

    /// `ETag` of a loaded table; `None` where there is none.
    fn etag(&self, _document: &Document, _snapshots: Snapshots) -> Option<String> {
        None
    }

    /// Whether `If-None-Match` names `etag`.
    fn unchanged(&self, _ask: &Ask, _warehouse: &Warehouse, given: &str, etag: &str) -> bool {
        given == etag
    }

    /// What stands beside the metadata of a table that was only staged.
    fn beside_staged(&self) -> Beside {
        Beside::from([("config", json!({}))])
    }

    /// What stands beside the metadata after a commit to a table.
    fn beside_committed(&self) -> Beside {
        Beside::new()
    }

    /// What stands beside the metadata of a loaded table or view.
    fn beside(&self, _ask: &Ask, _warehouse: &Warehouse, _document: &Document) -> Beside {
        self.beside_staged()
    }

    /// Properties that are in each answer with a table or a view, and in none of their files.
    fn tells(&self, _warehouse: &Warehouse) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Whether metadata comes without what is empty.
    fn leaves_out_empty(&self) -> bool {
        false
    }

    /// The call as this vendor understands its names.
    fn understand(&self, _warehouse: &Warehouse, call: Call) -> Call {
        call
    }

    /// The table that a body means by this name.
    fn spelling(&self, _warehouse: &Warehouse, ident: Ident) -> Ident {
        ident
    }

    /// How long a write with an `Idempotency-Key` is answered again; `None` where keys are not announced.
    fn repeats(&self) -> Option<Duration> {
        None
    }

    /// Adds to a list, or to a namespace, what a query parameter of this vendor asks for.
    fn annotate(&self, _ask: &Ask, _warehouse: &Warehouse, _body: &mut Value) {}

    /// Adds to the properties that a new namespace was given.
    fn born(&self, _warehouse: &Warehouse, _levels: &[String], _properties: &mut Properties) {}

    /// Adds to the properties that a new table was given.
    fn furnish(&self, _properties: &mut HashMap<String, String>) {}

    /// Whether the files of a table that is dropped go with it.
    fn purges(&self, ask: &Ask) -> bool {
        ask.flag("purgeRequested")
    }

    /// Whether a namespace goes with all that it holds.
    fn recurses(&self, _ask: &Ask) -> bool {
        false
    }

    /// Whether a namespace property may be set and removed in one request.
    fn sets_and_removes(&self) -> bool {
        false
    }

    /// Refuses what a commit asks for of a table that is there, or leaves it out without a word.
    fn review(&self, _table: &Document, _updates: &mut Vec<TableUpdate>) -> Result<(), Problem> {
        Ok(())
    }

    /// Refuses a request before it is carried out, for reasons of this vendor alone.
    fn refuse(&self, _ask: &Ask, _warehouse: &Warehouse, _call: &Call) -> Result<(), Problem> {
        Ok(())
    }
}
