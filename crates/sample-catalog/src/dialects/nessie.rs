//! Project Nessie 0.99.0: references in the prefix, history in commits, one snapshot in a table.

use axum::response::Response;
use iceberg::TableUpdate;
use serde_json::{Value, json};

use super::{nessie_commits, nessie_history};
use crate::{
    Options,
    ask::Ask,
    connections::CANARY,
    dialect::Dialect,
    ident,
    operation::{Call, Operation, Unrouted},
    paging::Paging,
    problem::Problem,
    reply, seed,
    state::State,
    store::{Document, Snapshots, Warehouse, Warehouses},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct Nessie;

pub(super) const MAIN: &str = "main";
const DEFAULT_WAREHOUSE: &str = "lakehouse";
/// References beside `main`: name, type, and a namespace that it does not have.
pub(super) const REFERENCES: [(&str, &str, &str); 2] = [
    ("staging", "BRANCH", "finance"),
    ("release-2026-09", "TAG", "marketing"),
];

impl Vendor for Nessie {
    fn dialect(&self) -> Dialect {
        Dialect::Nessie
    }

    /// Every warehouse on every reference, by `ref|warehouse`.
    fn stock(&self, options: &Options) -> Warehouses {
        let mut held = self.shelve(seed::warehouses(options).into());
        for (reference, _, without) in REFERENCES {
            for mut warehouse in seed::warehouses(options) {
                warehouse.forget(without);
                held.insert(format!("{reference}|{}", warehouse.name), warehouse);
            }
        }
        held
    }

    fn shelve(&self, warehouses: Vec<Warehouse>) -> Warehouses {
        let keyed = |warehouse: Warehouse| (format!("{MAIN}|{}", warehouse.name), warehouse);
        warehouses.into_iter().map(keyed).collect()
    }

    /// `/iceberg/v1/…` is on the default branch, `/iceberg/{ref}/v1/…` on another reference.
    fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        let rest = path.strip_prefix("/iceberg/")?;
        rest.strip_prefix("v1/")
            .or_else(|| rest.split_once('/')?.1.strip_prefix("v1/"))
    }

    fn config(&self, state: &State, ask: &Ask) -> Result<Value, Problem> {
        let behind = ask.path.trim_start_matches("/iceberg/");
        let in_path = behind
            .split('/')
            .next()
            .filter(|segment| *segment != "v1")
            .and_then(ident::decode);
        let (reference, path_warehouse) = split(in_path.as_deref().unwrap_or(MAIN));
        let warehouse = ask
            .query("warehouse")
            .filter(|name| !name.is_empty())
            .or(path_warehouse);
        let warehouse = warehouse.unwrap_or_else(|| DEFAULT_WAREHOUSE.to_owned());
        let held = state.warehouses.get(&format!("{reference}|{warehouse}"));
        let Some(Warehouse { home, .. }) = held else {
            return Err(Problem::NoSuchWarehouse(warehouse));
        };
        let base = ask.base();
        let prefix = if warehouse == DEFAULT_WAREHOUSE {
            reference.clone()
        } else {
            format!("{reference}%7C{warehouse}")
        };
        Ok(json!({
            "defaults": {
                "prefix": prefix,
                "rest-page-size": "200",
                "warehouse": home,
            },
            "overrides": {
                "nessie.core-base-uri": format!("{base}/api/"),
                "nessie.iceberg-base-uri": format!("{base}/iceberg/"),
                "nessie.catalog-base-uri": format!("{base}/catalog/v1/"),
                "nessie.default-branch.name": MAIN,
                "nessie.is-nessie-catalog": "true",
                "nessie.prefix-pattern": "{ref}|{warehouse}",
                "uri": format!("{base}/iceberg/"),
            },
        }))
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        let (first, rest) = self.prefix(ask, segments)?;
        let (reference, warehouse) = split(&ident::decode(first).unwrap_or_default());
        let warehouse = warehouse.unwrap_or_else(|| DEFAULT_WAREHOUSE.to_owned());
        let key = format!("{reference}|{warehouse}");
        if held.contains_key(&key) {
            return Ok((key, rest));
        }
        if held.contains_key(&format!("{reference}|{DEFAULT_WAREHOUSE}")) {
            return Err(self.problem(&Problem::NoSuchWarehouse(warehouse)));
        }
        Err(reply::error(
            400,
            "NoSuchReferenceException",
            &format!("Named reference '{reference}' not found"),
        ))
    }

    fn native(&self, state: &mut State, ask: &Ask, _caller: &Caller) -> Option<Response> {
        nessie_history::answer(state, ask)
    }

    /// What was committed before has to be known before anything is committed on top of it.
    fn authorize(
        &self,
        state: &mut State,
        ask: &Ask,
        _caller: &Caller,
        warehouse: &str,
        _call: &Call,
    ) -> Result<(), Response> {
        if !ask.reads() {
            nessie_commits::log(state, &split(warehouse).0);
        }
        Ok(())
    }

    fn settle(&self, state: &mut State, ask: &Ask, warehouse: &str, call: &Call) {
        let (reference, _) = split(warehouse);
        let operations = state
            .warehouses
            .get(warehouse)
            .map(|held| nessie_commits::made(held, ask, call));
        nessie_commits::append(state, &reference, call, operations.unwrap_or_default());
    }

    /// catalog-apis §3: the token endpoint is there and says so.
    fn tokens(&self, _state: &State, _ask: &Ask) -> Option<Response> {
        let body = json!({"error": "NotImplemented", "error_description": "Endpoint not implemented: please configure the catalog with the URI of an OAuth2 server"});
        Some(reply::json(501, &body))
    }

    fn serves(&self, operation: Operation) -> bool {
        !matches!(
            operation,
            Operation::LoadCredentials | Operation::RegisterView
        )
    }

    fn unrouted(&self, _ask: &Ask, why: &Unrouted) -> Response {
        match why {
            Unrouted::Path => reply::empty(404),
            Unrouted::Method => reply::empty(405),
            Unrouted::Name => {
                reply::error(400, "IllegalArgumentException", "Invalid name in the path")
            }
        }
    }

    fn problem(&self, problem: &Problem) -> Response {
        match problem {
            Problem::NoSuchWarehouse(name) => reply::error(
                500,
                "IllegalStateException",
                &format!("Warehouse '{name}' is not known"),
            ),
            Problem::BadJson(message) | Problem::BadBody(message) => reply::error(500, "", message),
            Problem::Invalid(message) => reply::error(400, "IllegalArgumentException", message),
            _ => {
                let (status, kind) = problem.reference();
                reply::error(status, kind, &problem.message())
            }
        }
    }

    fn paging(&self) -> Paging {
        Paging::Nessie
    }

    fn missing_parent_is_empty(&self) -> bool {
        true
    }

    fn missing_namespace_is_empty(&self) -> bool {
        true
    }

    fn snapshots(&self, _asked: Option<&str>) -> Result<Snapshots, Problem> {
        Ok(Snapshots::Current)
    }

    /// A signer token comes unless the client says that it needs no access.
    fn beside(&self, ask: &Ask, _warehouse: &Warehouse, document: &Document) -> Beside {
        let mut config = json!({"nessie.is-nessie-catalog": "true", "s3.region": "eu-central-1", "client.region": "eu-central-1"});
        if ask.header("x-iceberg-access-delegation") != Some("client-managed") {
            config["s3.remote-signing-enabled"] = "true".into();
            config["s3.signer.uri"] = format!("{}/iceberg/", ask.base()).into();
            config["s3.signer.endpoint"] =
                format!("v1/main/s3sign/{CANARY}-{}", super::digest(document, None)).into();
        }
        Beside::from([("config", config)])
    }

    /// Where the reference stands, whatever was committed there.
    fn tells(&self, warehouse: &Warehouse) -> Vec<(&'static str, String)> {
        vec![("nessie.commit.id", format!("{:0>64}", warehouse.head))]
    }

    fn purges(&self, _ask: &Ask) -> bool {
        false
    }

    fn sets_and_removes(&self) -> bool {
        true
    }

    /// References of a table other than `main`, and its location, stay as they are, and the answer is as if they had
    /// not. Snapshots are not to be removed.
    fn review(&self, _table: &Document, updates: &mut Vec<TableUpdate>) -> Result<(), Problem> {
        let removes = |update: &TableUpdate| matches!(update, TableUpdate::RemoveSnapshots { .. });
        if updates.iter().any(removes) {
            let message = "Nessie does not support external snapshot management";
            return Err(Problem::Typed(500, "IllegalStateException", message.into()));
        }
        updates.retain(|update| match update {
            TableUpdate::SetSnapshotRef { ref_name, .. } => ref_name == MAIN,
            TableUpdate::RemoveSnapshotRef { .. } | TableUpdate::SetLocation { .. } => false,
            _ => true,
        });
        Ok(())
    }

    /// Tags cannot be written.
    fn refuse(&self, ask: &Ask, _warehouse: &Warehouse, _call: &Call) -> Result<(), Problem> {
        let on_tag = REFERENCES.iter().any(|(name, kind, _)| {
            *kind == "TAG"
                && self
                    .rest(&ask.path)
                    .is_some_and(|rest| rest.starts_with(name))
        });
        if on_tag && !ask.reads() {
            return Err(Problem::Invalid("Must only commit against a branch".into()));
        }
        Ok(())
    }
}

/// `ref|warehouse`, either left out; `-` is the default branch.
fn split(prefix: &str) -> (String, Option<String>) {
    let (reference, warehouse) = match prefix.split_once('|') {
        Some((reference, warehouse)) => (reference, Some(warehouse.to_owned())),
        None => (prefix, None),
    };
    let reference = if reference.is_empty() || reference == "-" {
        MAIN
    } else {
        reference
    };
    (reference.replace('\u{1F}', "/"), warehouse)
}
