//! From a recorded request to the method of the client that sends it.

use iceberg_rest::{Error, Namespace};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vendors::polaris::{
    CatalogService, Management,
    types::{
        ApplicablePolicy, AttachmentTarget, Catalog, CatalogRole, ConnectionConfig, Credentials,
        Entity, GenericTable, GrantResource, NewCatalog, NewEntity, NewPolicy, Policy, Principal,
        PrincipalRole, PrincipalWithCredentials, ResetCredentials, StorageConfig, UpdateCatalog,
        UpdateEntity, UpdatePolicy,
    },
};

use crate::recording::Exchange;

/// Sends what the exchange recorded, and writes back what was read of the answer.
pub async fn call(
    api: &Management,
    service: &CatalogService,
    exchange: &Exchange,
) -> Result<Value, Error> {
    let segments = exchange.segments().unwrap();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let body = exchange.request_body.clone().unwrap_or(Value::Null);
    match (parts.as_slice(), exchange.method.as_str()) {
        (["n", ..], _) => native(service, exchange, &parts, body).await,
        (["m", "principals", ..], _) => principals(api, &parts, exchange, body).await,
        (["m", "principal-roles", ..], _) => principal_roles(api, &parts, exchange, body).await,
        (["m", "catalogs"], "GET") => Ok(list("catalogs", &api.list_catalogs().await?, catalog)),
        (["m", "catalogs"], "POST") => {
            let made = api.create_catalog(&new_catalog(&body["catalog"])).await?;
            Ok(catalog(&made.unwrap()))
        }
        (["m", "catalogs", name], "GET") => Ok(catalog(&api.get_catalog(name).await?)),
        (["m", "catalogs", name], "PUT") => {
            let update = UpdateCatalog {
                current_entity_version: body["currentEntityVersion"].as_i64().unwrap(),
                properties: read(&body["properties"]),
                storage_config_info: Some(read(&body["storageConfigInfo"])),
            };
            Ok(catalog(&api.update_catalog(name, &update).await?))
        }
        (["m", "catalogs", name], _) => done(api.delete_catalog(name).await),
        (["m", "catalogs", of, ..], _) => catalog_roles(api, of, &parts[3..], exchange, body).await,
        (other, method) => panic!("no call for {method} {other:?}"),
    }
}

/// The calls that create something, for names that are refused.
pub async fn create_named(api: &Management, exchange: &Exchange) -> Result<Value, Error> {
    let body = exchange.request_body.clone().unwrap();
    match exchange.path.rsplit('/').next() {
        Some("catalogs") => done(
            api.create_catalog(&new_catalog(&body["catalog"]))
                .await
                .map(drop),
        ),
        Some("principals") => done(
            api.create_principal(&entity_of(&body["principal"]), false)
                .await
                .map(drop),
        ),
        _ => done(
            api.create_principal_role(&entity_of(&body["principalRole"]))
                .await
                .map(drop),
        ),
    }
}

async fn principals(
    api: &Management,
    parts: &[&str],
    exchange: &Exchange,
    body: Value,
) -> Result<Value, Error> {
    match (&parts[2..], exchange.method.as_str()) {
        ([], "GET") => Ok(list("principals", &api.list_principals().await?, principal)),
        ([], _) => {
            let rotate_first = body["credentialRotationRequired"] == true;
            Ok(credentials(
                &api.create_principal(&entity_of(&body["principal"]), rotate_first)
                    .await?,
            ))
        }
        ([name], "GET") => Ok(principal(&api.get_principal(name).await?)),
        ([name], "PUT") => Ok(principal(
            &api.update_principal(name, &update(&body)).await?,
        )),
        ([name], _) => done(api.delete_principal(name).await),
        ([name, "rotate"], _) => Ok(credentials(&api.rotate_credentials(name).await?)),
        ([name, "reset"], _) => {
            let reset = ResetCredentials {
                client_id: body["clientId"].as_str().map(str::to_owned),
                client_secret: body["clientSecret"].as_str().map(SecretString::from),
            };
            Ok(credentials(&api.reset_credentials(name, &reset).await?))
        }
        ([name, "principal-roles"], "GET") => Ok(list(
            "roles",
            &api.list_principal_roles_assigned(name).await?,
            principal_role,
        )),
        ([name, "principal-roles"], _) => done(
            api.assign_principal_role(name, body["principalRole"]["name"].as_str().unwrap())
                .await,
        ),
        ([name, "principal-roles", role], _) => done(api.revoke_principal_role(name, role).await),
        (other, method) => panic!("no call for {method} {other:?}"),
    }
}

