//! Lakekeeper 0.13.3 with allow-all authorisation.

use std::time::Duration;

use axum::{http::Method, response::Response};
use iceberg::TableUpdate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    digest,
    lakekeeper_access::{self as access, Access},
    lakekeeper_management, lakekeeper_refusals as refusals,
};
use crate::{
    ask::Ask,
    dialect::Dialect,
    ident::{self, Ident, stable_uuid},
    operation::{self, Call, Operation, Unrouted, endpoints},
    paging::Paging,
    problem::Problem,
    reply,
    state::State,
    store::{Document, Properties, Snapshots, Warehouse, Warehouses},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct Lakekeeper;

/// What is announced.
const KEY_LIFETIME: &str = "PT30M";
/// That, and five minutes of grace.
const KEY_KEPT: Duration = Duration::from_secs(35 * 60);

/// The only project.
pub(super) const PROJECT: &str = "00000000-0000-0000-0000-000000000000";

impl Vendor for Lakekeeper {
    fn dialect(&self) -> Dialect {
        Dialect::Lakekeeper
    }

    /// By id: the prefix is the bare UUID.
    fn shelve(&self, warehouses: Vec<Warehouse>) -> Warehouses {
        let mut held = Warehouses::new();
        for warehouse in warehouses {
            held.insert(warehouse.id().to_string(), warehouse);
        }
        held
    }

    /// The name in any case, also behind the project's id.
    fn config(&self, state: &State, ask: &Ask) -> Result<Value, Problem> {
        let asked = ask.query("warehouse").ok_or_else(|| {
            Problem::Typed(400, "GetConfigNoWarehouseProvided", "No warehouse specified. Please specify the 'warehouse' parameter in the GET /config request.".into())
        })?;
        let name = asked
            .strip_prefix(PROJECT)
            .and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or(&asked);
        let ours = ask.header("x-project-id").is_none_or(|id| id == PROJECT);
        let mut warehouses = state.warehouses.values();
        let found = warehouses.find(|w| ours && w.name.eq_ignore_ascii_case(name));
        let warehouse = found.ok_or_else(|| {
            Problem::NoSuchWarehouse(format!("A warehouse '{name}' does not exist"))
        })?;
        let forwarded = ask
            .header("x-forwarded-prefix")
            .unwrap_or(&state.options.mount);
        let mut defaults = json!({"prefix": warehouse.id(), "rest-page-size": "100"});
        if warehouse.properties.contains_key("delete-profile") {
            defaults["s3.delete-enabled"] = "false".into();
        }
        let mut routes = vec!["GET /v1/config".to_owned()];
        routes.extend(endpoints(|operation| operation != Operation::RegisterView));
        Ok(json!({
            "overrides": {"uri": format!("{}{forwarded}/catalog", ask.origin()), "idempotency-key-lifetime": KEY_LIFETIME},
            "defaults": defaults,
            "endpoints": routes,
        }))
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        let (first, rest) = self.prefix(ask, segments)?;
        if matches!(
            operation::route(ask.method.as_str(), rest, |_| true),
            Err(Unrouted::Path)
        ) {
            return Err(self.unrouted(ask, &Unrouted::Path));
        }
        let Some(id) = ident::decode(first).and_then(|text| text.parse::<Uuid>().ok()) else {
            return Err(self.problem(&Problem::Typed(
                400,
                "WarehouseIdIsNotUUID",
                "Provided WarehouseId is not a valid UUID. Got: {s}".into(),
            )));
        };
        let key = id.to_string();
        if held.contains_key(&key) {
            return Ok((key, rest));
        }
        Err(self.problem(&Problem::NoSuchWarehouse(format!(
            "A warehouse with id '{id}' does not exist"
        ))))
    }

    fn authenticate(&self, _state: &State, ask: &Ask) -> Result<Caller, Response> {
        let json = ask
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/json"));
        if ask.method == Method::POST && !ask.body.is_empty() && !json {
            return Err(reply::text(
                415,
                "Expected request with `Content-Type: application/json`",
            ));
        }
        Ok(None)
    }

    fn native(&self, state: &mut State, ask: &Ask, _caller: &Caller) -> Option<Response> {
        lakekeeper_management::answer(state, ask)
    }

    fn unrouted(&self, _ask: &Ask, why: &Unrouted) -> Response {
        match why {
            Unrouted::Path => reply::empty(404),
            Unrouted::Method => reply::empty(405),
            Unrouted::Name => refuse(400, "NamespacePartEmpty", "Namespace parts cannot be empty"),
        }
    }

    fn problem(&self, problem: &Problem) -> Response {
        let message = problem.message();
        match problem {
            Problem::NoSuchWarehouse(sentence) => refuse(404, "NoSuchWarehouseException", sentence),
            Problem::NoSuchNamespace(levels) => refuse(
                404,
                "NoSuchNamespaceException",
                &format!("Namespace with name '{}' does not exist", levels.join(".")),
            ),
            Problem::NoSuchTable(_) => refuse(
                404,
                "NoSuchTableException",
                "Error getting tabular from catalog",
            ),
            Problem::NoSuchView(_) => refuse(
                404,
                "NoSuchViewException",
                "Error getting tabular from catalog",
            ),
            Problem::TableExists(_) | Problem::ViewExists(_) => refuse(
                409,
                "AlreadyExistsException",
                "Tabular with the same name already exists in the namespace",
            ),
            Problem::CommitConflict(_) => refuse(
                409,
                "CatalogCommitConflicts",
                &format!("CatalogCommitConflicts => {message}"),
            ),
            Problem::ViewConflict(_) => refuse(400, "ViewUuidMismatch", "View UUID does not match"),
            Problem::BadJson(message) => reply::text(
                400,
                &format!("Failed to parse the request body as JSON: {message}"),
            ),
            Problem::BadQuery(message) => reply::text(
                400,
                &format!("Failed to deserialize query string: {message}"),
            ),
            Problem::BadBody(message) => reply::text(
                422,
                &format!("Failed to deserialize the JSON body into the target type: {message}"),
            ),
            Problem::NoSuchFile(location) => refuse(
                400,
                "NotFound",
                &format!(
                    "IO error at `{location}`: Unknown S3 error during head operation: NotFound"
                ),
            ),
            Problem::Invalid(_) => refuse(400, "InvalidTableUpdate", &message),
            _ => {
                let (status, kind) = problem.reference();
                refuse(status, kind, &message)
            }
        }
    }

    fn paging(&self) -> Paging {
        Paging::Lakekeeper
    }

    /// The same for every selection of snapshots.
    fn etag(&self, document: &Document, _snapshots: Snapshots) -> Option<String> {
        Some(format!("\"lk1.{}\"", &digest(document, None)[..16]))
    }

    /// An answer with a signer in it is always sent again.
    fn unchanged(&self, ask: &Ask, warehouse: &Warehouse, given: &str, etag: &str) -> bool {
        let bare = |tag: &str| {
            tag.trim()
                .trim_start_matches("W/")
                .trim_matches('"')
                .to_owned()
        };
        let same = given
            .split(',')
            .any(|tag| tag.trim() == "*" || bare(tag) == bare(etag));
        same && !matches!(Access::asked(ask, warehouse), Access::Signing)
    }

    fn beside_committed(&self) -> Beside {
        Beside::from([("config", Value::Null)])
    }

    fn beside(&self, ask: &Ask, warehouse: &Warehouse, document: &Document) -> Beside {
        access::beside(ask, warehouse, document)
    }

    /// `+` is a space, and case does not matter.
    fn understand(&self, warehouse: &Warehouse, call: Call) -> Call {
        let spaced = |name: &String| name.replace('+', " ");
        let asked = Ident {
            namespace: call.namespace.iter().map(spaced).collect(),
            name: spaced(&call.name),
        };
        let Ident { namespace, name } = self.spelling(warehouse, asked);
        Call {
            namespace,
            name,
            ..call
        }
    }

    fn spelling(&self, warehouse: &Warehouse, ident: Ident) -> Ident {
        warehouse.in_stored_case(ident)
    }

    fn repeats(&self) -> Option<Duration> {
        Some(KEY_KEPT)
    }

    fn annotate(&self, ask: &Ask, warehouse: &Warehouse, body: &mut Value) {
        let on = |name: &str| ask.query(name).as_deref() == Some("true");
        let id = |item: &Value| json!(id_of(item));
        let protected = |item: &Value| json!(warehouse.protected.contains(&id_of(item)));
        for (list, ids) in [
            ("namespaces", "namespace-uuids"),
            ("identifiers", "table-uuids"),
        ] {
            let Some(items) = body[list].as_array().cloned() else {
                continue;
            };
            if on("returnUuids") {
                body[ids] = items.iter().map(id).collect();
            }
            if on("returnProtectionStatus") {
                body["protection-status"] = items.iter().map(protected).collect();
            }
        }
        // A namespace is told as it was asked for, in any case.
        let last = ask.path.rsplit_once("/namespaces/").map(|(_, last)| last);
        let asked = last.filter(|last| !last.contains('/'));
        if let Some(levels) = asked.and_then(ident::decode_namespace) {
            body["namespace"] = levels.iter().map(|level| level.replace('+', " ")).collect();
        }
        if on("returnUuid") && body["namespace"].is_array() {
            body["namespace-uuid"] = id(&body["namespace"]);
        }
    }

    fn born(&self, warehouse: &Warehouse, levels: &[String], properties: &mut Properties) {
        properties
            .entry("location".into())
            .or_insert_with(|| warehouse.root.clone());
        properties.insert(
            "namespace_id".into(),
            stable_uuid(&format!("{levels:?}")).to_string(),
        );
    }

    /// Unless it is told not to.
    fn purges(&self, ask: &Ask) -> bool {
        ask.query("purgeRequested").is_none() || ask.flag("purgeRequested")
    }

    fn recurses(&self, ask: &Ask) -> bool {
        ask.flag("recursive")
    }

    fn leaves_out_empty(&self) -> bool {
        true
    }

    fn sets_and_removes(&self) -> bool {
        true
    }

    fn review(&self, table: &Document, updates: &mut Vec<TableUpdate>) -> Result<(), Problem> {
        refusals::relocates(table, updates)
    }

    fn refuse(&self, ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
        refusals::check(ask, warehouse, call)
    }
}

/// Of a namespace, a table or a view, as lists have it.
pub(super) fn id_of(item: &Value) -> Uuid {
    stable_uuid(&item.to_string())
}

/// The Iceberg error body, with an error id in its stack.
pub(super) fn refuse(status: u16, kind: &str, message: &str) -> Response {
    let stack = [format!("Error ID: {}", Uuid::now_v7())];
    reply::json(
        status,
        &json!({"error": {"message": message, "type": kind, "code": status, "stack": stack}}),
    )
}
