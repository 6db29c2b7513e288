//! `/catalogs`

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    polaris::{
        desk::{Answer, Desk, check_name, exists, no_entity, refuse, unversioned},
        realm::Catalog,
    },
    reply,
    store::{Properties, Warehouse},
};

const BASE: &str = "default-base-location";
const STORAGE_TYPES: [&str; 4] = ["S3", "AZURE", "GCS", "FILE"];

#[derive(Deserialize)]
struct Create {
    catalog: New,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct New {
    name: String,
    #[serde(rename = "type", default = "internal")]
    kind: String,
    properties: Properties,
    storage_config_info: Storage,
    connection_config_info: Option<Map<String, Value>>,
}

fn internal() -> String {
    "INTERNAL".into()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Storage {
    storage_type: String,
    #[serde(default)]
    allowed_locations: Vec<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    current_entity_version: Option<i64>,
    properties: Option<Properties>,
    storage_config_info: Option<Storage>,
}

impl Storage {
    /// As it is shown; the catalog's own location is always allowed.
    fn json(mut self, home: &str) -> Value {
        if !self
            .allowed_locations
            .iter()
            .any(|location| location == home)
        {
            self.allowed_locations.push(home.to_owned());
        }
        let mut shown = self.others;
        shown.retain(|_, value| !value.is_null());
        shown.insert("storageType".into(), self.storage_type.as_str().into());
        shown.insert("allowedLocations".into(), self.allowed_locations.into());
        if self.storage_type == "S3" {
            shown.entry("allowedKmsKeys").or_insert(json!([]));
        }
        Value::Object(shown)
    }
}

pub(super) fn list(desk: &mut Desk) -> Answer {
    desk.require_at_root("LIST_CATALOGS")?;
    let catalogs = desk.realm.catalogs.iter();
    let catalogs: Vec<Value> = catalogs.map(|(name, catalog)| catalog.json(name)).collect();
    Ok(reply::json(200, &json!({"catalogs": catalogs})))
}

pub(super) fn create(desk: &mut Desk) -> Answer {
    let Create { catalog: new } = desk.body()?;
    check_name(&new.name, "createCatalog.createCatalogRequest.catalog.name")?;
    desk.require_at_root("CREATE_CATALOG")?;
    let storage_type = &new.storage_config_info.storage_type;
    if !STORAGE_TYPES.contains(&storage_type.as_str()) {
        let message = format!("Unsupported storage type: {storage_type}");
        return Err(refuse(400, "IllegalArgumentException", &message));
    }
    if desk.realm.catalogs.contains_key(&new.name) {
        return Err(exists("Catalog", &new.name));
    }
    let Some(home) = new.properties.get(BASE).cloned() else {
        return Err(reply::empty(400));
    };
    ensure_apart(desk, &new, &home)?;
    let storage = new.storage_config_info.json(&home);
    let mut catalog = Catalog::new(new.properties, new.kind, storage);
    catalog.connection = new.connection_config_info.map(without_secrets);
    let mut shown = catalog.json(&new.name);
    shown["lastUpdateTimestamp"] = 0.into();
    let warehouse = Warehouse::new(&new.name, home.clone(), home);
    desk.held.insert(new.name.clone(), warehouse);
    desk.realm.catalogs.insert(new.name, catalog);
    Ok(reply::json(201, &shown))
}

/// No two catalogs share a location.
fn ensure_apart(desk: &Desk, new: &New, home: &str) -> Result<(), Response> {
    let theirs = desk.realm.catalogs.values().flat_map(|catalog| {
        let locations = catalog.storage["allowedLocations"].as_array();
        locations.into_iter().flatten().filter_map(Value::as_str)
    });
    let ours = || {
        new.storage_config_info
            .allowed_locations
            .iter()
            .map(String::as_str)
            .chain([home])
    };
    let mut pairs = theirs.flat_map(|their| ours().map(move |our| (our, their)));
    if pairs.any(|(our, their)| is_within(our, their) || is_within(their, our)) {
        let message = format!(
            "Cannot create Catalog {}. One or more of its locations overlaps with an existing catalog",
            new.name
        );
        return Err(refuse(400, "ValidationException", &message));
    }
    Ok(())
}

fn is_within(location: &str, outer: &str) -> bool {
    let rest = location.strip_prefix(outer.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn without_secrets(mut connection: Map<String, Value>) -> Value {
    let authentication = connection.get_mut("authenticationParameters");
    if let Some(fields) = authentication.and_then(Value::as_object_mut) {
        fields.remove("clientSecret");
        fields.remove("bearerToken");
    }
    Value::Object(connection)
}

pub(super) fn get(desk: &mut Desk, name: &str) -> Answer {
    desk.catalog(name)?;
    desk.require_on("GET_CATALOG", name)?;
    let shown = desk.catalog(name)?.json(name);
    Ok(reply::json(200, &shown))
}

pub(super) fn update(desk: &mut Desk, name: &str) -> Answer {
    let update: Update = desk.body()?;
    desk.catalog(name)?;
    desk.require_on("UPDATE_CATALOG", name)?;
    let catalog = desk.catalog(name)?;
    let version = update.current_entity_version.ok_or_else(unversioned)?;
    let home = catalog
        .entity
        .properties
        .get(BASE)
        .cloned()
        .unwrap_or_default();
    if let Some(storage) = &update.storage_config_info
        && catalog.storage["storageType"] != storage.storage_type.as_str()
    {
        let message = "Cannot modify storage config to a different storage type";
        return Err(refuse(400, "BadRequestException", message));
    }
    let mut properties = update
        .properties
        .unwrap_or_else(|| catalog.entity.properties.clone());
    properties.entry(BASE.into()).or_insert(home);
    let home = properties[BASE].clone();
    catalog.entity.update("Catalog", version, properties)?;
    if let Some(storage) = update.storage_config_info {
        catalog.storage = storage.json(&home);
    }
    let shown = catalog.json(name);
    Ok(reply::json(200, &shown))
}

pub(super) fn delete(desk: &mut Desk, name: &str) -> Answer {
    desk.catalog(name)?;
    desk.require_on("DELETE_CATALOG", name)?;
    let namespaces = desk
        .held
        .get(name)
        .map(|warehouse| warehouse.namespaces().count());
    if namespaces.unwrap_or(0) > 0 || desk.catalog(name)?.roles.len() > 1 {
        let message = format!("Catalog '{name}' cannot be dropped, it is not empty");
        return Err(refuse(400, "BadRequestException", &message));
    }
    let gone = desk.realm.catalogs.shift_remove(name);
    desk.held.shift_remove(name);
    gone.map(|_| reply::empty(204))
        .ok_or_else(|| no_entity("CATALOG", name))
}