async fn principal_roles(
    api: &Management,
    parts: &[&str],
    exchange: &Exchange,
    body: Value,
) -> Result<Value, Error> {
    match (&parts[2..], exchange.method.as_str()) {
        ([], "GET") => Ok(list(
            "roles",
            &api.list_principal_roles().await?,
            principal_role,
        )),
        ([], _) => {
            let made = api
                .create_principal_role(&entity_of(&body["principalRole"]))
                .await?;
            Ok(principal_role(&made.unwrap()))
        }
        ([name], "GET") => Ok(principal_role(&api.get_principal_role(name).await?)),
        ([name], "PUT") => Ok(principal_role(
            &api.update_principal_role(name, &update(&body)).await?,
        )),
        ([name], _) => done(api.delete_principal_role(name).await),
        ([name, "principals"], _) => Ok(list(
            "principals",
            &api.list_assignee_principals(name).await?,
            principal,
        )),
        ([name, "catalog-roles", catalog], "GET") => {
            let roles = api
                .list_catalog_roles_for_principal_role(name, catalog)
                .await?;
            Ok(list("roles", &roles, catalog_role))
        }
        ([name, "catalog-roles", catalog], _) => {
            let role = body["catalogRole"]["name"].as_str().unwrap();
            done(api.assign_catalog_role(name, catalog, role).await)
        }
        ([name, "catalog-roles", catalog, role], _) => {
            done(api.revoke_catalog_role(name, catalog, role).await)
        }
        (other, method) => panic!("no call for {method} {other:?}"),
    }
}

async fn catalog_roles(
    api: &Management,
    catalog: &str,
    parts: &[&str],
    exchange: &Exchange,
    body: Value,
) -> Result<Value, Error> {
    let grant = || read::<GrantResource>(&body["grant"]);
    match (&parts[1..], exchange.method.as_str()) {
        ([], "GET") => Ok(list(
            "roles",
            &api.list_catalog_roles(catalog).await?,
            catalog_role,
        )),
        ([], _) => {
            let made = api
                .create_catalog_role(catalog, &entity_of(&body["catalogRole"]))
                .await?;
            Ok(catalog_role(&made.unwrap()))
        }
        ([role], "GET") => Ok(catalog_role(&api.get_catalog_role(catalog, role).await?)),
        ([role], "PUT") => Ok(catalog_role(
            &api.update_catalog_role(catalog, role, &update(&body))
                .await?,
        )),
        ([role], _) => done(api.delete_catalog_role(catalog, role).await),
        ([role, "principal-roles"], _) => {
            let holders = api.list_assignee_principal_roles(catalog, role).await?;
            Ok(list("roles", &holders, principal_role))
        }
        ([role, "grants"], "GET") => Ok(json!({"grants": api.list_grants(catalog, role).await?})),
        ([role, "grants"], "PUT") => done(api.add_grant(catalog, role, &grant()).await),
        ([role, "grants"], _) => done(api.revoke_grant(catalog, role, &grant()).await),
        (other, method) => panic!("no call for {method} {other:?}"),
    }
}

