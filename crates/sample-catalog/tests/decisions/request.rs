//! The request that a recorded check stands for. Where it would change something, it names what exists.

use serde_json::{Value, json};

use crate::recording::{Check, Object};

pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub body: String,
}

pub fn of(catalog: &str, check: &Check) -> Request {
    let Object {
        namespace,
        name,
        to_namespace,
        grant,
    } = &check.object;
    let principal = &check.principal;
    let management = "/api/management/v1";
    let home = format!("{management}/catalogs/{catalog}");
    let role = format!("{home}/catalog-roles/{name}");
    let base = format!("/api/catalog/v1/{catalog}");
    let namespaces = format!("{base}/namespaces");
    let here = format!("{namespaces}/{}", namespace.join("%1F"));
    let native = here.replace("/api/catalog/v1/", "/api/catalog/polaris/v1/");
    let (table, view) = (
        format!("{here}/tables/{name}"),
        format!("{here}/views/{name}"),
    );
    let stale = json!({"currentEntityVersion": 0, "properties": {}});
    let rename = json!({"source": {"namespace": namespace, "name": name},
        "destination": {"namespace": to_namespace, "name": "renamed"}});
    let schema = json!({"type": "struct", "schema-id": 0, "fields": []});
    let ask = |method, path: &str, body: Value| Request {
        method,
        path: path.to_owned(),
        body: body.to_string(),
    };
    let get = |path: &str| ask("GET", path, Value::Null);
    match check.operation.as_str() {
        "LIST_CATALOGS" => get(&format!("{management}/catalogs")),
        "CREATE_CATALOG" => {
            let storage = json!({"storageType": "FILE", "allowedLocations": []});
            let new = json!({"name": catalog, "type": "INTERNAL", "storageConfigInfo": storage,
                "properties": {"default-base-location": "file:///data/x"}});
            ask(
                "POST",
                &format!("{management}/catalogs"),
                json!({"catalog": new}),
            )
        }
        "GET_CATALOG" => get(&home),
        "UPDATE_CATALOG" => ask("PUT", &home, stale),
        "LIST_PRINCIPALS" => get(&format!("{management}/principals")),
        "CREATE_PRINCIPAL" => ask(
            "POST",
            &format!("{management}/principals"),
            json!({"principal": {"name": principal}}),
        ),
        "GET_PRINCIPAL" => get(&format!("{management}/principals/{name}")),
        "LIST_PRINCIPAL_ROLES_ASSIGNED" => {
            get(&format!("{management}/principals/{name}/principal-roles"))
        }
        "LIST_PRINCIPAL_ROLES" => get(&format!("{management}/principal-roles")),
        "LIST_CATALOG_ROLES" => get(&format!("{home}/catalog-roles")),
        "CREATE_CATALOG_ROLE" => {
            let new = json!({"catalogRole": {"name": "catalog_admin"}});
            ask("POST", &format!("{home}/catalog-roles"), new)
        }
        "GET_CATALOG_ROLE" => get(&role),
        "UPDATE_CATALOG_ROLE" => ask("PUT", &role, stale),
        "LIST_ASSIGNEE_PRINCIPAL_ROLES_FOR_CATALOG_ROLE" => get(&format!("{role}/principal-roles")),
        "LIST_GRANTS_FOR_CATALOG_ROLE" => get(&format!("{role}/grants")),
        operation if operation.starts_with("ADD_") => {
            ask("PUT", &format!("{role}/grants"), json!({"grant": grant}))
        }
        "LIST_NAMESPACES" if namespace.is_empty() => get(&namespaces),
        "LIST_NAMESPACES" => get(&format!("{namespaces}?parent={}", namespace.join("%1F"))),
        "CREATE_NAMESPACE" => ask("POST", &namespaces, json!({"namespace": ["a"]})),
        "LOAD_NAMESPACE_METADATA" => get(&here),
        "NAMESPACE_EXISTS" => ask("HEAD", &here, Value::Null),
        "DROP_NAMESPACE" => ask("DELETE", &here, Value::Null),
        "UPDATE_NAMESPACE_PROPERTIES" => ask(
            "POST",
            &format!("{here}/properties"),
            json!({"updates": {"k": "v"}}),
        ),
        "LIST_TABLES" => get(&format!("{here}/tables")),
        "LIST_GENERIC_TABLES" => get(&format!("{native}/generic-tables")),
        "LIST_POLICY" => get(&format!("{native}/policies")),
        "CREATE_TABLE_DIRECT" => ask(
            "POST",
            &format!("{here}/tables"),
            json!({"name": "t1", "schema": schema}),
        ),
        "REGISTER_TABLE" => {
            let location = format!("file:///data/{catalog}/{}/t1/m.json", namespace.join("/"));
            let body = json!({"name": "t1", "metadata-location": location});
            ask("POST", &format!("{here}/register"), body)
        }
        "LOAD_TABLE" => get(&table),
        "TABLE_EXISTS" => ask("HEAD", &table, Value::Null),
        "UPDATE_TABLE" => ask("POST", &table, json!({"requirements": [], "updates": []})),
        "DROP_TABLE_WITHOUT_PURGE" => ask("DELETE", &table, Value::Null),
        "RENAME_TABLE" => ask("POST", &format!("{base}/tables/rename"), rename),
        "REPORT_READ_METRICS" => ask(
            "POST",
            &format!("{table}/metrics"),
            json!({"report-type": "scan-report"}),
        ),
        "COMMIT_TRANSACTION" => {
            let change = json!({"identifier": {"namespace": namespace, "name": name},
                "requirements": [], "updates": []});
            ask(
                "POST",
                &format!("{base}/transactions/commit"),
                json!({"table-changes": [change]}),
            )
        }
        "LIST_VIEWS" => get(&format!("{here}/views")),
        "CREATE_VIEW" => {
            let version = json!({"version-id": 1, "schema-id": 0, "timestamp-ms": 1_795_000_000_000_i64,
                "summary": {}, "default-namespace": namespace, "representations": [
                    {"type": "sql", "sql": "SELECT 1", "dialect": "spark"}]});
            let new =
                json!({"name": "v1", "schema": schema, "view-version": version, "properties": {}});
            ask("POST", &format!("{here}/views"), new)
        }
        "LOAD_VIEW" => get(&view),
        "VIEW_EXISTS" => ask("HEAD", &view, Value::Null),
        "REPLACE_VIEW" => ask("POST", &view, json!({"requirements": [], "updates": []})),
        "RENAME_VIEW" => ask("POST", &format!("{base}/views/rename"), rename),
        other => panic!("no request for {other}"),
    }
}
