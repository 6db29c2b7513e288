//! The part of Lakekeeper's management API that names warehouses, and protects what they hold.

use axum::{http::Method, response::Response};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::lakekeeper::{PROJECT, id_of, refuse};
use crate::{ask::Ask, ident::stable_uuid, reply, state::State, store::Warehouse};

/// What can be done with a warehouse.
const ACTIONS: [&str; 22] = [
    "create_namespace",
    "delete",
    "update_storage",
    "update_storage_credential",
    "get_metadata",
    "get_config",
    "list_namespaces",
    "list_everything",
    "use",
    "include_in_list",
    "deactivate",
    "activate",
    "rename",
    "list_deleted_tabulars",
    "modify_soft_deletion",
    "get_task_queue_config",
    "modify_task_queue_config",
    "get_all_tasks",
    "control_all_tasks",
    "set_protection",
    "set_format_version_policy",
    "get_endpoint_statistics",
];

pub(super) fn answer(state: &mut State, ask: &Ask) -> Option<Response> {
    if let Some((id, rest)) = ask
        .path
        .strip_prefix("/management/v1/warehouse/")
        .and_then(|rest| rest.split_once('/'))
        && let Some(object) = rest.strip_suffix("/protection")
    {
        return protection(state.warehouses.get_mut(id)?, ask, object);
    }
    if ask.method != Method::GET {
        return None;
    }
    let project = json!({"project-id": PROJECT, "project-name": "Default Project"});
    Some(match ask.path.as_str() {
        "/health" => reply::json(200, &json!({"health": "ok", "services": {}})),
        "/management/v1/info" => reply::json(
            200,
            &json!({
                "version": "0.13.3", "lakekeeper-version": "0.13.3", "bootstrapped": true,
                "server-id": stable_uuid("sample lakekeeper"), "default-project-id": PROJECT, "authz-backend": "allow-all",
                "aws-system-identities-enabled": false, "azure-system-identities-enabled": false,
                "gcp-system-identities-enabled": false,
                "queues": ["tabular_expiration", "tabular_purge", "task_log_cleanup"],
                "license-status": {"issuer": null, "audience": "lakekeeper-core", "license-type": "Apache-2.0", "valid": true},
            }),
        ),
        "/management/v1/whoami" => refuse(401, "GetMyUserWithoutToken", "No token provided"),
        "/management/v1/project" => reply::json(200, &project),
        "/management/v1/project-list" => reply::json(200, &json!({"projects": [project]})),
        "/management/v1/warehouse" => {
            let asked = ask.query("projectId").or_else(|| ask.query("project-id"));
            let ours = asked
                .as_deref()
                .or(ask.header("x-project-id"))
                .is_none_or(|id| id == PROJECT);
            let warehouses: Vec<Value> = state
                .warehouses
                .values()
                .filter(|_| ours)
                .map(warehouse)
                .collect();
            reply::json(200, &json!({"warehouses": warehouses}))
        }
        path => {
            let id = path.strip_prefix("/management/v1/warehouse/")?;
            return Some(actions(state, id.strip_suffix("/actions")?));
        }
    })
}

/// Nothing decides here: everything is allowed.
fn actions(state: &State, id: &str) -> Response {
    if !state.warehouses.contains_key(id) {
        let message = format!("A warehouse with id '{id}' does not exist");
        return refuse(404, "NoSuchWarehouseException", &message);
    }
    let allowed = ACTIONS.map(|action| json!({"action": action}));
    reply::json(200, &json!({"allowed-actions": allowed}))
}

/// Whether a namespace, a table or a view, as `table/{id}` says, is protected: asked, or set.
fn protection(warehouse: &mut Warehouse, ask: &Ask, object: &str) -> Option<Response> {
    #[derive(Deserialize)]
    struct Wanted {
        protected: bool,
    }
    let (_, id) = object.split_once('/')?;
    let id: Uuid = id.parse().ok()?;
    if !ids(warehouse).contains(&id) {
        let message = "Error getting tabular from catalog";
        return Some(refuse(404, "NoSuchTableException", message));
    }
    if ask.method == Method::POST {
        match ask.json::<Wanted>().ok()?.protected {
            true => warehouse.protected.insert(id),
            false => warehouse.protected.remove(&id),
        };
    }
    let protected = warehouse.protected.contains(&id);
    let body = json!({"protected": protected, "updated-at": null});
    Some(reply::json(200, &body))
}

fn ids(warehouse: &Warehouse) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for (namespace, contents) in warehouse.namespaces() {
        ids.push(id_of(&json!(namespace)));
        let names = contents.tables.keys().chain(contents.views.keys());
        ids.extend(names.map(|name| id_of(&json!({"namespace": namespace, "name": name}))));
    }
    ids
}

fn warehouse(warehouse: &Warehouse) -> Value {
    json!({
        "id": warehouse.id(), "warehouse-id": warehouse.id(), "name": warehouse.name, "project-id": PROJECT,
        "storage-profile": {"type": "s3", "bucket": format!("acme-{}", warehouse.name), "key-prefix": "lakekeeper",
            "region": "eu-central-1", "sts-enabled": false, "flavor": "aws", "remote-signing-enabled": true},
        "storage-credential-type": {"type": "s3", "credential-type": "access-key"},
        "delete-profile": {"type": "soft", "expiration-seconds": 604_800},
        "status": "active", "protected": false, "managed-by": "self-managed",
        "allowed-format-versions": [1, 2, 3], "updated-at": null,
    })
}