async fn native(
    service: &CatalogService,
    exchange: &Exchange,
    parts: &[&str],
    body: Value,
) -> Result<Value, Error> {
    let levels = |text: &str| Namespace::try_new(text.split('\u{1f}')).unwrap();
    if parts[2] == "applicable-policies" {
        let namespace = exchange.query("namespace").map(|text| levels(&text));
        let (name, kind) = (exchange.query("target-name"), exchange.query("policyType"));
        let found = service
            .applicable_policies(namespace.as_ref(), name.as_deref(), kind.as_deref())
            .await?;
        return Ok(list("applicable-policies", &found.items, applicable));
    }
    let namespace = levels(parts[3]);
    let target = || match body["target"]["type"].as_str().unwrap() {
        "catalog" => AttachmentTarget::Catalog([]),
        "namespace" => AttachmentTarget::Namespace(read(&body["target"]["path"])),
        _ => AttachmentTarget::TableLike(read(&body["target"]["path"])),
    };
    match (&parts[4..], exchange.method.as_str()) {
        (["policies"], "GET") => {
            let kind = exchange.query("policyType");
            Ok(names(
                &service
                    .list_policies(&namespace, kind.as_deref())
                    .await?
                    .items,
            ))
        }
        (["policies"], _) => {
            let new = NewPolicy {
                name: read(&body["name"]),
                policy_type: read(&body["type"]),
                description: read(&body["description"]),
                content: read(&body["content"]),
            };
            Ok(json!({"policy": policy(&service.create_policy(&namespace, &new).await?)}))
        }
        (["policies", name], "GET") => {
            Ok(json!({"policy": policy(&service.load_policy(&namespace, name).await?)}))
        }
        (["policies", name], "PUT") => {
            let update = UpdatePolicy {
                description: read(&body["description"]),
                content: read(&body["content"]),
                current_policy_version: read(&body["current-policy-version"]),
            };
            let updated = service.update_policy(&namespace, name, &update).await?;
            Ok(json!({"policy": policy(&updated)}))
        }
        (["policies", name], _) => {
            let detach_all = exchange.query("detach-all").is_some();
            done(service.drop_policy(&namespace, name, detach_all).await)
        }
        (["policies", name, "mappings"], "PUT") => {
            done(service.attach_policy(&namespace, name, &target()).await)
        }
        (["policies", name, "mappings"], _) => {
            done(service.detach_policy(&namespace, name, &target()).await)
        }
        (["generic-tables"], "GET") => {
            Ok(names(&service.list_generic_tables(&namespace).await?.items))
        }
        (["generic-tables"], _) => {
            let new: GenericTable = read(&body);
            Ok(json!({"table": service.create_generic_table(&namespace, &new).await?}))
        }
        (["generic-tables", name], "GET") => {
            Ok(json!({"table": service.load_generic_table(&namespace, name).await?}))
        }
        (["generic-tables", name], _) => done(service.drop_generic_table(&namespace, name).await),
        (other, method) => panic!("no call for {method} {other:?}"),
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn done(result: Result<(), Error>) -> Result<Value, Error> {
    result.map(|()| Value::Null)
}

fn list<T>(key: &str, items: &[T], written: impl Fn(&T) -> Value) -> Value {
    json!({key: items.iter().map(written).collect::<Vec<_>>()})
}

fn names(listing: &[String]) -> Value {
    list("identifiers", listing, |name| json!({"name": name}))
}

fn entity(one: &Entity) -> Value {
    json!({
        "name": one.name,
        "properties": one.properties,
        "createTimestamp": one.create_timestamp,
        "lastUpdateTimestamp": one.last_update_timestamp,
        "entityVersion": one.entity_version,
    })
}

fn catalog(one: &Catalog) -> Value {
    let mut written = entity(&one.entity);
    written["type"] = json!(one.kind);
    written["storageConfigInfo"] = json!(one.storage_config_info);
    written["connectionConfigInfo"] = json!(one.connection_config_info);
    written
}

fn principal(one: &Principal) -> Value {
    let mut written = entity(&one.entity);
    written["clientId"] = json!(one.client_id);
    written["federated"] = json!(one.federated);
    written
}

fn principal_role(one: &PrincipalRole) -> Value {
    let mut written = entity(&one.entity);
    written["federated"] = json!(one.federated);
    written
}

fn catalog_role(one: &CatalogRole) -> Value {
    entity(&one.entity)
}

fn credentials(made: &PrincipalWithCredentials) -> Value {
    let Credentials {
        client_id,
        client_secret,
    } = &made.credentials;
    json!({
        "principal": principal(&made.principal),
        "credentials": {"clientId": client_id, "clientSecret": client_secret.expose_secret()},
    })
}

fn policy(one: &Policy) -> Value {
    json!({
        "name": one.name,
        "policy-type": one.policy_type,
        "inheritable": one.inheritable,
        "description": one.description,
        "content": one.content,
        "version": one.version,
    })
}

fn applicable(one: &ApplicablePolicy) -> Value {
    let mut written = policy(&one.policy);
    written["inherited"] = json!(one.inherited);
    written["namespace"] = json!(one.namespace);
    written
}

fn update(body: &Value) -> UpdateEntity {
    UpdateEntity {
        current_entity_version: body["currentEntityVersion"].as_i64().unwrap(),
        properties: read(&body["properties"]),
    }
}

fn entity_of(body: &Value) -> NewEntity {
    #[derive(Deserialize)]
    struct Given {
        name: String,
        #[serde(default)]
        properties: std::collections::BTreeMap<String, String>,
        #[serde(default)]
        federated: bool,
    }
    let given: Given = read(body);
    NewEntity {
        name: given.name,
        properties: given.properties,
        federated: given.federated,
    }
}

fn new_catalog(body: &Value) -> NewCatalog {
    let mut connection: Option<ConnectionConfig> = body.get("connectionConfigInfo").map(read);
    // A secret is never read from JSON, only written.
    let secret = &body["connectionConfigInfo"]["authenticationParameters"]["clientSecret"];
    if let Some(auth) = connection
        .as_mut()
        .and_then(|config| config.authentication_parameters.as_mut())
    {
        auth.client_secret = secret.as_str().map(SecretString::from);
    }
    NewCatalog {
        name: read(&body["name"]),
        kind: read(&body["type"]),
        properties: read(&body["properties"]),
        storage_config_info: read::<StorageConfig>(&body["storageConfigInfo"]),
        connection_config_info: connection,
    }
}
