//! Apache Polaris 1.7.0 as shipped (real-life answers: statuses, wording, empty 401).

use std::collections::HashMap;

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{digest, polaris_refusals as refusals};
use crate::{
    ask::Ask,
    dialect::Dialect,
    ident,
    operation::{Call, Operation, Unrouted, endpoints},
    paging::Paging,
    polaris::{self, Desk, Session},
    problem::Problem,
    reply,
    state::State,
    store::{Document, Properties, Snapshots, Warehouse, Warehouses},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct Polaris;

const REALM: &str = "POLARIS";
const NATIVE_ENDPOINTS: [&str; 12] = [
    "GET polaris/v1/{prefix}/namespaces/{namespace}/generic-tables",
    "POST polaris/v1/{prefix}/namespaces/{namespace}/generic-tables",
    "DELETE polaris/v1/{prefix}/namespaces/{namespace}/generic-tables/{generic-table}",
    "GET polaris/v1/{prefix}/namespaces/{namespace}/generic-tables/{generic-table}",
    "GET /polaris/v1/{prefix}/namespaces/{namespace}/policies",
    "POST /polaris/v1/{prefix}/namespaces/{namespace}/policies",
    "GET /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}",
    "PUT /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}",
    "DELETE /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}",
    "PUT /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}/mappings",
    "POST /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}/mappings",
    "GET /polaris/v1/{prefix}/applicable-policies",
];

impl Vendor for Polaris {
    fn dialect(&self) -> Dialect {
        Dialect::Polaris
    }

    fn config(&self, state: &State, ask: &Ask) -> Result<Value, Problem> {
        let name = ask.query("warehouse").ok_or_else(|| {
            Problem::Typed(
                400,
                "BadRequestException",
                "Please specify a warehouse".into(),
            )
        })?;
        let catalog = state.realm.catalogs.get(&name);
        let catalog = catalog.ok_or_else(|| Problem::NoSuchWarehouse(name.clone()))?;
        let defaults = &catalog.entity.properties;
        let mut routes = endpoints(|operation| operation != Operation::LoadCredentials);
        routes.extend(NATIVE_ENDPOINTS.map(str::to_owned));
        Ok(json!({"defaults": defaults,
            "overrides": {"namespace-separator": "%1F", "prefix": name}, "endpoints": routes}))
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        let (first, rest) = self.prefix(ask, segments)?;
        match ident::decode(first) {
            Some(name) if held.contains_key(&name) => Ok((name, rest)),
            name => Err(self.problem(&Problem::NoSuchWarehouse(name.unwrap_or_default()))),
        }
    }

    fn authenticate(&self, state: &State, ask: &Ask) -> Result<Caller, Response> {
        realm(ask)?;
        let token = ask
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        let session = token.and_then(|token| Session::read(&state.realm, token));
        session.map(Some).ok_or_else(unauthenticated)
    }

    fn authorize(
        &self,
        state: &mut State,
        ask: &Ask,
        caller: &Caller,
        warehouse: &str,
        call: &Call,
    ) -> Result<(), Response> {
        let session = caller.as_ref().ok_or_else(unauthenticated)?;
        polaris::authorize(&desk(state, ask, session), warehouse, call)
    }

    fn settle(&self, state: &mut State, ask: &Ask, warehouse: &str, call: &Call) {
        polaris::settle(&mut state.realm, ask, warehouse, call);
    }

    fn native(&self, state: &mut State, ask: &Ask, caller: &Caller) -> Option<Response> {
        polaris::answer(&mut desk(state, ask, caller.as_ref()?))
    }

    fn tokens(&self, state: &State, ask: &Ask) -> Option<Response> {
        let issued = || polaris::issue(&state.realm, state.options.token_seconds, ask);
        Some(realm(ask).err().unwrap_or_else(issued))
    }

    fn unrouted(&self, _ask: &Ask, why: &Unrouted) -> Response {
        polaris::unrouted(why)
    }

    fn problem(&self, problem: &Problem) -> Response {
        polaris::refusal(problem)
    }

    fn paging(&self) -> Paging {
        Paging::Ignored
    }

    fn snapshots(&self, asked: Option<&str>) -> Result<Snapshots, Problem> {
        match asked {
            None | Some("all") => Ok(Snapshots::All),
            Some("refs") => Ok(Snapshots::Refs),
            Some(other) => Err(Problem::Invalid(format!("Unrecognized snapshots: {other}"))),
        }
    }

    /// Weak, and the same for every selection of snapshots.
    fn etag(&self, document: &Document, _snapshots: Snapshots) -> Option<String> {
        Some(format!("W/\"{}\"", digest(document, None)))
    }

    fn beside_staged(&self) -> Beside {
        Beside::new()
    }

    fn born(&self, warehouse: &Warehouse, levels: &[String], properties: &mut Properties) {
        let location = format!("{}/{}/", warehouse.root, levels.join("/"));
        properties.entry("location".into()).or_insert(location);
    }

    /// As the Java library of Iceberg does.
    fn furnish(&self, properties: &mut HashMap<String, String>) {
        let mut entry = |key: &str, value: String| {
            properties.entry(key.to_owned()).or_insert(value);
        };
        let now = OffsetDateTime::now_utc().format(&Rfc3339);
        entry("created-at", now.unwrap_or_default());
        entry("write.parquet.compression-codec", "zstd".to_owned());
    }

    fn refuse(&self, ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
        refusals::check(ask, warehouse, call)
    }
}

/// Another realm than the only one is not there; none at all means the only one.
fn realm(ask: &Ask) -> Result<(), Response> {
    match ask.header("polaris-realm") {
        None | Some(REALM) => Ok(()),
        Some(_) => Err(reply::error(
            404,
            "MissingOrInvalidRealm",
            "Missing or invalid realm",
        )),
    }
}

fn unauthenticated() -> Response {
    let mut response = reply::empty(401);
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn desk<'a>(state: &'a mut State, ask: &'a Ask, session: &'a Session) -> Desk<'a> {
    Desk {
        ask,
        session,
        realm: &mut state.realm,
        held: &mut state.warehouses,
    }
}
