//! Lakekeeper 0.13.3 with allow-all authorisation.

use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CANARY, digest, lakekeeper_management};
use crate::{
    ask::Ask,
    dialect::Dialect,
    ident,
    operation::{Call, Operation, Unrouted, endpoints},
    paging::Paging,
    problem::Problem,
    reply,
    server::{Server, Warehouses},
    store::{Document, Snapshots, Warehouse},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct Lakekeeper;

/// The only project.
pub(super) const PROJECT: &str = "00000000-0000-0000-0000-000000000000";
const RESERVED: [&str; 3] = ["system", "examples", "information_schema"];

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
    fn config(&self, server: &Server, ask: &Ask) -> Result<Value, Problem> {
        let asked = ask.query("warehouse").ok_or_else(|| {
            Problem::Typed(400, "GetConfigNoWarehouseProvided", "No warehouse specified. Please specify the 'warehouse' parameter in the GET /config request.".into())
        })?;
        let name = asked
            .strip_prefix(PROJECT)
            .and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or(&asked);
        let ours = ask.header("x-project-id").is_none_or(|id| id == PROJECT);
        let id = server.with(|held| {
            held.values()
                .find(|w| ours && w.name.eq_ignore_ascii_case(name))
                .map(Warehouse::id)
        });
        let id = id.ok_or_else(|| {
            Problem::NoSuchWarehouse(format!("A warehouse '{name}' does not exist"))
        })?;
        let forwarded = ask
            .header("x-forwarded-prefix")
            .unwrap_or(&server.options.mount);
        let mut routes = vec!["GET /v1/config".to_owned()];
        routes.extend(endpoints(|operation| operation != Operation::RegisterView));
        Ok(json!({
            "overrides": {"uri": format!("{}{forwarded}/catalog", ask.origin()), "idempotency-key-lifetime": "PT30M"},
            "defaults": {"prefix": id, "rest-page-size": "100", "s3.delete-enabled": "false"},
            "endpoints": routes,
        }))
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        let Some((first, rest)) = segments.split_first().filter(|(_, rest)| !rest.is_empty())
        else {
            return Err(self.unrouted(ask, &Unrouted::Path));
        };
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

    fn native(&self, server: &Server, ask: &Ask, _caller: &Caller) -> Option<Response> {
        lakekeeper_management::answer(server, ask)
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
            Problem::BadJson(message) => reply::text(
                400,
                &format!("Failed to parse the request body as JSON: {message}"),
            ),
            Problem::BadQuery(message) => reply::text(400, &format!("Failed to deserialize query string: {message}")),
            Problem::BadBody(message) => reply::text(
                422,
                &format!("Failed to deserialize the JSON body into the target type: {message}"),
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

    /// What carries credentials is always sent again.
    fn unchanged(&self, ask: &Ask, given: &str, etag: &str) -> bool {
        let bare = |tag: &str| {
            tag.trim()
                .trim_start_matches("W/")
                .trim_matches('"')
                .to_owned()
        };
        managed(ask)
            && given
                .split(',')
                .any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
    }

    /// Remote signing, with keys, unless the client says that it needs no access.
    fn beside(&self, ask: &Ask, warehouse: &Warehouse, document: &Document) -> Beside {
        let storage = json!({"s3.endpoint": "https://s3.eu-central-1.amazonaws.com/", "s3.path-style-access": "true",
            "client.region": "eu-central-1", "s3.region": "eu-central-1"});
        let mut config = storage.clone();
        config["region"] = "eu-central-1".into();
        let mut credential = storage;
        if !managed(ask) {
            let signer = format!("{}/catalog/", ask.origin());
            let endpoint = format!(
                "v1/signer/{}/tabular-id/{}/v1/aws/s3/sign",
                warehouse.id(),
                digest(document, None)
            );
            for (key, value) in [
                ("s3.signer", "S3V4RestSigner"),
                ("s3.signer.uri", &signer),
                ("signer.uri", &signer),
                ("s3.signer.endpoint", &endpoint),
                ("signer.endpoint", &endpoint),
                ("s3.remote-signing-enabled", "true"),
                ("py-io-impl", "pyiceberg.io.fsspec.FsspecFileIO"),
            ] {
                config[key] = value.into();
            }
            for (key, value) in [
                ("s3.access-key-id", "key"),
                ("s3.secret-access-key", "secret"),
                ("s3.session-token", "session"),
            ] {
                credential[key] = format!("{CANARY}-{value}").into();
                config[key] = credential[key].clone();
            }
        }
        let prefix = document
            .location
            .split("/metadata/")
            .next()
            .unwrap_or_default();
        Beside::from([
            ("config", config),
            (
                "storage-credentials",
                json!([{"prefix": prefix, "config": credential}]),
            ),
        ])
    }

    fn leaves_out_empty(&self) -> bool {
        true
    }

    fn refuse(&self, ask: &Ask, _warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
        let parent = ask
            .query("parent")
            .map(|text| text.split('\u{1F}').map(str::to_owned).collect::<Vec<_>>());
        let created = named_in_body(ask, call)?;
        for level in call
            .namespace
            .iter()
            .chain(parent.iter().flatten())
            .chain(created.iter().flatten())
        {
            if level.is_empty() {
                return Err(Problem::Typed(
                    400,
                    "NamespacePartEmpty",
                    "Namespace parts cannot be empty".into(),
                ));
            }
            if level.contains('.') {
                return Err(Problem::Typed(
                    400,
                    "NamespacePartContainsDot",
                    "Namespace parts cannot contain '.'".into(),
                ));
            }
        }
        if created.is_some_and(|levels| {
            levels
                .first()
                .is_some_and(|top| RESERVED.contains(&top.as_str()))
        }) {
            return Err(Problem::Typed(
                400,
                "ReservedNamespace",
                "Namespace is reserved for internal use.".into(),
            ));
        }
        Ok(())
    }
}

/// The levels that a `createNamespace` names.
fn named_in_body(ask: &Ask, call: &Call) -> Result<Option<Vec<String>>, Problem> {
    #[derive(serde::Deserialize)]
    struct Create {
        namespace: Vec<String>,
    }
    if call.operation != Operation::CreateNamespace {
        return Ok(None);
    }
    ask.json::<Create>().map(|create| Some(create.namespace))
}

fn managed(ask: &Ask) -> bool {
    ask.header("x-iceberg-access-delegation") == Some("client-managed")
}

/// The Iceberg error body, with an error id in its stack.
pub(super) fn refuse(status: u16, kind: &str, message: &str) -> Response {
    let stack = [format!("Error ID: {}", Uuid::now_v7())];
    reply::json(
        status,
        &json!({"error": {"message": message, "type": kind, "code": status, "stack": stack}}),
    )
}
